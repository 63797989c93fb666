package feishu_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/feishu"
	"github.com/clipmend/clipmend/internal/cputime"
)

func Example() {
	const doc = `{"document": {"title": "Kilns"}, "blocks": [
		{"block_id": "p", "block_type": 1, "children": ["a"]},
		{"block_id": "a", "parent_id": "p", "block_type": 2, "text": {"elements": [{"text_run": {"content": "Hot & old"}}]}}]}`
	for clip, err := range feishu.Read(strings.NewReader(doc), ingest.Origin{Path: "kilns.json"}, ingest.Limits{}) {
		fmt.Println(clip.Title, err)
		fmt.Printf("%s", clip.Body[strings.Index(string(clip.Body), "<p>"):])
	}
	// Output:
	// Kilns <nil>
	// <p>Hot &amp; old</p>
	// </article></body></html>
}

// blocks makes a document of the page's children, given as "type name {…}".
func blocks(children string, list ...string) string {
	return `{"code":0,"data":{"items":[{"block_id":"p","block_type":1,"page":{"elements":[{"text_run":{"content":"T"}}]},"children":[` + children + `]},` +
		strings.Join(list, ",") + `]}}`
}

func run(id string, kind int, key, content, more string) string {
	return fmt.Sprintf(`{"block_id":%q,"parent_id":"p","block_type":%d,%q:{"style":{%s},"elements":[{"text_run":{"content":%q}}]}}`, id, kind, key, more, content)
}

func read(text string) (string, []string) {
	var body string
	var errs []string
	for c, err := range feishu.Read(strings.NewReader(text), ingest.Origin{Path: "f"}, ingest.Limits{}) {
		if err != nil {
			errs = append(errs, err.Error())
			continue
		}
		body = strings.TrimSuffix(string(c.Body), "</article></body></html>\n")
		body = body[strings.Index(body, "<article>")+len("<article>\n"):]
	}
	return body, errs
}

func TestRead(t *testing.T) {
	for name, test := range map[string]struct{ in, want string }{
		"numbers go on": {
			blocks(`"a","b","c","d"`, run("a", 13, "ordered", "one", `"sequence":"1"`), run("b", 2, "text", "between", ""),
				run("c", 13, "ordered", "two", `"sequence":"auto"`), run("d", 13, "ordered", "seven", `"sequence":"7"`)),
			"<ol>\n<li>one</li>\n</ol>\n<p>between</p>\n<ol start=\"2\">\n<li>two</li>\n</ol>\n<ol start=\"7\">\n<li>seven</li>\n</ol>\n",
		},
		"todo": {
			blocks(`"a","b"`, run("a", 17, "todo", "x", `"done":true`), run("b", 17, "todo", "y", "")),
			"<ul>\n<li><input type=\"checkbox\" checked> x</li>\n<li><input type=\"checkbox\"> y</li>\n</ul>\n",
		},
		"code": {blocks(`"a"`, run("a", 14, "code", "a < b", `"language":49`)), "<pre><code class=\"language-python\">\na &lt; b</code></pre>\n"},
		"merged cells": {
			blocks(`"t"`, `{"block_id":"t","block_type":31,"table":{"cells":["1","2","3","4"],"property":{"row_size":2,"column_size":2,"merge_info":[{"row_span":1,"col_span":2},{},{"row_span":9,"col_span":9},{}]}}}`,
				`{"block_id":"1","block_type":32,"children":["x"]}`, run("x", 2, "text", "wide", "")),
			"<table>\n<tr><th colspan=\"2\"><p>wide</p>\n</th></tr>\n<tr><td colspan=\"2\"></td></tr>\n</table>\n",
		},
		"cycle":   {blocks(`"a"`, `{"block_id":"a","block_type":24,"children":["a","p"]}`), ""},
		"unknown": {blocks(`"a"`, `{"block_id":"a","block_type":30}`), "<p>[a sheet]</p>\n"},
		"escapes": {
			blocks(`"a"`, `{"block_id":"a","block_type":2,"text":{"elements":[{"text_run":{"content":"<b>","text_element_style":{"bold":true,"link":{"url":"https%3A%2F%2Fx.test%2F%22"}}}},{"equation":{"content":"a<b\n"}}]}}`),
			`<p><a href="https://x.test/&#34;"><strong>&lt;b&gt;</strong></a><math><semantics><annotation encoding="application/x-tex">a&lt;b</annotation></semantics></math></p>` + "\n",
		},
	} {
		if got, errs := read(test.in); got != test.want {
			t.Errorf("%s: got %q\nwant %q, errors %q", name, got, test.want, errs)
		}
	}
}

func TestDamage(t *testing.T) {
	for in, want := range map[string]string{
		`{"blocks":[{"block_id":"a","block_type":2},`: "unexpected end of JSON",
		`{"blocks":[]}`: "no blocks",
		`{"has_more":true,"items":[{"block_id":"a"}]}`:      "the document goes on after these blocks",
		blocks(`"a"`, `{"block_id":"a","block_type":30}`):   "not supported in a note: a sheet",
		`{"blocks":[null,{"block_id":"a","block_type":99}]`: "unexpected end",
	} {
		if _, errs := read(in); !strings.Contains(strings.Join(errs, "\n"), want) {
			t.Errorf("%s: %q, want %q", in, errs, want)
		}
	}
}

// A table may claim to span everything: each of its cells is written once.
func TestSpans(t *testing.T) {
	one := `{"row_span":100000,"col_span":100000}`
	cells := strings.Repeat(`"x",`, 20_000) + `"x"`
	cputime.Within(t, 2*time.Second, func() {
		read(blocks(`"t"`, `{"block_id":"t","block_type":31,"table":{"cells":[`+cells+`],"property":{"column_size":200,"merge_info":[`+strings.Repeat(one+",", 20_000)+one+`]}}}`))
	})
}

func FuzzRead(f *testing.F) {
	f.Add(blocks(`"a"`, run("a", 13, "ordered", "one", `"sequence":"auto"`)))
	f.Add(blocks(`"t"`, `{"block_id":"t","block_type":31,"table":{"cells":["t"],"property":{"column_size":-1,"merge_info":[{"row_span":-1,"col_span":9}]}}}`))
	f.Fuzz(func(t *testing.T, text string) {
		n := 0
		for range feishu.Read(strings.NewReader(text), ingest.Origin{}, ingest.Limits{}) {
			n++
		}
		if n == 0 {
			t.Error("nothing in silence")
		}
	})
}
