package mojibake

import (
	"github.com/clipmend/clipmend/normalize/repair"
)

// The gain, in nats, by which another code page must explain C1 controls better
// than windows-1252 does, in which most of them are signs: less if all of them
// stand between letters.
const (
	needOther  = 9
	needInside = 6
)

// c1 is the rule that reads C1 control characters as the bytes that they were:
// nobody writes them, so they are text of a single-byte encoding read as
// ISO 8859-1.
func (f *fixer) c1(text []byte) (Step, []repair.Edit) {
	s := string(text)
	var best *codepage
	var most float32
	need := float32(needOther)
	if c1Inside(s) {
		need = needInside
	}
	for i, p := range c1Pages() {
		now, n := readC1(s, p)
		if n == 0 {
			if i == 0 {
				break // not even windows-1252 knows what they may be
			}
			continue
		}
		w := keepScore(f.m, []rune(now[:min(len(now), 4096)]))
		if best == nil || w > most {
			best, most = p, w+need
		}
	}
	if best == nil {
		return Step{}, nil
	}
	var edits []repair.Edit
	for i, r := range s {
		if now, ok := best.c1(r); ok {
			edits = append(edits, repair.Edit{
				Rule: ruleC1, Span: repair.Span{Start: i, End: i + 2}, Now: string(now), Confidence: .99,
			})
		}
	}
	return Step{From: best.name, Chain: []Layer{{Encoding: "iso-8859-1"}}}, edits
}

// c1Inside reports whether all C1 controls of s stand between letters of ASCII.
func c1Inside(s string) bool {
	runes := []rune(s)
	for i, r := range runes {
		if r >= 0x80 && r < 0xA0 && (i == 0 || i+1 == len(runes) || !asciiLetter(runes[i-1]) || !asciiLetter(runes[i+1])) {
			return false
		}
	}
	return true
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

// readC1 returns s with its C1 controls read by p, and how many there are.
func readC1(s string, p *codepage) (string, int) {
	n := 0
	out := []rune(s)
	for i, r := range out {
		if now, ok := p.c1(r); ok {
			out[i] = now
			n++
		}
	}
	return string(out), n
}
