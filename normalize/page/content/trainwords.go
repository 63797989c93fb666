package content

import (
	"math"
	"slices"
)

// odds gathers how often words stand in or over content, page by page, so
// that no page counts twice.
type odds struct {
	pages    int
	yes, all float64
}

// tally is the odds of all words.
type tally map[uint32]*odds

func (t tally) add(word uint32, yes, all float64) {
	if t[word] == nil {
		t[word] = &odds{}
	}
	t[word].yes += yes
	t[word].all += all
}

// page takes what one page says: each of its words counts as one.
func (t tally) page(page tally) {
	for w, o := range page {
		if o.all > 0 {
			t.add(w, o.yes/o.all, 1)
			t[w].pages++
		}
	}
}

// lexicon keeps the words of so many pages that say something: their
// log-odds against the odds of all.
func (t tally) lexicon(pages int, least float64) lexicon {
	var l lexicon
	for w := range t {
		l.words = append(l.words, w)
	}
	slices.Sort(l.words)
	l.words = slices.DeleteFunc(l.words, func(w uint32) bool {
		return t[w].pages < pages || math.Abs(t[w].weight()) < least
	})
	for _, w := range l.words {
		l.weights = append(l.weights, int8(min(max(math.Round(t[w].weight()*16), -127), 127)))
	}
	return l
}

func (o *odds) weight() float64 { return math.Log((o.yes + 1) / (o.all - o.yes + 1)) }

// classWords learns how class words speak for or against the text inside.
func classWords(in []*Sample) lexicon {
	all := tally{}
	for _, s := range in {
		page := tally{}
		for i := range s.Index.boxes {
			b := &s.Index.boxes[i]
			yes, sum := s.content(int(b.from), int(b.to))
			for _, w := range b.words {
				page.add(w, yes, sum)
			}
		}
		all.page(page)
	}
	return all.lexicon(4, 0)
}

// content is how much of a range of blocks is main content, and its size.
func (s *Sample) content(from, to int) (yes, all float64) {
	for k := from; k < to; k++ {
		w := float64(s.Index.Blocks[k].stats.words) + 1
		yes, all = yes+w*float64(s.Labels[k]), all+w
	}
	return yes, all
}

// textWords learns how the words of short blocks speak.
func textWords(in []*Sample) lexicon {
	all := tally{}
	for _, s := range in {
		page := tally{}
		for i := range s.Index.Blocks {
			b := &s.Index.Blocks[i]
			if b.stats.words > firstWords {
				continue
			}
			for _, w := range s.Index.lead[b.first:b.last] {
				page.add(w, float64(s.Labels[i]), 1)
			}
		}
		all.page(page)
	}
	return all.lexicon(8, 0.4)
}

// headWords learns how the words of headings speak of what stands under them.
func headWords(in []*Sample) lexicon {
	all := tally{}
	for _, s := range in {
		page := tally{}
		x := s.Index
		for i := range x.Blocks {
			level := headingLevel(x.boxes[x.Blocks[i].box].node.DataAtom)
			if level == 0 {
				continue
			}
			end := i + 1
			for end < len(x.Blocks) && end < i+60 {
				if l := headingLevel(x.boxes[x.Blocks[end].box].node.DataAtom); l > 0 && l <= level {
					break
				}
				end++
			}
			yes, sum := s.content(i, end)
			for _, w := range x.lead[x.Blocks[i].first:x.Blocks[i].last] {
				page.add(w, yes/sum, 1)
			}
		}
		all.page(page)
	}
	return all.lexicon(5, 0.2)
}
