package mojibake

import (
	"slices"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
	"github.com/clipmend/clipmend/normalize/repair"
)

const (
	mergeGap  = 8   // ASCII bytes that do not part two repairs
	maxMerged = 512 // bytes of a repair that may still grow
)

// restore adds the edit for one character, unless its certificate fails.
func (u *undoer) restore(text []byte, span repair.Span, p *piece) {
	broken := u.runes[p.start:p.end]
	if !u.d.breaks(p.r, broken) {
		blank := span.End == len(text) || isBlank(rune(text[span.End])) || text[span.End] == 0xC2
		if !u.c.breaks(string(p.r), broken, blank) && !u.c.breaks(cesu(p.r), broken, blank) {
			return
		}
		if u.f.o.KeepBlanks && !u.f.keepsBlanks(u.c, p.r, broken) {
			return
		}
	}
	if p.lost > 0 {
		u.restoreLost(text, span, p)
		return
	}
	u.mend(text, span, []rune{p.r}, min(u.sure, p.p))
}

// mend adds the edit that makes span runes, to the last one if that is near.
func (u *undoer) mend(text []byte, span repair.Span, runes []rune, sure float64) {
	if n := len(u.edits); n > 0 && len(u.growing) > 0 {
		last := &u.edits[n-1]
		gap := text[last.Span.End:max(last.Span.End, span.Start)]
		if len(gap) <= mergeGap && mayGrow(gap) && last.Span.Len() < maxMerged && u.together(text, last.Span, span) {
			u.growing = append(u.growing, gap...)
			u.grow(runes)
			last.Span.End = span.End
			last.Confidence = min(last.Confidence, sure)
			return
		}
	}
	u.add(text, repair.Edit{Rule: ruleMisread, Span: span, Confidence: sure})
	u.grow(runes)
}

func (u *undoer) grow(runes []rune) { u.growing = appendText(u.growing, runes) }

// appendText appends the UTF-8 of runes to out.
func appendText(out []byte, runes []rune) []byte {
	for _, r := range runes {
		out = utf8.AppendRune(out, r)
	}
	return out
}

// mayGrow reports whether two repairs with gap between them are one: it is as it
// was before, and in one line.
func mayGrow(gap []byte) bool {
	for _, b := range gap {
		if wild(b) || b == '\n' {
			return false
		}
	}
	return true
}

// add adds e to the edits of text.
func (u *undoer) add(text []byte, e repair.Edit) {
	u.settle()
	if n := len(u.edits); n == cap(u.edits) {
		// As many as there will be if the rest of the text is like this.
		most := float64(n+8) * float64(len(text)+1) / float64(e.Span.End)
		u.edits = slices.Grow(u.edits, max(n/4, min(4*n+32, int(most)-n)))
	}
	u.edits = append(u.edits, e)
}

// settle ends the growth of the last edit.
func (u *undoer) settle() {
	if n := len(u.edits); n > 0 && len(u.growing) > 0 {
		u.edits[n-1].Now = u.texts.text(u.growing)
	}
	u.growing = u.growing[:0]
}

// restoreLost adds the edit for a character of which bytes were lost.
func (u *undoer) restoreLost(text []byte, span repair.Span, p *piece) {
	calibrated := plausible.Calibrate(p.p)
	sure := min(u.sure, calibrated)
	now := p.r
	if u.f.o.NoGuess {
		now = replacement
		u.f.guessed = true
	} else if sure < u.f.o.minConfidence() || !u.restores {
		return
	}
	e := repair.Edit{Rule: ruleLost, Span: span, Now: u.texts.character(now), Confidence: sure, Unsure: sure < .99}
	if e.Unsure && len(p.alts) > 0 {
		e.Alternatives = u.choicesOf(p, calibrated, sure)
	}
	u.add(text, e)
}

// maxChoices is the number of alternatives in a piece of memory.
const maxChoices = 128

// choicesOf returns the other readings of p, whose best is calibrated to be right as often
// as first says, none of them surer than most.
func (u *undoer) choicesOf(p *piece, first, most float64) []repair.Alternative {
	u.likely = u.likely[:0]
	for i := range p.alts {
		u.likely = append(u.likely, p.alts[i].p)
	}
	if n := len(p.alts); cap(u.choices)-len(u.choices) < n { // without a copy of those that edits have
		u.choices = make([]repair.Alternative, 0, max(n, min(2*cap(u.choices), maxChoices)))
	}
	from := len(u.choices)
	for i, share := range shares(first, p.p, u.likely) {
		u.choices = append(u.choices, repair.Alternative{Text: u.texts.character(p.alts[i].r), Confidence: min(share, most)})
	}
	return u.choices[from:len(u.choices):len(u.choices)]
}

// together reports whether a and b, and what lies between them, are all
// protected or none of them is. Spans are asked for in order.
func (u *undoer) together(text []byte, a, b repair.Span) bool {
	inert := u.f.spans(text)
	for u.inert < len(inert) && inert[u.inert].End <= a.Start {
		u.inert++
	}
	if u.inert == len(inert) || inert[u.inert].Start >= b.End {
		return true
	}
	near := inert[u.inert:]
	in := touched(near, a)
	return in == touched(near, b) && in == touched(near, repair.Span{Start: a.End, End: b.End})
}

// touched reports whether one of spans, of which the first is not far before span, touches it.
func touched(spans []repair.Span, span repair.Span) bool {
	for _, s := range spans {
		if s.End > span.Start {
			return s.Start < max(span.End, span.Start+1)
		}
	}
	return false
}

// uniform reports whether no protected span begins or ends within span. Spans are
// asked for in order.
func (u *undoer) uniform(text []byte, span repair.Span) bool {
	inert := u.f.spans(text)
	for u.border < len(inert) && inert[u.border].End <= span.Start {
		u.border++
	}
	if u.border == len(inert) || inert[u.border].Start >= span.End {
		return true
	}
	return inert[u.border].Start <= span.Start && inert[u.border].End >= span.End
}
