package mojibake

import (
	"slices"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/repair"
)

// Bytes of a text that are looked at, from its first character outside ASCII on.
const (
	shownBytes  = 64   // to see whether it was misread
	nestedBytes = 4096 // to see how often
)

// unnest returns the edits that undo maxDepth misreadings by one encoding, if the text
// shows more of them and nothing was lost: no right text looks misread so often, so that
// nothing else need be asked.
func (f *fixer) unnest(text []byte, pages []*codepage) (Step, []repair.Edit) {
	p := nesting(text, pages)
	if p == nil {
		return Step{}, nil
	}
	edits := p.innermost(text)
	layers := slices.Repeat([]Layer{{Encoding: p.name, Lost: lostKept}}, maxDepth)
	return Step{Chain: layers}, f.sparing(text, edits, guess{c: channelOf(layers), count: 1})
}

// nesting returns the encoding, of pages, by which the beginning of text shows more than
// maxDepth misreadings, nil if there is none.
func nesting(text []byte, pages []*codepage) *codepage {
	if len(pages) == 0 {
		return nil
	}
	first := indexWild(text, 0)
	shown := beginning(text, first, shownBytes)
	for _, p := range pages {
		if _, twice := p.within(shown, 2); !twice { // as most
			continue
		}
		begin := beginning(text, first, nestedBytes)
		if runes, ok := p.within(begin, maxDepth); ok {
			if _, _, ok = p.inner(runes); ok {
				return p
			}
		}
	}
	return nil
}

// whole returns the encodings that make the first characters of text outside ASCII of
// UTF-8, as none does of most.
func whole(text []byte) (pages []*codepage) {
	first := indexWild(text, 0)
	if first < 0 {
		return nil
	}
	begin := beginning(text, first, shownBytes)
	for _, p := range codepages() {
		if _, _, ok := p.inner(begin); ok {
			pages = append(pages, p)
		}
	}
	return pages
}

// beginning returns the characters of about so many bytes of text from byte first on. Of
// bytes that are no UTF-8 they may end anywhere.
func beginning(text []byte, first, size int) []rune {
	end := min(len(text), first+size)
	for back := range utf8.UTFMax {
		if at := end - back; at == len(text) || utf8.RuneStart(text[at]) {
			end = at
			break
		}
	}
	return appendCharacters(nil, text[first:end])
}

// innermost returns the edits that read all that text has outside ASCII as what p made
// of UTF-8 maxDepth times; none if some of it is not that.
func (p *codepage) innermost(text []byte) (edits []repair.Edit) {
	for _, s := range wildRuns(text) {
		runes := appendCharacters(nil, text[s.Start:s.End])
		for range maxDepth {
			var whole, ok bool
			if runes, whole, ok = p.inner(runes); !ok || !whole {
				return nil
			}
		}
		edits = append(edits, repair.Edit{Rule: ruleMisread, Span: s, Now: string(runes), Confidence: confidence(plannedGain)})
	}
	return edits
}

// within returns what p made text of that many times; false if it did not.
func (p *codepage) within(text []rune, times int) (_ []rune, ok bool) {
	for range times {
		if text, _, ok = p.inner(text); !ok {
			return nil, false
		}
	}
	return text, true
}

// inner returns what p made text of, but for a character that its end cuts, and whether
// there is none; false if text, or any other part of it, is not what p makes of UTF-8.
func (p *codepage) inner(text []rune) (out []rune, whole, ok bool) {
	var b [utf8.UTFMax]byte
	for i := 0; i < len(text); {
		if r := text[i]; r >= 0 && r < utf8.RuneSelf {
			out = append(out, r)
			i++
			continue
		}
		b[0] = p.exactByte(text[i])
		if !leads(b[0]) {
			return nil, false, false
		}
		size := utf8Len(b[0])
		if i+size > len(text) {
			return out, false, ok
		}
		for k := 1; k < size; k++ {
			b[k] = p.exactByte(text[i+k])
		}
		r, n := utf8.DecodeRune(b[:size])
		if n != size {
			return nil, false, false
		}
		out = append(out, r)
		ok = true
		i += size
	}
	return out, true, ok
}

// exactByte is byteOf, but for C1 controls in place of what p has for their byte.
func (p *codepage) exactByte(r rune) byte {
	b := p.byteOf(r)
	if p.runes[b] != r && p.runes[b] != none {
		return 0
	}
	return b
}
