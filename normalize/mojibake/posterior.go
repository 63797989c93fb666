package mojibake

import (
	"cmp"
	"math"
	"slices"
)

// Which of the other readings of a place are told.
const (
	maxAlts    = 5
	minAltProb = .0005
)

// A piece is one character of the answer.
type piece struct {
	start, end int // of the broken characters
	r          rune
	decoded    bool
	lost       int8
	w          float32 // likelihood in its place
	p          float64 // probability
	model      float64 // that by the model alone
	alts       []alternative
}

type alternative struct {
	r       rune
	end     int
	decoded bool
	p       float64
	model   float64 // that by the model alone
}

// pieces returns the characters that the best reading of the last run does not
// leave as they are, with the posterior probability of each, and what else they may
// be if they do not stand in a long doubt. They are good until the next run.
func (l *lattice) pieces() []piece {
	out := slices.DeleteFunc(l.path(), func(p piece) bool { return !p.decoded })
	if len(out) > 0 {
		l.weighPieces(out)
	}
	for i := l.end; i < len(l.x.text); {
		r, end, ok := l.obvious(i)
		if !ok {
			i++
			continue
		}
		out = append(out, piece{start: i, end: end, r: r, decoded: true, p: 1, model: 1})
		i = end
	}
	l.read = out
	return out
}

// weighPieces tells how likely pieces of the best reading are, and what else may
// stand where bytes were lost.
func (l *lattice) weighPieces(pieces []piece) {
	total := l.backward()
	l.alts = l.alts[:0]
	k := 0
	for i := range pieces {
		p := &pieces[i]
		k = l.share(k, p.start, total)
		for _, a := range l.shares {
			if a.r == p.r && a.end == p.end && a.decoded == p.decoded {
				p.p = min(1, a.p)
			}
		}
		p.model = p.p
		if p.lost > 0 && p.start < l.late {
			p.alts = l.others(p)
			p.p = shown(p)
		}
	}
}

// share adds up what leaves a place, of which no arc stands before the k-th, and
// returns where those of the next place begin: arcs are in the order of the
// places that they leave.
func (l *lattice) share(k, place int, total float32) int {
	l.shares = l.shares[:0]
	for ; k < len(l.arcs); k++ {
		a := &l.arcs[k]
		from, to := &l.nodes[a.from], &l.nodes[a.to]
		if int(from.at) > place {
			break
		}
		w := from.fwd + a.w + to.bwd - total
		if int(from.at) < place || w < logMinAltProb {
			continue
		}
		own := alternative{r: a.r, end: int(to.at), decoded: a.decoded}
		n := slices.IndexFunc(l.shares, func(x alternative) bool {
			return x.r == own.r && x.end == own.end && x.decoded == own.decoded
		})
		if n < 0 {
			n = len(l.shares)
			l.shares = append(l.shares, own)
		}
		l.shares[n].p += math.Exp(float64(w))
	}
	return k
}

var logMinAltProb = float32(math.Log(minAltProb))

// others returns the other readings that begin where p does, likeliest first.
func (l *lattice) others(p *piece) []alternative {
	from := len(l.alts)
	for _, a := range l.shares {
		if a.decoded && (a.r != p.r || a.end != p.end) {
			a.p = min(1, a.p)
			a.model = a.p
			l.alts = append(l.alts, a)
		}
	}
	alts := l.alts[from:]
	slices.SortFunc(alts, func(a, b alternative) int {
		return cmp.Or(cmp.Compare(b.p, a.p), cmp.Compare(a.r, b.r), cmp.Compare(a.end, b.end))
	})
	return alts[:min(len(alts), maxAlts)]
}

// shown returns how sure it is what a reader sees of p. Which of the invisible
// characters a lost byte stood in changes nothing that is seen, so between them
// there is no doubt.
func shown(p *piece) float64 {
	if !invisible(p.r) {
		return p.p
	}
	sum := p.p
	for _, a := range p.alts {
		if invisible(a.r) {
			sum += a.p
		}
	}
	return min(1, sum)
}

// backward fills bwd and returns the likelihood of all ways together.
func (l *lattice) backward() float32 {
	for i := range l.nodes {
		l.nodes[i].bwd = never
	}
	total := float32(never)
	for _, id := range l.at[l.end] {
		l.nodes[id].bwd = 0
		total = logAdd(total, l.nodes[id].fwd)
	}
	// Arcs were made in the order of the places that they leave.
	for i := len(l.arcs) - 1; i >= 0; i-- {
		a := l.arcs[i]
		if b := l.nodes[a.to].bwd; b > never {
			l.nodes[a.from].bwd = logAdd(l.nodes[a.from].bwd, a.w+b)
		}
	}
	return total
}

// logAdd returns the logarithm of the sum of two numbers given by theirs.
func logAdd(a, b float32) float32 {
	if a < b {
		a, b = b, a
	}
	d := (a - b) * logScale
	if d >= logSteps {
		return a
	}
	i := int(d)
	return a + logSums[i] + (d-float32(i))*(logSums[i+1]-logSums[i])
}

// logSums holds log(1+exp(-d)) for d in steps of 1/logScale, up to where it
// matters no more.
const (
	logScale = 32
	logSteps = 16 * logScale
)

var logSums = func() (sums [logSteps + 1]float32) {
	for i := range sums {
		sums[i] = float32(math.Log1p(math.Exp(-float64(i) / logScale)))
	}
	return sums
}()
