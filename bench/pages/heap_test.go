package pages

import (
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"testing"

	"github.com/clipmend/clipmend/normalize/page"
)

// TestHeap reports how much more of the heap is live at most while a page
// of 64 KiB or more is converted, as a multiple of the page. The collector runs whenever the heap
// has grown by a part of the page, so that garbage is little of what is seen.
func TestHeap(t *testing.T) {
	if os.Getenv("PAGES") == "" {
		t.Skip("PAGES names no folder")
	}
	pages, _ := sources(t)
	peak(t, []byte(sample)) // what is made once is no page's
	var times []float64
	for i, src := range pages {
		if len(src) < 64<<10 || i%4 != 0 { // a sample: this takes long
			continue
		}
		times = append(times, float64(peak(t, src))/float64(len(src)))
	}
	slices.Sort(times)
	at := func(share float64) float64 { return times[int(share*float64(len(times)-1))] }
	t.Logf("%d pages: peak heap for each byte of page: median %.1f, 90 %% below %.1f, 99 %% below %.1f, most %.1f", len(times), at(0.5), at(0.9), at(0.99), at(1))
}

// peak is the most bytes that were live beyond what was before.
func peak(t *testing.T, src []byte) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(5))
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before, most := m.HeapAlloc, uint64(0)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
				runtime.ReadMemStats(&m)
				if m.HeapAlloc > before {
					most = max(most, m.HeapAlloc-before)
				}
				runtime.Gosched()
			}
		}
	}()
	_, err := page.Convert(src, page.Options{URL: "https://example.org/page"})
	close(stop)
	<-done
	if err != nil {
		t.Error(err)
	}
	return most
}
