package models

import (
	"cmp"
	"maps"
	"slices"
)

// The sizes of a canvas, in its pixels.
const (
	nodeWidth  = 300
	nodeHeight = 100
	gapX       = 240 // room for a label between two columns
	gapY       = 60  // and for the name above a node
	gapGroups  = 110
)

// A point is the upper left corner of a node.
type point struct{ X, Y int }

// layout places the nodes of a graph: lineage leads from left to right, things
// that belong together stand near one another, and no two overlap. It depends on
// the nodes and edges alone, and takes time that is nearly linear in them.
func layout(nodes []string, edges []Edge, s Schema) map[string]point {
	g := newGraph(nodes, edges, s)
	at := map[string]point{}
	y := 0
	for _, group := range g.groups() {
		columns := g.columns(group)
		tallest := 0
		for _, c := range columns {
			tallest = max(tallest, len(c))
		}
		for x, c := range columns {
			offset := (tallest - len(c)) * (nodeHeight + gapY) / 2
			for i, n := range c {
				at[n] = point{x * (nodeWidth + gapX), y + offset + i*(nodeHeight+gapY)}
			}
		}
		y += tallest*(nodeHeight+gapY) - gapY + gapGroups
	}
	return at
}

// A graph knows the neighbours of each node.
type graph struct {
	nodes   []string
	lineage map[string][]string // the nodes that a node leads to
	parents map[string]int
	all     map[string][]string // neighbours by any edge
}

func newGraph(nodes []string, edges []Edge, s Schema) *graph {
	g := &graph{nodes: slices.Sorted(slices.Values(nodes)), lineage: map[string][]string{}, parents: map[string]int{}, all: map[string][]string{}}
	for _, e := range edges {
		g.all[e.From] = append(g.all[e.From], e.To)
		g.all[e.To] = append(g.all[e.To], e.From)
		if s.isLineage(e) {
			g.lineage[e.From] = append(g.lineage[e.From], e.To)
			g.parents[e.To]++
		}
	}
	return g
}

// groups returns the connected parts, the largest first, each in the order of
// its names.
func (g *graph) groups() [][]string {
	seen := map[string]bool{}
	var out [][]string
	for _, n := range g.nodes {
		if seen[n] {
			continue
		}
		seen[n] = true
		group := []string{n}
		for i := 0; i < len(group); i++ {
			for _, m := range g.all[group[i]] {
				if !seen[m] {
					seen[m] = true
					group = append(group, m)
				}
			}
		}
		slices.Sort(group)
		out = append(out, group)
	}
	slices.SortStableFunc(out, func(a, b []string) int { return len(b) - len(a) })
	return out
}

// columns gives each node of a group a column, right of all that it comes from;
// a cycle is cut where it is met. A node that comes from nothing and is only
// compared stands right of what it is compared with.
func (g *graph) columns(group []string) [][]string {
	depth := g.depths(group)
	for _, n := range group {
		if g.parents[n] == 0 && len(g.lineage[n]) == 0 {
			for _, m := range g.all[n] {
				if g.parents[m] > 0 || len(g.lineage[m]) > 0 {
					depth[n] = max(depth[n], depth[m]+1)
				}
			}
		}
	}
	if deepest(depth) == 0 && len(group) > 1 { // nothing but comparisons
		for i, n := range g.byDegree(group) {
			depth[n] = min(i, 1)
		}
	}
	columns := make([][]string, deepest(depth)+1)
	for _, n := range group {
		columns[depth[n]] = append(columns[depth[n]], n)
	}
	g.order(columns)
	return slices.DeleteFunc(columns, func(c []string) bool { return len(c) == 0 })
}

func deepest(depth map[string]int) int { return slices.Max(slices.Collect(maps.Values(depth))) }

// depths counts the longest way of lineage to each node, taking nodes off from
// the left; those of a cycle follow in the order of their names.
func (g *graph) depths(group []string) map[string]int {
	depth := make(map[string]int, len(group))
	open := make(map[string]int, len(group))
	var ready []string
	for _, n := range group {
		depth[n] = 0
		if open[n] = g.parents[n]; open[n] == 0 {
			ready = append(ready, n)
		}
	}
	done := map[string]bool{}
	for next := 0; len(done) < len(group); {
		if len(ready) == 0 { // a cycle
			for done[group[next]] {
				next++
			}
			ready = append(ready, group[next])
		}
		n := ready[0]
		ready = ready[1:]
		if done[n] {
			continue
		}
		done[n] = true
		for _, m := range g.lineage[n] {
			if done[m] {
				continue
			}
			depth[m] = max(depth[m], depth[n]+1)
			if open[m]--; open[m] == 0 {
				ready = append(ready, m)
			}
		}
	}
	return depth
}

// byDegree sorts nodes by their neighbours, the most first.
func (g *graph) byDegree(group []string) []string {
	out := slices.Clone(group)
	slices.SortStableFunc(out, func(a, b string) int { return len(g.all[b]) - len(g.all[a]) })
	return out
}

// order puts the nodes of each column near the middle of their neighbours, in a
// few sweeps to the right and back.
func (g *graph) order(columns [][]string) {
	place := map[string]float64{}
	number := func(c []string) {
		for i, n := range c {
			place[n] = float64(i) - float64(len(c)-1)/2
		}
	}
	for _, c := range columns {
		number(c)
	}
	sweep := func(c []string) {
		middle := make(map[string]float64, len(c))
		for _, n := range c {
			sum := 0.0
			for _, m := range g.all[n] {
				sum += place[m]
			}
			middle[n] = place[n]
			if k := len(g.all[n]); k > 0 {
				middle[n] = sum / float64(k)
			}
		}
		slices.SortStableFunc(c, func(a, b string) int { return cmp.Compare(middle[a], middle[b]) })
		number(c)
	}
	for range 4 {
		for _, c := range columns {
			sweep(c)
		}
		for _, c := range slices.Backward(columns) {
			sweep(c)
		}
	}
}
