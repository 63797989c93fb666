// Command detect compares our detection with other libraries of Go on a file of
// JSON Lines {"enc", "len", "b": base64}, all in one run:
//
//	go run . FILE
//
// An answer is right when the snippet, read in the encoding that it names, is
// the text that was meant.
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
	"time"

	gogs "github.com/gogs/chardet"
	saintfish "github.com/saintfish/chardet"
	wlynxg "github.com/wlynxg/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/htmlindex"

	ours "github.com/clipmend/clipmend/normalize/charset"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: detect FILE")
		os.Exit(2)
	}
	snippets, err := read(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "detect:", err)
		os.Exit(1)
	}
	for _, d := range detectors() {
		measure(d, snippets)
	}
}

// A detector names the encoding of some bytes, or nothing.
type detector struct {
	name   string
	detect func(b []byte) string
}

func detectors() []detector {
	return []detector{
		{"clipmend", func(b []byte) string { return ours.Detect(b, ours.Options{}).Encoding }},
		{"wlynxg/chardet", func(b []byte) string { return wlynxg.Detect(b).Encoding }},
		{"saintfish/chardet", func(b []byte) string {
			r, err := saintfish.NewTextDetector().DetectBest(b)
			if err != nil {
				return ""
			}
			return r.Charset
		}},
		{"gogs/chardet", func(b []byte) string {
			r, err := gogs.NewTextDetector().DetectBest(b)
			if err != nil {
				return ""
			}
			return r.Charset
		}},
		{"x/net/html/charset", func(b []byte) string {
			_, name, _ := charset.DetermineEncoding(b, "")
			return name
		}},
	}
}

// A snippet is text in an encoding, and how long it was cut.
type snippet struct {
	Enc string
	Len int
	B   []byte
}

func read(path string) ([]snippet, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []snippet
	for s := bufio.NewScanner(f); s.Scan(); {
		var x snippet
		if err := json.Unmarshal(s.Bytes(), &x); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, x)
	}
	return all, nil
}

// measure prints the share of right answers by length, and the speed.
func measure(d detector, snippets []snippet) {
	right, total := map[int]float64{}, map[int]float64{}
	size, spent := 0, time.Duration(0)
	for _, x := range snippets {
		begin := time.Now()
		name := d.detect(x.B)
		spent += time.Since(begin)
		size += len(x.B)
		total[x.Len]++
		want, ok := decode(x.B, x.Enc)
		got, known := decode(x.B, name)
		if ok && known && bytes.Equal(got, want) {
			right[x.Len]++
		}
	}
	fmt.Printf("| %s |", d.name)
	for _, n := range slices.Sorted(maps.Keys(total)) {
		fmt.Printf(" %.2f |", 100*right[n]/total[n])
	}
	fmt.Printf(" %.1f |\n", float64(size)/1e6/spent.Seconds())
}

// decode reads b in an encoding by any of the names that the libraries use.
func decode(b []byte, name string) ([]byte, bool) {
	name = strings.ToLower(name)
	switch name {
	case "utf-8", "ascii":
		return bytes.ToValidUTF8(b, []byte("\uFFFD")), true
	case "gb-18030":
		name = "gb18030"
	case "maccyrillic":
		name = "x-mac-cyrillic"
	}
	for long, short := range map[string]string{"windows-125": "cp125", "ibm866": "cp866", "windows-874": "cp874", "iso-8859": "iso8859"} {
		name = strings.Replace(name, short, long, 1)
	}
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil, false
	}
	text, err := e.NewDecoder().Bytes(b)
	return text, err == nil
}
