package mojibake

import (
	"bytes"
	"iter"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/repair"
)

// The gain, in nats, by which another code page must explain C1 controls better
// than windows-1252 does, in which most of them are signs: less if all of them
// stand between letters.
const (
	needOther  = 9
	needInside = 6
)

// c1Scored is the number of bytes of a text by which the code page is chosen.
const c1Scored = 4096

// c1 is the rule that reads C1 control characters as the bytes that they were:
// nobody writes them, so they are text of a single-byte encoding read as
// ISO 8859-1.
func (f *fixer) c1(text []byte) (Step, []repair.Edit) {
	controls := findC1(text)
	var best *codepage
	var most float32
	need := float32(needOther)
	if controls.inside {
		need = needInside
	}
	for i, p := range c1Pages() {
		if !controls.any(p) {
			if i == 0 {
				break // not even windows-1252 knows what they may be
			}
			continue
		}
		w := keepScore(f.m, []rune(readC1(text, p)))
		if best == nil || w > most {
			best, most = p, w+need
		}
	}
	if best == nil {
		return Step{}, nil
	}
	var edits []repair.Edit
	for at := range eachC1(text) {
		if now, ok := best.c1(rune(text[at+1])); ok {
			edits = append(edits, repair.Edit{
				Rule: ruleC1, Span: repair.Span{Start: at, End: at + 2}, Now: string(now), Confidence: .99,
			})
		}
	}
	return Step{From: best.name, Chain: []Layer{{Encoding: "iso-8859-1"}}}, edits
}

// controls are the C1 controls of a text.
type controls struct {
	seen   uint32 // a bit for each kind
	inside bool   // all stand between letters of ASCII
}

func findC1(text []byte) controls {
	c := controls{inside: true}
	for at := range eachC1(text) {
		c.seen |= 1 << (text[at+1] - 0x80)
		end := at + 2
		c.inside = c.inside && at > 0 && end < len(text) && asciiLetter(rune(text[at-1])) && asciiLetter(rune(text[end]))
	}
	return c
}

// any reports whether one of them may be a byte of p.
func (c controls) any(p *codepage) bool {
	for r := rune(0x80); r < 0xA0; r++ {
		if _, ok := p.c1(r); ok && c.seen>>(r-0x80)&1 != 0 {
			return true
		}
	}
	return false
}

// eachC1 yields the places of the C1 controls of text.
func eachC1(text []byte) iter.Seq[int] {
	return func(yield func(int) bool) {
		for at := 0; ; at++ {
			k := bytes.IndexByte(text[at:], 0xC2)
			if k < 0 {
				return
			}
			at += k
			if at+1 < len(text) && text[at+1] >= 0x80 && text[at+1] < 0xA0 && !yield(at) {
				return
			}
		}
	}
}

// c1Pages returns the code pages whose bytes C1 controls may be, the commonest
// first.
func c1Pages() []*codepage {
	var pages []*codepage
	for _, name := range []string{"windows-1252", "macintosh", "ibm850", "windows-1250", "windows-1251"} {
		pages = append(pages, codepageByName(name))
	}
	return pages
}

// c1 returns what a C1 control is as a byte of p.
func (p *codepage) c1(r rune) (rune, bool) {
	if r < 0x80 || r > 0x9F || p.runes[r] == none || p.runes[r] == r {
		return 0, false
	}
	return p.runes[r], true
}

// readC1 returns the beginning of text with its C1 controls read by p.
func readC1(text []byte, p *codepage) string {
	var out []byte
	for len(text) > 0 && len(out) < c1Scored {
		r, size := utf8.DecodeRune(text)
		if now, ok := p.c1(r); ok {
			r = now
		}
		out = utf8.AppendRune(out, r)
		text = text[size:]
	}
	return string(out[:min(len(out), c1Scored)])
}
