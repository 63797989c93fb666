package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// writeCatalogue writes a .mo file of translations.
func writeCatalogue(t *testing.T, path string, lines []string) {
	t.Helper()
	texts := []string{"", "Content-Type: text/plain; charset=UTF-8\n"}
	for i, l := range lines {
		texts = append(texts, fmt.Sprintf("message %d", i), l)
	}
	n := len(texts) / 2
	var table, strings bytes.Buffer
	base := 28 + 16*n
	for k := range 2 {
		for i := k; i < len(texts); i += 2 {
			binary.Write(&table, binary.LittleEndian, [2]uint32{uint32(len(texts[i])), uint32(base + strings.Len())})
			strings.WriteString(texts[i])
		}
	}
	var out bytes.Buffer
	binary.Write(&out, binary.LittleEndian, [7]uint32{0x950412de, 0, uint32(n), 28, uint32(28 + 8*n), 0, 0})
	out.Write(table.Bytes())
	out.Write(strings.Bytes())
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The same folder gives the same lines, all of which are broken.
func TestMakeBroken(t *testing.T) {
	dir := t.TempDir()
	for _, lang := range []string{"ru", "fr", "ja"} {
		var lines []string
		for i := range 250 {
			word := map[string]string{"ru": "Путешествие", "fr": "L’été à Orléans", "ja": "日本語の文章"}[lang]
			lines = append(lines, fmt.Sprintf("%s %d", word, i))
		}
		writeCatalogue(t, filepath.Join(dir, "locale", lang, "LC_MESSAGES", "x.mo"), lines)
	}
	var first, second bytes.Buffer
	for _, w := range []*bytes.Buffer{&first, &second} {
		if err := makeBroken(w, dir, 2); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two runs differ")
	}
	chains := map[string]bool{}
	for line := range bytes.Lines(first.Bytes()) {
		var m made
		if err := json.Unmarshal(line, &m); err != nil {
			t.Fatal(err)
		}
		if m.Bad == m.Orig || m.Half != half(m.Orig) {
			t.Errorf("%+v", m)
		}
		chains[m.Chain] = true
	}
	if len(chains) < 120 {
		t.Errorf("%d ways of breaking", len(chains))
	}
}
