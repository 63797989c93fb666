package annotate

import (
	"slices"
	"strings"

	"github.com/clipmend/clipmend/annotate/phrase"
)

// A mention is a place that speaks of things: a name, a list of sizes, or words
// that refer back ("the 67B model", "it").
type mention struct {
	from, to int
	things   []*entity
	refers   bool
	brief    bool // it is spoken of in passing: what follows is of something else
	object   bool // of a comparison or a base: it takes no facts of the clause
	sizes    []number
}

// mentions returns the names in tokens [from, to), with the sizes that follow
// them: "DeepSeek LLM 7B & 67B".
func (d *doc) mentions(v *view, from, to int) []mention {
	var out []mention
	places := d.places(v)
	first, _ := slices.BinarySearchFunc(places, from, func(n name, at int) int { return n.from - at })
	for _, n := range places[first:] {
		if n.from >= to {
			break
		}
		if n.to > to || v.versionAlone(n) || !n.strong && v.has(n.to, tool) {
			continue
		}
		en := d.entity(v, n)
		if en == nil {
			n, en = d.shorter(v, n)
			if en == nil {
				continue
			}
		}
		m := mention{from: n.from, to: n.to, things: []*entity{en}}
		d.moreSizes(v, &m, n, to)
		out = append(out, m)
	}
	return out
}

// places returns the name-shaped places of v, found once.
func (e *Engine) places(v *view) []name {
	if v.places == nil {
		v.places = append([]name{}, e.names(v)...)
	}
	return v.places
}

// versionAlone reports whether n is the "V2" of "the V2 version".
func (v *view) versionAlone(n name) bool {
	return n.to == n.from+1 && n.from > 0 && v.fold(n.from-1) == "the" && v.isVersion(n.from) && v.has(n.to, variant)
}

// shorter tries the beginnings of a name: the end may be no part of it.
func (d *doc) shorter(v *view, n name) (name, *entity) {
	for n.to--; n.to > n.from; n.to-- {
		if en := d.byKey[key(v.slice(n.from, n.to))]; en != nil {
			return n, en
		}
	}
	return n, nil
}

// moreSizes reads the rest of "Foo 7B, 13B and 70B", which names a family.
func (d *doc) moreSizes(v *view, m *mention, n name, stop int) {
	en := m.things[0]
	if en.size == 0 || n.base == n.to {
		return
	}
	first, ok := v.numberAt(n.to - 1)
	if !ok {
		return
	}
	first.list = true
	sizes := []number{first}
	i := n.to
	for i < stop {
		j := i
		for j < stop && (v.word(j) == "," || v.word(j) == "、" || v.word(j) == "/" || v.word(j) == "&" || v.word(j) == "and" || v.word(j) == "和") {
			j++
		}
		if _, ok := v.isSize(j); !ok || j == i && v.tokens[j].Gap != phrase.Space || j >= stop || d.countsAfter(v, j+1) {
			break
		}
		num, _ := v.numberAt(j)
		num.list = true
		sizes = append(sizes, num)
		i = j + 1
	}
	if len(sizes) < 2 {
		return
	}
	m.to, m.sizes = i, sizes
	m.things = []*entity{d.add(en.family, en.base, en.family, en.base, 0)}
}

func isAnd(w string) bool {
	switch strings.ToLower(w) {
	case ",", "and", "&", "和", "、", "以及", "/", "及", "与":
		return true
	}
	return false
}

func mergeMentions(a, b []mention) []mention {
	out := make([]mention, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].from <= b[0].from {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}
