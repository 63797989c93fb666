package mojibake

import (
	"bytes"
	"slices"
	"sync"
	"unicode"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// Bounds of a sample. If the first characters show beyond doubt what a text was
// broken by, no more are looked at.
const (
	firstWindows  = 10
	firstRunes    = 200
	moreRunes     = 400 // that a chain cannot read, or more in a long text
	aloneRunes    = 100 // the same if nothing else explains the first ones
	maxMoreRunes  = 4800
	perMoreRune   = 64 // bytes of text
	sampleWindows = 48
	sampleRunes   = 1200
)

// A sample is what the chain of a document is judged by.
type sample struct {
	m         scorer
	text      []byte
	odd       *gatekeeper
	spares    func(window) bool // windows that are not looked at
	undone    *finding          // what the text was broken by, if most of it is right now
	windows   []excerpt
	total     int         // characters
	found     []*codepage // the suspects of so many windows
	suspected int
	has       struct{ replacement, question, control bool }
	weighed   map[*channel]weighing
	gaveUp    map[*channel]surrender // those that were not weighed to the end
	tried     []*channel             // those of weighed, in order
	best      float32                // the greatest gain
	leader    *channel               // whose it is
	room      *sampleRoom
}

// A sampleRoom is memory for the characters of windows.
type sampleRoom struct {
	runes  []rune
	steps  []float32
	states []plausible.State
}

// minRoom is the number of characters that there is made room for at least.
const minRoom = 1 << 10

var sampleRooms = sync.Pool{New: func() any { return new(sampleRoom) }}

// free gives the memory of the windows, which are of no use then, to other samples.
func (s *sample) free() {
	if r := s.room; r != nil {
		r.runes, r.steps, r.states = r.runes[:0], r.steps[:0], r.states[:0]
		sampleRooms.Put(r)
		s.room = nil
	}
}

// reserve makes sure that size more characters find room.
func (r *sampleRoom) reserve(size int) {
	if cap(r.runes)-len(r.runes) < size {
		r.runes = make([]rune, 0, max(size, minRoom))
		r.steps = make([]float32, 0, cap(r.runes))
		r.states = make([]plausible.State, 0, cap(r.runes))
	}
}

// An excerpt is a window of a sample.
type excerpt struct {
	window
	text     []rune
	steps    []float32         // how likely each character is as it stands
	states   []plausible.State // behind each
	kept     float32           // how likely all of them are
	most     float32           // the most that any reading is thought to gain
	clear    bool              // the best so far reads it without a doubt
	whole    bool              // it leaves nothing outside ASCII as it is
	original bool              // it has nothing that lost bytes may have become
}

// newSample returns an empty sample of the text of hits.
func newSample(hits *oddHits, spares func(window) bool) sample {
	return sample{m: hits.m, text: hits.text, odd: newGatekeeper(hits), spares: spares, weighed: make(map[*channel]weighing), gaveUp: make(map[*channel]surrender), best: hopeless}
}

// fill adds windows of the text that look misread until there are enough, and
// reports whether there were any. No more than half of them look so little.
func (s *sample) fill(windows, runes int) bool {
	n := len(s.windows)
	for len(s.windows) < windows && s.total < runes {
		w, ok := s.odd.next()
		if !ok {
			break
		}
		if s.odd.thin && (2*len(s.windows) >= windows || 2*s.total >= runes) {
			s.odd.pass()
			continue
		}
		if !s.spares(w) && !alphabet(s.text[w.start:w.end]) {
			s.add(w)
		}
	}
	return len(s.windows) > n
}

// full reports whether there may be more windows in the text than s has room for.
func (s *sample) full() bool { return len(s.windows) >= sampleWindows || s.total >= sampleRunes }

// tells reports whether the sample is so much that, if some of it was misread by p, it
// shows some character that lost nothing. Where p was undone, those are left that lost
// something.
func (s *sample) tells(p *codepage) bool { return !s.undone.by(p) && s.large() }

// large reports whether the sample is as much as is looked at first.
func (s *sample) large() bool { return len(s.windows) >= firstWindows || s.total >= firstRunes }

// restart makes s a sample of the text from the line behind byte from on, or from
// where it ends now.
func (s *sample) restart(from int) {
	if from > s.odd.from {
		if k := bytes.IndexByte(s.text[from:], '\n'); k >= 0 && k < maxWindow {
			from += k + 1
		}
		s.odd.from = from
	}
	s.free()
	*s = sample{m: s.m, text: s.text, odd: s.odd, spares: s.spares, undone: s.undone, weighed: make(map[*channel]weighing), gaveUp: make(map[*channel]surrender), best: hopeless}
}

func (s *sample) add(w window) {
	if s.room == nil {
		s.room = sampleRooms.Get().(*sampleRoom)
	}
	room := s.room
	room.reserve(w.end - w.start)
	from := len(room.runes)
	var state plausible.State
	var p float32
	x := excerpt{window: w, original: true}
	for i := w.start; i < w.end; {
		r, size := character(s.text[:w.end], i)
		switch {
		case r == replacement:
			s.has.replacement = true
		case r >= 0x80 && r < 0xA0:
			s.has.control = true
		case r == '?' && i > w.start && s.text[i-1] >= 0x80:
			s.has.question = true
		}
		x.original = x.original && r != replacement && r != '?' && (r < 0x80 || r >= 0xA0)
		p, state = keepStep(s.m, state, r)
		x.kept += p
		room.runes, room.steps, room.states = append(room.runes, r), append(room.steps, p), append(room.states, state)
		i += size
	}
	x.text, x.steps, x.states = room.runes[from:len(room.runes):len(room.runes)], room.steps[from:], room.states[from:]
	x.kept = caselessKept(s.m, x.text, x.kept)
	x.most = -x.kept
	s.windows = append(s.windows, x)
	s.total += len(x.text)
}

// caselessKept is kept, how likely runes are, or how likely the same is in small
// letters if capitals stand before what looks misread and it is likelier so: the
// model has seen few words in capitals.
func caselessKept(m scorer, runes []rune, kept float32) float32 {
	first := slices.IndexFunc(runes, func(r rune) bool { return r >= 0x80 })
	if first < hitContext || slices.ContainsFunc(runes[first-hitContext:first], func(r rune) bool { return !unicode.IsUpper(r) }) {
		return kept
	}
	small := slices.Clone(runes)
	for i, r := range small {
		small[i] = unicode.ToLower(r)
	}
	return max(kept, keepScore(m, small))
}

func keepScore(m scorer, runes []rune) (sum float32) {
	var s plausible.State
	var w float32
	for _, r := range runes {
		w, s = keepStep(m, s, r)
		sum += w
	}
	return sum
}

// keep is keepStep for x's character at place i, of which it is known how likely it
// is after what stands before it.
func (x *excerpt) keep(m scorer, s plausible.State, i int) (float32, plausible.State) {
	var before plausible.State
	if i > 0 {
		before = x.states[i-1]
	}
	if s == before {
		return x.steps[i], x.states[i]
	}
	return keepStep(m, s, x.text[i])
}

// strange reports whether the model did not expect some of x's characters from
// place i to place j.
func (x *excerpt) strange(i, j int) bool {
	for _, w := range x.steps[i:j] {
		if w < natural {
			return true
		}
	}
	return false
}

// widen adds windows from the beginning of the text that the sample has not,
// whether they look misread or not, if c can read some of them but not all, or
// something else can; more is whether there are any, and read the number of
// characters that c reads in others.
func (s *sample) widen(c *channel, add int) (read int, more bool) {
	known := s.windows
	var runes []rune
	var starts []int
	if s.undone == nil {
		add = min(max(add, len(s.text)/perMoreRune), maxMoreRunes)
	}
	enough := s.total + add
	for from, looked := 0, 0; looked < 3*add && s.total < enough; {
		end := len(s.text)
		if len(known) > 0 {
			end = known[0].start
		}
		w, ok := windowOf(s.text[:end], from, maxBriefWindow)
		if !ok {
			if len(known) == 0 {
				break
			}
			from, known = known[0].end, known[1:]
			continue
		}
		w = brief(s.text, w, w.start)
		from = w.end
		runes, starts = characters(s.text[w.start:w.end], runes, starts)
		looked += len(runes)
		if n, ok := c.direct.reads(runes); ok {
			read += n
			continue
		}
		if _, hit := gate().nextHit(s.text[w.start:w.end], 0); !hit && !c.mayRead(runes) {
			continue
		}
		s.add(w)
		more = true
	}
	s.best = hopeless
	return read, more
}
