// Command train makes the asset of normalize/plausible from texts of Debian
// packages, the same bytes for the same packages:
//
//	go run ./normalize/plausible/train -cache DIR -o normalize/plausible/model.bin
//
// It needs apt-get and dpkg-deb, some 1 GB of disk for the packages, and about
// 6 GB of memory.
package main

import (
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/normalize/plausible"
)

type options struct {
	cache    string
	out      string
	leaveOut string
	capacity int
	verbose  bool
	curve    string
	broken   string
}

func main() {
	var o options
	flag.StringVar(&o.cache, "cache", "", "folder for packages and texts (required)")
	flag.StringVar(&o.out, "o", "model.bin", "the asset to write")
	flag.StringVar(&o.leaveOut, "leave-out", "", "names of corpora to train without, parted by commas")
	flag.IntVar(&o.capacity, "n", 1_400_000, "number of n-grams to keep")
	flag.BoolVar(&o.verbose, "v", false, "say how much text of each language was read")
	flag.StringVar(&o.curve, "curve", "", "draw the calibration curve of the embedded model here, and do not train")
	flag.StringVar(&o.broken, "broken", "", "write broken lines of what is left out, or held out, to this file, and do not train")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	debug.SetMemoryLimit(5 << 30)
	training, heldOut, err := readTexts(o)
	if err != nil {
		return err
	}
	if o.broken != "" {
		return breakLines(o.broken, heldOut)
	}
	if o.curve != "" {
		slope := fit(restore(heldOut, 0))
		fmt.Printf("slope %.2f, fitted on one half of the lines held out\n", slope)
		return drawCurve(o.curve, curve(restore(heldOut, 1), slope))
	}
	asset, err := train(training, o.capacity)
	if err != nil {
		return err
	}
	if err := os.WriteFile(o.out, asset, 0o644); err != nil {
		return err
	}
	return evaluate(os.Stdout, asset, heldOut)
}

// limits are characters of text: of each language, and of those with large
// alphabets, which need more.
const (
	limit     = 4_000_000
	limitWide = 14_000_000
)

// A text is the lines of a language.
type text struct {
	lang   string
	lines  []string
	words  bool     // the lines are words, of which only what is inside counts
	spaced bool     // the lines are words with spaces around them, which count
	known  []string // all words of a dictionary, of which the lines are some
}

// readTexts gathers the corpora, one line in fifty held out for evaluation.
func readTexts(o options) (training []text, heldOut texts, err error) {
	s, room := newSieve(), map[string]int{}
	heldOut = texts{}
	for _, c := range corpora() {
		out := slices.Contains(strings.Split(o.leaveOut, ","), c.name)
		if out != (o.broken != "" && o.leaveOut != "") {
			continue
		}
		t, err := gather(o.cache, c)
		if err != nil {
			return nil, nil, err
		}
		for _, lang := range t.langs() {
			if c.kind == spelling {
				training = append(training, dictionary(lang, t[lang]))
				continue
			}
			kept := text{lang: lang, words: c.kind == words, spaced: c.kind == counted}
			enough := min(limitOf(lang), room[lang]+limitOf(lang)*3/10)
			for _, line := range t[lang] {
				if kept.spaced {
					line = " " + line + " "
				}
				if kept.words || kept.spaced {
					kept.lines = append(kept.lines, line)
					continue
				}
				if room[lang] > enough || !s.pass(lang, line) {
					continue
				}
				if out || held(line) {
					heldOut[lang] = append(heldOut[lang], line)
					continue
				}
				n := len([]rune(line))
				room[lang] += n
				kept.lines = append(kept.lines, line)
			}
			training = append(training, kept)
		}
	}
	if o.verbose {
		for _, l := range heldOut.langs() {
			fmt.Printf("%-8s %9d characters\n", l, room[l])
		}
	}
	return training, heldOut, nil
}

func breakLines(path string, t texts) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(writeBroken(f, t, 12), f.Close())
}

func limitOf(lang string) int {
	switch lang {
	case "zh-Hans", "zh-Hant", "ja", "ko":
		return limitWide
	case "en":
		return 2 * limit
	}
	return limit
}

func held(line string) bool { return hashOf(line)%50 == 7 }

func hashOf(line string) uint32 {
	f := fnv.New32a()
	_, _ = f.Write([]byte(line))
	return f.Sum32()
}

// train counts, estimates, prunes and writes.
func train(training []text, capacity int) ([]byte, error) {
	stream, a, occurs := symbols(training)
	fmt.Printf("%d characters, %d different\n", len(stream), len(a.runes))
	pairs, c2 := count(stream, 2, 1)
	triples, c3 := count(stream, 3, 2)
	fours, c4 := count(stream, 4, 3)
	fmt.Printf("n-grams: %d, %d, %d\n", len(pairs.keys), len(triples.keys), len(fours.keys))

	c := classify(occurs, a)
	exchange(c, pairs, a)
	l := newLower(c, a, all(pairs))
	es := []estimate{estimateOrder(pairs, c2, func(k uint64) float64 { return math.Exp(l.logP(k)) })}
	es = append(es, estimateOrder(triples, c3, func(k uint64) float64 { return es[0].at(tail(k, 3)) }))
	es = append(es, estimateOrder(fours, c4, func(k uint64) float64 { return es[1].at(tail(k, 4)) }))
	rivals := a.rivals()
	for i := range es {
		discern(&es[i], i+2, rivals)
	}
	special := capacity * specials / 100
	lexical := capacity * lexicon / 100
	for i, g := range prune(es, capacity-special-lexical) {
		fmt.Printf("kept of order %d: %d\n", i+2, len(g.keys))
	}
	rest := flattened(pairs)
	c.recount(rest, a)
	l = newLower(c, a, rest)
	l.specialise(rest, special)
	plain, err := assemble(es, l, nil)
	if err != nil {
		return nil, err
	}
	m, err := plausible.Parse(plain)
	if err != nil {
		return nil, err
	}
	return assemble(es, l, append(fragileWords(m, training, lexical), endings(training, capacity*agreeing/1000)...))
}
