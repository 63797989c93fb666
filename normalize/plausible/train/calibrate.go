package main

import (
	"fmt"
	"math"
	"os"
	"strings"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// lost are the bytes that windows-1252 does not have, and that a text read as
// it may have lost.
const lost = "\x81\x8D\x8F\x90\x9D"

// A restored byte: the log odds of the best guess, and whether it was right.
type restored struct {
	odds  float64
	right bool
}

// restore guesses each character of the lines that has a lost byte, from the
// characters around it. Of the lines held out, even ones are for fitting and
// odd ones for judging.
func restore(m *plausible.Model, heldOut texts, parity int) []restored {
	var all []restored
	for _, lang := range heldOut.langs() {
		for n, line := range heldOut[lang][:min(len(heldOut[lang]), 600)] {
			if n%2 != parity {
				continue
			}
			for i, r := range line {
				size, at := len(string(r)), -1
				for j := range size {
					if strings.IndexByte(lost, line[i+j]) >= 0 {
						at = j
					}
				}
				if at >= 0 {
					odds, right := guess(m, line, i, at, size)
					all = append(all, restored{odds, right})
				}
			}
		}
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

// guess returns the log odds of the best candidate and whether it is right.
func guess(m *plausible.Model, line string, i, at, size int) (odds float64, right bool) {
	from, to := max(0, i-24), min(len(line), i+size+24)
	best, total, truth := math.Inf(-1), 0.0, math.Inf(-1)
	var all []float64
	for j := range len(lost) {
		b := []byte(line[from:to])
		b[i-from+at] = lost[j]
		p, _ := m.Score(b)
		if string(b) == line[from:to] {
			truth = p
		}
		best = max(best, p)
		all = append(all, p)
	}
	for _, p := range all {
		total += math.Exp(p - best)
	}
	return -math.Log(max(total-1, 1e-9)), truth == best
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
