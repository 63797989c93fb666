package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of the lines that are broken, and of how many of a language are kept.
const (
	minRunes = 4
	maxRunes = 160
	maxTries = 400 // lines tried for each that a way breaks
	makeSeed = 20261124
)

// A made line is a broken one with what it was. Half tells the lines to learn
// from, a, from those to be judged by, b: a line is in the same half however it
// is broken.
type made struct {
	Lang  string   `json:"lang"`
	Chain string   `json:"chain"`
	Half  string   `json:"half"`
	Also  []string `json:"also,omitempty"` // rules that are off by default and needed here
	Orig  string   `json:"orig"`
	Bad   string   `json:"bad"`
}

// makeBroken writes each lines of the catalogues below dir, broken in each of
// the ways that there are: the same for the same folder.
func makeBroken(w io.Writer, dir string, each int) error {
	lines, err := rightLines(dir)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, y := range ways() {
		langs := slices.DeleteFunc(slices.Sorted(maps.Keys(lines)), func(lang string) bool { return !y.takes(lang) })
		if len(langs) == 0 {
			continue
		}
		r := rand.New(rand.NewPCG(makeSeed, hash(y.name)))
		seen := map[string]bool{}
		for n, tries := 0, 0; n < each && tries < maxTries*each; tries++ {
			lang := langs[r.IntN(len(langs))]
			pool := lines[lang]
			orig, bad, ok := y.breaks(r, func() string { return pool[r.IntN(len(pool))] })
			if !ok || bad == orig || seen[orig] || strings.ContainsRune(bad, utf8.RuneError) && !y.lossy {
				continue
			}
			seen[orig] = true
			n++
			if err := enc.Encode(made{lang, y.name, half(orig), y.also, orig, bad}); err != nil {
				return fmt.Errorf("make: %w", err)
			}
		}
	}
	return out.Flush()
}

func hash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

func half(orig string) string { return string("ab"[hash(orig)>>17&1]) }

var markup = regexp.MustCompile(`[<>{}\\|~^]|&[#a-z]|%[0-9a-z(]|[=%][0-9A-F]{2}`)

// rightLines returns lines of the .mo catalogues below dir by language, in an
// order that depends on nothing but themselves.
func rightLines(dir string) (map[string][]string, error) {
	all := map[string]map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || filepath.Ext(path) != ".mo" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		lang := language(path)
		for _, s := range catalogue(data) {
			for line := range bytes.Lines(s) {
				if line := strings.Join(strings.Fields(string(line)), " "); usable(line) {
					if all[lang] == nil {
						all[lang] = map[string]bool{}
					}
					all[lang][line] = true
				}
			}
		}
		return nil
	})
	lines := map[string][]string{}
	for lang, set := range all {
		if len(set) >= 200 && lang != "?" && !strings.HasPrefix(lang, "en") {
			lines[lang] = slices.Sorted(maps.Keys(set))
		}
	}
	return lines, err
}

// usable reports whether s is a line of plain text with letters outside ASCII.
func usable(s string) bool {
	n, letters := 0, 0
	for _, r := range s {
		n++
		if r >= 0x80 && unicode.IsLetter(r) {
			letters++
		}
		if unicode.In(r, unicode.C) && r != '\u200c' && r != '\u200d' || r == utf8.RuneError {
			return false
		}
	}
	return letters > 0 && n >= minRunes && n <= maxRunes && !markup.MatchString(s)
}
