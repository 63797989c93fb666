package models

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func edgesOf(t *testing.T) []Edge {
	t.Helper()
	rows := []Row{
		{"base_model", "[[Models/Foo|Foo]]", "based on Foo", "[[Clippings/n#^cm-1|n]]"},
		{"comparison", "outperforms [[Models/Bar|Bar]] (in code)", "beats Bar", "[[Clippings/n#^cm-1|n]]"},
		{"comparison", "not worse than [[Models/Baz|Baz]]", "is not worse", "[[Clippings/n#^cm-1|n]]"},
		{"comparison", "worse than [[Models/Mine|Mine]]", "I think", ""},
		{"comparison", "worse than [[Models/Guess|Guess]]", "a guess", "[[Clippings/n#^cm-1|n]] (llama)"},
		{"parameters", "7B", "7B", "[[Clippings/n#^cm-1|n]]"},
	}
	return append(Edges("Foo 7B Chat", rows, schema), Variants([]string{"Foo", "Foo 7B", "Foo 7B Chat", "Bar", "Foobar"})...)
}

func TestEdges(t *testing.T) {
	got := tidy(edgesOf(t), schema)
	want := []Edge{
		{"Foo", "Foo 7B", "variant", Variant},
		{"Foo", "Foo 7B Chat", "base model", "base_model"},
		{"Foo 7B", "Foo 7B Chat", "variant", Variant},
		{"Foo 7B Chat", "Bar", "outperforms (in code)", "outperforms"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
}

func canvasOf(t *testing.T, existing string, edges []Edge) string {
	t.Helper()
	var old []byte
	if existing != "" {
		old = []byte(existing)
	}
	out, err := Canvas(old, edges, func(stem string) bool { return stem != "Bar" }, schema)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestCanvas(t *testing.T) {
	once := canvasOf(t, "", edgesOf(t))
	golden(t, "Models.canvas", []byte(once))
	if twice := canvasOf(t, once, edgesOf(t)); twice != once {
		t.Errorf("twice:\n%s", twice)
	}
	more := append(edgesOf(t), Edge{"New", "Foo", "outperforms", "outperforms"})

	t.Run("as another program formats it", func(t *testing.T) {
		var v any
		if err := json.Unmarshal([]byte(once), &v); err != nil {
			t.Fatal(err)
		}
		other, _ := json.MarshalIndent(v, "", "  ")
		if got := canvasOf(t, string(other), edgesOf(t)); got != string(other) {
			t.Errorf("got\n%s", got)
		}
	})
	t.Run("not moved: all is laid out anew", func(t *testing.T) {
		if got, want := canvasOf(t, once, more), canvasOf(t, "", more); got == want || !sameNodes(t, got, want) {
			t.Errorf("got\n%s\nwant the nodes of\n%s", got, want)
		}
	})
	t.Run("a person's moves, colours, nodes and edges stay", func(t *testing.T) {
		id := nodeID("Foo 7B")
		mine := strings.Replace(once, `"id":"`+id+`",`, `"id":"`+id+`","color":"3",`, 1)
		mine = strings.Replace(mine, nodeText(t, once, id, "x"), `"x":-990`, 1)
		mine = strings.Replace(mine, "\t\"nodes\":[\n", "\t\"nodes\":[\n\t\t{\"id\":\"me\",\"type\":\"text\",\"text\":\"Mine\",\"x\":0,\"y\":900,\"width\":10,\"height\":10,\"zoom\":{\"a\":1}},\n", 1)
		mine = strings.Replace(mine, "\t\"edges\":[\n", "\t\"edges\":[\n\t\t{\"id\":\"my\",\"fromNode\":\"me\",\"toNode\":\""+id+"\"},\n", 1)
		if got := canvasOf(t, mine, edgesOf(t)); got != mine {
			t.Errorf("got\n%s\nof\n%s", got, mine)
		}
		got := canvasOf(t, mine, more)
		for line := range strings.SplitSeq(mine, "\n") {
			if line = strings.Trim(line, "\t,"); !strings.Contains(got, line) {
				t.Errorf("lost: %s", line)
			}
		}
		if !strings.Contains(got, nodeID("New")) || overlaps(t, got) {
			t.Errorf("got\n%s", got)
		}
		if again := canvasOf(t, got, more); again != got {
			t.Errorf("again\n%s", again)
		}
	})
	t.Run("what is said no more goes, a person's own does not", func(t *testing.T) {
		mine := strings.Replace(once, "\t\"nodes\":[\n", "\t\"nodes\":[\n\t\t{\"id\":\"me\",\"type\":\"text\",\"text\":\"Mine\",\"x\":0,\"y\":900,\"width\":10,\"height\":10},\n", 1)
		got := canvasOf(t, mine, edgesOf(t)[:1])
		if strings.Contains(got, `"Bar"`) || !strings.Contains(got, `"Mine"`) || !strings.Contains(got, nodeID("Foo")) {
			t.Errorf("got\n%s", got)
		}
	})
	t.Run("a person's file", func(t *testing.T) {
		for _, mine := range []string{`{"nodes":[{"id":"1","type":"text","text":"Mine"}]}`, "{}", "", " "} {
			if mine == "" {
				continue
			}
			if got := canvasOf(t, mine, edgesOf(t)); got != mine {
				t.Errorf("%s became\n%s", mine, got)
			}
		}
	})
	if _, err := Canvas([]byte("no"), edgesOf(t), nil, schema); err == nil {
		t.Error("no error for what is no canvas")
	}
	if got := canvasOf(t, "", nil); got != "" {
		t.Errorf("a canvas of nothing:\n%s", got)
	}
}

// nodeText returns a field of a node as it stands in the canvas.
func nodeText(t *testing.T, canvas, id, field string) string {
	t.Helper()
	_, line, _ := strings.Cut(canvas, id)
	line, _, _ = strings.Cut(line, "\n")
	i := strings.Index(line, `"`+field+`":`)
	return line[i : i+strings.IndexByte(line[i:], ',')]
}

func nodesIn(t *testing.T, canvas string) []node {
	t.Helper()
	var c struct{ Nodes []node }
	if err := json.Unmarshal([]byte(canvas), &c); err != nil {
		t.Fatal(err)
	}
	return c.Nodes
}

func sameNodes(t *testing.T, a, b string) bool {
	t.Helper()
	set := map[node]bool{}
	for _, n := range nodesIn(t, a) {
		set[n] = true
	}
	return !slices.ContainsFunc(nodesIn(t, b), func(n node) bool { return !set[n] })
}

func overlaps(t *testing.T, canvas string) bool {
	t.Helper()
	list := nodesIn(t, canvas)
	for i, a := range list {
		for _, b := range list[i+1:] {
			if a.X < b.X+b.Width && b.X < a.X+a.Width && a.Y < b.Y+b.Height && b.Y < a.Y+a.Height {
				return true
			}
		}
	}
	return false
}

// TestLayout holds over random graphs, cycles and loops included: every node has
// a place, no two overlap, lineage without a cycle leads to the right, and the
// order in which nodes and edges come does not count.
func TestLayout(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		n := 1 + r.IntN(30)
		var nodes []string
		for i := range n {
			nodes = append(nodes, fmt.Sprintf("n%02d", i))
		}
		acyclic := r.IntN(2) == 0
		var edges []Edge
		for range r.IntN(3 * n) {
			a, b := r.IntN(n), r.IntN(n)
			if acyclic && a >= b {
				continue
			}
			kind := []string{Variant, "outperforms"}[r.IntN(2)]
			edges = append(edges, Edge{From: nodes[a], To: nodes[b], Kind: kind})
		}
		at := layout(nodes, edges, schema)
		if len(at) != n {
			t.Fatalf("%d of %d nodes have a place", len(at), n)
		}
		for i, a := range nodes {
			for _, b := range nodes[i+1:] {
				if p, q := at[a], at[b]; max(p.X-q.X, q.X-p.X) < nodeWidth && max(p.Y-q.Y, q.Y-p.Y) < nodeHeight {
					t.Fatalf("%s at %v and %s at %v overlap", a, p, b, q)
				}
			}
		}
		for _, e := range edges {
			if acyclic && e.Kind == Variant && at[e.From].X >= at[e.To].X {
				t.Fatalf("%s at %v does not stand left of %s at %v", e.From, at[e.From], e.To, at[e.To])
			}
		}
		slices.Reverse(nodes)
		if again := layout(nodes, edges, schema); fmt.Sprint(again) != fmt.Sprint(at) {
			t.Fatal("the order of the nodes counts")
		}
	}
}

func TestManyModels(t *testing.T) {
	var edges []Edge
	for i := range 20_000 {
		edges = append(edges, Edge{From: fmt.Sprint(i % 5000), To: fmt.Sprint(i + 1), Kind: "outperforms", Label: "outperforms"})
	}
	if got := nodesIn(t, canvasOf(t, "", edges)); len(got) != maxNodes {
		t.Errorf("%d nodes", len(got))
	}
}

// FuzzCanvas holds that any file is refused or kept, and that twice is once.
func FuzzCanvas(f *testing.F) {
	f.Add(`{"nodes":[{"id":"cm-66942fa9ded1","type":"file","file":"Models/Foo.md","x":1,"y":2}],"edges":[],"more":{"a":[1]}}`)
	f.Add(`{"nodes":[1,null,"x",{"id":3}],"edges":[{}]}`)
	edges := []Edge{{"Foo", "Bar", "variant", Variant}}
	f.Fuzz(func(t *testing.T, text string) {
		once, err := Canvas([]byte(text), edges, func(string) bool { return true }, schema)
		if err != nil {
			return
		}
		twice, err := Canvas(once, edges, func(string) bool { return true }, schema)
		if err != nil || string(once) != string(twice) {
			t.Errorf("%s\nonce\n%s\ntwice\n%s\n%v", text, once, twice, err)
		}
	})
}
