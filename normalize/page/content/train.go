package content

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"github.com/clipmend/clipmend/normalize/page/boost"
	"github.com/clipmend/clipmend/normalize/page/dom"
)

// Sample is a page whose main content is known.
type Sample struct {
	Index  *Index
	Kind   string    // one of Kinds, or "" where it is not known
	Fold   int       // pages of one fold are judged by models that never saw it
	Weight float32   // how much the page counts
	Labels []float32 // for each block, how much of it is main content
	Ref    map[string]int
	texts  [][]string
}

// NewSample labels a page's blocks by its reference text: a long block by the
// share of its word triples that the reference has, a short one by whether a
// line of the reference says the same.
func NewSample(doc *html.Node, about *About, ref string, weight float32) *Sample {
	s := &Sample{Index: NewIndex(doc, about), Weight: weight, Ref: map[string]int{}}
	triples, lines := map[[3]string]bool{}, map[string]bool{}
	all := words(ref)
	for i, w := range all {
		s.Ref[w]++
		if i >= 2 {
			triples[[3]string{all[i-2], all[i-1], w}] = true
		}
	}
	for l := range strings.SplitSeq(ref, "\n") {
		lines[strings.Join(words(l), " ")] = true
	}
	s.texts = s.Index.wordLists()
	s.Labels = make([]float32, len(s.texts))
	for i, ws := range s.texts {
		hits := 0
		for k := 2; k < len(ws); k++ {
			if triples[[3]string{ws[k-2], ws[k-1], ws[k]}] {
				hits++
			}
		}
		switch {
		case lines[strings.Join(ws, " ")]:
			s.Labels[i] = 1
		case len(ws) >= 3 && hits*2 >= len(ws)-2:
			s.Labels[i] = float32(hits) / float32(len(ws)-2)
		}
	}
	return s
}

func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_'
	})
}

func (x *Index) wordLists() [][]string {
	lists := make([][]string, len(x.Blocks))
	for i, b := range x.Blocks {
		var text strings.Builder
		for _, t := range x.texts[b.from:b.to] {
			if t.Type == html.TextNode {
				text.WriteString(t.Data)
			} else {
				text.WriteString(dom.Text(t))
			}
		}
		lists[i] = words(text.String())
	}
	return lists
}

// F1 is the word F1 of the blocks that keep names.
func (s *Sample) F1(keep []bool) float64 {
	got, size, hits := map[string]int{}, 0, 0
	for i, k := range keep {
		if k {
			for _, w := range s.texts[i] {
				got[w]++
				size++
			}
		}
	}
	want := 0
	for w, n := range s.Ref {
		hits += min(n, got[w])
		want += n
	}
	if hits == 0 {
		return 0
	}
	return 2 * float64(hits) / float64(size+want)
}

// Train fits a model to the samples of all folds but one, which may be none
// of them. Samples inside are judged by models that did not see their fold.
func Train(all []*Sample, folds, without int) *Model {
	var in []*Sample
	for _, s := range all {
		if s.Fold != without {
			in = append(in, s)
		}
	}
	looks := make([][][]float32, len(in))
	seconds := make([][][]float32, len(in))
	scenes := make([]*scene, len(in))
	for f := range folds {
		m := vocabulary(slices.DeleteFunc(slices.Clone(in), func(s *Sample) bool { return s.Fold == f }))
		for i, s := range in {
			if s.Fold == f {
				scenes[i] = s.Index.scene(m)
				scenes[i].rows(func(_ int, r *row) { looks[i] = append(looks[i], slices.Clone(*r)) })
			}
		}
	}
	for f := range folds {
		if f == without {
			continue
		}
		m := fit(in, looks, f, firstTrees)
		for i, s := range in {
			if s.Fold == f {
				p := make([]float32, len(looks[i]))
				for k, r := range looks[i] {
					p[k] = m.Score(r)
				}
				scenes[i].second(p, func(_ int, r *row) { seconds[i] = append(seconds[i], slices.Clone(*r)) })
			}
		}
	}
	model := vocabulary(in)
	model.first = fit(in, looks, -1, firstTrees)
	model.second = fit(in, seconds, -1, secondTrees)
	return model
}

// How many trees take a first and a second look.
const (
	firstTrees  = 130
	secondTrees = 220
)

// vocabulary fits what the features of blocks need: words and kinds.
func vocabulary(in []*Sample) *Model {
	m := &Model{class: classWords(in), text: textWords(in), head: headWords(in)}
	m.kinds = fitKinds(in, m)
	return m
}

// fit fits trees to the rows of all samples but those of one fold.
func fit(in []*Sample, looks [][][]float32, without, trees int) *boost.Model {
	var r boost.Rows
	for i, s := range in {
		if s.Fold == without {
			continue
		}
		var total float32
		for _, b := range s.Index.Blocks {
			total += float32(b.stats.words) + 1
		}
		for k, b := range s.Index.Blocks {
			r.X = append(r.X, looks[i][k])
			r.Y = append(r.Y, s.Labels[k])
			share := (float32(b.stats.words) + 1) / total
			r.Weight = append(r.Weight, s.Weight*(100*share+20/float32(len(s.Labels))))
		}
	}
	return boost.Fit(r, boost.Settings{Trees: trees, Rate: 0.1, Seed: 7})
}

// fitKinds fits what tells the kinds of pages apart, to the samples whose kind
// is known.
func fitKinds(in []*Sample, m *Model) logistic {
	var rows []row
	var kinds []int
	for _, s := range in {
		if k := slices.Index(Kinds, s.Kind); k >= 0 {
			s.Index.weigh(m.class.weight)
			rows, kinds = append(rows, s.Index.page()), append(kinds, k)
		}
	}
	if len(rows) == 0 {
		return logistic{}
	}
	return fitLogistic(rows, kinds)
}
