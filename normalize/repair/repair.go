// Package repair describes changes to a text so that each can be shown,
// judged and taken back exactly.
package repair

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Span is a half-open range of bytes, [Start, End).
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len returns the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// A Repair is one change that one rule made.
//
// Repairs are grouped in passes, numbered from 0: every repair of a pass is a
// change to the same text, Before counts bytes of the text that the pass was
// given and After bytes of the text that it left.
type Repair struct {
	Rule         string        `json:"rule"`
	Pass         int           `json:"pass"`
	Before       Span          `json:"before"`
	After        Span          `json:"after"`
	Was          string        `json:"was"` // the bytes at Before
	Now          string        `json:"now"` // the bytes at After
	Confidence   float64       `json:"confidence"`
	Unsure       bool          `json:"unsure,omitempty"` // the best guess, worth a person's look
	Alternatives []Alternative `json:"alternatives,omitempty"`
}

// An Alternative is another reading of the same place.
type Alternative struct {
	Text       string  `json:"text"`
	Confidence float64 `json:"confidence"`
}

// ErrMismatch reports that a text is not the one that the repairs were made on.
var ErrMismatch = errors.New("text does not match the repair")

// An Edit replaces the bytes of Span by Now. Edits are what a rule proposes;
// Apply turns them into repairs.
type Edit struct {
	Rule         string
	Span         Span
	Now          string
	Confidence   float64
	Unsure       bool
	Alternatives []Alternative
}

// Apply makes the edits, which must be in order and must not overlap, and
// returns the new text with a repair for each edit that changes something. The
// input is not changed; without edits it is returned as it is.
func Apply(text []byte, pass int, edits []Edit) ([]byte, []Repair, error) {
	if len(edits) == 0 {
		return text, nil, nil
	}
	out := make([]byte, 0, len(text)+len(text)/16)
	repairs := make([]Repair, 0, len(edits)+len(edits)/16) // room for what later passes add
	replaced := replacedBy(edits, len(text))
	last := 0
	for i := range edits {
		e := &edits[i]
		if e.Span.Start < last || e.Span.End < e.Span.Start || e.Span.End > len(text) {
			return text, nil, fmt.Errorf("repair: %s: edit at %d–%d is out of order", e.Rule, e.Span.Start, e.Span.End)
		}
		out = append(out, text[last:e.Span.Start]...)
		last = e.Span.End
		from := replaced.Len()
		replaced.Write(text[e.Span.Start:e.Span.End])
		was := replaced.String()[from:]
		start := len(out)
		out = append(out, e.Now...)
		if was == e.Now {
			continue
		}
		repairs = append(repairs, Repair{
			Rule: e.Rule, Pass: pass, Before: e.Span, After: Span{start, len(out)},
			Was: was, Now: e.Now, Confidence: e.Confidence, Unsure: e.Unsure, Alternatives: e.Alternatives,
		})
	}
	return append(out, text[last:]...), repairs, nil
}

// replacedBy returns a builder with room for what edits replace of a text of the
// given size: one piece of memory instead of thousands.
func replacedBy(edits []Edit, size int) *strings.Builder {
	n := 0
	for i := range edits {
		n += max(0, edits[i].Span.Len())
	}
	b := new(strings.Builder)
	b.Grow(min(n, size))
	return b
}

// Undo takes the repairs back, last pass first, and returns the text as it was
// before them. The input is not changed. It returns ErrMismatch if the text is
// not what the repairs left.
func Undo(text []byte, repairs []Repair) ([]byte, error) {
	sorted := slices.Clone(repairs)
	slices.SortStableFunc(sorted, func(a, b Repair) int {
		if a.Pass != b.Pass {
			return b.Pass - a.Pass
		}
		return a.After.Start - b.After.Start
	})
	for len(sorted) > 0 {
		n := slices.IndexFunc(sorted, func(r Repair) bool { return r.Pass != sorted[0].Pass })
		if n < 0 {
			n = len(sorted)
		}
		var err error
		if text, err = undoPass(text, sorted[:n]); err != nil {
			return nil, err
		}
		sorted = sorted[n:]
	}
	return text, nil
}

func undoPass(text []byte, repairs []Repair) ([]byte, error) {
	var out []byte
	last := 0
	for _, r := range repairs {
		if r.After.Start < last || r.After.End > len(text) || r.After.End < r.After.Start ||
			!bytes.Equal(text[r.After.Start:r.After.End], []byte(r.Now)) {
			return nil, fmt.Errorf("repair: undo %s at byte %d: %w", r.Rule, r.After.Start, ErrMismatch)
		}
		out = append(out, text[last:r.After.Start]...)
		out = append(out, r.Was...)
		last = r.After.End
	}
	return append(out, text[last:]...), nil
}
