package mojibake

import (
	"encoding/json"
	"slices"
	"strings"

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

func fixWith(m scorer, text []byte, o Options) Result {
	res := Result{Text: text}
	f := fixer{m: m, o: o}
	for pass := range maxPasses {
		step, edits := f.next(res.Text)
		if len(edits) == 0 {
			break
		}
		out, repairs, err := repair.Apply(res.Text, pass, edits)
		if err != nil || len(repairs) == 0 {
			break
		}
		res.Text = out
		res.Repairs = append(res.Repairs, repairs...)
		res.Plan.Steps = append(res.Plan.Steps, step)
	}
	return res
}

// A fixer runs the rules with one set of options.
type fixer struct {
	m       scorer
	o       Options
	guessed bool // characters were restored, or replaced for want of a guess
	known   bool // inert is that of the text at hand
	inert   []repair.Span
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
		if step, edits := r.run(f, text); len(edits) > 0 {
			step.Rule = r.ID
			return step, edits
		}
	}
	return Step{}, nil
}

// misreading is the rule that undoes a chain of misreadings of UTF-8.
func (f *fixer) misreading(text []byte) (Step, []repair.Edit) {
	g := guess{gain: -1}
	var losses []string
	if s := takeSample(f.m, text); len(s.windows) > 0 {
		losses = f.losses(&s)
		g = infer(f.m, &s, losses)
	}
	if t := inferTranscoding(f.m, text); t.gain > max(g.gain, 0) && (!g.enough() || t.gain > g.gain+utf8Lead) {
		return Step{From: t.from.name, Chain: []Layer{{Encoding: t.read.name}}}, f.sparing(text, f.transcode(text, t), guess{count: 1})
	}
	if !g.enough() {
		return Step{}, nil
	}
	g = settle(f.m, text, g, losses)
	return Step{Chain: g.c.layers}, f.sparing(text, f.undo(text, g), g)
}

// losses returns what may have become of undefined bytes, as the sample shows.
func (f *fixer) losses(s *sample) []string {
	all := []string{lostKept}
	if !f.o.NoGuess {
		all = append(all, lostDropped)
	}
	if f.o.NoGuess && f.guessed {
		return all // the replacement characters are ours
	}
	if s.has.replacement {
		all = append(all, lostReplaced)
	}
	if s.has.question {
		all = append(all, lostQuestion)
	}
	return all
}

// undo returns the edits that undo g's chain wherever it shows in text.
func (f *fixer) undo(text []byte, g guess) []repair.Edit {
	u := undoer{f: f, c: g.c, restores: f.o.runsID(ruleLost), all: enterCost(g) < costEnter, sure: confidence(g.gain), l: newLattice(f.m, g.c, enterCost(g))}
	u.l.x.sure = f.o.NoGuess
	if u.all {
		u.l.all, u.l.stray = true, costStrayer
	}
	var state plausible.State
	for from := 0; ; {
		w, ok := nextWindow(text, from)
		if !ok {
			return u.edits
		}
		u.window(text, w, state)
		from = w.end
	}
}

// enterCost returns the price of a broken span in a document that is broken as
// much as g's sample is.
func enterCost(g guess) float32 {
	if g.kept*4 < g.count {
		return .5
	}
	return costEnter
}

// confidence turns a gain in nats into a probability.
func confidence(gain float32) float64 { return 1 - 1/(1+float64(gain)*float64(gain)) }

// An undoer collects the edits of one chain.
type undoer struct {
	f        *fixer
	c        *channel
	l        *lattice
	sure     float64
	restores bool // whether lost bytes are restored
	runes    []rune
	starts   []int
	edits    []repair.Edit
	pieces   []piece
	all      bool // the document is broken all over
}

// utf8Lead is the gain, in nats, by which a legacy encoding must explain a
// text better than UTF-8, which few texts look like by chance.
const utf8Lead = 10

const (
	mergeGap  = 8   // plain bytes that do not part two repairs
	maxMerged = 512 // bytes of a repair that may still grow
)

func (u *undoer) window(text []byte, w window, before plausible.State) {
	u.runes, u.starts = characters(text[w.start:w.end], u.runes, u.starts)
	for _, p := range u.read(before) {
		if !p.decoded {
			continue
		}
		span := repair.Span{Start: w.start + u.starts[p.start], End: w.start + u.starts[p.end]}
		u.restore(text, span, p)
	}
}

// read returns the reading of the window. If the document is broken all over,
// only what is not obvious goes through the lattice.
func (u *undoer) read(before plausible.State) []piece {
	u.pieces = u.pieces[:0]
	if !u.all {
		return u.doubtful(0, len(u.runes), before)
	}
	for i := 0; i < len(u.runes); {
		p, ok := u.obvious(i)
		if ok {
			if p.decoded {
				u.pieces = append(u.pieces, p)
			}
			i = p.end
			continue
		}
		end := u.certain(i + 1)
		u.doubtful(i, end, u.stateAt(i))
		i = end
	}
	return u.pieces
}

// obvious returns the reading at place i if there is but one in which nothing
// was lost.
func (u *undoer) obvious(i int) (piece, bool) {
	if r := u.runes[i]; r >= 0 && r < 0x80 {
		return piece{start: i, end: i + 1, r: r}, true
	}
	u.l.x.text = u.runes
	o, ok := u.l.x.only(i)
	return piece{start: i, end: o.end, r: o.r, decoded: true, p: 1}, ok
}

// clear is the number of obvious characters that end a doubtful stretch.
const clearAfter = 3

// certain returns the place after i where clearAfter obvious characters have
// been read.
func (u *undoer) certain(i int) int {
	for n := 0; i < len(u.runes) && n < clearAfter; {
		if p, ok := u.obvious(i); ok {
			n++
			i = p.end
		} else {
			n = 0
			i++
		}
	}
	return min(i, len(u.runes))
}

// stateAt returns the model's state before place i of the window.
func (u *undoer) stateAt(i int) plausible.State {
	var last []rune
	at, n := i, len(u.pieces)
	for len(last) < clearAfter && at > 0 {
		if n > 0 && u.pieces[n-1].end == at {
			n--
			last = append(last, u.pieces[n].r)
			at = u.pieces[n].start
			continue
		}
		at--
		last = append(last, u.runes[at])
	}
	var s plausible.State
	for _, r := range slices.Backward(last) {
		_, s = u.f.m.Step(s, r)
	}
	return s
}

// doubtful reads the window from place start to end with the lattice.
func (u *undoer) doubtful(start, end int, before plausible.State) []piece {
	u.l.run(u.runes[start:end], before)
	for _, p := range u.l.pieces() {
		p.start += start
		p.end += start
		u.pieces = append(u.pieces, p)
	}
	return u.pieces
}

// restore adds the edit for one character.
func (u *undoer) restore(text []byte, span repair.Span, p piece) {
	now := string(p.r)
	blank := span.End == len(text) || isBlank(rune(text[span.End])) || text[span.End] == 0xC2
	broken := u.runes[p.start:p.end]
	if !u.c.breaks(string(p.r), broken, blank) && !u.c.breaks(cesu(p.r), broken, blank) {
		return
	}
	e := repair.Edit{Span: span, Now: now, Confidence: min(u.sure, p.p)}
	if p.lost > 0 {
		if u.f.o.NoGuess {
			e.Now = "\uFFFD"
			u.f.guessed = true
		} else if e.Confidence < u.f.o.minConfidence() || !u.restores {
			return
		}
		e.Rule = ruleLost
		e.Unsure = e.Confidence < .99
		if e.Unsure {
			e.Alternatives = u.readings(p)
		}
		u.edits = append(u.edits, e)
		return
	}
	e.Rule = ruleMisread
	if n := len(u.edits); n > 0 {
		if last := &u.edits[n-1]; last.Rule == ruleMisread &&
			span.Start-last.Span.End <= mergeGap && last.Span.Len() < maxMerged && u.together(text, last.Span, span) {
			last.Now += string(text[last.Span.End:span.Start]) + now
			last.Span.End = span.End
			last.Confidence = min(last.Confidence, e.Confidence)
			return
		}
	}
	u.edits = append(u.edits, e)
}

// together reports whether a and b, and what lies between them, are all
// protected or none of them is.
func (u *undoer) together(text []byte, a, b repair.Span) bool {
	inert := u.f.protected(text, a)
	return inert == u.f.protected(text, b) && inert == u.f.protected(text, repair.Span{Start: a.End, End: b.End})
}

// readings returns the alternatives of p as they would stand in the text.
func (u *undoer) readings(p piece) []repair.Alternative {
	var out []repair.Alternative
	for _, a := range p.alts {
		var b strings.Builder
		b.WriteRune(a.r)
		out = append(out, repair.Alternative{Text: b.String(), Confidence: a.p})
	}
	return out
}
