// Command score measures the repair of broken text.
//
//	go run ./normalize/mojibake/score -corrupted corrupted.jsonl -ftfy ftfy-cases [-v]
//
// The lines of the first are objects with the fields lang, chain, orig and bad;
// those that -make writes have a half too, a to learn from and b to be judged by.
// The folder of the second holds lists of ftfy's own test cases. -clean takes a
// text file whose lines are right and must not change, -tree a folder whose
// Markdown files and comments of Go files are, -catalogues a folder with
// translations (.mo, .page), whose lines must not change either.
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"unicode"

	"github.com/clipmend/clipmend/normalize/mojibake"
	"github.com/clipmend/clipmend/normalize/repair"
)

func main() {
	corrupted := flag.String("corrupted", "", "`file` of broken lines")
	cases := flag.String("ftfy", "", "`folder` of ftfy's cases")
	clean := flag.String("clean", "", "`file` of right lines")
	catalogueMake := flag.String("make", "", "`folder` of right .mo catalogues whose lines are written broken")
	each := flag.Int("each", 40, "`lines` that -make writes for each way of breaking")
	half := flag.String("half", "", "score only the lines of this `half`, a or b")
	tree := flag.String("tree", "", "`folder` of right files")
	catalogues := flag.String("catalogues", "", "`folder` of right .mo catalogues and Mallard pages")
	speed := flag.String("speed", "", "`file` of broken lines whose mending is timed")
	size := flag.Int("size", 8, "`megabytes` of each text that is timed")
	verbose := flag.Bool("v", false, "print what differs")
	chain := flag.String("chain", "", "only lines of this chain")
	flag.Parse()
	err := func() error {
		if *catalogueMake != "" {
			return makeBroken(os.Stdout, *catalogueMake, *each)
		}
		if *corrupted != "" {
			if err := scoreCorrupted(os.Stdout, *corrupted, *chain, *half, *verbose); err != nil {
				return err
			}
		}
		if *cases != "" {
			if err := scoreCases(os.Stdout, *cases, *verbose); err != nil {
				return err
			}
		}
		if *clean != "" {
			if err := scoreClean(os.Stdout, *clean, *verbose); err != nil {
				return err
			}
		}
		if *catalogues != "" {
			if err := scoreCatalogues(os.Stdout, *catalogues, *verbose); err != nil {
				return err
			}
		}
		if *speed != "" {
			if err := scoreSpeed(os.Stdout, *speed, *size<<20); err != nil {
				return err
			}
		}
		if *tree != "" {
			return scoreTree(os.Stdout, *tree, *verbose)
		}
		return nil
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, "score:", err)
		os.Exit(1)
	}
}

// A tally counts what is right.
type tally struct{ right, all int }

func (t *tally) add(ok bool) {
	t.all++
	if ok {
		t.right++
	}
}

func (t tally) String() string {
	return fmt.Sprintf("%5.1f %% (%d of %d)", 100*float64(t.right)/float64(max(1, t.all)), t.right, t.all)
}

type brokenLine struct {
	Lang, Chain, Orig, Bad, Half string
	Also                         []string // rules that are off by default
}

func scoreCorrupted(w io.Writer, path, only, half string, verbose bool) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var all, han tally
	chains := map[string]*tally{}
	chars := map[string]*tally{}
	for line := range bytes.Lines(data) {
		var l brokenLine
		if err := json.Unmarshal(line, &l); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if only != "" && l.Chain != only || half != "" && l.Half != half {
			continue
		}
		if chains[l.Chain] == nil {
			chains[l.Chain], chars[l.Chain] = &tally{}, &tally{}
		}
		res := mojibake.Fix([]byte(l.Bad), mojibake.Options{Also: l.Also})
		ok := string(res.Text) == l.Orig
		all.add(ok)
		chains[l.Chain].add(ok)
		countRestored(res, l.Orig, chars[l.Chain], &han)
		if verbose && !ok {
			fmt.Fprintf(w, "%s %s\n  bad  %q\n  want %q\n  got  %q\n  plan %s\n", l.Chain, l.Lang, l.Bad, l.Orig, res.Text, res.Plan)
		}
	}
	names := make([]string, 0, len(chains))
	for name := range chains {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(w, "%-34s lines %v  restored %v\n", name, *chains[name], *chars[name])
	}
	fmt.Fprintf(w, "%-34s lines %v  Han restored %v\n", "all", all, han)
	return nil
}

// countRestored compares the characters restored from lost bytes with those at
// the same place of the right text, for texts of the right length.
func countRestored(res mojibake.Result, orig string, chars, han *tally) {
	got, want := []rune(string(res.Text)), []rune(orig)
	if len(got) != len(want) {
		return
	}
	last := 0
	for _, r := range res.Repairs {
		last = max(last, r.Pass)
	}
	at := map[int]int{}
	n := 0
	for i := range string(res.Text) {
		at[i] = n
		n++
	}
	for _, r := range res.Repairs {
		if r.Rule != "lost-bytes" || r.Pass != last {
			continue
		}
		i, ok := at[r.After.Start]
		if !ok {
			continue
		}
		chars.add(got[i] == want[i])
		if unicode.Is(unicode.Han, want[i]) {
			han.add(got[i] == want[i])
		}
	}
}

type ftfyCase struct {
	Label         string
	Original      string
	FixedEncoding *string `json:"fixed-encoding"`
	Fixed         string
	Expect        string
}

func scoreCases(w io.Writer, dir string, verbose bool) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return err
	}
	var all tally
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		var list []ftfyCase
		if err := json.Unmarshal(data, &list); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		var own tally
		for _, c := range list {
			want := cmp.Or(c.FixedEncoding, &c.Fixed)
			res := mojibake.Fix([]byte(c.Original), mojibake.Options{NoGuess: true, Only: []string{"misread", "lost-bytes", "c1-controls"}})
			ok := string(res.Text) == *want
			own.add(ok)
			all.add(ok)
			if verbose && !ok {
				fmt.Fprintf(w, "%s (%s)\n  bad  %q\n  want %q\n  got  %q\n  plan %s\n", c.Label, c.Expect, c.Original, *want, res.Text, res.Plan)
			}
		}
		fmt.Fprintf(w, "%-20s %v\n", filepath.Base(name), own)
	}
	fmt.Fprintf(w, "%-20s %v\n", "ftfy cases", all)
	return nil
}

func scoreClean(w io.Writer, path string, verbose bool) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var changed, all int
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		all++
		res := mojibake.Fix(sc.Bytes(), mojibake.Options{})
		if len(res.Repairs) == 0 {
			continue
		}
		changed++
		if verbose {
			fmt.Fprintf(w, "  was  %q\n  now  %q\n  plan %s %v\n", sc.Bytes(), res.Text, res.Plan, first(res.Repairs))
		}
	}
	fmt.Fprintf(w, "clean lines changed: %d of %d\n", changed, all)
	return sc.Err()
}

func scoreTree(w io.Writer, dir string, verbose bool) error {
	var changed, all, size int
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		ext := filepath.Ext(path)
		if ext != ".md" && ext != ".go" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if ext == ".go" {
			text = comments(text)
		}
		all++
		size += len(text)
		res := mojibake.Fix(text, mojibake.Options{})
		if len(res.Repairs) == 0 {
			return nil
		}
		changed++
		if verbose {
			fmt.Fprintf(w, "%s\n  plan %s\n", path, res.Plan)
			for _, r := range res.Repairs[:min(5, len(res.Repairs))] {
				fmt.Fprintf(w, "  %s %q→%q in %q %.3f\n", r.Rule, r.Was, r.Now, around(text, r), r.Confidence)
			}
		}
		return nil
	})
	fmt.Fprintf(w, "clean files changed: %d of %d (%d MB)\n", changed, all, size>>20)
	return err
}

// comments returns the lines of Go source that are comments.
func comments(source []byte) []byte {
	var out []byte
	for line := range bytes.Lines(source) {
		if text, ok := bytes.CutPrefix(bytes.TrimLeft(line, " \t"), []byte("//")); ok {
			out = append(out, text...)
		}
	}
	return out
}

// around returns some of text about r, if r is of the first pass.
func around(text []byte, r repair.Repair) []byte {
	if r.Pass > 0 {
		return nil
	}
	return text[max(0, r.Before.Start-30):min(len(text), r.Before.End+30)]
}

func first(rs []repair.Repair) string {
	return fmt.Sprintf("%q→%q %.3f", rs[0].Was, rs[0].Now, rs[0].Confidence)
}
