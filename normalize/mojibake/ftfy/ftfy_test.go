package ftfy_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/mojibake"
	"github.com/clipmend/clipmend/normalize/mojibake/ftfy"
	"github.com/clipmend/clipmend/normalize/repair"
)

func TestGuessBytes(t *testing.T) {
	for _, c := range []struct{ in, text, encoding string }{
		{"caf\xc3\xa9", "café", "utf-8"},
		{"caf\xe9", "café", "sloppy-windows-1252"},
		{"caf\x8e\r", "café\r", "macroman"},
		{"\xff\xfea\x00", "a", "utf-16"},
		{"\xed\xa0\xbd\xed\xb8\x8d", "😍", "utf-8-variants"},
	} {
		text, encoding := ftfy.GuessBytes([]byte(c.in))
		if text != c.text || encoding != c.encoding {
			t.Errorf("%q: %q in %s, want %q in %s", c.in, text, encoding, c.text, c.encoding)
		}
	}
}

func TestApplyPlan(t *testing.T) {
	plan := mojibake.Plan{Steps: []mojibake.Step{{Rule: "quotes"}}}
	got, err := ftfy.ApplyPlan("“a”", plan)
	if got != `"a"` || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

func TestConfigSwitches(t *testing.T) {
	c := ftfy.Config{UnescapeHTML: ftfy.Never, UncurlQuotes: true, FixLineBreaks: true}
	if got := ftfy.Text("“a” &eacute;\r\n", c); got != "\"a\" &eacute;\n" {
		t.Errorf("%q", got)
	}
	c = ftfy.Config{RemoveTerminalEscapes: true, Normalization: "NFC"}
	if got := ftfy.Text("e\u0301\x1b[0m &eacute;", c); got != "é é" {
		t.Errorf("%q", got)
	}
	if got := ftfy.Text("&eacute; <b>", ftfy.Config{}); got != "&eacute; <b>" {
		t.Errorf("%q: HTML is not text", got)
	}
}

// As in ftfy, entities are read up to the first line with a <, and the text before
// is not HTML because of a later one.
func TestEntitiesAreReadUpToALineOfHTML(t *testing.T) {
	const in = "caf&eacute; it’s\ncafÃ©\na <b> &eacute;\n&eacute; it’s\n"
	for c, want := range map[ftfy.Choice]string{
		ftfy.Auto:   "café it's\ncafé\na <b> &eacute;\n&eacute; it's\n",
		ftfy.Always: "café it's\ncafé\na <b> é\né it's\n",
		ftfy.Never:  "caf&eacute; it's\ncafé\na <b> &eacute;\n&eacute; it's\n",
	} {
		config := ftfy.Default()
		config.UnescapeHTML = c
		res := ftfy.Fix(in, config)
		if string(res.Text) != want {
			t.Errorf("%d: %q, want %q", c, res.Text, want)
		}
		if back, err := repair.Undo(res.Text, res.Repairs); err != nil || string(back) != in {
			t.Errorf("%d: undone to %q, %v", c, back, err)
		}
		config.MaxDecodeLength = 30
		if got := ftfy.Text(in, config); got != want {
			t.Errorf("%d, in parts: %q, want %q", c, got, want)
		}
	}
	if got := ftfy.Segment("&eacute;\n<b>", ftfy.Config{}); got != "&eacute;\n<b>" {
		t.Errorf("%q: a segment is HTML as a whole", got)
	}
}

func TestLongTextIsReadInParts(t *testing.T) {
	in := strings.Repeat("“line”\n", 100)
	c := ftfy.Config{UncurlQuotes: true, MaxDecodeLength: 50}
	if got := ftfy.Text(in, c); got != strings.Repeat("\"line\"\n", 100) {
		t.Errorf("%q", got)
	}
}

func TestLines(t *testing.T) {
	var got []string
	for line, err := range ftfy.Lines(strings.NewReader("“a”\r\nplain\ncaf\xe9"), ftfy.Default()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, line)
	}
	if want := []string{"\"a\"\n", "plain\n", "café"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := ftfy.Segment("“a”\n“b”", ftfy.Config{UncurlQuotes: true, MaxDecodeLength: 2}); got != "\"a\"\n\"b\"" {
		t.Errorf("%q", got)
	}
}

func ExampleExplainUnicode() {
	if err := ftfy.ExplainUnicode(os.Stdout, "aé"); err != nil {
		panic(err)
	}
	// Output:
	// U+0061  a       [Ll] LATIN SMALL LETTER A
	// U+00E9  é       [Ll] LATIN SMALL LETTER E WITH ACUTE
}
