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
// chain's broken lines, beside utf8.Valid, and at last of all chains together. Lines are
// repeated until there are size bytes.
func scoreSpeed(w io.Writer, path string, size int) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	texts, broken := map[string][]byte{}, map[string]bool{}
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
		broken[l.Chain] = true
	}
	var all pace
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		p := paceOf(texts[name], size)
		p.print(w, name)
		if broken[name] {
			all = all.plus(p)
		}
	}
	all.print(w, "all broken")
	return nil
}

// A pace is how many bytes were gone through, and how many seconds mending them and
// utf8.Valid took.
type pace struct{ bytes, fix, valid float64 }

// paceOf repeats lines until there are size bytes of them.
func paceOf(lines []byte, size int) pace {
	mojibake.Fix(lines[:min(len(lines), 1<<16)], mojibake.Options{}) // unpacks what of the model is asked
	text := bytes.Repeat(lines, size/len(lines)+1)
	return pace{
		bytes: float64(len(text)),
		fix:   seconds(func() { mojibake.Fix(text, mojibake.Options{}) }),
		valid: seconds(func() { utf8.Valid(text) }),
	}
}

func (p pace) print(w io.Writer, name string) {
	fmt.Fprintf(w, "%-20s %9.1f MB/s, utf8.Valid %9.1f, ratio %.3f\n", name, p.bytes/1e6/p.fix, p.bytes/1e6/p.valid, p.valid/p.fix)
}

// plus is the pace of going through two texts one after the other.
func (p pace) plus(q pace) pace { return pace{p.bytes + q.bytes, p.fix + q.fix, p.valid + q.valid} }

// seconds returns the mean processor time that f takes.
func seconds(f func()) float64 {
	var spent time.Duration
	n := 0
	for ; spent < 200*time.Millisecond; n++ {
		before := cputime.Used()
		f()
		spent += cputime.Used() - before
	}
	return spent.Seconds() / float64(n)
}
