package annotate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipmend/clipmend/annotate/phrase"
)

// A name is a place in a view where a thing may be named: tokens [from, to).
type name struct {
	from, to int
	key      string
	base     int     // the end of the name without a size at its end
	size     float64 // of the name, 0 for none
	known    bool    // of the pack's list
	strong   bool    // the shape alone says that it is one
	medium   bool    // a version or a role, but no size
}

// maxName bounds the tokens of a name.
const maxName = 12

// key is a name's spelling without case, spaces and hyphens.
func key(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '.', r == '+':
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func capital(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

func inner(w string) bool { // "xLSTM", "o1"
	upper, digit, lower := false, false, false
	for i, r := range w {
		upper = upper || i > 0 && unicode.IsUpper(r)
		digit = digit || unicode.IsDigit(r)
		lower = lower || unicode.IsLower(r)
	}
	return lower && upper || lower && digit && (len(w) > 3 || len(w) == 2)
}

// isSize reads 7B, 0.5B, 110M, 8x7B at token i.
func (v *view) isSize(i int) (float64, bool) {
	if i >= len(v.tokens) || v.tokens[i].Kind != phrase.Number {
		return 0, false
	}
	w := v.word(i)
	if a, b, ok := strings.Cut(strings.ToLower(w), "x"); ok && a != "" && b != "" {
		digits, letters := cut(b)
		return 0, digits != "" && (letters == "b" || letters == "m") && a[len(a)-1] <= '9'
	}
	digits, letters := cut(w)
	if digits == "" || len(letters) != 1 || strings.Contains(digits, ",") {
		return 0, false
	}
	n, ok := v.numberAt(i)
	return n.min, ok && strings.ContainsAny(letters, "bBmM") && n.to == i+1 || ok && letters == "T" && n.min < 1e13
}

// blocks holds, for each token, whether a phrase of another kind covers it.
func (e *Engine) blocked(v *view) []bool {
	out := make([]bool, len(v.tokens))
	for _, h := range v.hits {
		switch h.class {
		case notName, term, word, unitWord, label, verb, noun, group, act, near, negation, counts, less, relation, crowd, like, break_, is, article, future, agent:
		default:
			continue
		}
		if h.class == term || h.class == notName || h.class == word && e.attrs[h.attr].Type != "name" || h.to-h.from == 1 {
			if h.class == label && h.to-h.from > 1 {
				continue
			}
			for i := h.from; i < h.to; i++ {
				out[i] = true
			}
		}
	}
	for _, h := range v.hits {
		if h.class == term && e.attrs[h.attr].Owner && h.to < len(v.tokens) && v.continues(h.to) && !e.listed(v, h) {
			for i := h.from; i < h.to; i++ {
				out[i] = false
			}
		}
		if h.class == known {
			for i := h.from; i < h.to; i++ {
				out[i] = false
			}
		}
	}
	return out
}

// listed reports whether a longer phrase of the pack begins where h does and is no name of a thing.
func (e *Engine) listed(v *view, h hit) bool {
	for _, o := range v.hitsAt(h.from) {
		if o.to > h.to && (o.class == term || o.class == notName) {
			return true
		}
	}
	return false
}

// continues reports whether what stands at token i makes a maker's name into a
// name of what it makes: "DeepSeek-V2", "DeepSeek 67B".
func (v *view) continues(i int) bool {
	_, ok := v.isSize(i)
	return ok || v.tokens[i].Gap == phrase.Hyphen || v.isVersion(i) || v.has(i, role) && capital(v.word(i))
}

// names returns the places in v that are shaped like a name, in order.
func (e *Engine) names(v *view) []name {
	blocked := e.blocked(v)
	knownTo := map[int]int{}
	roles := map[int]bool{}
	for _, h := range v.hits {
		switch h.class {
		case known:
			if !e.listed(v, h) {
				knownTo[h.from] = max(h.to, knownTo[h.from])
			}
		case role:
			roles[h.from] = true
		}
	}
	for i, to := range v.han {
		knownTo[i] = max(to, knownTo[i])
		for ; i < to; i++ {
			blocked[i] = false
		}
	}
	var out []name
	for i := 0; i < len(v.tokens); {
		if knownTo[i] == 0 && v.ordinaryAt(i) {
			i++
			continue
		}
		n, ok := e.nameAt(v, i, blocked, knownTo[i], roles)
		if !ok {
			i++
			continue
		}
		n.key = key(v.str[v.tokens[n.from].Start:v.tokens[n.to-1].End])
		out = append(out, n)
		i = n.to
	}
	return out
}

// ordinaryAt reports, quickly, whether no name begins at token i: it is no
// word, or one of small letters that nothing is joined to.
func (v *view) ordinaryAt(i int) bool {
	t := v.tokens[i]
	if t.Kind != phrase.Word {
		return true
	}
	if v.hyphenAfter(i) {
		return false
	}
	for _, c := range v.text[t.Start:t.End] {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

func (e *Engine) nameAt(v *view, i int, blocked []bool, knownTo int, roles map[int]bool) (name, bool) {
	t := v.tokens[i]
	w := v.word(i)
	n := name{from: i, to: i + 1, known: knownTo > 0}
	if n.known && !capital(w) && !inner(w) && t.Kind == phrase.Word && !v.lowerName(i) {
		if n.known = v.hyphenAfter(i) && !v.isTail(i+1); !n.known {
			knownTo = 0 // "opt" is no OPT
		}
	}
	if t.Gap == phrase.Hyphen && i > 0 && !n.known {
		return n, false
	}
	if n.known {
		n.to = knownTo
	} else if blocked[i] && e.prefixes(v, i) {
		n.known = v.has(i+1, known)
	} else if t.Kind != phrase.Word || blocked[i] || utf8.RuneCountInString(w) < 2 && !v.hyphenAfter(i) ||
		!capital(w) && !inner(w) && !v.lowerName(i) {
		return n, false
	}
	if strings.ContainsAny(w, "0123456789") {
		n.medium = true
	}
	for n.to < len(v.tokens) && n.to-i < maxName {
		j := n.to
		p := v.tokens[j]
		w := v.word(j)
		if p.Gap == phrase.Hyphen || p.Gap == phrase.None && p.Kind <= phrase.Number {
			if p.Kind > phrase.Number || v.isTail(j) || e.hyphenNoun(v, j) {
				break
			}
			if s, ok := v.isSize(j); ok {
				n.size, n.strong, n.base = s, true, j
			} else if p.Kind == phrase.Number || roles[j] || capital(w) {
				n.medium = true
			}
			n.to++
			continue
		}
		if w == "×" && p.Gap == phrase.None && n.strong && j+1 < len(v.tokens) && v.tokens[j+1].Kind == phrase.Number && v.tokens[j+1].Gap == phrase.None {
			n.to += 2 // "Foo-1.6B×4"
			continue
		}
		if w == "-" && p.Gap == phrase.Space && n.strong && j+1 < len(v.tokens) && roles[j+1] && v.tokens[j+1].Gap == phrase.Space {
			n.medium = true
			n.to += 2 // "Foo 8x7B - Instruct"
			continue
		}
		if p.Gap != phrase.Space && p.Kind != phrase.Word {
			break
		}
		if w == "-" && j+1 < len(v.tokens) && v.tokens[j+1].Kind == phrase.Number && n.from == j-1 {
			n.to++ // "LLaMA - 2 70B"
			continue
		}
		s, ok := v.isSize(j)
		if ok && !e.countsAfter(v, j+1) {
			n.size, n.strong, n.base = s, true, j
			n.to++
			continue
		}
		if _, ok := v.isSize(j + 1); ok && p.Kind == phrase.Word && p.Gap == phrase.Space && w == strings.ToUpper(w) && len(w) < 5 && v.has(j, noun) && !n.strong {
			n.to++ // "Foo LLM 7B"
			continue
		}
		if (v.isVersion(j) || n.known && v.isLongVersion(j)) && (n.known || !n.medium && n.to-n.from <= 3) && !e.countsAfter(v, j+1) {
			n.medium = true
			n.to++
			continue
		}
		if p.Kind == phrase.Word && capital(w) && roles[j] {
			n.medium = true
			n.to++
			continue
		}
		if p.Kind == phrase.Word && capital(w) && !blocked[j] && !n.strong && n.to-n.from < 3 && v.tokens[j].Gap == phrase.Space && v.tokens[j].ID == 0 {
			n.to++
			continue
		}
		break
	}
	n.to = v.beforeLetters(n)
	if n.base == 0 {
		n.base = n.to
	}
	if n.to-n.from == 1 && (v.isOrdinary(i) && !n.known) {
		return n, false
	}
	if !n.known && v.isOrdinary(i) && !(n.strong && v.hyphenAfter(i)) {
		n.from++
		if n.from >= n.to || !capital(v.word(n.from)) || blocked[n.from] {
			return n, false
		}
	}
	if v.word(n.to-1) == "-" {
		n.to--
		n.base = min(n.base, n.to)
	}
	return n, true
}

// prefixes reports whether a word that means something else is joined to a name
// and so a part of it: "MoE-LLaVA", "Chinese-Foo-7B".
func (e *Engine) prefixes(v *view, i int) bool {
	if !capital(v.word(i)) || !v.hyphenAfter(i) || v.tokens[i].Gap == phrase.Hyphen || v.tokens[i+1].Kind != phrase.Word || !capital(v.word(i+1)) && !inner(v.word(i+1)) {
		return false
	}
	if v.has(i+1, known) {
		return true
	}
	if v.has(i+1, term, word, noun, group, role, notName, tailWord) {
		return false
	}
	for j := i + 2; j < min(len(v.tokens), i+5) && v.tokens[j].Gap == phrase.Hyphen; j++ {
		if _, ok := v.isSize(j); ok {
			return true
		}
	}
	return false
}

// hyphenNoun tells "O1-like" and "GPT-model" from a name's part.
func (e *Engine) hyphenNoun(v *view, j int) bool {
	for _, h := range v.hitsAt(j) {
		if h.class == noun || h.class == group {
			return true
		}
	}
	return false
}

func (e *Engine) countsAfter(v *view, j int) bool {
	for _, h := range v.hitsAt(j) {
		if h.class == unitWord || h.class == counts || h.class == ignored {
			return true
		}
	}
	return false
}

// hitsAt returns the hits that begin at token i.
func (v *view) hitsAt(i int) []hit {
	if i < 0 || i+1 >= len(v.first) {
		return nil
	}
	return v.hits[v.first[i]:v.first[i+1]]
}

func (v *view) has(i int, classes ...class) bool {
	for _, h := range v.hitsAt(i) {
		if slices.Contains(classes, h.class) {
			return true
		}
	}
	return false
}

func (v *view) hyphenAfter(i int) bool {
	return i+1 < len(v.tokens) && v.tokens[i+1].Gap == phrase.Hyphen
}

// lowerName reports whether a chain in small letters holds a size or begins
// with a version: "t5-11b", "phi-1", "gpt-4o".
func (v *view) lowerName(i int) bool {
	for j := i + 1; j < len(v.tokens) && j < i+maxName && v.tokens[j].Gap == phrase.Hyphen; j++ {
		if s, ok := v.isSize(j); ok && s >= 0 {
			return true
		}
		if j == i+1 && v.tokens[j].Kind == phrase.Number && !numbered[v.fold(i)] && !v.has(i, plainWord) && len(v.word(j)) <= 4 {
			return true
		}
	}
	return false
}

// isVersion reads V2, v1.5, 2, 3.5 at token i.
func (v *view) isVersion(i int) bool {
	w := strings.ToLower(v.word(i))
	switch v.tokens[i].Kind {
	case phrase.Word:
		w = strings.TrimPrefix(w, "v")
		return len(w) < len(v.word(i)) && w != "" && strings.Trim(w, "0123456789.") == ""
	case phrase.Number:
		return strings.Trim(w, "0123456789.") == "" && (len(w) == 1 || len(w) == 3 && w[1] == '.')
	}
	return false
}

// isLongVersion reads a version of two digits, which only a known name has: a
// number after any other capital is likelier to count something.
func (v *view) isLongVersion(i int) bool {
	w := v.word(i)
	return v.tokens[i].Kind == phrase.Number && len(w) == 2 && strings.Trim(w, "0123456789") == ""
}

// beforeLetters returns where "Foo-S/B/L" ends as the name of its family.
func (v *view) beforeLetters(n name) int {
	letter := func(i int) bool { return i < len(v.tokens) && len(v.word(i)) == 1 && v.tokens[i].Kind == phrase.Word }
	if n.to-n.from > 1 && letter(n.to-1) && v.word(n.to) == "/" && letter(n.to+1) {
		return n.to - 1
	}
	return n.to
}
