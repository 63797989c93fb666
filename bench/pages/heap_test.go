package pages

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"testing"

	"github.com/clipmend/clipmend/normalize/page"
)

// TestHeap reports how much more of the heap is live at most while a page
// of 64 KiB or more is converted, as a multiple of the page. Run it with
// GODEBUG=gcstoptheworld=1: what is allocated while the collector marks
// counts as live, garbage too.
func TestHeap(t *testing.T) {
	if os.Getenv("PAGES") == "" {
		t.Skip("PAGES names no folder")
	}
	peak(t, []byte(sample)) // what is made once is no page's
	var times []float64
	for i, name := range files(t) {
		if i%4 != 0 { // a sample: this takes long
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(src) < 64<<10 {
			continue
		}
		most := uint64(0)
		for range 10 { // the collector sees each at other moments
			most = max(most, peak(t, src))
		}
		times = append(times, float64(most)/float64(len(src)))
		if testing.Verbose() && times[len(times)-1] > 8 {
			t.Logf("%.1f times %d bytes: %s", times[len(times)-1], len(src), name)
		}
	}
	slices.Sort(times)
	at := func(share float64) float64 { return times[int(share*float64(len(times)-1))] }
	t.Logf("%d pages: peak heap for each byte of page: median %.1f, 90 %% below %.1f, 99 %% below %.1f, most %.1f", len(times), at(0.5), at(0.9), at(0.99), at(1))
}

// peak is the most bytes that were live beyond what was before. The collector
// runs without a break.
func peak(t *testing.T, src []byte) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	reading := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	live := func() uint64 {
		runtime.GC()
		metrics.Read(reading)
		return reading[0].Value.Uint64()
	}
	live() // empties pools, by and by
	before, most := live(), uint64(0)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
				most = max(most, live())
			}
		}
	}()
	_, err := page.Convert(src, page.Options{URL: "https://example.org/page"})
	close(stop)
	<-done
	if err != nil {
		t.Error(err)
	}
	return most - min(most, before)
}
