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
	facts    [][]Fact        // in pieces, which need not be copied to grow
	keys     []int           // the attributes that the heading above is a label of
	tool     bool            // the document is about something that handles the things
	dated    *dateLine       // the date that the list below it is dated with
}

// votes are what the company of a name says about its kind.
type votes struct {
	seen, strong, company int
	against               int // times that it is named as something else
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
	opens := map[string]int{} // names that open a line, before a colon
	each(lines, func(l *line, v *view) {
		for _, n := range d.places(v) {
			k := n.key
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
			if d.ofValue(v, n) {
				s.against++
			}
			if l.kind != markdown.Table && n.from == 0 && (v.word(n.to) == ":" || v.word(n.to) == "：") {
				opens[k]++
			}
		}
	})
	plain := plainWords(lines, stats)
	listed := 0
	for k := range opens {
		if s := stats[k]; s.strong > 0 || s.known || s.medium {
			listed++
		}
	}
	heads := map[string]bool{}
	for _, k := range order {
		if s := stats[k]; s.strong > 0 || s.known || s.medium && s.company > 0 {
			heads[firstWord(s.surface)] = true
		}
	}
	for _, k := range order {
		s := stats[k]
		if s.medium && heads[firstWord(s.surface)] || inner(s.surface) && headed(heads, s.surface) {
			s.company++
		}
		if opens[k] > 0 && listed > 1 && (s.medium || inner(s.surface)) {
			s.company++ // one of a list of names, each with a colon
		}
		if s.against > 0 && s.against*2 >= s.seen && !s.known {
			continue
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

// headed reports whether a name begins with the first word of another, as
// FooMath does beside Foo-7B.
func headed(heads map[string]bool, name string) bool {
	for i, r := range name {
		if i > 2 && unicode.IsUpper(r) && heads[strings.ToLower(name[:i])] {
			return true
		}
	}
	return false
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
		head = head || len(k) >= 3 && len(ek) > len(k) && strings.HasPrefix(ek, k) && begins(en.name, k)
	}
	switch {
	case tail != nil:
		d.alias[k] = tail
	case head:
		d.add(k, s.surface, k, s.surface, 0)
	}
}

// begins reports whether the key is that of the first words of a name.
func begins(name, k string) bool {
	for i, r := range name {
		if i > 0 && (r == '-' || r == ' ' || r == '_' || '0' <= r && r <= '9') && key(name[:i]) == k {
			return true
		}
	}
	return false
}

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

// entity returns the thing that is named at n, nil if none.
func (d *doc) entity(v *view, n name) *entity {
	if en := d.byKey[n.key]; en != nil {
		return en
	}
	return d.alias[n.key]
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
