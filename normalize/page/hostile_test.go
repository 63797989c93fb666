package page

import (
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/clipmend/clipmend/internal/cputime"
	"github.com/clipmend/clipmend/normalize/page/dom"
)

const well = "the end of the well"

// Pages that are made to hurt are read quickly, in bounded memory, and keep
// their text. The limit of processor time is loose for the race detector and the
// collector's work; each takes well under two seconds of a core.
func TestHostile(t *testing.T) {
	for _, tt := range []struct{ name, src string }{
		{"600 deep", strings.Repeat("<div>", 600) + well},
		{"100,000 deep", strings.Repeat("<div>", 100_000) + well},
		{"fonts", strings.Repeat("<font size=1 color=x>", 2000) + strings.Repeat("<p>"+well, 100)},
		{"tables", strings.Repeat("<table><tr><td>", 3000) + well},
		{"colspan", "<p>" + well + "<table><tr><td colspan=1000000000 rowspan=1000000000>a<td>b</table>"},
		{"signs", "<p>" + strings.Repeat("*_[`", 100_000) + "</p><p>" + well},
		{"paragraphs", strings.Repeat("<p>", 5<<20/3) + well},
		{"one line", "<p>" + strings.Repeat("a brick, ", 12<<20/9) + well},
		{"entities", strings.Repeat("&amp;", 11<<20/5) + well},
		{"data", "<p>" + well + `<img src="data:image/png;base64,` + strings.Repeat("A", 20<<20) + `">`},
		{"open tag", "<p>" + well + `<div class="` + strings.Repeat("x ", 1<<20)},
		{"classes", "<p>" + well + strings.Repeat(`<div class="a b c d e f g h"><h2>x</h2>`, 20_000)},
		{"dates", "<h1>x</h1><p>" + well + strings.Repeat("<p>5 March 2024 2024 2024", 50_000)},
		{"notes", "<p>" + well + strings.Repeat(`<sup><a href="#n1">1</a></sup>`, 20_000) + `<ol><li id=n1>x</ol>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			var p *Page
			cputime.Within(t, 8*time.Second, func() {
				var err error
				if p, err = Convert([]byte(tt.src), Options{}); err != nil {
					t.Fatal(err)
				}
			})
			runtime.ReadMemStats(&after)
			if !strings.Contains(string(p.Markdown), well) {
				t.Errorf("text is lost: %d bytes of Markdown", len(p.Markdown))
			}
			// Under the race detector, which runs with -short, pools forget at
			// random and regular expressions allocate their machines anew.
			if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 400 && !testing.Short() {
				t.Errorf("allocated %d MB", mb)
			}
			t.Logf("%d MB allocated, %d MB held", (after.TotalAlloc-before.TotalAlloc)>>20, after.HeapSys>>20)
		})
	}
	if _, err := Convert(make([]byte, dom.MaxSize+1), Options{}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("error for a huge page: %v", err)
	}
}

// A drawing that never ends takes the rest of the page with it, in no time.
func TestEndlessDrawing(t *testing.T) {
	if _, err := Convert([]byte(strings.Repeat("<svg>", 50_000)+"</svg><p>"+well), Options{}); err != nil {
		t.Error(err)
	}
}
