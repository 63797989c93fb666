package annotate

import (
	"bytes"
	"html"
	"slices"
	"sort"

	"github.com/clipmend/clipmend/annotate/phrase"
	"github.com/clipmend/clipmend/normalize/markdown"
	"github.com/clipmend/clipmend/normalize/repair"
)

// A view is a part of the body as a reader sees it, without marks, targets and
// tags, that knows where in the body each byte came from.
type view struct {
	text   []byte
	str    string // the text again: words are cut from it without a copy
	low    string // the same in small letters
	runs   []run
	bold   int // the end of emphasis that opens the text; 0 if there is none
	tokens []phrase.Token
	hits   []hit
	places []name
	han    map[int]int         // where names in ideographs begin, and their ends
	first  []int32             // for each token, its first hit or the next one
	ends   []bool              // for each token, whether a clause ends at it
	glued  map[string]*meaning // of the engine
}

// A run is text that stands in the body as it does in the view.
type run struct{ text, body, end int }

// A hit is a phrase of the pack or the language, in tokens [from, to).
type hit struct {
	from, to int
	*meaning
}

// span returns the body's span of the view's bytes [from, to).
func (v *view) span(from, to int) repair.Span {
	return repair.Span{Start: v.at(from), End: max(v.at(from), v.at(to-1)+1, v.tail(to))}
}

// tail returns where in the body the run ends that the view's byte to ends.
func (v *view) tail(to int) int {
	i := sort.Search(len(v.runs), func(i int) bool { return v.runs[i].text >= to }) - 1
	if i < 0 {
		return 0
	}
	if r := v.runs[i]; r.body+to-r.text > r.end || i+1 < len(v.runs) && v.runs[i+1].text == to {
		return r.end
	}
	return 0
}

func (v *view) at(i int) int {
	n := sort.Search(len(v.runs), func(n int) bool { return v.runs[n].text > i }) - 1
	if n < 0 {
		return 0
	}
	r := v.runs[n]
	return min(r.body+max(i, 0)-r.text, r.end)
}

func (v *view) put(text []byte, body, end int) {
	if len(text) == 0 {
		return
	}
	v.runs = append(v.runs, run{len(v.text), body, end})
	v.text = append(v.text, text...)
}

// newView strips the inline marks of body within the span.
func newView(body []byte, within repair.Span) *view {
	v := &view{text: make([]byte, 0, within.Len())}
	drops := dropped(body, within)
	boldOpen := false
	for i := within.Start; i < within.End; {
		if len(drops) > 0 && drops[0].Start <= i {
			if drops[0].End > i {
				v.gap(body, i, drops[0].End)
			}
			i = max(i, drops[0].End)
			drops = drops[1:]
			continue
		}
		stop := within.End
		if len(drops) > 0 {
			stop = min(stop, drops[0].Start)
		}
		n := bytes.IndexAny(body[i:stop], "*_~=\\&\n`")
		if n < 0 {
			n = stop - i
		}
		v.put(body[i:i+n], i, i+n)
		if i += n; i >= stop {
			continue
		}
		if bytes.HasPrefix(body[i:stop], []byte("**")) || bytes.HasPrefix(body[i:stop], []byte("__")) {
			if boldOpen && v.bold == 0 {
				v.bold = len(v.text)
			}
			boldOpen = boldOpen || len(bytes.TrimSpace(v.text)) == 0
		}
		i = v.mark(body, i, stop)
	}
	return v
}

// gap stands for what was taken out: nothing, or a space for a break or a picture.
func (v *view) gap(body []byte, at, end int) {
	out := body[at:end]
	switch {
	case bytes.HasPrefix(out, []byte("<sup")):
		v.put([]byte("^"), at, at+len(out))
	case bytes.HasPrefix(out, []byte("<br")) && bytes.HasPrefix(body[at+len(out):], []byte("-")):
	case out[0] == '!', out[0] == 'h', out[0] == 'w', bytes.HasPrefix(out, []byte("<br")):
		v.put([]byte(" "), at, at+len(out))
	}
}

// mark handles the sign at i and returns where the text goes on.
func (v *view) mark(body []byte, i, stop int) int {
	n := 1
	for i+n < stop && body[i+n] == body[i] {
		n++
	}
	switch c := body[i]; c {
	case '\n':
		v.put([]byte(" "), i, i+1)
		j := i + 1
		for j < stop && (body[j] == ' ' || body[j] == '>') {
			j++
		}
		return j
	case '*', '`':
		if c == '*' && i > 0 && body[i-1] == ' ' && i+n < stop && body[i+n] == ' ' {
			break
		}
		return i + n
	case '_':
		before := i > 0 && isWordByte(body[i-1])
		after := i+n < stop && isWordByte(body[i+n])
		if before && after {
			break
		}
		return i + n
	case '~', '=':
		if n == 2 {
			return i + 2
		}
	case '\\':
		if i+1 < stop && bytes.IndexByte([]byte("\\`*_{}[]()#+-.!|<>~=&$"), body[i+1]) >= 0 {
			v.put(body[i+1:i+2], i+1, i+2)
			return i + 2
		}
	case '&':
		if end := bytes.IndexByte(body[i:min(stop, i+12)], ';'); end > 1 {
			raw := string(body[i : i+end+1])
			if s := html.UnescapeString(raw); s != raw {
				v.put([]byte(s), i, i+end+1)
				return i + end + 1
			}
		}
		n = 1
	}
	v.put(body[i:i+n], i, i+n)
	return i + n
}

func isWordByte(c byte) bool {
	return c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// dropped returns what a reader does not see, in order and without overlap.
func dropped(body []byte, within repair.Span) []repair.Span {
	var out []repair.Span
	for _, in := range markdown.Inlines(body, within) {
		s := in.Span
		switch in.Kind {
		case markdown.CodeSpan, markdown.InlineMath:
		case markdown.Link:
			t := in.Target.Start
			for t > s.Start && (body[t-1] == '(' || body[t-1] == ']' || body[t-1] == '[' || body[t-1] == '<' || body[t-1] == ' ') {
				t--
				if body[t] == ']' {
					break
				}
			}
			out = append(out, repair.Span{Start: s.Start, End: s.Start + 1}, repair.Span{Start: max(t, s.Start+1), End: s.End})
		case markdown.WikiLink:
			inner := body[min(s.Start+2, s.End):max(s.Start+2, s.End-2)]
			bar := bytes.IndexByte(inner, '|') + 1
			if bytes.HasPrefix(inner, []byte("http")) && bar == 0 {
				bar = len(inner)
			}
			out = append(out, repair.Span{Start: s.Start, End: s.Start + 2 + bar}, repair.Span{Start: s.End - 2, End: s.End})
		default:
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b repair.Span) int { return a.Start - b.Start })
	return out
}
