package mojibake

import "sync"

// A scratch is memory of an undoer that is of no use when it is done with, but to others.
type scratch struct {
	runes   []rune // of the window
	starts  []int
	pieces  []piece
	alts    []alternative // those of the pieces
	runs    []run         // of the window, where it is read by stream
	known   readings
	options *expansions // nil until they are asked for
	likely  []float64   // of alternatives, how much
	answer  answer
	growing []byte // what the last edit has now, if it may still grow

	// Memory of weigh.
	rivals []alternative
	worth  []float32
	word   []rune
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

func newScratch() *scratch {
	s := scratches.Get().(*scratch)
	s.known.forget()
	s.answer.runes, s.growing = s.answer.runes[:0], s.growing[:0]
	return s
}

// expansions returns room for the options of a channel.
func (s *scratch) expansions() *expansions {
	if s.options == nil {
		s.options = new(expansions)
	}
	s.options.forget()
	return s.options
}

// free gives s to other undoers.
func (s *scratch) free() {
	s.answer.after = nil
	scratches.Put(s)
}
