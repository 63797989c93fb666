package mojibake

import "github.com/clipmend/clipmend/normalize/plausible"

// certain returns the place after i where clearAfter characters have been passed
// that are obvious, or stay.
func (u *undoer) certain(i int) int {
	for n := 0; i < len(u.runes) && n < clearAfter; {
		if u.stays(i) {
			n++
			i++
		} else if p, ok := u.obvious(i); ok {
			n++
			i = p.end
		} else {
			n = 0
			i++
		}
	}
	return min(i, len(u.runes))
}

// before returns the last characters of the reading before place i.
func (u *undoer) before(i int) [clearAfter]rune {
	var last [clearAfter]rune
	n := len(u.pieces)
	for k := clearAfter - 1; k >= 0 && i > 0; k-- {
		if n > 0 && u.pieces[n-1].end == i {
			n--
			last[k], i = u.pieces[n].r, u.pieces[n].start
			continue
		}
		i--
		last[k] = u.runes[i]
	}
	return last
}

// readDoubt reads the window from place start to end.
func (u *undoer) readDoubt(start, end int) {
	pieces := u.doubtful(u.before(start), u.runes[start:end])
	u.pieces, u.alts = copyPieces(u.pieces, u.alts, pieces, start)
}

// doubtful reads what stands after last with the lattice, or as the same characters
// were read before. What it returns is good until the next call.
func (u *undoer) doubtful(last [clearAfter]rune, broken []rune) []piece {
	pieces, ok := u.known.find(last, broken)
	if ok {
		return pieces
	}
	var s plausible.State
	for _, r := range last {
		if r != 0 {
			_, s = u.l.m.Step(s, r)
		}
	}
	u.l.before = last[len(last)-1]
	u.l.run(broken, s, 0)
	pieces = u.l.pieces()
	u.known.add(last, broken, pieces)
	return pieces
}
