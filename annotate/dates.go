package annotate

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/clipmend/clipmend/annotate/phrase"
)

// A date is an ISO date as far as the text gives it, in tokens [from, to).
type date struct {
	from, to int
	iso      string
}

var months = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

func (v *view) int(i int) (int, bool) {
	if i < 0 || i >= len(v.tokens) || v.tokens[i].Kind != phrase.Number {
		return 0, false
	}
	w := v.word(i)
	if len(w) > 2 && (w[len(w)-2:] == "th" || w[len(w)-2:] == "st" || w[len(w)-2:] == "nd" || w[len(w)-2:] == "rd") {
		w = w[:len(w)-2]
	}
	n, err := strconv.Atoi(w)
	return n, err == nil
}

func isYear(n int) bool  { return 1950 <= n && n <= 2099 }
func isMonth(n int) bool { return 1 <= n && n <= 12 }
func isDay(n int) bool   { return 1 <= n && n <= 31 }

// dateAt reads the date that begins at token i.
func (v *view) dateAt(i int) (date, bool) {
	t := v.tokens[i]
	switch c := v.text[t.Start]; {
	case t.Kind == phrase.Number:
		if y, m, d, ok := dotted(v.word(i)); ok {
			return date{i, i + 1, iso(y, m, d)}, true
		}
	case 'A' <= c && c <= 'Z' && t.End-t.Start >= 3 && t.End-t.Start <= 9:
		if m := months[v.fold(i)]; m > 0 {
			return v.english(i, m)
		}
	default:
		return date{}, false
	}
	n, ok := v.int(i)
	if !ok {
		return date{}, false
	}
	if isYear(n) {
		return v.yearFirst(i, n)
	}
	k := i + 1
	if v.word(k) == "." {
		k++
	}
	if m := months[v.fold(k)]; m > 0 && isDay(n) { // 5 April 2025, 5.April.2025
		j := k + 1
		if w := v.word(j); w == "," || w == "." && k > i+1 {
			j++
		}
		if y, ok := v.int(j); ok && isYear(y) {
			return date{i, j + 1, iso(y, m, n)}, true
		}
	}
	if v.word(i+1) == "/" && v.word(i+3) == "/" { // 10/9/2024
		d, ok1 := v.int(i + 2)
		y, ok2 := v.int(i + 4)
		if ok1 && ok2 && isYear(y) && isMonth(n) && isDay(d) {
			return date{i, i + 5, iso(y, n, d)}, true
		}
	}
	return date{}, false
}

// english reads what follows a month's name.
func (v *view) english(i, m int) (date, bool) {
	j := i + 1
	if w := v.word(j); w == "." || w == "," || w == "of" {
		j++
	}
	n, ok := v.int(j)
	if ok && isYear(n) {
		return date{i, j + 1, iso(n, m, 0)}, true
	}
	if !ok || !isDay(n) {
		return date{}, false
	}
	j++
	if w := v.fold(j); w == "," || w == "th" || w == "of" {
		j++
	}
	if y, ok := v.int(j); ok && isYear(y) {
		return date{i, j + 1, iso(y, m, n)}, true
	}
	return date{}, false
}

// yearFirst reads 2024-05-06, 2024/5/6, 2024年5月6日 and a year alone.
func (v *view) yearFirst(i, y int) (date, bool) {
	sep := v.word(i + 1)
	switch {
	case sep == "年":
		m, ok := v.int(i + 2)
		if !ok || !isMonth(m) || v.word(i+3) != "月" {
			return date{i, i + 2, iso(y, 0, 0)}, true
		}
		d, ok := v.int(i + 4)
		if ok && isDay(d) && (v.word(i+5) == "日" || v.word(i+5) == "号") {
			return date{i, i + 6, iso(y, m, d)}, true
		}
		return date{i, i + 4, iso(y, m, 0)}, true
	case sep == "/" || sep == ".":
		m, ok := v.int(i + 2)
		d, ok2 := v.int(i + 4)
		if ok && ok2 && isMonth(m) && isDay(d) && v.word(i+3) == sep {
			return date{i, i + 5, iso(y, m, d)}, true
		}
		if ok && isMonth(m) {
			return date{i, i + 3, iso(y, m, 0)}, true
		}
	case i+1 < len(v.tokens) && v.tokens[i+1].Gap == phrase.Hyphen:
		if m, ok := v.int(i + 1); ok && isMonth(m) {
			if d, ok := v.int(i + 2); ok && isDay(d) && v.tokens[i+2].Gap == phrase.Hyphen {
				return date{i, i + 3, iso(y, m, d)}, true
			}
			return date{i, i + 2, iso(y, m, 0)}, true
		}
	}
	return date{i, i + 1, iso(y, 0, 0)}, true
}

// dotted reads 2024.05.06 and 23.11.30, which are one token.
func dotted(w string) (y, m, d int, ok bool) {
	if len(w) < 6 || len(w) > 10 || strings.Count(w, ".") != 2 {
		return 0, 0, 0, false
	}
	parts := strings.Split(w, ".")
	y, err1 := strconv.Atoi(parts[0])
	m, err2 := strconv.Atoi(parts[1])
	d, err3 := strconv.Atoi(parts[2])
	if y < 100 {
		y += 2000
	}
	return y, m, d, err1 == nil && err2 == nil && err3 == nil && isYear(y) && isMonth(m) && isDay(d)
}

func iso(y, m, d int) string {
	switch {
	case m == 0:
		return fmt.Sprintf("%04d", y)
	case d == 0:
		return fmt.Sprintf("%04d-%02d", y, m)
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
}
