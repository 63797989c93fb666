package merge

import "slices"

const (
	// maxEdits bounds Myers' search within a stretch without unique tokens;
	// past it the stretch counts as rewritten.
	maxEdits = 400
	// maxDepth bounds how often a stretch is split at unique tokens.
	maxDepth = 12
)

// match returns, for each token of a, the index of its partner in b, or -1.
// Partners are equal, and their indices rise. Tokens that are unique on both
// sides are anchors (patience), Myers' algorithm fills the stretches between.
func match(a, b []int) []int {
	partner := make([]int, len(a))
	for i := range partner {
		partner[i] = -1
	}
	m := matcher{a: a, b: b, partner: partner}
	m.stretch(0, len(a), 0, len(b), 0)
	return partner
}

type matcher struct {
	a, b    []int
	partner []int
}

// stretch matches a[a0:a1] with b[b0:b1].
func (m *matcher) stretch(a0, a1, b0, b1, depth int) {
	for a0 < a1 && b0 < b1 && m.a[a0] == m.b[b0] {
		m.partner[a0] = b0
		a0, b0 = a0+1, b0+1
	}
	for a0 < a1 && b0 < b1 && m.a[a1-1] == m.b[b1-1] {
		a1, b1 = a1-1, b1-1
		m.partner[a1] = b1
	}
	if a0 == a1 || b0 == b1 {
		return
	}
	anchors := m.anchors(a0, a1, b0, b1)
	if len(anchors) == 0 || depth == maxDepth {
		m.myers(a0, a1, b0, b1)
		return
	}
	for _, at := range anchors {
		m.stretch(a0, at[0], b0, at[1], depth+1)
		m.partner[at[0]] = at[1]
		a0, b0 = at[0]+1, at[1]+1
	}
	m.stretch(a0, a1, b0, b1, depth+1)
}

// anchors returns the longest rising chain of index pairs whose tokens occur
// once in each stretch.
func (m *matcher) anchors(a0, a1, b0, b1 int) [][2]int {
	type count struct{ inA, inB, atB int }
	seen := make(map[int]*count, a1-a0)
	for _, id := range m.a[a0:a1] {
		if seen[id] == nil {
			seen[id] = &count{}
		}
		seen[id].inA++
	}
	for j := b0; j < b1; j++ {
		if c := seen[m.b[j]]; c != nil {
			c.inB++
			c.atB = j
		}
	}
	var pairs [][2]int
	for i := a0; i < a1; i++ {
		if c := seen[m.a[i]]; c.inA == 1 && c.inB == 1 {
			pairs = append(pairs, [2]int{i, c.atB})
		}
	}
	return rising(pairs)
}

// rising returns the longest subsequence whose second numbers rise. The first
// numbers rise already.
func rising(pairs [][2]int) [][2]int {
	if len(pairs) == 0 {
		return nil
	}
	var tops []int // tops[k]: index of the pair that ends the best chain of k+1
	before := make([]int, len(pairs))
	for i, p := range pairs {
		k, _ := slices.BinarySearchFunc(tops, p[1], func(top, second int) int { return pairs[top][1] - second })
		before[i] = -1
		if k > 0 {
			before[i] = tops[k-1]
		}
		if k == len(tops) {
			tops = append(tops, i)
		} else {
			tops[k] = i
		}
	}
	chain := make([][2]int, len(tops))
	for k, i := len(tops)-1, tops[len(tops)-1]; k >= 0; k, i = k-1, before[i] {
		chain[k] = pairs[i]
	}
	return chain
}

// myers finds a shortest edit script of at most maxEdits between two stretches
// and records the tokens that it keeps.
func (m *matcher) myers(a0, a1, b0, b1 int) {
	x, y := m.a[a0:a1], m.b[b0:b1]
	limit := min(len(x)+len(y), maxEdits)
	reach := make([]int, 2*limit+3) // reach[k+limit+1]: furthest i on diagonal k = i-j
	at := func(k int) *int { return &reach[k+limit+1] }
	var trace [][]int // trace[d]: reach on diagonals -d…d before step d
	for d := 0; d <= limit; d++ {
		trace = append(trace, slices.Clone(reach[limit-d:limit+d+3]))
		for k := -d; k <= d; k += 2 {
			i := *at(k - 1) + 1
			if k == -d || (k != d && *at(k - 1) < *at(k + 1)) {
				i = *at(k + 1)
			}
			for i < len(x) && i-k < len(y) && x[i] == y[i-k] {
				i++
			}
			*at(k) = i
			if i >= len(x) && i-k >= len(y) {
				m.walkBack(trace, a0, b0, len(x), len(y))
				return
			}
		}
	}
}

// walkBack follows the steps of myers from the end to the start.
func (m *matcher) walkBack(trace [][]int, a0, b0, i, j int) {
	for d := len(trace) - 1; d >= 0; d-- {
		reach := trace[d]
		at := func(k int) int { return reach[k+d+1] }
		k := i - j
		fromI, fromJ := 0, 0
		if d > 0 {
			previous := k - 1
			if k == -d || (k != d && at(k-1) < at(k+1)) {
				previous = k + 1
			}
			fromI = at(previous)
			fromJ = fromI - previous
		}
		for i > fromI && j > fromJ {
			i, j = i-1, j-1
			m.partner[a0+i] = b0 + j
		}
		i, j = fromI, fromJ
	}
}
