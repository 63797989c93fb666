package annotate

import (
	"strings"

	"github.com/clipmend/clipmend/annotate/packs"
	"github.com/clipmend/clipmend/annotate/phrase"
	"github.com/clipmend/clipmend/normalize/markdown"
)

// company counts the signs around a name that it is one of the pack's things.
func (d *doc) company(l *line, v *view, n name) int {
	score := 0
	weak := !n.medium && !n.strong && !n.known
	if v.has(n.to, noun, group) || v.word(n.to) == "基" || v.word(n.to) == "base" && v.has(n.to+1, noun) {
		switch {
		case !weak:
			score += 2
		case n.to-n.from == 1 && !capital(v.word(n.to)) && n.from > 0 && v.tokens[n.from-1].Kind != phrase.Mark:
			score += 2
		case n.to-n.from == 1 && !capital(v.word(n.to)):
			score++
		}
	}
	switch {
	case v.has(n.to, is) && d.nounWithin(v, n.to+1, 16):
		score += 2
	case (v.word(n.to) == "," || v.word(n.to) == "(" || v.word(n.to) == "，") && v.has(n.to+1, article) && d.nounWithin(v, n.to+1, 12):
		score += 2
	case n.from == 0 && (v.word(n.to) == ":" || v.word(n.to) == "："), v.has(n.to, act), v.has(n.to, relation):
		score++
	case v.has(n.to, verb), v.has(n.to, label, near) && !weak:
		score++
	case l.kind == markdown.Table && n.from == 0 && n.to == len(v.tokens) && !weak:
		score++
	case (v.has(n.to, is) || v.fold(n.to) == "has") && v.has(n.to+1, act, verb):
		score++
	}
	for i := max(0, n.from-4); i < n.from; i++ {
		for _, h := range v.hitsAt(i) {
			score += d.introduces(v, h, n, weak)
		}
	}
	if l.kind == markdown.Heading && d.pack.Entity.Titles {
		switch {
		case n.from == 0 && n.to == len(v.tokens) && n.medium:
			score++
		case l.level == 1 && v.titles(n):
			score += 2
		}
	}
	return score
}

// titles reports whether a title says that it is of the name: "Model card for
// Foo", "Foo LM".
func (v *view) titles(n name) bool {
	if v.has(n.to, noun) {
		return true
	}
	for i := 0; i < n.from && i < 5; i++ {
		if v.has(i, noun) && n.from-i <= 3 {
			return true
		}
	}
	return false
}

// ofValue reports whether the word after a name says that it is a value of an
// attribute and no thing: "the Foo-150B dataset".
func (d *doc) ofValue(v *view, n name) bool {
	for _, h := range v.hitsAt(n.to) {
		if a := d.valueOf(h); a {
			return true
		}
	}
	return false
}

func (d *doc) valueOf(h hit) bool {
	return h.class == counts && d.attrs[h.attr].Type == packs.Name && !d.attrs[h.attr].Owner
}

// introduces counts what a phrase before a name says: "the model X", "models
// like X", "released X", "OpenAI's X".
func (d *doc) introduces(v *view, h hit, n name, weak bool) int {
	if h.class == term && d.attrs[h.attr].Owner && h.to < n.from && n.from-h.to <= 3 {
		return 1
	}
	if h.to != n.from {
		return 0
	}
	switch h.class {
	case like:
		if v.has(h.from-1, noun) {
			return 2
		}
		return 1
	case noun:
		if weak && !inner(v.word(n.from)) {
			return 0
		}
		return 1
	case verb, act, after, relation, agent:
		return 1
	}
	return 0
}

// nounWithin reports whether a word for the pack's things stands in the next tokens of the sentence.
func (d *doc) nounWithin(v *view, from, many int) bool {
	for i := from; i < len(v.tokens) && i < from+many; i++ {
		if v.has(i, noun) {
			return true
		}
		if v.tokens[i].Kind == phrase.Mark && strings.Contains(".;。；", v.word(i)) {
			return false
		}
	}
	return false
}
