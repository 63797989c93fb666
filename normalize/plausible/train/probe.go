package main

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// A probe is a line with a gap, and the characters that may stand there, the
// right one first.
type probe struct{ line, gap string }

// probes are lines of a kind that no corpus has: the title of a lecture, read
// as windows-1252, which dropped a byte of three of its characters. What may
// stand in a gap shares the other two bytes.
func probes() []probe {
	const line = "篇讲解DeepSeek关键9篇论文及创新点"
	return []probe{
		{"?" + line, "逐送逍透逝造"},
		{"\"?" + line, "逐送逍透逝造"},
		{"Notes on ?" + line, "逐送逍透逝造"},
		{"逐篇讲解DeepSeek关键9篇论文?创新点", "及偊半吊坊劍劏办劐劝"},
		{"Notes on 逐" + line + "——“勇敢者的游?”", "戏戁戍成戝"},
	}
}

// ask prints, for each probe, the share of the right character, and what comes
// first where it does not.
func ask(w io.Writer, m *plausible.Model) {
	for _, p := range probes() {
		var sum, right float64
		best, most := ' ', math.Inf(-1)
		for i, r := range p.gap {
			logP, _ := m.Score([]byte(strings.Replace(p.line, "?", string(r), 1)))
			if i == 0 {
				right = logP
			}
			if logP > most {
				best, most = r, logP
			}
			sum += math.Exp(logP - right)
		}
		fmt.Fprintf(w, "%c of %s %.2f, first %c\n", []rune(p.gap)[0], p.gap, 1/sum, best)
	}
}
