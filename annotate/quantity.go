package annotate

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"github.com/clipmend/clipmend/annotate/phrase"
)

// A number is a count in the text with its scale: "14.8T", "1.5 billion", "1750 亿".
type number struct {
	from, to int // tokens
	min, max float64
	scaled   bool // a word or letter for thousands or more was there
	letter   byte // the scale's letter as written, 0 for none
	percent  bool
	money    bool
	list     bool    // one of several: "7B, 13B and 70B"
	unit     string  // what it counts, once that is known
	glued    string  // the unit that is written right behind the digits: "800GB"
	times    float64 // what one of it is in the canonical unit
}

var scales = map[string]float64{
	"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12, "bn": 1e9, "mn": 1e6,
	"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "millions": 1e6, "billions": 1e9, "trillions": 1e12,
	"千": 1e3, "万": 1e4, "亿": 1e8, "兆": 1e12, "百": 1e2, "十": 10,
}

var small = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "sixteen": 16,
	"两": 2, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}

func (v *view) word(i int) string {
	if i < 0 || i >= len(v.tokens) {
		return ""
	}
	return v.str[v.tokens[i].Start:v.tokens[i].End]
}

// fold is a word in small letters.
func (v *view) fold(i int) string {
	if i < 0 || i >= len(v.tokens) {
		return ""
	}
	return v.low[v.tokens[i].Start:v.tokens[i].End]
}

// cut splits the digits of a number token from its letters: "2.788M", "10B+".
func cut(w string) (digits, letters string) {
	i := 0
	for i < len(w) && (w[i] >= '0' && w[i] <= '9' || w[i] == '.' || w[i] == ',') {
		i++
	}
	return w[:i], strings.TrimSuffix(w[i:], "+")
}

// numberAt reads the number that begins at token i.
func (v *view) numberAt(i int) (number, bool) {
	n := number{from: i, to: i + 1}
	t := v.tokens[i]
	switch t.Kind {
	case phrase.Number:
		digits, letters := cut(v.word(i))
		f, err := strconv.ParseFloat(strings.ReplaceAll(digits, ",", ""), 64)
		if err != nil || strings.Count(digits, ".") > 1 {
			return n, false
		}
		if exponent, to, ok := v.power(i+1, letters); ok {
			f *= math.Pow10(exponent)
			n.to, n.scaled, letters = to, true, ""
		}
		if m := v.glued[letters]; len(letters) > 1 && m != nil {
			n.glued, n.times, n.scaled, letters = m.value, m.times, true, ""
		}
		if letters != "" {
			s := scales[strings.ToLower(letters)]
			if s == 0 || len(letters) > 2 {
				return n, false
			}
			f *= s
			n.scaled, n.letter = true, letters[0]
		}
		n.min = f
	case phrase.Han:
		if !n.han(v) {
			return n, false
		}
	case phrase.Word:
		f, ok := small[string(v.text[t.Start:t.End])]
		if !ok {
			return n, false
		}
		n.min = f
	default:
		return n, false
	}
	n.scale(v)
	n.max = n.min
	if w := v.word(n.to); w == "%" || w == "％" {
		n.percent = true
		n.to++
	}
	if i > 0 && (v.word(i-1) == "$" || v.word(i-1) == "€") {
		n.money = true
	}
	return n, true
}

// han reads 百亿, 万亿, 两: a number without digits.
func (n *number) han(v *view) bool {
	w := v.word(n.from)
	if f, ok := small[w]; ok {
		n.min = f
		return true
	}
	if w != "百" && w != "千" && w != "万" && w != "十" {
		return false
	}
	if s := scales[v.word(n.to)]; s < 1e4 {
		return false
	}
	n.min, n.scaled = scales[w], true
	return true
}

// scale takes in the words of scale after the number.
func (n *number) scale(v *view) {
	for k := 0; k < 2 && n.to < len(v.tokens); k++ {
		w := v.fold(n.to)
		s, ok := scales[w]
		if !ok || len(w) == 1 && (n.scaled || strings.ContainsAny(v.word(n.to), "kmt")) || v.tokens[n.to].Gap == phrase.Hyphen && len(w) == 1 {
			return
		}
		n.min *= s
		n.scaled = true
		if len(w) == 1 {
			n.letter = v.word(n.to)[0]
		}
		n.to++
		if v.tokens[n.to-1].Kind != phrase.Han {
			return
		}
	}
}

// numbers returns the numbers of tokens [from, to), with ranges put together.
func (v *view) numbers(from, to int) []number {
	var out []number
	for i := from; i < to; {
		n, ok := v.numberAt(i)
		if !ok || v.inName(i) {
			i++
			continue
		}
		i = n.to
		if v.ofOtherUnit(i) {
			i++
			continue
		}
		if m, ok := v.rangeTo(n, to); ok {
			n.max, n.to, n.scaled = m.min, m.to, true
			if n.letter == 0 && m.scaled && n.min < 1000 && m.letter != 0 {
				n.min *= scales[strings.ToLower(string(m.letter))]
			} else if n.min < 1000 && m.scaled && m.min >= 1e6 && !v.scaledAt(n) {
				n.min *= m.min / mantissa(v, m)
			}
			if n.min > n.max {
				n.max = n.min
			}
			i = n.to
		}
		out = append(out, n)
	}
	return out
}

// ofOtherUnit reports whether token i ends a range of a unit that is no scale:
// the "400W" of "350-400W".
func (v *view) ofOtherUnit(i int) bool {
	if i >= len(v.tokens) || v.tokens[i].Gap != phrase.Hyphen || v.tokens[i].Kind != phrase.Number {
		return false
	}
	_, letters := cut(v.word(i))
	return letters != "" && scales[strings.ToLower(letters)] == 0
}

// inName reports whether the number at token i is glued to a word before it.
func (v *view) inName(i int) bool {
	t := v.tokens[i]
	if i == 0 || t.Kind != phrase.Number {
		return false
	}
	p := v.tokens[i-1]
	return t.Gap == phrase.Hyphen && p.Kind == phrase.Word && !isPrefixWord(v.fold(i-1)) ||
		t.Gap == phrase.None && p.End == t.Start && bytes.ContainsAny(v.text[p.Start:p.End], "/^.#")
}

func isPrefixWord(w string) bool { return w == "top" || w == "to" || w == "sub" }

func (v *view) scaledAt(n number) bool {
	_, letters := cut(v.word(n.from))
	return letters != "" || n.to-n.from > 1 && scales[v.fold(n.from+1)] > 0
}

func mantissa(v *view, n number) float64 {
	digits, _ := cut(v.word(n.from))
	f, err := strconv.ParseFloat(strings.ReplaceAll(digits, ",", ""), 64)
	if err != nil || f == 0 {
		return n.min
	}
	return f
}

// rangeTo reads the other end: "from 1.3B to 33B", "90 到 100 天", "7–9B".
func (v *view) rangeTo(n number, stop int) (number, bool) {
	i := n.to
	// "7 billion parameters to 70 billion parameters" has a word between.
	if i+1 >= stop {
		return n, false
	}
	switch w := v.fold(i); {
	case w == "to" || w == "–" || w == "—" || w == "～" || w == "~" || w == "到" || w == "至" || w == "-":
		i++
	case v.tokens[i].Gap == phrase.Hyphen && v.tokens[i].Kind == phrase.Number:
	default:
		return n, false
	}
	m, ok := v.numberAt(i)
	return m, ok && m.min > 0 && m.min >= n.min && m.to <= stop && m.percent == n.percent
}
