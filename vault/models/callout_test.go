package models

import (
	"bytes"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/normalize/frontmatter"
	"github.com/clipmend/clipmend/normalize/repair"
)

// marked marks the facts that the engine reads in a text, as a run does.
func marked(t *testing.T, text string, m Marks) string {
	t.Helper()
	file := func(model string) string { return model }
	block, err := frontmatter.Split([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	facts := annotate.Annotate(Readable([]byte(text)[block.Body.Start:]), annotate.Options{})
	out, _, err := Mark([]byte(text), facts, Schema{}, file, m)
	if err != nil {
		t.Fatalf("%v\n%s\n%+v", err, text, facts)
	}
	return string(out)
}

const note = "Kestrel-2 is a language model with 70B parameters.\n\nIt was trained on 2T tokens.\n"

func TestCallout(t *testing.T) {
	once := marked(t, note, Marks{Callout: true})
	if !strings.Contains(once, "\n\n> [!info]- Facts\n> | about |") || !strings.Contains(once, "| [[Models/Kestrel-2\\|Kestrel-2]] | parameters | 70B | [[#^cm-") {
		t.Fatalf("got\n%s", once)
	}
	for name, text := range map[string]string{"twice": once, "twice in CRLF": strings.ReplaceAll(once, "\n", "\r\n")} {
		if got := marked(t, text, Marks{Callout: true}); got != text {
			t.Errorf("%s:\n%s", name, got)
		}
	}
	t.Run("it states nothing itself", func(t *testing.T) {
		if got := Readable([]byte(once)); bytes.Contains(got, []byte("parameters |")) || len(got) != len(once) {
			t.Errorf("got\n%s", got)
		}
	})
	t.Run("a fact more", func(t *testing.T) {
		more := strings.Replace(once, "2T tokens.", "2T tokens and is a mixture-of-experts model.", 1)
		got := marked(t, more, Marks{Callout: true})
		if strings.Count(got, "[!info]") != 1 || !strings.Contains(got, "| architecture | MoE |") {
			t.Errorf("got\n%s", got)
		}
	})
	t.Run("a person's edit stays", func(t *testing.T) {
		mine := strings.Replace(once, "| 70B |", "| 70B, they say |", 1)
		if got := marked(t, mine, Marks{Callout: true}); got != mine {
			t.Errorf("got\n%s", got)
		}
	})
	t.Run("one that a person deleted stays away", func(t *testing.T) {
		mine := once[:strings.Index(once, "\n> [!info]")]
		if got := marked(t, mine, Marks{Callout: true}); got != mine {
			t.Errorf("got\n%s", got)
		}
	})
	t.Run("no facts any more", func(t *testing.T) {
		mine := "Nothing.\n" + once[strings.Index(once, "\n> [!info]"):]
		if got := marked(t, mine, Marks{Callout: true}); got != "Nothing.\n\n" {
			t.Errorf("got %q", got)
		}
	})
	t.Run("not asked for", func(t *testing.T) {
		if got := marked(t, note, Marks{}); strings.Contains(got, "[!info]") {
			t.Errorf("got\n%s", got)
		}
	})
}

func highlight(t *testing.T, body string, quotes ...string) (string, []repair.Repair) {
	t.Helper()
	var spans []repair.Span
	for _, q := range quotes {
		i := strings.Index(body, q)
		if i < 0 {
			t.Fatalf("%q is not in %q", q, body)
		}
		spans = append(spans, repair.Span{Start: i, End: i + len(q)})
	}
	out, repairs, err := repair.Apply([]byte(body), 0, Highlight([]byte(body), spans))
	if err != nil {
		t.Fatal(err)
	}
	return string(out), repairs
}

func TestHighlight(t *testing.T) {
	for _, tt := range []struct{ name, body, quote, want string }{
		{"words", "It has 7B parameters.\n", "7B parameters", "It has ==7B parameters==.\n"},
		{"over lines", "> a 7B\n> model\n", "a 7B\n> model", "> ==a 7B==\n> ==model==\n"},
		{"a heading", "# About 7B ^id\n", "7B", "# About ==7B== ^id\n"},
		{"cells", "| a | b |\n| --- | --- |\n| 7B | 8B |\n", "7B | 8B", "| a | b |\n| --- | --- |\n| ==7B== | ==8B== |\n"},
		{"code", "```\n7B\n```\n", "7B", "```\n7B\n```\n"},
		{"code within", "the `7B` one\n", "the `7B` one", "==the `7B` one==\n"},
		{"half of code", "the `7B` one\n", "7B` one", "the `7B` one\n"},
		{"math", "$$\n7B\n$$\n", "7B", "$$\n7B\n$$\n"},
		{"a link's text", "the [7B model](https://example.org/7B) one\n", "7B model", "the [==7B model==](https://example.org/7B) one\n"},
		{"a link's target", "the [model](https://example.org/7B) one\n", "7B", "the [model](https://example.org/7B) one\n"},
		{"half of a link", "the [7B model](https://example.org) one\n", "model](https://example.org) one", "the [7B model](https://example.org) one\n"},
		{"an address", "see https://example.org/7B now\n", "7B", "see https://example.org/7B now\n"},
		{"emphasis within", "a **7B** one\n", "a **7B** one", "==a **7B** one==\n"},
		{"emphasis at the beginning", "- **7B**: one\n", "7B**: one", "- ==**7B**: one==\n"},
		{"half of emphasis", "a **7B one**\n", "a **7B", "a **7B one**\n"},
		{"HTML", "<p>7B</p>\n", "7B", "<p>7B</p>\n"},
		{"marked by a person", "a ==7B one==\n", "7B", "a ==7B one==\n"},
		{"marked in part", "a ==7B== one\n", "a ==7B== one", "a ==7B== one\n"},
		{"an equals sign", "x=7B one\n", "7B", "x=7B one\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, repairs := highlight(t, tt.body, tt.quote)
			if got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if back, err := repair.Undo([]byte(got), repairs); err != nil || string(back) != tt.body {
				t.Errorf("undone: %q, %v", back, err)
			}
		})
	}
	if got, _ := highlight(t, "a 7B dense one\n", "7B dense", "a 7B"); got != "==a 7B dense== one\n" {
		t.Errorf("two that overlap: %q", got)
	}
}

func TestHighlightTwice(t *testing.T) {
	for _, text := range []string{
		note, "---\ntitle: x\n---\n" + note,
		"| Model | Params (B) |\n|---|---|\n| Kestrel-7B | 7 |\n",
		"- **Kestrel-2**: a language model with 70B parameters, [trained](https://example.org) on 2T tokens\n",
	} {
		once := marked(t, text, Marks{Highlight: true, Callout: true})
		if !strings.Contains(once, "==") {
			t.Errorf("no mark in\n%s", once)
		}
		if twice := marked(t, once, Marks{Highlight: true, Callout: true}); twice != once {
			t.Errorf("once\n%s\ntwice\n%s", once, twice)
		}
	}
}

// FuzzHighlight holds that marks are all that is put in, in pairs, and that
// putting them in again puts in none.
func FuzzHighlight(f *testing.F) {
	f.Add("a **7B** [b](c) `d`\n| e | f |\n", 2, 9)
	f.Add("> a\n> ==b== c", 0, 12)
	f.Fuzz(func(t *testing.T, body string, from, to int) {
		if from < 0 || to > len(body) || from > to {
			return
		}
		edits := Highlight([]byte(body), []repair.Span{{Start: from, End: to}})
		out, repairs, err := repair.Apply([]byte(body), 0, edits)
		if err != nil || len(edits)%2 != 0 {
			t.Fatalf("%d edits, %v", len(edits), err)
		}
		if back, err := repair.Undo(out, repairs); err != nil || string(back) != body {
			t.Errorf("undone: %q, %v", back, err)
		}
	})
}
