package annotate

import (
	"strings"

	"github.com/clipmend/clipmend/annotate/phrase"
)

// maxHan bounds the ideographs of a name.
const maxHan = 6

// hanNames learns the names in ideographs, which have no capitals to tell them:
// they stand before a hyphen and a version (青鸾-2), or in quotation marks beside
// a word for the pack's things (“青鸾”大模型). Where such a name begins is told by
// what its places have in common.
func (d *doc) hanNames(lines []*line) {
	counts := map[string]int{}
	each(lines, func(_ *line, v *view) {
		for i := range v.tokens {
			if from, ok := v.hanBefore(i); ok {
				for k := from; k <= i-2; k++ {
					counts[v.slice(k, i)]++
				}
			}
		}
	})
	names := map[string]bool{}
	each(lines, func(_ *line, v *view) {
		for i := range v.tokens {
			if from, ok := v.hanBefore(i); ok {
				names[v.hanName(from, i, counts)] = true
			} else if end, ok := v.hanQuoted(i); ok {
				names[v.slice(i+1, end)] = true
			}
		}
	})
	if len(names) == 0 {
		return
	}
	each(lines, func(_ *line, v *view) {
		for i := range v.tokens {
			if v.tokens[i].Kind != phrase.Han {
				continue
			}
			for n := min(maxHan, len(v.tokens)-i); n >= 2; n-- {
				if v.tokens[i+n-1].Kind == phrase.Han && names[v.slice(i, i+n)] {
					if v.han == nil {
						v.han = map[int]int{}
					}
					v.han[i] = i + n
					break
				}
			}
		}
	})
}

// hanBefore returns the first ideograph of those before a version at token i
// that a hyphen joins to it.
func (v *view) hanBefore(i int) (from int, ok bool) {
	if i < 2 || v.tokens[i].Gap != phrase.Hyphen || v.tokens[i-1].Kind != phrase.Han {
		return 0, false
	}
	if _, size := v.isSize(i); !size && !v.isVersion(i) {
		return 0, false
	}
	for from = i; from > 0 && i-from < maxHan && v.hanLetter(from-1); from-- {
		if from < i && v.tokens[from].Gap != phrase.None {
			break
		}
	}
	return from, i-from >= 2
}

// hanLetter reports whether token i is an ideograph that may be part of a name.
func (v *view) hanLetter(i int) bool {
	return v.tokens[i].Kind == phrase.Han && !strings.Contains("的了是在和与及为将把被比对由以从到中其该等款个代版新型布源出练", v.word(i))
}

// hanName returns the name that ends before token i: of the endings of what
// stands there, the longest of those that are most common.
func (v *view) hanName(from, i int, counts map[string]int) string {
	best := v.slice(i-2, i)
	for k := i - 3; k >= from; k-- {
		if s := v.slice(k, i); counts[s] == counts[best] {
			best = s
		}
	}
	return best
}

// hanQuoted returns the end of a name in quotation marks from token i on.
func (v *view) hanQuoted(i int) (end int, ok bool) {
	if w := v.word(i); w != "“" && w != "「" && w != "\"" {
		return 0, false
	}
	for end = i + 1; end < len(v.tokens) && end-i <= maxHan+1 && v.tokens[end].Kind == phrase.Han; end++ {
	}
	if w := v.word(end); end-i < 3 || w != "”" && w != "」" && w != "\"" {
		return 0, false
	}
	beside := v.has(end+1, noun, group)
	for k := max(0, i-2); k < i; k++ {
		beside = beside || v.has(k, noun)
	}
	return end, beside
}
