package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRun holds that the pictures are well-formed and show what the files say,
// whatever signs are in them.
func TestRun(t *testing.T) {
	vault, out := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{
		"Models/A & <B>.md": "---\nparameters: 7\narchitecture:\n  - MoE\n---\n<!-- clipmend: facts, written again on each run -->\n\n7B · MoE\n\n" +
			"| attribute | value | words | source |\n| --- | --- | --- | --- |\n| parameters | 7B | \"A & <B>\" has 参数 | [[Clippings/n#^cm-1\\|n]] |\n\n<!-- clipmend: end of facts -->\n",
		"Models.canvas": `{"nodes":[{"id":"1","type":"file","file":"Models/A & <B>.md","x":0,"y":0,"width":300,"height":100},` +
			`{"id":"2","type":"text","text":"C","x":500,"y":-200,"width":300,"height":100}],` +
			`"edges":[{"id":"3","fromNode":"1","fromSide":"right","toNode":"2","toSide":"left","label":"beats","color":"4"}]}`,
	} {
		path := filepath.Join(vault, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Skip(err) // a system whose names cannot have these signs
		}
	}
	if err := run(vault, "A & <B>", out); err != nil {
		t.Fatal(err)
	}
	for name, words := range map[string][]string{
		"vault-note-dark.svg":    {"A & <B>", "7B · MoE", "parameters", "n"},
		"vault-canvas-light.svg": {"A & <B>", "7B · MoE", "C", "beats"},
	} {
		text, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		shown := textOf(t, string(text))
		for _, w := range words {
			if !strings.Contains(shown, "\n"+w+"\n") {
				t.Errorf("%s does not show %q:\n%s", name, w, shown)
			}
		}
	}
}

// textOf returns the texts of an XML file, a line each.
func textOf(t *testing.T, file string) string {
	t.Helper()
	var b strings.Builder
	b.WriteByte('\n')
	for dec := xml.NewDecoder(strings.NewReader(file)); ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		if chars, ok := token.(xml.CharData); ok {
			b.WriteString(string(chars) + "\n")
		}
	}
}
