package mojibake

import (
	"slices"

	"github.com/clipmend/clipmend/normalize/repair"
)

// Bounds of the lines that are proven misread in a text of which others are right.
const (
	maxProofLines = 64 // that are looked at
	proofOdd      = 2  // characters in them that stood where no word has them
)

// provenLines returns what lines of text were misread by that edits leave in part, if these
// lines prove it, and no others of their characters stay: nil if there are none.
func (f *fixer) provenLines(text []byte, edits []repair.Edit) *finding {
	odd := make(map[*codepage]int)
	var best *codepage
	k := newGatekeeper(f.odds)
	for range maxProofLines {
		line, ok := k.nextLine()
		if !ok {
			break
		}
		if line.end-line.start > nestedBytes || mended(text, line, edits) {
			continue
		}
		runes := appendCharacters(nil, text[line.start:line.end])
		l := f.likeliestProof(runes, false, codepages())
		if l == nil {
			continue
		}
		if odd[l.p] += l.odd; best == nil || odd[l.p] > odd[best] {
			best = l.p
		}
	}
	if best == nil || odd[best] < proofOdd {
		return nil
	}
	g := guess{c: channelOf([]Layer{{Encoding: best.name, Lost: lostKept}}), gain: plannedGain, count: 1}
	p := &finding{g: g, lossless: true}
	all := gatekeeper{hits: f.odds, text: text, c: g.c}
	for line, ok := all.nextLine(); ok; line, ok = all.nextLine() {
		if line.end-line.start <= entireBytes && !mended(text, line, edits) && g.c.direct.ofAll(text[line.start:line.end], false).rare {
			p.places = append(p.places, line)
		}
	}
	if p.places == nil {
		return nil
	}
	return p
}

// proves reports whether some window of the sample is proven misread by itself.
func (s *sample) proves() bool {
	for _, p := range s.suspects() {
		for i := range s.windows {
			if l := p.lossless(s.windows[i].text, false); l != nil && l.proven() {
				return true
			}
		}
	}
	return false
}

// nextLine returns the line of the next window, and goes on behind it.
func (k *gatekeeper) nextLine() (window, bool) {
	if _, ok := k.next(); !ok {
		return window{}, false
	}
	line := lineAround(k.text, repair.Span{Start: k.last.start, End: k.last.end})
	k.from = max(k.from, line.End)
	return window{line.Start, line.End}, true
}

// mended reports whether edits change all that the line has outside ASCII.
func mended(text []byte, line window, edits []repair.Edit) bool {
	from, _ := slices.BinarySearchFunc(edits, line.start, func(e repair.Edit, at int) int { return e.Span.Start - at })
	to, _ := slices.BinarySearchFunc(edits, line.end, func(e repair.Edit, at int) int { return e.Span.Start - at })
	return !wildBetween(text, line.start, line.end, edits[from:to])
}
