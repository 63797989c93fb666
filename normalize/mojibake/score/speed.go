package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/clipmend/clipmend/internal/cputime"
	"github.com/clipmend/clipmend/normalize/mojibake"
)

// scoreSpeed tells how many megabytes a second of processor time are mended of
// the right lines of the file at path, of the ASCII among them, and of each
// chain's broken lines, beside utf8.Valid. Lines are repeated until there are
// size bytes.
func scoreSpeed(w io.Writer, path string, size int) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	texts := map[string][]byte{}
	for line := range bytes.Lines(data) {
		var l brokenLine
		if err := json.Unmarshal(line, &l); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		texts["right"] = append(texts["right"], l.Orig+"\n"...)
		if utf8.RuneCountInString(l.Orig) == len(l.Orig) {
			texts["right, ASCII"] = append(texts["right, ASCII"], l.Orig+"\n"...)
		}
		texts[l.Chain] = append(texts[l.Chain], l.Bad+"\n"...)
	}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		text := bytes.Repeat(texts[name], size/len(texts[name])+1)
		valid := rate(len(text), func() { utf8.Valid(text) })
		mojibake.Fix(text[:min(len(text), 1<<12)], mojibake.Options{}) // unpacks what of the model is asked
		fix := rate(len(text), func() { mojibake.Fix(text, mojibake.Options{}) })
		fmt.Fprintf(w, "%-20s %9.1f MB/s, utf8.Valid %9.1f, ratio %.3f\n", name, fix, valid, fix/valid)
	}
	return nil
}

// rate returns the megabytes of size that f goes through in a second of
// processor time.
func rate(size int, f func()) float64 {
	var spent time.Duration
	n := 0
	for ; spent < 200*time.Millisecond; n++ {
		before := cputime.Used()
		f()
		spent += cputime.Used() - before
	}
	return float64(size) * float64(n) / 1e6 / spent.Seconds()
}
