package readlater_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/readlater"
)

func Example() {
	const table = "title,url,time_added,tags,status\nKilns,https://site.test/kilns,1700000000,clay|fire,unread\n"
	for clip, err := range readlater.Read(strings.NewReader(table), ingest.Origin{Path: "part_000000.csv"}, ingest.Limits{}) {
		fmt.Println(clip.Title, clip.URL, clip.Tags, clip.Saved.Format("2006-01-02"), err)
	}
	// Output: Kilns https://site.test/kilns [clay fire] 2023-11-14 <nil>
}

func read(text string) []string {
	var got []string
	for c, err := range readlater.Read(strings.NewReader(text), ingest.Origin{Path: "t"}, ingest.Limits{}) {
		got = append(got, line(c, err))
	}
	return got
}

func line(c ingest.Clip, err error) string {
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%s|%s|%s|%s|%d|%s", c.Title, c.URL, c.Folder, strings.Join(c.Tags, " "), max(c.Saved.Unix(), 0), c.Body)
}

func TestTables(t *testing.T) {
	for name, test := range map[string]struct{ in, want string }{
		"pocket": {
			"title,url,time_added,tags,status\nhttps://a.test/,https://a.test/,1700000000,,archive\n",
			"|https://a.test/|||1700000000|[https://a.test/](<https://a.test/>)\n",
		},
		"instapaper": {
			"URL,Title,Selection,Folder,Timestamp,Tags\r\nhttps://a.test/,\"A, B\",a quote,Unread,1700000000,\"[\"\"x y\"\",\"\"z\"\"]\"\r\n",
			"A, B|https://a.test/|Unread|x y z|1700000000|[A, B](<https://a.test/>)\n\na quote\n",
		},
		"readwise reader": {
			"Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\nT,https://a.test/,01h,\"a, b\",2023-11-14 22:13:20+00:00,0.5,later,True\n",
			"T|https://a.test/||a b|1700000000|[T](<https://a.test/>)\n",
		},
		"raindrop": {
			"id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n1,T,mine,its,https://a.test/,F / G,\"a, b\",2023-11-14T22:13:20.000Z,,,false\n",
			"T|https://a.test/|F / G|a b|1700000000|[T](<https://a.test/>)\n\nits\n\nmine\n",
		},
		"mark": {"\ufeff\"URL\",\"Title\",\"Folder\"\nhttps://a.test/,T,F\n", "T|https://a.test/|F||0|[T](<https://a.test/>)\n"},
		"readwise": {
			"Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags\n" +
				"\"one\ntwo\",B,A,,,yellow,,page,12,2023-11-14 22:13:20+00:00,x\nother,C,A,,,,,,,,\nthree,B,A,,my note,,,order,3,,\n",
			"B|||x|1700000000|> one\n> two\n>\n> — page 12\n\n> three\n\nmy note\n\nC||||0|> other\n",
		},
		"damaged": {
			"url,title,tags\nhttps://a.test/,A,\n,nowhere,\nhttps://b.test/,\"B \"x\" B\",y\nhttps://c.test/\n",
			"A|https://a.test/|||0|[A](<https://a.test/>)\n\nt: row 2: table: \"nowhere\" has no address\n" +
				"B \"x\" B|https://b.test/||y|0|[B \"x\" B](<https://b.test/>)\n\n|https://c.test/|||0|[https://c.test/](<https://c.test/>)\n",
		},
		"other": {"a,b\n1,2\n", "t: table: not a clip: a table of other columns"},
		"none":  {"url,title,tags\n", "t: table: no rows"},
		"empty": {"", "t: table: no header\nEOF"},
	} {
		if got := strings.Join(read(test.in), "\n"); got != test.want {
			t.Errorf("%s: got:\n%s\nwant:\n%s", name, got, test.want)
		}
	}
}

// A quote that is never closed takes in the rest of its row's room and no more.
func TestOpenQuote(t *testing.T) {
	got := read("url,title,tags\n\"" + strings.Repeat("x", 8<<20))
	if len(got) != 1 || !strings.Contains(got[0], "too large") {
		t.Errorf("%.200q", got)
	}
}

func TestOmnivore(t *testing.T) {
	files := map[string]string{"content/a.html": "<p>content</p>", "highlights/a.md": "> quote\n\nnote"}
	open := func(name string) (io.ReadCloser, error) {
		text, ok := files[name]
		if !ok {
			return nil, errors.New("none")
		}
		return io.NopCloser(strings.NewReader(text)), nil
	}
	const items = `[{"slug":"a","title":"A","url":"https://a.test/","labels":["x",{"name":"y"}],"savedAt":"2023-11-14T22:13:20Z"},
		{"slug":"b","title":"B","url":"https://b.test/","description":"d"},
		{"slug":7}, {"title":"nothing"}, {"slug":"../a","title":"E","url":"https://e.test/"}`
	var got []string
	for c, err := range readlater.Omnivore(strings.NewReader(items), ingest.Origin{Path: "o"}, ingest.Limits{}, open) {
		got = append(got, line(c, err))
	}
	want := []string{
		"A|https://a.test/||x y|1700000000|<p>content</p>\n<h2>Highlights</h2>\n<blockquote>quote</blockquote>\n<p>note</p>\n",
		"B|https://b.test/|||0|[B](<https://b.test/>)\n\nd\n",
		"o: item 3: omnivore: json: cannot unmarshal number into Go struct field item.slug of type string",
		`o: item 4: omnivore: "nothing" has neither content nor an address`,
		"E|https://e.test/|||0|[E](<https://e.test/>)\n",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s", strings.Join(got, "\n"))
	}
}

func FuzzRead(f *testing.F) {
	f.Add("title,url,time_added,tags,status\nA,https://a.test/,1,x|y,unread\n")
	f.Add("Highlight,Book Title,Book Author\n\"a\nb\",B,A\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(read(text)) == 0 && !strings.Contains(strings.ToLower(text), "highlight") {
			t.Error("nothing in silence")
		}
	})
}

func FuzzOmnivore(f *testing.F) {
	f.Add(`[{"slug":"a","title":"A"}]`)
	f.Fuzz(func(_ *testing.T, text string) {
		open := func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("<p>x")), nil }
		for range readlater.Omnivore(strings.NewReader(text), ingest.Origin{}, ingest.Limits{}, open) {
		}
	})
}
