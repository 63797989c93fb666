package mojibake

import (
	"encoding/json"
	"slices"

	"github.com/clipmend/clipmend/normalize/plausible"
	"github.com/clipmend/clipmend/normalize/repair"
)

// Options say how sure a repair must be and which rules run. The zero value
// runs the rules that are on by default and makes the best guess wherever it
// is more likely right than wrong.
type Options struct {
	MinConfidence float64  // restored characters below it stay broken; 0 means .5
	Strict        bool     // .99 in its place
	Only          []string // run these rules and no others
	Skip          []string // do not run these rules
	Also          []string // run these too, though they are off by default
	NoGuess       bool     // put U+FFFD where bytes were lost, as ftfy does
	KeepBlanks    bool     // no blank, and none that was trimmed, was the byte of a no-break space
	Consistent    bool     // undo a misreading only in lines that have no other characters outside ASCII
}

func (o Options) minConfidence() float64 {
	switch {
	case o.Strict:
		return .99
	case o.MinConfidence == 0:
		return .5
	}
	return o.MinConfidence
}

// A Result is a mended text with what was done.
type Result struct {
	Text    []byte
	Repairs []repair.Repair
	Plan    Plan
}

// A Plan is the list of steps that mended a text. It can be kept as JSON and
// applied to other text that was broken the same way.
type Plan struct {
	Steps []Step `json:"steps"`
}

// A Step is one rule, with the chain that it undid if it undoes one.
type Step struct {
	Rule  string  `json:"rule"`
	Chain []Layer `json:"chain,omitempty"` // the first misreading first
	From  string  `json:"from,omitempty"`  // the encoding that was misread; "" is UTF-8
}

// String returns the plan as JSON.
func (p Plan) String() string {
	b, err := json.Marshal(p)
	if err != nil {
		return ""
	}
	return string(b)
}

// maxPasses bounds how often the rules are run over a text. Text that needs
// more was made to.
const maxPasses = 16

// Fix mends text, which should be UTF-8; bytes that are not stay as they are.
// The input is not changed, and is returned itself if it is clean.
// repair.Undo takes the repairs back exactly.
func Fix(text []byte, o Options) Result {
	return fixWith(embedded{}, text, o)
}

// embedded is the embedded model, which is not loaded before it is asked.
type embedded struct{}

func (embedded) Step(s plausible.State, r rune) (float32, plausible.State) {
	return plausible.Default().Step(s, r)
}

func (embedded) Word(w []rune) (float32, bool) { return plausible.Default().Word(w) }

func (embedded) Ending(first, second []rune) float32 {
	return plausible.Default().Ending(first, second)
}

// loaded returns m without the detour by which the embedded model is loaded
// when it is first asked.
func loaded(m scorer) scorer {
	if _, ok := m.(embedded); ok {
		return plausible.Default()
	}
	return m
}

func fixWith(m scorer, text []byte, o Options) Result {
	return (&fixer{m: m, o: o}).fix(text)
}

// fix runs the rules until none has anything to do.
func (f *fixer) fix(text []byte) Result {
	res := Result{Text: text}
	for pass := range maxPasses {
		step, edits := f.next(res.Text)
		if len(edits) == 0 {
			break
		}
		out, repairs, err := repair.Apply(res.Text, pass, edits)
		if err != nil || len(repairs) == 0 {
			break
		}
		f.right = f.right && parts(f.m, res.Text, edits)
		res.Text = out
		res.Repairs = joined(res.Repairs, repairs)
		res.Plan.Steps = append(res.Plan.Steps, step)
	}
	return res
}

// joined returns a with b behind it, b itself if there is nothing before it: the
// first pass has most of the repairs.
func joined(a, b []repair.Repair) []repair.Repair {
	if len(a) == 0 {
		return b
	}
	return append(a, b...)
}

// A fixer runs the rules with one set of options.
type fixer struct {
	m       scorer
	o       Options
	guessed bool     // characters were restored, or replaced for want of a guess
	odds    *oddHits // of the text at hand
	known   bool     // inert is that of the text at hand
	inert   []repair.Span
	shown   []repair.Span // examples of what is misread, of inert
	prior   *finding      // what earlier pieces of the document were broken by, to be asked first
	found   *finding      // what the text was broken by
	odd     bool          // some of the text at hand may be proven misread
	right   bool          // the text at hand is known not to be misread
}

// A finding is how a document was broken.
type finding struct {
	g       guess
	t       transcoding
	east    bool     // t is meant, not g
	profile profile  // of the text so far
	places  []window // where it shows; nil if all of the text is to be looked at

	lossless bool // nothing was lost there
	vain     bool // nothing was undone there, though g is sure enough
}

// vainLike reports whether p undoes nothing because q did not: it reads the same places by the
// same chain at the same price.
func (p *finding) vainLike(q *finding) bool {
	return q.vain && !p.east && p.g.c == q.g.c && enterCost(p.g) == enterCost(q.g) &&
		len(p.g.others)+len(q.g.others) == 0 && (p.places == nil) == (q.places == nil)
}

// same reports whether p and q, of the same text, undo the same.
func (p *finding) same(q *finding) bool {
	return !p.east && !q.east && p.g.c == q.g.c && p.g.gain == q.g.gain && p.g.kept == q.g.kept && p.g.count == q.g.count &&
		slices.Equal(p.g.others, q.g.others) && slices.Equal(p.places, q.places)
}

// undid reports whether c is a part of what the document was broken by, of
// which another place has more or fewer layers.
func (p *finding) undid(c *channel) bool {
	if p.east || c == nil {
		return false
	}
	for _, l := range c.layers {
		if !slices.ContainsFunc(p.g.c.layers, func(o Layer) bool { return o.Encoding == l.Encoding }) {
			return false
		}
	}
	return true
}

// by reports whether a misreading by c is a part of what the document was broken by.
func (p *finding) by(c *codepage) bool {
	return p != nil && !p.east && slices.ContainsFunc(p.g.c.layers, func(l Layer) bool { return l.Encoding == c.name })
}

// next returns the edits of the first rule that has any, with the step that
// they make up.
func (f *fixer) next(text []byte) (Step, []repair.Edit) {
	f.known = false
	seen := look(text)
	for _, r := range Rules() {
		if r.run == nil || !f.o.runs(r) || r.idle != nil && r.idle(seen) {
			continue
		}
		if r.ID == ruleMisread && f.right {
			continue
		}
		step, edits := r.run(f, text)
		if len(edits) > 0 {
			step.Rule = r.ID
			return step, edits
		}
		f.right = f.right || r.ID == ruleMisread
	}
	return Step{}, nil
}

// misreading is the rule that undoes a chain of misreadings.
func (f *fixer) misreading(text []byte) (Step, []repair.Edit) {
	if p := f.prior; p != nil {
		f.prior = nil // what is broken twice has to show it
		if step, edits := f.as(text, p); len(edits) > 0 {
			return step, edits
		}
	}
	f.odds = newOddHits(f.m, text)
	pages := whole(text)
	if step, edits := f.unnest(text, pages); len(edits) > 0 {
		return step, edits
	}
	found := f.found
	p := f.judge(text, func(window) bool { return false })
	var step Step
	var edits []repair.Edit
	if p != nil {
		step, edits = f.as(text, p)
	}
	if q := f.provenInstead(text, pages, p, edits); q != nil {
		was := f.found
		f.found, f.known = found, false
		if s, more := f.as(text, q); len(more) > 0 {
			return s, more
		}
		f.found = was
	}
	if p == nil || len(edits) > 0 || len(f.spans(text)) == 0 {
		return step, edits
	}
	// What is protected has shown that it was broken, and hid what else was.
	q := f.judge(text, func(w window) bool { return f.protected(text, repair.Span{Start: w.start, End: w.end}) })
	if q == nil || q.same(p) || q.vainLike(p) {
		return Step{}, nil
	}
	return f.as(text, q)
}

// as returns the edits of text that undo p.
func (f *fixer) as(text []byte, p *finding) (Step, []repair.Edit) {
	var step Step
	var edits []repair.Edit
	if p.east {
		step = Step{From: p.t.from.name, Chain: []Layer{{Encoding: p.t.read.name}}}
		edits = f.sparing(text, f.consistent(text, f.transcode(text, p.t)), guess{count: 1})
	} else {
		step = Step{Chain: p.g.c.layers}
		edits = f.undo(text, p)
		p.vain = len(edits) == 0 && confidence(p.g.gain) >= f.o.minConfidence()
		edits = f.sparing(text, f.consistent(text, edits), p.g)
	}
	if f.found == nil && len(edits) > 0 {
		f.found = p
	}
	return step, edits
}

// confidence turns a gain in nats into a probability.
func confidence(gain float32) float64 { return 1 - 1/(1+float64(gain)*float64(gain)) }
