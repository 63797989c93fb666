package review

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/clipmend/clipmend/vault/merge"
)

//go:embed page.html
var pageHTML string

var page = sync.OnceValue(func() *template.Template { return template.Must(template.New("page").Parse(pageHTML)) })

// listed is how many items the page lists around the one that is shown.
const listed = 200

// A pageData is what the page is made of.
type pageData struct {
	Nonce, Message string
	Items          []Item
	More           int
	Item           *Item
	View           View
	Rows           []row
	Draft          string
	CRLF           bool
	Base           string
	Previous, Next string
}

func queryEscape(s string) string { return url.QueryEscape(s) }

// show writes the page with the item of that name, or the first.
func (s *Server) show(w http.ResponseWriter, name, message, nonce string) {
	data := pageData{Nonce: nonce, Message: message, Base: "/" + s.token + "/"}
	items, err := s.desk.Items()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	at := 0
	for i := range items {
		if items[i].Name == name {
			at = i
		}
	}
	if len(items) > 0 {
		data.Item = &items[at]
		if at > 0 {
			data.Previous = items[at-1].Name
		}
		if at+1 < len(items) {
			data.Next = items[at+1].Name
		}
		if data.View, err = s.desk.View(items[at].Name); err != nil {
			data.Message = strings.TrimSpace(data.Message + "\n" + err.Error())
		}
		data.Rows = rows(data.View.Left, data.View.Right)
		data.Draft, data.CRLF = string(data.View.Draft), bytes.Contains(data.View.Draft, []byte("\r\n"))
	}
	from := max(0, min(at-listed/2, len(items)-listed))
	data.Items = items[from:min(len(items), from+listed)]
	data.More = len(items) - len(data.Items)
	var out bytes.Buffer
	if err := page().Execute(&out, data); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_, _ = w.Write(out.Bytes()) // the browser is gone if it fails
}

// A row stands for lines that belong together, side by side.
type row struct {
	Changed     bool
	Left, Right []cell
}

// A cell is a stretch of a line.
type cell struct {
	Text    string
	Changed bool
	Hidden  bool // Text names a character that cannot be seen
}

const (
	// around is how many equal lines are shown on each side of a change.
	around = 3
	// maxRows bounds what a browser has to show.
	maxRows = 5000
)

// rows pairs the lines of two texts. Of long equal stretches only the ends are
// kept.
func rows(left, right []byte) []row {
	var all []row
	current := row{}
	end := func() {
		if len(current.Left)+len(current.Right) > 0 {
			all = append(all, current)
			current = row{}
		}
	}
	for _, p := range merge.Diff(left, right) {
		if !p.Same {
			current.Changed = true
			current.Left = append(current.Left, cells(p.A, true)...)
			current.Right = append(current.Right, cells(p.B, true)...)
			if (len(p.A) == 0 || p.A[len(p.A)-1] == '\n') && (len(p.B) == 0 || p.B[len(p.B)-1] == '\n') {
				end()
			}
			continue
		}
		for line := range bytes.Lines(p.A) {
			current.Left = append(current.Left, cells(line, false)...)
			current.Right = append(current.Right, cells(line, false)...)
			if line[len(line)-1] == '\n' {
				end()
			}
		}
	}
	end()
	return shorten(all)
}

// shorten leaves out equal rows that are far from any change.
func shorten(all []row) []row {
	near := make([]bool, len(all))
	for i, r := range all {
		if r.Changed {
			for k := max(0, i-around); k <= min(len(all)-1, i+around); k++ {
				near[k] = true
			}
		}
	}
	var short []row
	gap := false
	for i, r := range all {
		if len(short) == maxRows {
			break
		}
		if near[i] {
			short, gap = append(short, r), false
		} else if !gap {
			dots := []cell{{Text: "…"}}
			short, gap = append(short, row{Left: dots, Right: dots}), true
		}
	}
	return short
}

// cells splits a text where characters cannot be seen, which are named: a note
// must not hide from the person who decides what is in it.
func cells(text []byte, changed bool) []cell {
	var out []cell
	plain := strings.Builder{}
	end := func() {
		if plain.Len() > 0 {
			out = append(out, cell{Text: plain.String(), Changed: changed})
			plain.Reset()
		}
	}
	for _, r := range string(text) {
		if name := hidden(r); name != "" {
			end()
			out = append(out, cell{Text: name, Changed: changed, Hidden: true})
			continue
		}
		plain.WriteRune(r)
	}
	end()
	return out
}
