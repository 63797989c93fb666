package frontmatter_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clipmend/clipmend/internal/cputime"
	"github.com/clipmend/clipmend/normalize/frontmatter"
	"github.com/clipmend/clipmend/normalize/repair"
)

func TestSplit(t *testing.T) {
	tests := []struct {
		name, text string
		format     frontmatter.Format
		block      string
		err        error
	}{
		{name: "none", text: "text"},
		{name: "plain", text: "---\na: b\n---\nbody", format: frontmatter.YAML, block: "a: b\n"},
		{name: "empty", text: "---\n---\nbody", format: frontmatter.YAML},
		{name: "byte order mark", text: "\xef\xbb\xbf---\na: b\n---\n", format: frontmatter.YAML, block: "a: b\n"},
		{name: "crlf", text: "---\r\na: b\r\n---\r\nc", format: frontmatter.YAML, block: "a: b\r\n"},
		{name: "rule", text: "---\n\nSome prose.\n\n---\nmore"},
		{name: "open", text: "---\na: b\n"},
		{name: "dots", text: "---\na: b\n...\nc", format: frontmatter.YAML, block: "a: b\n"},
		{name: "indented rule in a value", text: "---\na: |\n  x\n  ---\n  y\n---\nc", format: frontmatter.YAML, block: "a: |\n  x\n  ---\n  y\n", err: frontmatter.ErrDisagree},
		{name: "toml", text: "+++\na = 1\n+++\nb", format: frontmatter.TOML, block: "a = 1\n"},
		{name: "too big", text: "---\na: " + strings.Repeat("x", 70_000) + "\n---\n", err: frontmatter.ErrTooBig},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := frontmatter.Split([]byte(tt.text))
			if !errors.Is(err, tt.err) {
				t.Fatalf("error %v, want %v", err, tt.err)
			}
			if got := tt.text[b.Text.Start:b.Text.End]; b.Format != tt.format || got != tt.block {
				t.Errorf("got %v %q, want %v %q", b.Format, got, tt.format, tt.block)
			}
		})
	}
}

func TestEdit(t *testing.T) {
	set := func(k, v string) frontmatter.Change {
		return frontmatter.Change{Key: k, Value: frontmatter.TextValue(v)}
	}
	tests := []struct {
		name, text string
		change     frontmatter.Change
		want       string
		err        error
	}{
		{"comment stays", "---\n# c\na: b # d\ne: f\n---\nx", set("a", "g: h"), "---\n# c\na: \"g: h\" # d\ne: f\n---\nx", nil},
		{"crlf", "---\r\na: b\r\n\r\nc: d\r\n---\r\nx", set("a", "y"), "---\r\na: \"y\"\r\n\r\nc: d\r\n---\r\nx", nil},
		{"same", "---\na:   'b'\n---\n", set("a", "b"), "---\na:   'b'\n---\n", nil},
		{"new at the end", "---\na: b\n---\n", set("c", "no"), "---\na: b\nc: \"no\"\n---\n", nil},
		{"new behind", "---\na: b\n# x\nc: d\n---\n", frontmatter.Change{Key: "new", Value: frontmatter.TextValue("1:30"), After: "a"}, "---\na: b\nnew: \"1:30\"\n# x\nc: d\n---\n", nil},
		{"new block", "x", set("a", "[[b]]"), "---\na: \"[[b]]\"\n---\nx", nil},
		{"list", "---\na: [b, c] # d\ne: f\n---\n", frontmatter.Change{Key: "a", Value: frontmatter.ListValue("x", "007")}, "---\na: # d\n  - x\n  - \"007\"\ne: f\n---\n", nil},
		{"no key from a value", "---\na: b\n---\n", set("a", "x\nevil: true"), "---\na: \"x\\nevil: true\"\n---\n", nil},
		{"emoji", "---\na: b\n---\n", set("a", "😀!"), "---\na: \"😀!\"\n---\n", nil},
		{"delete", "---\na: b\n# c\nd:\n- e\nf: g\n---\n", frontmatter.Change{Op: frontmatter.Delete, Key: "d"}, "---\na: b\n# c\nf: g\n---\n", nil},
		{"rename", "---\na: [b, c] # d\n---\n", frontmatter.Change{Op: frontmatter.Rename, Key: "a", To: "e"}, "---\ne: [b, c] # d\n---\n", nil},
		{"duplicate", "---\na: b\na: c\n---\n", set("a", "d"), "", frontmatter.ErrDuplicate},
		{"anchor", "---\na: &x b\nc: *x\n---\n", set("a", "d"), "", frontmatter.ErrUnsafe},
		{"broken", "---\na: b: c\n---\n", set("a", "d"), "", frontmatter.ErrBroken},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, repairs, err := frontmatter.Edit([]byte(tt.text), []frontmatter.Change{tt.change})
			if !errors.Is(err, tt.err) {
				t.Fatalf("error %v, want %v", err, tt.err)
			}
			want := tt.want
			if tt.err != nil {
				want = tt.text
			}
			if string(got) != want {
				t.Errorf("got  %q\nwant %q", got, want)
			}
			if back, err := repair.Undo(got, repairs); err != nil || string(back) != tt.text {
				t.Errorf("undo: %q, %v", back, err)
			}
		})
	}
}

func TestValuesStayText(t *testing.T) {
	values := []string{"", " ", "no", "Yes", "~", "null", "1:30", "2024-01-01", "[[x]]", "a: b", "a #b", "#a", "12345678901234567", "007", "0x1F", "1e3", "a\nb", "'", `"\`, "- a", "逐篇——“x”", "\u200b", "@x", "%x", "`x`", "---", "...", "😀 \\U0001F600", "\ta"}
	for _, v := range values {
		block, err := frontmatter.Render([]frontmatter.Property{{Key: "k", Value: frontmatter.TextValue(v)}, {Key: "l", Value: frontmatter.ListValue(v)}})
		if err != nil {
			t.Fatal(err)
		}
		d, err := frontmatter.Parse(block)
		if err != nil {
			t.Fatalf("%q: %v", block, err)
		}
		p, _ := d.Get("k")
		l, _ := d.Get("l")
		if p.Value.Kind != frontmatter.Text || p.Value.Text != v || !slices.Equal(l.Value.Items, []string{v}) {
			t.Errorf("%q came back as %+v from %q", v, p.Value, block)
		}
	}
}

// Each unit is repeated until the block is as long as one may be.
func hostileBlocks() map[string]string {
	blocks := map[string]string{}
	for _, head := range []string{"x: y\n", "x: y\nz: [", "tags: "} {
		for _, unit := range []string{
			"[", "{", "- ", "? ", "a: ", "&a ", "*a ", "a: [\n", "- - ", "\"", "a: \"", "!!x ", "|\n", "\t", "a:\n ",
			"k: {a: [", "# c\n", "a,", "[],", "{a},", "\n", "\"\\n", "- &a a\n", "<<: *x\n", "\x00", "%a\n", "- a: b\n",
		} {
			blocks[head+unit] = "---\n" + head + strings.Repeat(unit, (frontmatter.MaxBytes-64)/len(unit)) + "\n---\n"
		}
	}
	return blocks
}

func TestHostileBlocksAreFast(t *testing.T) {
	for name, text := range hostileBlocks() {
		t.Run(name, func(t *testing.T) {
			cputime.Within(t, time.Second/2, func() { // both together
				_, _, editErr := frontmatter.Edit([]byte(text), []frontmatter.Change{{Key: "x", Value: frontmatter.TextValue("z")}})
				_, mendErr := frontmatter.Mend([]byte(text), frontmatter.Options{})
				t.Log(editErr, mendErr)
			})
		})
	}
}

// The slowest of the hostile blocks, after trying all.
func BenchmarkHostileBlock(b *testing.B) {
	for name, text := range map[string]string{
		"flow":  "---\nx: y\nz: [" + strings.Repeat("[],", 21_000) + "]\n---\n",
		"blank": "---\nx: y\nz: |" + strings.Repeat("\n", 65_000) + "\n---\n",
		"quote": "---\nx: y\nz: [" + strings.Repeat("\"", 65_000) + "\n---\n",
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				_, _, _ = frontmatter.Edit([]byte(text), []frontmatter.Change{{Key: "x", Value: frontmatter.TextValue("z")}})
			}
		})
	}
}

func BenchmarkMend(b *testing.B) {
	text := []byte("---\ntitle: \"A note\"\nsource: https://example.org/a\nauthor:\n  - \"[[A. Writer]]\"\npublished: 2024-05-01\ntag: a, b\n---\nText.\n")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := frontmatter.Mend(text, frontmatter.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestErrorsAreOneLine(t *testing.T) {
	tests := []struct{ block, want string }{
		{"a: b\nc: d: e\n", "frontmatter: line 3: properties are not valid YAML: mapping values are not allowed in this context"},
		{"a: b\nc: \"d\ne: f\n", "frontmatter: line 3: properties are not valid YAML: while scanning a quoted scalar, found unexpected end of stream"},
		{"a: b\na: c\n", `frontmatter: line 3: "a": property given twice`},
		{"a: b\x00\n", "frontmatter: properties are not valid YAML: control characters are not allowed (value: 0)"},
		{"a: |\n  x\n  ---\n  y\n", "frontmatter: line 4: two readers disagree where the properties end"},
		{"a: " + strings.Repeat("[", 65) + "\n", "frontmatter: line 2: nested deeper than 64: properties over the limit"},
		{strings.Repeat("a: b\n", 513), "frontmatter: 513 keys, at most 512 are read: properties over the limit"},
	}
	for _, tt := range tests {
		if _, err := frontmatter.Parse([]byte("---\n" + tt.block + "---\n")); err == nil || err.Error() != tt.want {
			t.Errorf("%.40q:\ngot  %v\nwant %s", tt.block, err, tt.want)
		}
	}
}

func FuzzEdit(f *testing.F) {
	f.Add([]byte("---\na: b # c\nd:\n  - e\n---\nf"), "a", "g")
	f.Add([]byte("\xef\xbb\xbf---\r\na: [b, \"c\"]\r\n---\r\n"), "n", "[[x]]")
	f.Fuzz(func(t *testing.T, text []byte, key, value string) {
		got, repairs, err := frontmatter.Edit(text, []frontmatter.Change{{Key: key, Value: frontmatter.TextValue(value)}})
		if err != nil {
			if !bytes.Equal(got, text) {
				t.Fatal("changed in spite of an error")
			}
			return
		}
		d, err := frontmatter.Parse(got)
		if err != nil {
			t.Fatal(err)
		}
		before, err := frontmatter.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		keys := before.Keys()
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
		if !slices.Equal(d.Keys(), keys) {
			t.Fatalf("keys %q, want %q", d.Keys(), keys)
		}
		for _, p := range before.Properties {
			if line := text[p.Span.Start:p.Span.End]; p.Key != key && !bytes.Contains(got, line) {
				t.Fatalf("the lines %q are gone", line)
			}
		}
		if p, ok := d.Get(key); !ok || p.Value.Text != value {
			t.Fatalf("%q is %+v, want %q", key, p, value)
		}
		if back, err := repair.Undo(got, repairs); err != nil || !bytes.Equal(back, text) {
			t.Fatalf("undo: %v", err)
		}
	})
}

// FuzzRender holds that no value makes a key of its own.
func FuzzRender(f *testing.F) {
	f.Add("a\nevil: true", "---\n", "- b")
	f.Add("\u2028evil: x", "'", "\"\r\nevil: y")
	f.Fuzz(func(t *testing.T, title, date, item string) {
		block, err := frontmatter.Render([]frontmatter.Property{
			{Key: "title", Value: frontmatter.TextValue(title)},
			{Key: "date", Value: frontmatter.Value{Kind: frontmatter.Date, Text: date}},
			{Key: "list", Value: frontmatter.ListValue(item, title)},
		})
		if err != nil {
			return
		}
		d, err := frontmatter.Parse(append(block, "body: x\n---\nevil: z\n"...))
		if errors.Is(err, frontmatter.ErrTooBig) {
			return
		}
		if err != nil || !slices.Equal(d.Keys(), []string{"title", "date", "list"}) {
			t.Fatalf("%q: %v", block, err)
		}
		if p, _ := d.Get("title"); p.Value.Text != title {
			t.Fatalf("%q came back as %q", title, p.Value.Text)
		}
	})
}

func ExampleEdit() {
	note := []byte("---\ntitle: Draft # to be decided\ntags: [a, b]\n---\nText.\n")
	note, _, err := frontmatter.Edit(note, []frontmatter.Change{{Key: "title", Value: frontmatter.TextValue("Done: at last")}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(string(note))
	// Output:
	// ---
	// title: "Done: at last" # to be decided
	// tags: [a, b]
	// ---
	// Text.
}
