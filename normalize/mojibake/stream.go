package mojibake

import (
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/repair"
)

// A run is a stretch of a window that was read as a whole: characters side by side
// of which nothing was lost, or one of those that were in doubt.
type run struct {
	span     repair.Span
	from, to int // what it is in the answer
	piece    int // of the pieces; none if it is not in doubt
}

const noPiece = -1

// streams reports whether windows are read by stream.
func (u *undoer) streams() bool { return u.all && u.d.whole && len(u.others) == 0 }

// stream reads a window of a document that is broken all over from byte to byte, and
// character by character only where something may have been lost.
func (u *undoer) stream(text []byte, w window) {
	u.begin(text, w)
	u.runes, u.starts, u.runs = u.runes[:0], u.starts[:0], u.runs[:0]
	u.pieces, u.alts = u.pieces[:0], u.alts[:0]
	a := &u.answer
	first := len(a.runes)
	in := text[:w.end]
	for at := w.start; at < w.end; {
		if b := in[at]; b < utf8.RuneSelf {
			a.runes = append(a.runes, rune(b))
			at++
		} else if r, end, ok := u.d.readAt(in, at); ok {
			u.extend(repair.Span{Start: at, End: end})
			u.profile.add(r)
			a.runes = append(a.runes, r)
			u.runs[len(u.runs)-1].to++
			at = end
		} else if r, size := character(in, at); u.keeps(r) {
			u.profile.add(r)
			a.runes = append(a.runes, r)
			at += size
		} else if !u.readsMore(text) {
			end := u.clearFrom(in, at+size)
			u.doubt(text, at, end, first)
			at = end
		}
	}
	u.reconsider(text, w)
	for i := range u.runs {
		if r := &u.runs[i]; r.piece != noPiece {
			u.restore(text, r.span, &u.pieces[r.piece])
		} else {
			u.restoreRun(text, r)
		}
	}
}

// extend adds a character to the run at hand, or begins another that is not too long.
func (u *undoer) extend(span repair.Span) {
	if n := len(u.runs); n > 0 {
		if r := &u.runs[n-1]; r.piece == noPiece && r.span.End == span.Start && r.span.Len() < maxMerged {
			r.span.End = span.End
			return
		}
	}
	at := len(u.answer.runes)
	u.runs = append(u.runs, run{span: span, from: at, to: at, piece: noPiece})
}

// clearFrom returns the place at or after byte at where clearAfter characters have
// been passed that are obvious, or stay.
func (u *undoer) clearFrom(text []byte, at int) int {
	for n := 0; at < len(text) && n < clearAfter; {
		if text[at] < utf8.RuneSelf {
			n++
			at++
		} else if _, end, ok := u.d.readAt(text, at); ok {
			n++
			at = end
		} else {
			r, size := character(text, at)
			if n++; !u.keeps(r) {
				n = 0
			}
			at += size
		}
	}
	return at
}

// doubt reads text from byte start to end, which follows the answer from its
// first character on.
func (u *undoer) doubt(text []byte, start, end, first int) {
	a := &u.answer
	var last [clearAfter]rune
	before := a.runes[max(first, len(a.runes)-clearAfter):]
	copy(last[clearAfter-len(before):], before)
	base, from := len(u.runes), len(u.pieces)
	u.spell(text[:end], start)
	broken := u.runes[base : len(u.runes)-1]
	u.pieces, u.alts = copyPieces(u.pieces, u.alts, u.doubtful(last, broken), base)
	at := base
	for i := from; i < len(u.pieces); i++ {
		p := &u.pieces[i]
		u.take(u.runes[at:p.start])
		to := len(a.runes)
		u.meet(p)
		u.runs = append(u.runs, run{
			span: repair.Span{Start: u.starts[p.start], End: u.starts[p.end]}, from: to, to: to + 1, piece: i,
		})
		at = p.end
	}
	u.take(u.runes[at : len(u.runes)-1])
}

// spell adds the characters of text from byte at on to those of the window, and one
// more that stands for its end.
func (u *undoer) spell(text []byte, at int) {
	for at < len(text) {
		r, size := character(text, at)
		u.runes = append(u.runes, r)
		u.starts = append(u.starts, at)
		at += size
	}
	u.runes = append(u.runes, 0)
	u.starts = append(u.starts, at)
}

// restoreRun adds the edit for a run of characters of which nothing was lost. That
// they are left as what stands there needs no proof: each byte looks one way.
func (u *undoer) restoreRun(text []byte, r *run) {
	runes := u.answer.runes[r.from:r.to]
	if u.uniform(text, r.span) {
		u.mend(text, r.span, runes, u.sure)
		return
	}
	at := r.span.Start
	for i := range runes {
		_, end, _ := u.d.readAt(text, at)
		u.mend(text, repair.Span{Start: at, End: end}, runes[i:i+1], u.sure)
		at = end
	}
}
