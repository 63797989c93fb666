package charset

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
)

func model() *plausible.Model { return plausible.Default() }

// A rival is a candidate, with how far it has been read and how likely what was
// read is.
type rival struct {
	candidate *candidate
	name      string
	source    string
	prior     float64 // of the encoding, with what was declared
	logP      float64
	hash      uint64 // of what it makes of the bytes there are; 0 if that is its own
	at        int    // bytes read
	near      int    // pairs read beyond ASCII, of an encoding of single bytes
	bad       int    // U+FFFD among them
	last      rune
	state     plausible.State
}

// Rivals that are so many nats behind are given up: by pairs of characters, and
// by the whole model. In short texts less says as much: hopelessShort, and half a
// nat a byte.
const (
	hopelessPairs = 35
	hopelessModel = 25
	hopelessShort = 12
)

// firstLook bytes are enough to see that most encodings are hopeless.
const firstLook = 16

// cutCost is, in nats, how seldom a text ends within a character.
const cutCost = 12

// byModel chooses the encoding in which a sample of b is likeliest. A declared one
// has a bonus, and so wins unless it gives nonsense. Pairs of characters give up
// most of the candidates; the whole model decides between those that are left.
func byModel(b []byte, ds []declaration) Guess {
	f := fields.Get().(*field)
	defer fields.Put(f)
	f.sample = sample(f.sample[:0], b)
	b = f.sample
	if controls(b)*20 > len(b) {
		return Guess{Confidence: .9, Source: "binary"}
	}
	live, second := f.decideMixed(b, ds)
	if len(live) == 0 {
		return Guess{Encoding: "utf-8", Confidence: .3, Source: "model"} // by default, with its mistakes
	}
	if len(ds) == 0 {
		preferDefault(live, b)
	}
	return verdict(live, second)
}

// decide lets the candidates compete for b, and returns those that are left and
// the likeliest of the others. None is given up before look bytes are read.
func (f *field) decide(b []byte, ds []declaration, look int) (live []*rival, second rival) {
	f.reset(b, ds)
	live, second = compete(f.live, b, look, hopelessPairs, f.byPairs)
	if len(live) > 1 {
		for i := range live {
			live[i].restart()
		}
		live, second = compete(live, b, look, hopelessModel, (*rival).byModel)
	}
	return live, second
}

// With at most fewBytes bytes, of which one or two are beyond ASCII, little is
// known, and the web's default is taken unless another encoding is better by so
// many nats. How sure it is stays what the model says.
const fewBytes = 8

var fewNats = [...]float64{1: 12, 2: 8, 3: 0}

// preferDefault puts windows-1252 first if b is too short to tell.
func preferDefault(live []*rival, b []byte) {
	if len(b) > fewBytes {
		return
	}
	high := 0
	for _, c := range b {
		if c >= 0x80 {
			high++
		}
	}
	i := slices.IndexFunc(live, func(r *rival) bool { return r.name == "windows-1252" })
	if i > 0 && live[i].logP+fewNats[min(high, len(fewNats)-1)] > live[0].logP {
		r := live[i]
		copy(live[1:i+1], live[:i])
		live[0] = r
	}
}

// verdict weighs the rivals that are left, the one that is taken first, and the
// likeliest of those that were given up.
func verdict(live []*rival, second rival) Guess {
	best, sum := live[0], 1.0
	g := Guess{Encoding: best.name, Source: best.source}
	for i := 1; i < len(live); i++ {
		share := math.Exp(live[i].logP - best.logP)
		sum += share
		if i == 1 {
			g.RunnerUp, g.RunnerUpConfidence = live[i].name, share
		}
	}
	if g.RunnerUp == "" && second.candidate != nil {
		g.RunnerUp, g.RunnerUpConfidence = second.name, math.Exp(second.logP)
	}
	g.Confidence, g.RunnerUpConfidence = min(1/sum, .999), g.RunnerUpConfidence/sum
	return g
}

// compete reads on with all rivals by a way of scoring and gives up those that
// are hopeless, until one is left or the sample ends. It returns those left, the
// likeliest first, and the last one given up, with how far it was behind.
func compete(live []*rival, b []byte, look int, hopeless float64, read func(r *rival, b []byte, last bool) bool) (left []*rival, second rival) {
	for ; ; look *= 4 {
		end := min(look, len(b))
		kept := live[:0]
		for i := range live {
			if read(live[i], b[:end], end == len(b)) {
				kept = append(kept, live[i])
			}
		}
		if live = kept; len(live) == 0 {
			return nil, second // what no encoding has
		}
		slices.SortStableFunc(live, func(a, b *rival) int { return cmp.Compare(b.logP, a.logP) })
		n := len(live)
		for least := live[0].logP - min(hopeless, hopelessShort+float64(end)/2); n > 1 && live[n-1].logP <= least; {
			n--
		}
		if n < len(live) && (second.candidate == nil || n == 1) {
			second = *live[n]
			second.logP -= live[0].logP
		}
		live = live[:n]
		if len(live) <= 1 || end == len(b) {
			return live, second
		}
	}
}

// enter lists the candidates that can be meant by the bytes of the sample, one
// for each reading: another name for the same text is no rival.
func enter(all []rival, b []byte, ds []declaration) []rival {
	var count [256]int
	for _, c := range b {
		count[c]++
	}
	var high []byte
	var room [128]byte
	high = room[:0]
	for c := 0x80; c < 256; c++ {
		if count[c] > 0 {
			high = append(high, byte(c))
		}
	}
	cs := candidates()
	for i := range cs {
		c := &cs[i]
		r := rival{candidate: c, name: c.name, source: "model", prior: c.prior}
		r.declare(ds)
		if c.table != nil && !r.enterSingle(b, high, &count) {
			continue
		}
		r.logP = r.prior
		same := -1
		if r.hash != 0 {
			same = slices.IndexFunc(all, func(o rival) bool { return o.hash == r.hash })
		}
		switch {
		case same < 0:
			all = append(all, r)
		case all[same].prior < r.prior:
			all[same] = r
		}
	}
	return all
}

// declare gives a rival the bonus of a declaration, the first one more.
func (r *rival) declare(ds []declaration) {
	bonus := 6.0
	for _, d := range ds {
		if d.name == r.name || d.name == "gbk" && r.name == "gb18030" {
			r.name, r.source = d.name, d.source
			r.prior += bonus
			return
		}
		bonus = 3
	}
}

// enterSingle prepares an encoding of single bytes. It fails for one that does
// not have too many of them.
func (r *rival) enterSingle(b, high []byte, count *[256]int) bool {
	bad, tones := 0, false
	r.hash = 1
	for _, c := range high {
		u := r.candidate.table[c]
		if u == utf8.RuneError {
			bad += count[c]
		}
		tones = tones || u >= 0x300 && u < 0x370
		r.hash = bits.RotateLeft64((r.hash^uint64(u))*0x9E3779B97F4A7C15, 29)
	}
	r.hash |= 1
	if bad*20 > len(b) && r.candidate.name != "windows-1252" {
		return false
	}
	if tones {
		r.hash = 0 // they are put together with the letters before
	}
	return true
}

// restart has a rival read from the beginning again.
func (r *rival) restart() {
	r.logP, r.at, r.bad, r.last, r.state = r.prior, 0, 0, 0, plausible.State{}
}

// next reads a character that begins at r.at and ends in b; false at b's end.
// Last tells that the sample ends there too.
func (r *rival) next(b []byte, last bool) (c rune, ok bool) {
	switch t := r.candidate; {
	case r.at >= len(b):
		return 0, false
	case t.tones != nil && r.at+1 == len(b) && !last:
		return 0, false // a mark may follow
	case t.tones != nil && r.at+1 < len(b):
		if c := t.tones.put(b[r.at], b[r.at+1], t.table); c != 0 {
			r.at += 2
			return c, true
		}
		fallthrough
	case t.table != nil:
		r.at++
		return t.table[b[r.at-1]], true
	}
	if b[r.at] < utf8.RuneSelf {
		r.at++
		return rune(b[r.at-1]), true
	}
	if !last && len(b)-r.at < utf8.UTFMax {
		return 0, false // it may go on behind the look
	}
	var size int
	if r.candidate.pairs != nil {
		c, size = r.candidate.pairs.next(b[r.at:])
	} else {
		c, size = utf8.DecodeRune(b[r.at:])
	}
	r.at += size
	return c, true
}

// byPairs reads b up to its end, by pairs of characters. It is false for an
// encoding that cannot be meant.
func (f *field) byPairs(r *rival, b []byte, last bool) bool {
	if r.candidate.table != nil && r.candidate.tones == nil {
		f.singles(r, b)
		return r.ended(b, last, func() float64 { return pairsSeen.score(r.before(b), r.last) })
	}
	was := r.last
	for {
		c, ok := r.next(b, last)
		if !ok {
			break
		}
		if c == utf8.RuneError {
			r.bad++
		}
		was, r.last = r.last, c
		r.logP += pairsSeen.score(was, c)
	}
	return r.ended(b, last, func() float64 { return pairsSeen.score(was, r.last) })
}

// byModel is byPairs by the whole model.
func (r *rival) byModel(b []byte, last bool) bool {
	m, lastP := model(), float32(0)
	sum := 0.0
	for {
		c, ok := r.next(b, last)
		if !ok {
			break
		}
		if c == utf8.RuneError {
			r.bad++
		}
		r.last = c
		lastP, r.state = m.StepTypeset(r.state, c)
		sum += float64(lastP)
	}
	r.logP += sum
	return r.ended(b, last, func() float64 { return float64(lastP) })
}

// ended looks whether there were too many mistakes. A character cut at the
// sample's end, which cost lastP, is no mistake, but seldom.
func (r *rival) ended(b []byte, last bool, lastP func() float64) bool {
	if last && r.last == utf8.RuneError && (r.candidate.name != "utf-8" || cutShort(b)) {
		r.bad--
		r.logP -= lastP() + cutCost
	}
	return r.bad*20 <= len(b) || r.candidate.name == "windows-1252"
}

// cutShort reports whether b ends within a character of UTF-8.
func cutShort(b []byte) bool {
	for i := len(b) - 1; i >= max(0, len(b)-utf8.UTFMax); i-- {
		if utf8.RuneStart(b[i]) {
			return b[i] >= 0xC2 && b[i] < 0xF5 && !utf8.FullRune(b[i:])
		}
	}
	return false
}

func controls(b []byte) int {
	n := 0
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1B {
			n++
		}
	}
	return n
}
