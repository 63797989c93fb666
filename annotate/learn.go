package annotate

import (
	"strings"
	"unicode"

	"github.com/clipmend/clipmend/annotate/phrase"
	"github.com/clipmend/clipmend/normalize/markdown"
)

// An entity is a thing that the document names.
type entity struct {
	name   string // as the document spells it first
	key    string
	family string // the key without the size, where it has one
	base   string // the name without the size
	size   float64
}

// A doc is what was learned of one document.
type doc struct {
	*Engine
	body     []byte
	byKey    map[string]*entity
	alias    map[string]*entity
	count    map[string]int
	sized    map[string]bool // the families with a size in a name
	subject  []*entity       // of the section, or the title
	previous []*entity       // the last subject
	main     *entity         // the document's own
	facts    []Fact
	tool     bool      // the document is about something that handles the things
	dated    *dateLine // the date that the list below it is dated with
}

// votes are what the company of a name says about its kind.
type votes struct {
	seen, strong, company int
	medium, known         bool
	surface, baseSurface  string
	base                  string
	size                  float64
}

// maxPairs bounds the names that are tried as short forms of one another: a
// list of thousands of names has no short forms that could be told apart.
const maxPairs = 2_000_000

// learn finds out which of the name-shaped places are names of the pack's things.
func (d *doc) learn(lines []*line) {
	stats := map[string]*votes{}
	var order []string
	each(lines, func(l *line, v *view) {
		for _, n := range d.places(v) {
			k := key(v.slice(n.from, n.to))
			s := stats[k]
			if s == nil {
				s = &votes{surface: v.slice(n.from, n.to), baseSurface: v.slice(n.from, n.base), size: n.size}
				s.base = key(s.baseSurface)
				stats[k] = s
				order = append(order, k)
			}
			s.seen++
			s.medium = s.medium || n.medium
			s.known = s.known || n.known
			if n.strong {
				s.strong++
			}
			s.company += d.company(l, v, n)
		}
	})
	plain := plainWords(lines, stats)
	heads := map[string]bool{}
	for _, k := range order {
		if s := stats[k]; s.strong > 0 || s.known || s.medium && s.company > 0 {
			heads[firstWord(s.surface)] = true
		}
	}
	for _, k := range order {
		s := stats[k]
		if s.medium && heads[firstWord(s.surface)] {
			s.company++
		}
		if !s.known && !s.medium && s.strong == 0 && plain[k] {
			continue
		}
		// One word alone needs more company than a name with a version.
		if s.strong > 0 || s.known || s.medium && s.company > 0 || s.company > 1 {
			d.learnName(k, s)
		}
	}
	if len(order)*len(d.byKey) > maxPairs {
		return
	}
	for _, k := range order {
		if s := stats[k]; d.byKey[k] == nil && (s.medium || s.seen > 0) {
			d.learnAlias(k, s)
		}
	}
}

// plainWords returns the candidates that the document also writes in small
// letters, as ordinary words.
func plainWords(lines []*line, stats map[string]*votes) map[string]bool {
	out := map[string]bool{}
	each(lines, func(_ *line, v *view) {
		for _, t := range v.tokens {
			w := v.text[t.Start:t.End]
			if t.Kind == phrase.Word && w[0] >= 'a' && stats[string(w)] != nil {
				out[string(w)] = true
			}
		}
	})
	return out
}

// firstWord is the part of a name that its relatives share.
func firstWord(s string) string {
	if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }); i > 0 {
		return strings.ToLower(s[:i])
	}
	return strings.ToLower(s)
}

func (d *doc) learnName(k string, s *votes) {
	d.add(k, s.surface, s.base, s.baseSurface, s.size)
	d.count[k] += s.seen
	if s.base != k && s.base != "" {
		d.add(s.base, s.baseSurface, s.base, s.baseSurface, 0)
	}
}

func (d *doc) add(k, surface, base, baseSurface string, size float64) *entity {
	if en := d.byKey[k]; en != nil {
		return en
	}
	en := &entity{name: surface, key: k, family: base, base: baseSurface, size: size}
	d.byKey[k] = en
	if size > 0 {
		d.sized[base] = true
	}
	return en
}

// learnAlias reads "R1" as DeepSeek-R1 if the document names only one such, and
// "Qwen" as the family of Qwen-7B.
func (d *doc) learnAlias(k string, s *votes) {
	var tail *entity
	head := false
	for ek, en := range d.byKey {
		if s.medium && len(k) >= 2 && strings.HasSuffix(ek, k) && len(ek) > len(k) {
			if tail == nil || len(ek) < len(tail.key) || len(ek) == len(tail.key) && ek < tail.key {
				tail = en
			}
		}
		head = head || strings.HasPrefix(ek, k) && len(k) >= 3 && len(ek) > len(k) && strings.HasPrefix(en.name, s.surface) && !isLetter(en.name[len(s.surface):])
	}
	switch {
	case tail != nil:
		d.alias[k] = tail
	case head:
		d.add(k, s.surface, k, s.surface, 0)
	}
}

func isLetter(s string) bool { return s != "" && (s[0]|0x20) >= 'a' && (s[0]|0x20) <= 'z' }

// each calls f with every view of the lines.
func each(lines []*line, f func(*line, *view)) {
	for _, l := range lines {
		if l.view != nil {
			f(l, l.view)
		}
		for _, row := range l.table {
			for _, c := range row {
				f(l, c)
			}
		}
	}
}

func (v *view) slice(from, to int) string {
	if from >= to {
		return ""
	}
	return string(v.text[v.tokens[from].Start:v.tokens[to-1].End])
}

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
	if l.kind == markdown.Heading && d.pack.Entity.Titles && n.from == 0 && n.to == len(v.tokens) && n.medium {
		score++
	}
	return score
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

// entity returns the thing that is named at n, nil if none.
func (d *doc) entity(v *view, n name) *entity {
	k := key(v.slice(n.from, n.to))
	if en := d.byKey[k]; en != nil {
		return en
	}
	return d.alias[k]
}

// variant returns the thing of the family of en with the size or version.
func (d *doc) variant(en *entity, part string, size float64) *entity {
	base := en.base
	k := en.family + key(part)
	if found := d.byKey[k]; found != nil {
		return found
	}
	return d.add(k, base+" "+part, en.family, base, size)
}
