package content

import (
	"slices"
	"strings"

	"github.com/clipmend/clipmend/normalize/page/metadata"
)

// stated is the text that a page repeats for machines, as the pairs of words
// that follow each other in it.
type stated struct {
	pairs   map[uint32]bool
	words   int32
	article bool // it is an article's body; else what a product is said to be
}

// Bounds of a stated text that is looked at, in words: a short one sums up.
const (
	leastStated = 80
	mostStated  = 50_000
)

// read takes the text of an article or a product. A thread's is left: it is
// the first post, and the others count as much.
func (s *stated) read(l *metadata.Linked) {
	s.article = slices.ContainsFunc(l.Subject, func(t string) bool { return strings.HasSuffix(t, "Article") || t == "BlogPosting" || t == "Report" })
	product := slices.ContainsFunc(l.Subject, func(t string) bool { return strings.HasPrefix(t, "Product") })
	if !s.article && !product || len(l.Texts) == 0 {
		return
	}
	s.pairs = map[uint32]bool{}
	last := uint32(0)
	scan := scanner{each: func(w uint32) {
		if s.words < mostStated {
			s.words++
			s.pairs[pair(last, w)] = true
		}
		last = w
	}}
	scan.scan(l.Texts[0], false)
	scan.space()
}

func pair(a, b uint32) uint32 { return (a*0x9e3779b1 ^ b) * 16777619 }

// has reports whether a run of words stands in the stated text, but for a few.
func (s *stated) has(words []uint32) bool {
	if len(words) < 2 {
		return false
	}
	hits := 0
	for i := 1; i < len(words); i++ {
		if s.pairs[pair(words[i-1], words[i])] {
			hits++
		}
	}
	return hits*5 >= (len(words)-1)*4
}

// How sure a block is that stands in the stated text, and how much less sure
// one that does not.
const (
	surest = 0.95
	doubt  = 0.5
)

// trust moves the probabilities towards what the page states for machines,
// where all of that is in the page, once or in two places.
func (x *Index) trust(p []float32) {
	s := &x.about.stated
	if s.words < leastStated {
		return
	}
	has := make([]bool, len(p))
	var found int32
	var others float32 // words expected beside it
	for i := range x.Blocks {
		b := &x.Blocks[i]
		if has[i] = s.has(x.lead[b.first:b.last]); has[i] {
			found += b.stats.words
		} else {
			others += p[i] * float32(b.stats.words)
		}
	}
	if found*10 < s.words*8 || found*10 > s.words*25 {
		return
	}
	if s.article && others > float32(found)*0.5 {
		return // what is stated is only the beginning
	}
	for i := range p {
		if has[i] {
			p[i] = max(p[i], surest)
		} else {
			p[i] *= doubt
		}
	}
}
