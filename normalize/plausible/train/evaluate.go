package main

import (
	"fmt"
	"io"
	"math"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// evaluate prints the bits that a character of held-out text takes.
func evaluate(w io.Writer, asset []byte, heldOut texts) error {
	m, err := plausible.Parse(asset)
	if err != nil {
		return err
	}
	sum, n := 0.0, 0
	for _, lang := range heldOut.langs() {
		s, k := 0.0, 0
		for _, line := range heldOut[lang] {
			p, c := m.Score([]byte(line))
			s, k = s+p, k+c
		}
		fmt.Fprintf(w, "%-8s %.3f bits a character (%d)\n", lang, -s/math.Ln2/float64(k), k)
		sum, n = sum+s, n+k
	}
	fmt.Fprintf(w, "all      %.3f bits a character\n", -sum/math.Ln2/float64(n))
	ask(w, m)
	return nil
}
