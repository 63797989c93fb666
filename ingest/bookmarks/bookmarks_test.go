package bookmarks_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/bookmarks"
)

const sample = `<!DOCTYPE NETSCAPE-Bookmark-file-1>
<H1>Bookmarks</H1>
<DL><p>
<DT><H3 ADD_DATE="1">Reading</H3>
<DL><p>
<DT><A HREF="https://a.test/?x=1&amp;y=2" ADD_DATE="1700000000" TAGS="go, text,go">A [first]</A>
<DD>What it is,
in two lines
<DT><A HREF="https://b.test/">B</A>
</DL><p>
<DT><A>nowhere</A>
<DT><A HREF="https://c.test/">C</A>
</DL>`

func read(text string) []string {
	var got []string
	for c, err := range bookmarks.Read(strings.NewReader(text), ingest.Origin{Path: "b"}, ingest.Limits{}) {
		line := fmt.Sprintf("%s|%s|%s|%s|%d|%s", c.URL, c.Title, c.Folder, c.Tags, max(c.Saved.Unix(), 0), c.Description)
		if err != nil {
			line = err.Error()
		}
		got = append(got, line)
	}
	return got
}

func TestRead(t *testing.T) {
	want := []string{
		"https://a.test/?x=1&y=2|A [first]|Bookmarks/Reading|[go text]|1700000000|What it is,\nin two lines",
		"https://b.test/|B|Bookmarks/Reading|[]|0|",
		`b: link 3: bookmarks: "nowhere" has no address`,
		"https://c.test/|C|Bookmarks|[]|0|",
	}
	if got := read(sample); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s", strings.Join(got, "\n"))
	}
}

func TestBody(t *testing.T) {
	for c := range bookmarks.Read(strings.NewReader(sample), ingest.Origin{}, ingest.Limits{}) {
		if want := "[A \\[first\\]](<https://a.test/?x=1&y=2>)\n\nWhat it is,\nin two lines\n"; string(c.Body) != want {
			t.Errorf("got %q", c.Body)
		}
		break
	}
}

func FuzzRead(f *testing.F) {
	f.Add(sample)
	f.Add("<ul><li><a href=x time_added=1 tags='a b'>t</a></ul></ul><dd>")
	f.Fuzz(func(t *testing.T, text string) {
		if len(read(text)) == 0 {
			t.Error("nothing in silence")
		}
	})
}

func TestDeclaredEncoding(t *testing.T) {
	got := read("<!DOCTYPE NETSCAPE-Bookmark-file-1><META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=windows-1251\"><DL><DT><A HREF=\"https://a.test/\">\xcf\xf0\xe8\xe2\xe5\xf2</A></DL>")
	if len(got) != 1 || !strings.Contains(got[0], "|Привет|") {
		t.Errorf("got %q", got)
	}
}

func Example() {
	const file = `<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF="https://site.test/" TAGS="clay">Kilns</A></DL>`
	for clip, err := range bookmarks.Read(strings.NewReader(file), ingest.Origin{Path: "bookmarks.html"}, ingest.Limits{}) {
		fmt.Println(clip.Title, clip.URL, clip.Tags, err)
	}
	// Output: Kilns https://site.test/ [clay] <nil>
}
