package normalize

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/normalize/repair"
)

var update = flag.Bool("update", false, "write the golden files")

func ExampleNormalize() {
	note, err := Normalize(ingest.Clip{
		MediaType: "text/markdown",
		Body:      []byte("---\ntitle: CafÃ© crÃ¨me - Feishu Docs\nsource: https://a.feishu.cn/wiki/x\n---\n1.\n\nUn cafÃ©.\n\n2.\n\nUn thÃ©.\n"),
	}, Options{})
	if err != nil {
		panic(err)
	}
	fmt.Printf("%s", note.Text)
	// Output:
	// ---
	// title: Café crème
	// source: https://a.feishu.cn/wiki/x
	// site: Feishu Docs
	// ---
	// 1. Un café.
	//
	// 2. Un thé.
}

// clips returns the sample clips: our own, and the note that started it all.
func clips(t testing.TB) []ingest.Clip {
	t.Helper()
	paths, err := filepath.Glob("testdata/clips/*.*")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no clips: %v", err)
	}
	var list []ingest.Clip
	for _, path := range append(paths, "../testdata/feishu-deepseek-notes.md") {
		body, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		clip := ingest.Clip{Origin: ingest.Origin{Path: filepath.ToSlash(path)}, MediaType: "text/markdown", Body: body}
		if strings.HasSuffix(path, ".html") {
			clip.MediaType, clip.URL = "text/html", "https://example.org/page"
		}
		list = append(list, clip)
	}
	return list
}

func normalized(t testing.TB, clip ingest.Clip, o Options) *Note {
	t.Helper()
	before := bytes.Clone(clip.Body)
	note, err := Normalize(clip, o)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(clip.Body, before) {
		t.Error("the clip was changed")
	}
	return note
}

func TestGolden(t *testing.T) {
	for _, clip := range clips(t) {
		name := filepath.Base(clip.Origin.Path)
		t.Run(name, func(t *testing.T) {
			got := normalized(t, clip, Options{}).Text
			path := filepath.Join("testdata", "golden", name+".md")
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// TestTwiceIsOnce and the tests below hold the design's promises over every
// sample, for clips that come in and for notes mended in place.
func TestTwiceIsOnce(t *testing.T) {
	for _, clip := range clips(t) {
		for _, o := range []Options{{}, {InPlace: true}, {TextOnly: true}} {
			once := normalized(t, clip, o)
			again := ingest.Clip{Origin: clip.Origin, MediaType: "text/markdown", Body: once.Text}
			twice := normalized(t, again, o)
			if !bytes.Equal(twice.Text, once.Text) {
				t.Errorf("%s, %+v: twice\n%s", clip.Origin, o, twice.Text)
			}
			if len(twice.Repairs) > 0 {
				t.Errorf("%s, %+v: the second run reports %v", clip.Origin, o, twice.Repairs[0])
			}
		}
	}
}

func TestUndoIsExact(t *testing.T) {
	for _, clip := range clips(t) {
		note := normalized(t, clip, Options{})
		if clip.MediaType == "text/html" || note.Encoding != "utf-8" {
			continue // repairs are of the text that was decoded
		}
		back, err := repair.Undo(note.Text, note.Repairs)
		if err != nil {
			t.Errorf("%s: %v", clip.Origin, err)
			continue
		}
		if want := bytes.TrimPrefix(clip.Body, []byte("\xEF\xBB\xBF")); !bytes.Equal(back, want) {
			t.Errorf("%s: undone to\n%s", clip.Origin, back)
		}
	}
}

func TestCleanTextIsKept(t *testing.T) {
	clip := ingest.Clip{MediaType: "text/markdown"}
	var err error
	if clip.Body, err = os.ReadFile("testdata/clips/clean.md"); err != nil {
		t.Fatal(err)
	}
	if note := normalized(t, clip, Options{InPlace: true}); !bytes.Equal(note.Text, clip.Body) || len(note.Repairs) > 0 {
		t.Errorf("became\n%s\n%v", note.Text, note.Repairs)
	}
}

func TestBodySpan(t *testing.T) {
	for _, clip := range clips(t) {
		note := normalized(t, clip, Options{})
		head := note.Text[:note.Body.Start]
		if !bytes.HasPrefix(head, []byte("---")) || note.Body.End != len(note.Text) {
			t.Errorf("%s: the body is %v of %d bytes, after %q", clip.Origin, note.Body, len(note.Text), head)
		}
	}
}

func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if r.ID == "" || r.Explanation == "" || seen[r.ID] {
			t.Errorf("rule %+v has no id or explanation, or is there twice", r)
		}
		seen[r.ID] = true
	}
	for _, clip := range clips(t) {
		ran := map[string]bool{}
		for _, r := range normalized(t, clip, Options{}).Repairs {
			if !seen[r.Rule] && r.Rule != ruleHead {
				t.Errorf("%s: a repair by %q, which Rules does not name", clip.Origin, r.Rule)
			}
			ran[r.Rule] = r.Rule != ruleHead
		}
		for id := range ran {
			for _, r := range normalized(t, clip, Options{Skip: []string{id}}).Repairs {
				if ran[id] && r.Rule == id {
					t.Errorf("%s: %s was skipped and ran", clip.Origin, id)
				}
			}
		}
	}
}

func FuzzNormalize(f *testing.F) {
	for _, clip := range clips(f) {
		f.Add(clip.Body, clip.MediaType == "text/html")
	}
	f.Add([]byte("---\n---\n"), false)
	f.Add([]byte("---\na: |\n  ---\n---\nb"), false)
	f.Fuzz(func(t *testing.T, body []byte, isPage bool) {
		clip := ingest.Clip{MediaType: "text/markdown", Body: body}
		if isPage {
			clip.MediaType = "text/html"
		}
		note, err := Normalize(clip, Options{})
		if err != nil {
			return
		}
		twice, err := Normalize(ingest.Clip{MediaType: "text/markdown", Body: note.Text}, Options{})
		if err != nil || !bytes.Equal(twice.Text, note.Text) {
			t.Errorf("once %q\ntwice %q, %v", note.Text, twice.Text, err)
		}
	})
}

func BenchmarkNormalize(b *testing.B) {
	for _, clip := range clips(b) {
		b.Run(filepath.Base(clip.Origin.Path), func(b *testing.B) {
			b.SetBytes(int64(len(clip.Body)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Normalize(clip, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// What a container says of a clip is mended as its body is.
func TestContainersTitleIsMended(t *testing.T) {
	n, err := Normalize(ingest.Clip{
		MediaType: "text/markdown", Extent: ingest.Link, Title: "Das Web als WÃ¶rterbuch", Body: []byte("[x](<https://a.test/>)\n"),
	}, Options{})
	if err != nil || !strings.Contains(string(n.Text), "title: Das Web als Wörterbuch\n") {
		t.Errorf("%v: %s", err, n.Text)
	}
}
