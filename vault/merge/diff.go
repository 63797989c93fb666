package merge

import "bytes"

// A Piece is a stretch of two texts: the same bytes in both, or what one has in
// the place of the other's.
type Piece struct {
	Same bool
	A, B []byte
}

// Diff compares two texts line by line and, where lines differ, word by word.
// All A joined are a, all B joined are b; the pieces point into them. Time is
// linear but for a bounded factor.
func Diff(a, b []byte) []Piece {
	var pieces []Piece
	for _, p := range diff(lines(a), lines(b)) {
		if p.Same || len(p.A) == 0 || len(p.B) == 0 || len(p.A)+len(p.B) > wordLimit {
			pieces = append(pieces, p)
			continue
		}
		pieces = append(pieces, diff(words(p.A), words(p.B))...)
	}
	return pieces
}

// diff splits two token lists into stretches that are equal and ones that are not.
func diff(a, b tokens) []Piece {
	ids := intern(a, b)
	partner := match(ids[0], ids[1])
	var pieces []Piece
	for i, j := 0, 0; i < a.len() || j < b.len(); {
		n := 0
		for i+n < a.len() && partner[i+n] == j+n {
			n++
		}
		if n > 0 {
			pieces = append(pieces, Piece{Same: true, A: a.slice(i, i+n), B: b.slice(j, j+n)})
			i, j = i+n, j+n
			continue
		}
		for i+n < a.len() && partner[i+n] < 0 {
			n++
		}
		end := b.len()
		if i+n < a.len() {
			end = partner[i+n]
		}
		pieces = append(pieces, Piece{A: a.slice(i, i+n), B: b.slice(j, end)})
		i, j = i+n, end
	}
	return pieces
}

// Draft joins two texts that were both made from base, for a person to go on
// from: where [Merge] finds a conflict, it has theirs and then ours, each in
// lines of its own.
func Draft(base, ours, theirs []byte) []byte {
	draft := []byte{}
	for _, p := range diff3(lines(base), lines(ours), lines(theirs)) {
		if text, ok := mergeWords(p); p.conflict && ok {
			p.conflict, p.text = false, text
		}
		if !p.conflict {
			draft = append(draft, p.text...)
			continue
		}
		draft = append(draft, p.theirs...)
		if len(p.theirs) > 0 && len(p.ours) > 0 && !bytes.HasSuffix(draft, []byte("\n")) {
			draft = append(draft, '\n')
		}
		draft = append(draft, p.ours...)
	}
	return draft
}
