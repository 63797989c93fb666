package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/normalize/mojibake"
	"github.com/clipmend/clipmend/normalize/repair"
)

// A census counts the lines of right texts, each once, and those of them that
// mending changed; and the same for the texts as a whole, in which what little
// each line shows adds up.
type census struct {
	seen    map[uint64]bool
	seed    maphash.Seed
	lines   map[string]int
	changed map[string]int
	whole   tally
	out     io.Writer // of the changed lines; nil for none
}

// scoreCatalogues counts, by language, the lines of the .mo catalogues and pages
// of Mallard below dir that mending changes.
func scoreCatalogues(w io.Writer, dir string, verbose bool) error {
	c := census{seen: map[uint64]bool{}, seed: maphash.MakeSeed(), lines: map[string]int{}, changed: map[string]int{}}
	if verbose {
		c.out = w
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		lang := language(path)
		switch filepath.Ext(path) {
		case ".mo":
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			all := catalogue(data)
			for _, s := range all {
				c.count(lang, s)
			}
			c.document(path, bytes.Join(all, []byte("\n")))
		case ".page":
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			text := tags.ReplaceAll(data, nil)
			c.count(lang, text)
			c.document(path, text)
		}
		return nil
	})
	c.report(w)
	return err
}

var (
	tags     = regexp.MustCompile(`(?s)<[^>]*>`)
	langPart = regexp.MustCompile(`/(?:locale|translations|help)/([a-z]{2,3}(?:[_@][A-Za-z_@]+)?)(?:/|\.mo$)`)
)

// language returns the language that a path names.
func language(path string) string {
	if m := langPart.FindStringSubmatch(filepath.ToSlash(path)); m != nil {
		return m[1]
	}
	return "?"
}

// catalogue returns the translations of a .mo file that are in UTF-8.
func catalogue(b []byte) [][]byte {
	var order binary.ByteOrder = binary.LittleEndian
	if len(b) < 28 {
		return nil
	}
	if order.Uint32(b) != 0x950412de {
		order = binary.BigEndian
	}
	n, originals, table := int(order.Uint32(b[8:])), int(order.Uint32(b[12:])), int(order.Uint32(b[16:]))
	at := func(table, i int) []byte {
		if table+8*i+8 > len(b) {
			return nil
		}
		size, at := int(order.Uint32(b[table+8*i:])), int(order.Uint32(b[table+8*i+4:]))
		if at+size > len(b) {
			return nil
		}
		return b[at : at+size]
	}
	var all [][]byte
	for i := range n {
		was, now := at(originals, i), at(table, i)
		if len(was) == 0 {
			if !bytes.Contains(bytes.ToLower(now), []byte("charset=utf-8")) {
				return nil
			}
			continue
		}
		if !bytes.Equal(was, now) {
			all = append(all, bytes.ReplaceAll(now, []byte{0}, []byte("\n")))
		}
	}
	return all
}

// count adds the lines of text, which is mended line by line.
func (c *census) count(lang string, text []byte) {
	for line := range bytes.Lines(text) {
		line = bytes.TrimRight(line, "\r\n")
		h := maphash.Bytes(c.seed, line)
		if len(line) == 0 || c.seen[h] {
			continue
		}
		c.seen[h] = true
		c.lines[lang]++
		res := mojibake.Fix(line, mojibake.Options{})
		if len(res.Repairs) == 0 {
			continue
		}
		c.changed[lang]++
		if c.out != nil {
			fmt.Fprintf(c.out, "%s\n  was  %q\n  now  %q\n  plan %s\n", lang, line, res.Text, res.Plan)
		}
	}
}

// document adds a text as a whole, which all its lines are parts of.
func (c *census) document(path string, text []byte) {
	h := maphash.Bytes(c.seed, text)
	if len(text) == 0 || c.seen[h] {
		return
	}
	c.seen[h] = true
	res := mojibake.Fix(text, mojibake.Options{})
	misread := slices.ContainsFunc(res.Repairs, func(r repair.Repair) bool { return r.Rule == "misread" || r.Rule == "lost-bytes" })
	c.whole.add(!misread)
	if misread && c.out != nil {
		fmt.Fprintf(c.out, "%s\n  plan %s\n", path, res.Plan)
		for _, r := range res.Repairs[:min(5, len(res.Repairs))] {
			fmt.Fprintf(c.out, "  %s %q→%q in %q %.3f\n", r.Rule, r.Was, r.Now, around(text, r), r.Confidence)
		}
	}
}

func (c *census) report(w io.Writer) {
	lines, changed := 0, 0
	var few []string
	for _, lang := range slices.Sorted(maps.Keys(c.lines)) {
		lines += c.lines[lang]
		changed += c.changed[lang]
		few = append(few, fmt.Sprintf("%s %d/%d", lang, c.changed[lang], c.lines[lang]))
	}
	fmt.Fprintf(w, "%s\nclean lines changed: %d of %d in %d languages\ntexts without a misreading undone: %v\n", strings.Join(few, ", "), changed, lines, len(c.lines), c.whole)
}
