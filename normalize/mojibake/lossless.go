package mojibake

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
	"github.com/clipmend/clipmend/normalize/repair"
)

// Text of which all that is outside ASCII is what a code page makes of UTF-8 was
// misread, in whatever language it is, if that stands where no word has it: of two
// million right lines in 200 languages none is such by chance, and few are at all.
const (
	provenKinds = 6   // of characters, which prove it wherever they stand
	provenJoint = 3   // signs between letters, which may stand so between words
	fewBad      = 8   // times as many characters are read as stand where no word has them
	proofLeast  = -11 // nats of a character, at least
	proofStray  = 10  // nats that a character costs there which stands where no word has it
	noCharacter = 6   // rarity of what texts do not have
)

// A lossless is how a code page reads text of which nothing was lost.
type lossless struct {
	p     *codepage
	right []rune
	n     int  // characters that were misread
	odd   int  // those that stood where no word has what they were taken for
	joint int  // those with a sign that may stand between two words, with no blank about it
	torn  bool // some of them cannot stand where they do
	bad   int  // those that stand where no word has what they are read as
	kinds map[rune]bool
}

// proven returns what text was misread by, if its beginning proves that by itself: nil
// if it does not, or if more than a few other characters stand in the rest.
func (f *fixer) proven(text []byte, pages []*codepage) *finding {
	if len(pages) == 0 {
		return nil
	}
	from := max(0, indexWild(text, 0)-windowContext)
	begin, cut := beginning(text, from, nestedBytes), from+nestedBytes < len(text)
	var layers []Layer
	for range maxDepth {
		best := f.likeliestProof(begin, cut, pages)
		if best == nil {
			break
		}
		layers = append([]Layer{{Encoding: best.p.name, Lost: lostKept}}, layers...)
		begin, pages = best.right, codepages()
	}
	if layers == nil {
		return nil
	}
	g := guess{c: channelOf(layers), gain: plannedGain, count: 1}
	if !g.c.direct.ofAll(text, false).rare {
		return nil
	}
	return &finding{g: g}
}

// provenInstead returns what text, or lines of it, are proven to be misread by in the place of p, by
// which edits were found; nil if nothing is, or these do all that it would.
func (f *fixer) provenInstead(text []byte, pages []*codepage, p *finding, edits []repair.Edit) *finding {
	if !f.odd && len(pages) == 0 || !leaves(text, edits) && !misshapen(text, edits) {
		return nil
	}
	q := f.proven(text, pages)
	if q == nil && f.odd {
		q = f.provenLines(text, edits)
	}
	if q == nil || !q.completes(text, p, edits) {
		return nil
	}
	return q
}

// leaves reports whether edits leave much of what text has outside ASCII.
func leaves(text []byte, edits []repair.Edit) bool {
	n, left, last := 0, 0, 0
	for _, e := range edits {
		n += e.Span.Len()
		left += wildBytes(text[last:e.Span.Start])
		last = e.Span.End
	}
	return leftOver*(left+wildBytes(text[last:])) > n
}

// misshapen reports whether the first of edits make words that have a capital behind a
// small letter.
func misshapen(text []byte, edits []repair.Edit) bool {
	n, bad := 0, 0
	for _, e := range edits[:min(len(edits), maxProofLines)] {
		last := lastRune(text[:e.Span.Start])
		for _, r := range e.Now {
			if r >= 0x80 {
				n++
			}
			if r >= 0x80 && asciiLower(last) && unicode.IsUpper(r) {
				bad++
			}
			last = r
		}
	}
	return fewBad*bad > n
}

// completes reports whether q, which reads all of text, is what it was broken by rather
// than p, by which edits were found, nil if by nothing: it reads what they change as they
// do, or p is rarer, or makes no words.
func (q *finding) completes(text []byte, p *finding, edits []repair.Edit) bool {
	all := q.g.c.direct.withRare()
	return p == nil || !p.east && p.g.c.prior > q.g.c.prior || misshapen(text, edits) || !slices.ContainsFunc(edits, func(e repair.Edit) bool {
		return q.reaches(e.Span) && all.string(text[e.Span.Start:e.Span.End]) != e.Now
	})
}

// reaches reports whether span is in a place that p was found in.
func (p *finding) reaches(span repair.Span) bool {
	if p.places == nil {
		return true
	}
	i, found := slices.BinarySearchFunc(p.places, span.Start, func(w window, at int) int { return w.start - at })
	return found || i > 0 && p.places[i-1].end > span.Start
}

// string returns what d reads text as.
func (d *direct) string(text []byte) string {
	var out []byte
	for at := 0; at < len(text); {
		r, end, ok := d.readAt(text, at)
		if !ok {
			r, end = rune(text[at]), at+1
		}
		out = utf8.AppendRune(out, r)
		at = end
	}
	return string(out)
}

// wildBytes returns the number of bytes of text outside ASCII.
func wildBytes(text []byte) (n int) {
	for ; len(text) >= 8; text = text[8:] {
		n += bits.OnesCount64(binary.LittleEndian.Uint64(text) & highs)
	}
	for _, b := range text {
		if wild(b) {
			n++
		}
	}
	return n
}

// likeliestProof returns the likeliest reading of text, which may be cut, by those of
// pages that are proven, nil if there is none.
func (f *fixer) likeliestProof(text []rune, cut bool, pages []*codepage) (best *lossless) {
	var most float32
	var seen [][]rune
	for _, p := range pages {
		l := p.lossless(text, cut)
		if l == nil || !l.proven() || slices.ContainsFunc(seen, func(r []rune) bool { return slices.Equal(r, l.right) }) {
			continue
		}
		seen = append(seen, l.right)
		if w := l.worth(f.m); best == nil || w > most {
			best, most = l, w
		}
	}
	return best
}

// worth returns how likely what l reads is. In a language that the model does not know all
// letters are about as likely.
func (l *lossless) worth(m scorer) float32 {
	m = loaded(m)
	sum := -l.p.prior
	var s plausible.State
	var w float32
	for _, r := range l.right {
		w, s = m.Step(s, r)
		if r >= 0x80 {
			w = max(w, proofLeast)
			if unicode.Is(unicode.Lo, r) && latin(r) {
				w -= proofStray // words do not have it
			}
		}
		sum += w
	}
	return sum
}

// lossless reads text, which may be cut, by p; nil if not all that it has outside ASCII is
// what p makes of UTF-8.
func (p *codepage) lossless(text []rune, cut bool) *lossless {
	right, whole, ok := p.inner(text)
	if !ok || !whole && !cut {
		return nil
	}
	l := &lossless{p: p, right: right, kinds: make(map[rune]bool)}
	at := 0 // in text
	for i, r := range right {
		if r < utf8.RuneSelf {
			at++
			continue
		}
		size := utf8.RuneLen(r)
		if latin(r) || unicode.Is(unicode.Lm, r) {
			switch {
			case l.stray(text, at, at+size):
				l.odd++
			case joint(text, at, at+size):
				l.joint++
			}
		}
		if misplaced(right, i) && !neutral(r) {
			l.bad++
		}
		l.n++
		l.kinds[r] = true
		l.torn = l.torn || tears(right, i)
		at += size
	}
	return l
}

// proven reports whether l cannot be chance.
func (l *lossless) proven() bool {
	return !l.torn && fewBad*l.bad <= l.n && (l.odd > 0 || l.joint >= provenJoint || len(l.kinds) >= provenKinds)
}
