package main

import (
	"fmt"
	"math"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/mojibake"
	"github.com/clipmend/clipmend/normalize/plausible"
)

// A restored byte: the log odds of the best guess, and whether it was right.
type restored struct {
	odds  float64
	right bool
}

// perBreaking is the number of lines of each language and way to break them.
const perBreaking = 24

// restore breaks lines and mends them. Of the lines held out, those with an
// even hash are for fitting and those with an odd one for judging.
func restore(heldOut texts, parity uint32) []restored {
	half := texts{}
	for lang, lines := range heldOut {
		for _, line := range lines {
			if hashOf(line)>>16%2 == parity {
				half[lang] = append(half[lang], line)
			}
		}
	}
	var all []restored
	for l := range brokenLines(half, perBreaking) {
		all = append(all, judge(l)...)
	}
	return all
}

// judge mends a line and compares what was restored with what was there.
func judge(l brokenLine) []restored {
	res := mojibake.Fix([]byte(l.Bad), mojibake.Options{MinConfidence: 1e-9})
	got, want := []rune(string(res.Text)), []rune(l.Orig)
	if len(got) != len(want) {
		return nil
	}
	var all []restored
	for _, r := range res.Repairs {
		if r.Rule != "lost-bytes" || r.Pass != res.Repairs[len(res.Repairs)-1].Pass || r.Confidence >= 1 {
			continue
		}
		at := utf8.RuneCount(res.Text[:r.After.Start])
		odds := math.Log(r.Confidence/(1-r.Confidence)) / plausible.Certainty
		all = append(all, restored{odds, got[at] == want[at]})
	}
	return all
}

// fit finds what to multiply log odds by so that they say the truth best.
func fit(all []restored) float64 {
	best, least := 1.0, math.Inf(1)
	for slope := .3; slope < 1.5; slope += .01 {
		loss := 0.0
		for _, x := range all {
			odds := slope * x.odds
			if !x.right {
				odds = -odds
			}
			loss += math.Log1p(math.Exp(-odds))
		}
		if loss < least {
			best, least = slope, loss
		}
	}
	return best
}

// A bin of the curve: guesses with confidences alike.
type bin struct{ said, right, n float64 }

// curve tells how often the guesses of each confidence were right. Log odds are
// divided into bins two wide; slope stretches them first.
func curve(all []restored, slope float64) []bin {
	bins := make([]bin, 9)
	for _, x := range all {
		odds := slope * x.odds
		b := &bins[min(int(max(odds+1, 0)/2), len(bins)-1)]
		b.said += 1 / (1 + math.Exp(-odds))
		b.n++
		if x.right {
			b.right++
		}
	}
	return bins
}

// drawCurve writes the curve as a picture: said against right.
func drawCurve(path string, bins []bin) error {
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 460 460" font-family="sans-serif" font-size="12">` +
		`<rect width="460" height="460" fill="white"/><path d="M40 420L440 20" stroke="#bbb"/><path d="M40 20V420H440" fill="none" stroke="black"/>` +
		`<text x="190" y="450">confidence</text><text x="14" y="270" transform="rotate(-90 14 270)">share right</text><polyline fill="none" stroke="#06c" points="`)
	var dots strings.Builder
	for _, x := range bins {
		if x.n > 0 {
			px, py := 40+400*x.said/x.n, 420-400*x.right/x.n
			fmt.Fprintf(&b, "%.1f,%.1f ", px, py)
			fmt.Fprintf(&dots, `<circle cx="%.1f" cy="%.1f" r="4" fill="#06c"/>`, px, py)
			fmt.Printf("said %.4f right %.4f of %.0f\n", x.said/x.n, x.right/x.n, x.n)
		}
	}
	b.WriteString(`"/>` + dots.String() + "</svg>\n")
	return os.WriteFile(path, []byte(b.String()), 0o644)
}
