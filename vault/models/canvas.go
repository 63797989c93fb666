package models

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrCanvas reports a file that is no canvas.
var ErrCanvas = errors.New("models: not a canvas")

// maxNodes bounds what a canvas shows: the things with the most edges.
const maxNodes = 400

// idPrefix begins the ids of what Canvas writes.
const idPrefix = "cm-"

// A canvas is a file in the form of JSON Canvas 1.0. Objects are kept as they
// were read, with the fields that others add.
type canvas struct {
	Nodes []json.RawMessage
	Edges []json.RawMessage
	other []json.RawMessage // further keys, as "key": value
}

// node has the fields that are written, in the order of the specification.
type node struct {
	ID     string `json:"id"`
	Type   string `json:"type"`
	File   string `json:"file,omitempty"`
	Text   string `json:"text,omitempty"`
	X      int    `json:"x"`
	Y      int    `json:"y"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

type edge struct {
	ID       string `json:"id"`
	FromNode string `json:"fromNode"`
	FromSide string `json:"fromSide"`
	FromEnd  string `json:"fromEnd,omitempty"`
	ToNode   string `json:"toNode"`
	ToSide   string `json:"toSide"`
	ToEnd    string `json:"toEnd,omitempty"`
	Color    string `json:"color,omitempty"`
	Label    string `json:"label,omitempty"`
}

// Canvas returns the canvas of the edges between things, each thing by the name
// of its note; noted tells which have one, the others are shown as text. Things
// without an edge are left out.
//
// What a person did to an existing canvas stays: nodes and edges of their own,
// and the place, size and colour of ours. Where no node of ours was moved, all
// are laid out anew; otherwise new ones go below. Without a change to make, the
// same bytes are returned. A file that has nothing of ours is a person's and is
// returned as it is. nil existing makes a new canvas, nil if there are no edges.
func Canvas(existing []byte, edges []Edge, noted func(stem string) bool, s Schema) ([]byte, error) {
	edges = tidy(edges, s)
	stems, edges := most(edges)
	if existing == nil {
		if len(edges) == 0 {
			return nil, nil
		}
		return newCanvas(stems, edges, noted, s).bytes(), nil
	}
	old, err := readCanvas(existing)
	if err != nil {
		return nil, err
	}
	if !old.hasOurs() {
		return existing, nil
	}
	merged := merge(old, newCanvas(stems, edges, noted, s), s)
	if merged.same(old) {
		return existing, nil
	}
	return merged.bytes(), nil
}

// most returns the names that the edges have, at most maxNodes, and the edges
// between them.
func most(edges []Edge) ([]string, []Edge) {
	degree := map[string]int{}
	for _, e := range edges {
		degree[e.From]++
		degree[e.To]++
	}
	var stems []string
	for stem := range degree {
		stems = append(stems, stem)
	}
	slices.SortFunc(stems, func(a, b string) int {
		if degree[a] != degree[b] {
			return degree[b] - degree[a]
		}
		return strings.Compare(a, b)
	})
	stems = stems[:min(len(stems), maxNodes)]
	kept := map[string]bool{}
	for _, stem := range stems {
		kept[stem] = true
	}
	edges = slices.DeleteFunc(slices.Clone(edges), func(e Edge) bool { return !kept[e.From] || !kept[e.To] })
	slices.Sort(stems)
	return stems, edges
}

func newCanvas(stems []string, edges []Edge, noted func(string) bool, s Schema) *canvas {
	c := &canvas{}
	at := layout(stems, edges, s)
	for _, stem := range stems {
		n := node{ID: nodeID(stem), Type: "text", Text: stem, X: at[stem].X, Y: at[stem].Y, Width: nodeWidth, Height: nodeHeight}
		if noted(stem) {
			n.Type, n.Text, n.File = "file", "", s.folder()+"/"+stem+".md"
		}
		c.Nodes = append(c.Nodes, raw(n))
	}
	for _, e := range edges {
		c.Edges = append(c.Edges, raw(newEdge(e, at[e.From], at[e.To], s)))
	}
	return c
}

// colors are those that the kinds of relation have, by number: cyan, green, red,
// purple, yellow, orange.
var colors = []string{"5", "4", "1", "6", "3", "2"}

func newEdge(e Edge, from, to point, s Schema) edge {
	out := edge{
		ID: edgeID(e), FromNode: nodeID(e.From), ToNode: nodeID(e.To), Label: e.Label,
		FromSide: "right", ToSide: "left",
	}
	switch {
	case to.X < from.X:
		out.FromSide, out.ToSide = "left", "right"
	case to.X == from.X && to.Y > from.Y:
		out.FromSide, out.ToSide = "bottom", "top"
	case to.X == from.X:
		out.FromSide, out.ToSide = "top", "bottom"
	}
	if i := slices.Index(s.Kinds, e.Kind); i >= 0 {
		out.Color = colors[i%len(colors)]
	}
	return out
}

func nodeID(stem string) string { return idPrefix + hash("node", stem) }

func edgeID(e Edge) string { return idPrefix + hash("edge", e.From, e.To, e.Kind) }

func hash(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:6])
}

func raw(v any) json.RawMessage {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // of strings and numbers
	return bytes.TrimSpace(b.Bytes())
}

func readCanvas(text []byte) (*canvas, error) {
	var keys map[string]json.RawMessage
	if len(bytes.TrimSpace(text)) == 0 {
		return &canvas{}, nil
	}
	if err := json.Unmarshal(text, &keys); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCanvas, err)
	}
	c := &canvas{}
	var names []string
	for name := range keys {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		var err error
		switch name {
		case "nodes":
			err = json.Unmarshal(keys[name], &c.Nodes)
		case "edges":
			err = json.Unmarshal(keys[name], &c.Edges)
		default:
			c.other = append(c.other, slices.Concat(raw(name), []byte(":"), compact(keys[name])))
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrCanvas, name, err)
		}
	}
	return c, nil
}

// compact takes the white space out of valid JSON.
func compact(text json.RawMessage) json.RawMessage {
	var b bytes.Buffer
	if err := json.Compact(&b, text); err != nil {
		return text
	}
	return b.Bytes()
}

// bytes writes the canvas as Obsidian does: a node or an edge a line.
func (c *canvas) bytes() []byte {
	var b bytes.Buffer
	list := func(name string, items []json.RawMessage) {
		b.WriteString("\t\"" + name + "\":[")
		for i, item := range items {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString("\n\t\t")
			b.Write(compact(item))
		}
		if len(items) > 0 {
			b.WriteString("\n\t")
		}
		b.WriteByte(']')
	}
	b.WriteString("{\n")
	list("nodes", c.Nodes)
	b.WriteString(",\n")
	list("edges", c.Edges)
	for _, o := range c.other {
		b.WriteString(",\n\t")
		b.Write(o)
	}
	b.WriteString("\n}\n")
	return b.Bytes()
}

// same reports whether two canvases hold the same objects in the same order.
func (c *canvas) same(o *canvas) bool {
	equal := func(a, b json.RawMessage) bool { return bytes.Equal(compact(a), compact(b)) }
	return slices.EqualFunc(c.Nodes, o.Nodes, equal) && slices.EqualFunc(c.Edges, o.Edges, equal)
}
