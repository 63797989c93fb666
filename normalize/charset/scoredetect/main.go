// Command scoredetect tells how many snippets of a file of JSON Lines
// {"enc", "len", "b": base64} are decoded exactly:
//
//	go run ./normalize/charset/scoredetect FILE
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"github.com/clipmend/clipmend/internal/cputime"
	"github.com/clipmend/clipmend/normalize/charset"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: scoredetect FILE")
		os.Exit(2)
	}
	if err := score(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "scoredetect:", err)
		os.Exit(1)
	}
}

type snippet struct {
	Lang, Enc string
	Len       int
	B         []byte
}

func score(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	right, total, wrong := map[int]int{}, map[int]int{}, map[string]int{}
	var all [][]byte
	for s := bufio.NewScanner(f); s.Scan(); {
		var x snippet
		if err := json.Unmarshal(s.Bytes(), &x); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		want, err := meant(x)
		if err != nil {
			return err
		}
		got, g, _ := charset.Decode(x.B, charset.Options{})
		all = append(all, x.B)
		total[x.Len]++
		if bytes.Equal(got, want) {
			right[x.Len]++
		} else {
			wrong[fmt.Sprintf("%s %s as %s", x.Enc, x.Lang, g.Encoding)]++
		}
	}
	for _, n := range slices.Sorted(maps.Keys(total)) {
		fmt.Printf("%5d bytes: %.2f %% of %d\n", n, 100*float64(right[n])/float64(total[n]), total[n])
	}
	fmt.Printf("%.1f MB/s over all snippets\n", speed(all))
	for _, k := range slices.SortedFunc(maps.Keys(wrong), func(a, b string) int { return wrong[b] - wrong[a] })[:min(25, len(wrong))] {
		fmt.Printf("  %3d %s\n", wrong[k], k)
	}
	return nil
}

// rounds make the time long enough to measure.
const rounds = 5

// speed is how many MB one processor detects in a second.
func speed(all [][]byte) float64 {
	size, begin := 0, cputime.Used()
	for range rounds {
		for _, b := range all {
			charset.Detect(b, charset.Options{})
			size += len(b)
		}
	}
	return float64(size) / 1e6 / (cputime.Used() - begin).Seconds()
}

// meant decodes a snippet with the encoding that it was made with. A snippet in
// UTF-8 may begin or end within a character.
func meant(x snippet) ([]byte, error) {
	names := strings.NewReplacer("cp125", "windows-125", "cp866", "ibm866", "cp874", "windows-874", "iso8859", "iso-8859")
	e, err := htmlindex.Get(names.Replace(x.Enc))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", x.Enc, err)
	}
	if x.Enc == "utf-8" {
		return bytes.ToValidUTF8(x.B, []byte("\uFFFD")), nil
	}
	return e.NewDecoder().Bytes(x.B)
}
