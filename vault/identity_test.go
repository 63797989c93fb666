package vault

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestOwnNote(t *testing.T) {
	b := newBench(t)
	b.write("Notes/Mine.md", "teh text\n")
	own := Wanted{
		Folder: "Clippings", Title: "Teh text", Origin: filepath.Join(b.dir, "Notes/Mine.md"),
		Source: []byte("teh text\n"), Text: []byte("the text\n"),
	}
	b.must(own)
	b.want(map[string]string{"Notes/Mine.md": "the text\n"})

	t.Run("a person goes on", func(t *testing.T) {
		b.write("Notes/Mine.md", "the text and teh rest\n")
		own.Source, own.Text = []byte("the text and teh rest\n"), []byte("the text and the rest\n")
		b.must(own)
		b.want(map[string]string{"Notes/Mine.md": "the text and the rest\n"})
	})
	t.Run("it changed since it was read", func(t *testing.T) {
		b := newBench(t)
		b.write("Notes/Mine.md", "written since\n")
		own.Origin = filepath.Join(b.dir, "Notes/Mine.md")
		b.must(own)
		b.want(map[string]string{"Notes/Mine.md": "written since\n"})
	})
	t.Run("an address that another note has too", func(t *testing.T) {
		b := newBench(t)
		b.must(page("One", "https://a.example/1", "text"))
		b.write("copy.md", head+"copy")
		report := b.must(Wanted{
			Folder: "Clippings", URL: "https://a.example/1", Origin: filepath.Join(b.dir, "copy.md"),
			Source: []byte(head + "copy"), Text: []byte(head + "COPY"),
		})
		if report.Changes[0].Path != "copy.md" {
			t.Errorf("%v", &report.Changes[0])
		}
		b.want(map[string]string{"Clippings/One.md": head + "text", "copy.md": head + "COPY"})
		b.must(page("One", "https://a.example/1", "again"))
		b.want(map[string]string{"Clippings/One.md": head + "again", "copy.md": head + "COPY"})
	})
}

func TestOnePageOneNote(t *testing.T) {
	text := []byte("---\nid: 7\nsource: https://a.example/1\n---\ntext")
	byID := Wanted{Folder: "Clippings", Title: "By id", ID: "7", Text: text}
	byURL := Wanted{Folder: "Clippings", Title: "By address", URL: "https://a.example/1", Text: text}
	both := Wanted{Folder: "Clippings", Title: "Both", ID: "7", URL: "https://a.example/1", Text: text}
	for _, inBooks := range []bool{true, false} {
		b := newBench(t)
		b.must(both)
		if !inBooks {
			b.state = t.TempDir()
		}
		for _, wanted := range [][]Wanted{{byID, byURL}, {byURL, byID}, {byURL, byURL}} {
			if report := b.must(wanted...); len(report.Changes) != 1 {
				t.Errorf("%d changes for one page, books %v", len(report.Changes), inBooks)
			}
		}
		b.want(map[string]string{"Clippings/Both.md": string(text)})
	}
}

func TestSameTitle(t *testing.T) {
	b := newBench(t)
	saved := t.TempDir()
	pages := []Wanted{
		page("Home", "https://a.example/", "a"), page("Home", "https://b.example/", "b"),
		{Folder: "Clippings", Title: "Home", Origin: filepath.Join(saved, "c/index.html"), Text: []byte("c")},
		{Folder: "Clippings", Title: "home", Origin: filepath.Join(saved, "d/index.html"), Text: []byte("d")},
	}
	b.must(pages...)
	first := b.files()
	if len(first) != len(pages) {
		t.Fatalf("%d notes of %d pages", len(first), len(pages))
	}
	slices.Reverse(pages)
	b.must(pages...)
	b.want(first)
	b.must(pages[2])
	b.must(pages[0])
	b.want(first)
}

func TestOriginOfTwoFolders(t *testing.T) {
	b := newBench(t)
	for _, text := range []string{"one", "two"} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, "index.html"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Chdir(folder)
		b.must(Wanted{Folder: "Clippings", Title: "Index", Origin: "index.html", Text: []byte(text)})
	}
	b.want(map[string]string{"Clippings/Index.md": "one", "Clippings/Index 2.md": "two"})
}
