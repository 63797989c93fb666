package enex_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/enex"
)

func note(title, content string, more ...string) string {
	return "<note><title>" + title + "</title><content><![CDATA[<?xml version=\"1.0\"?><en-note>" + content +
		"</en-note>]]></content><created>20260102T030405Z</created>" + strings.Join(more, "") + "</note>\n"
}

func read(text string) (clips []ingest.Clip, errs []string) {
	for c, err := range enex.Read(strings.NewReader(text), ingest.Origin{Path: "e"}, ingest.Limits{}) {
		if err != nil {
			errs = append(errs, err.Error())
			continue
		}
		clips = append(clips, c)
	}
	return clips, errs
}

func TestBody(t *testing.T) {
	const hash = "900150983cd24fb0d6963f7d28e17f72" // of "abc"
	const abc = `<resource><data encoding="base64">YW
Jj</data><mime>image/png</mime><resource-attributes><file-name>a.png</file-name></resource-attributes></resource>`
	for name, test := range map[string]struct{ in, want string }{
		"image":     {note("t", `<en-media hash="`+hash+`" type="image/png" width="50px"/>`, abc), `<img src="cid:` + hash + `" alt="50">`},
		"file":      {note("t", `<en-media hash="`+hash+`" type="text/plain"/>`, abc), `<a href="cid:` + hash + `">a.png</a>`},
		"todo":      {note("t", `<en-todo checked="true"/>x`), `<input type="checkbox" checked> x`},
		"todo list": {note("t", `<ul style="--en-todo:true;"><li style="--en-checked:false;">x</li></ul>`), `<input type="checkbox"> x</li>`},
		"code": {
			note("t", `<div style="--en-codeblock:true;--en-syntaxLanguage:go;"><div>if x {</div><div><br/></div><div>&nbsp;y &lt; z</div></div>after`),
			"<pre><code class=\"language-go\">if x {\n\n y &lt; z\n</code></pre>after",
		},
		"several sections": {"<note><content><![CDATA[<en-note>a]]><![CDATA[b</en-note>]]></content></note>", "ab"},
		"self-closed":      {note("t", `<div/>x`), "<div></div>x"},
		"entity":           {note("t", `&bomb;&eacute;`), "&amp;bomb;é"},
	} {
		t.Run(name, func(t *testing.T) {
			clips, errs := read(`<!DOCTYPE en-export [<!ENTITY bomb "x">]><en-export>` + test.in + "</en-export>")
			if len(clips) != 1 || len(errs) != 0 {
				t.Fatalf("%d clips, errors %q", len(clips), errs)
			}
			if !strings.Contains(string(clips[0].Body), test.want) {
				t.Errorf("got %s\nwant in it %s", clips[0].Body, test.want)
			}
		})
	}
}

func TestDamage(t *testing.T) {
	clips, errs := read("<en-export>" + note("a", "1") +
		"<note><title>b</content></note>" + note("c", "3", `<resource><data>Y!</data></resource>`, "<tag>x</tag>") +
		note("d", "4")[:90])
	if len(clips) < 2 || clips[0].Title != "a" || clips[1].Title != "c" || clips[1].Tags[0] != "x" {
		t.Errorf("clips %v", clips)
	}
	if got := strings.Join(errs, "\n"); !strings.Contains(got, "e: note 2: enex:") || !strings.Contains(got, "e: note 3: enex: resource 1:") ||
		!strings.Contains(got, "e: note 4: enex: ends too early") {
		t.Errorf("errors:\n%s", got)
	}
}

// A note larger than a chunk is read whole, one that never ends is not held.
func TestLargeNotes(t *testing.T) {
	long := strings.Repeat("<div>text</div>", 300_000)
	clips, errs := read("<en-export>" + note("a", long) + note("b", "2") + "<note><title>c</title><content><![CDATA[" + strings.Repeat("x", 20<<20))
	if len(clips) != 2 || len(clips[0].Body) < len(long) || clips[1].Title != "b" {
		t.Errorf("%d clips", len(clips))
	}
	if len(errs) != 1 || errs[0] != "e: note 3: enex: ends too early" {
		t.Errorf("errors %.300q", errs)
	}
}

func Example() {
	const export = `<en-export><note><title>Kilns</title><content><![CDATA[<en-note>Hot.</en-note>]]></content><tag>clay</tag></note></en-export>`
	for clip, err := range enex.Read(strings.NewReader(export), ingest.Origin{Path: "notes.enex"}, ingest.Limits{}) {
		fmt.Println(clip.Origin, clip.Title, clip.Tags, err)
	}
	// Output: notes.enex: note 1 Kilns [clay] <nil>
}

func FuzzRead(f *testing.F) {
	f.Add("<en-export>" + note("a", `<en-media hash="x"/><div style="--en-codeblock:true"><div>c</div></div>`))
	f.Add("<note><title>b</content></note><note>")
	f.Fuzz(func(t *testing.T, text string) {
		clips, errs := read(text)
		if len(clips)+len(errs) == 0 {
			t.Error("nothing in silence")
		}
	})
}
