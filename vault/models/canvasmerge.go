package models

import (
	"encoding/json"
	"slices"
	"strings"
)

// idOf reads the id of a node or edge, and whether it is one of ours.
func idOf(item json.RawMessage) (id string, ours bool) {
	var v struct{ ID string }
	if json.Unmarshal(item, &v) != nil {
		return "", false
	}
	return v.ID, strings.HasPrefix(v.ID, idPrefix) && len(v.ID) == len(idPrefix)+12
}

func (c *canvas) hasOurs() bool {
	return slices.ContainsFunc(c.Nodes, func(n json.RawMessage) bool { _, ours := idOf(n); return ours })
}

// merge returns what the old canvas becomes by the new one.
func merge(old, fresh *canvas, s Schema) *canvas {
	out := &canvas{other: old.other}
	moved := old.hasForeign() || old.moved(s)
	wanted := byID(fresh.Nodes)
	known := byID(old.Nodes)
	for _, n := range old.Nodes {
		id, ours := idOf(n)
		switch now, stays := wanted[id]; {
		case !ours:
			out.Nodes = append(out.Nodes, n)
		case stays && moved:
			out.Nodes = append(out.Nodes, withFields(n, now, "type", "file", "text"))
		case stays:
			out.Nodes = append(out.Nodes, withFields(n, now, "type", "file", "text", "x", "y"))
		}
	}
	added := slices.DeleteFunc(slices.Clone(fresh.Nodes), func(n json.RawMessage) bool {
		id, _ := idOf(n)
		return known[id] != nil
	})
	if moved {
		added = below(added, out.Nodes)
	}
	out.Nodes = append(out.Nodes, added...)
	out.Edges = mergeEdges(old.Edges, fresh.Edges, moved)
	return out
}

// mergeEdges keeps a person's edges and what a person made of ours.
func mergeEdges(old, fresh []json.RawMessage, moved bool) []json.RawMessage {
	wanted, known := byID(fresh), byID(old)
	var out []json.RawMessage
	for _, e := range old {
		id, ours := idOf(e)
		switch now, stays := wanted[id]; {
		case !ours, stays && moved:
			out = append(out, e)
		case stays:
			out = append(out, withFields(e, now, "fromSide", "toSide"))
		}
	}
	for _, e := range fresh {
		if id, _ := idOf(e); known[id] == nil {
			out = append(out, e)
		}
	}
	return out
}

func byID(items []json.RawMessage) map[string]json.RawMessage {
	out := make(map[string]json.RawMessage, len(items))
	for _, item := range items {
		if id, _ := idOf(item); id != "" {
			out[id] = item
		}
	}
	return out
}

// moved reports whether a person moved or resized a node of ours. The layout is
// a function of the nodes and edges, so it tells where they were put.
func (c *canvas) moved(s Schema) bool {
	names := map[string]string{} // by id
	at := map[string]node{}
	for _, item := range c.Nodes {
		var n node
		if _, ours := idOf(item); !ours || json.Unmarshal(item, &n) != nil {
			continue
		}
		stem := n.Text
		if n.File != "" {
			stem = strings.TrimSuffix(n.File[strings.LastIndexByte(n.File, '/')+1:], ".md")
		}
		names[n.ID], at[stem] = stem, n
	}
	var stems []string
	for stem := range at {
		stems = append(stems, stem)
	}
	for stem, place := range layout(stems, c.edges(names, s), s) {
		if n := at[stem]; n.X != place.X || n.Y != place.Y || n.Width != nodeWidth || n.Height != nodeHeight {
			return true
		}
	}
	return false
}

// edges returns our edges of a canvas between nodes with the given names.
func (c *canvas) edges(names map[string]string, s Schema) []Edge {
	var out []Edge
	for _, item := range c.Edges {
		var e edge
		if _, ours := idOf(item); !ours || json.Unmarshal(item, &e) != nil || names[e.FromNode] == "" || names[e.ToNode] == "" {
			continue
		}
		for _, kind := range s.kinds() {
			if found := (Edge{From: names[e.FromNode], To: names[e.ToNode], Kind: kind}); edgeID(found) == e.ID {
				out = append(out, found)
			}
		}
	}
	return tidy(out, s)
}

// kinds returns every kind that an edge may have.
func (s Schema) kinds() []string {
	out := append([]string{Variant}, s.Kinds...)
	for attribute := range s.Links {
		out = append(out, attribute)
	}
	return out
}

func (c *canvas) hasForeign() bool {
	return slices.ContainsFunc(c.Nodes, func(n json.RawMessage) bool { _, ours := idOf(n); return !ours })
}

// withFields returns the object with the named fields of another; the rest, and
// an object that has them already, stay.
func withFields(item, from json.RawMessage, fields ...string) json.RawMessage {
	var have, want map[string]json.RawMessage
	if json.Unmarshal(item, &have) != nil || json.Unmarshal(from, &want) != nil {
		return item
	}
	same := true
	for _, f := range fields {
		if string(compact(have[f])) != string(compact(want[f])) {
			same = false
		}
	}
	if same {
		return item
	}
	for _, f := range fields {
		if want[f] == nil {
			delete(have, f)
		} else {
			have[f] = want[f]
		}
	}
	return raw(have)
}

// below moves nodes down until they are clear of others.
func below(nodes, others []json.RawMessage) []json.RawMessage {
	bottom, left := 0, 0
	for i, item := range others {
		var n node
		if json.Unmarshal(item, &n) != nil {
			continue
		}
		if i == 0 || n.Y+n.Height > bottom {
			bottom = n.Y + n.Height
		}
		if i == 0 || n.X < left {
			left = n.X
		}
	}
	first, top, start := true, 0, 0
	for _, item := range nodes {
		var n node
		_ = json.Unmarshal(item, &n) // as newCanvas wrote it
		if first || n.Y < top {
			top = n.Y
		}
		if first || n.X < start {
			start = n.X
		}
		first = false
	}
	var out []json.RawMessage
	for _, item := range nodes {
		var n node
		_ = json.Unmarshal(item, &n)
		n.X, n.Y = n.X-start+left, n.Y-top+bottom+gapGroups
		out = append(out, raw(n))
	}
	return out
}
