package mhtml_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/mhtml"
	"github.com/clipmend/clipmend/internal/cputime"
)

const sample = `From: <Saved by a browser>
Snapshot-Content-Location: https://site.test/page
Subject: =?utf-8?Q?Caf=C3=A9?=
Date: Tue, 3 Mar 2026 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
	type="text/html";
	boundary="----edge"

------edge
Content-Type: text/html; charset=utf-8
Content-ID: <frame-1@mhtml>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://site.test/page

<p class=3D"x">caf=C3=A9 long=
er</p>
------edge
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-ID: <pic@mhtml>
Content-Location: https://site.test/img/a.png?v=1

iVBORw==
------edge--
`

// read gives a line for the clip and each error.
func read(t testing.TB, text string) []string {
	t.Helper()
	var got []string
	for c, err := range mhtml.Read(strings.NewReader(text), ingest.Origin{Path: "x.mhtml"}, ingest.Limits{}) {
		if err != nil {
			got = append(got, err.Error())
			continue
		}
		var line strings.Builder
		fmt.Fprintf(&line, "%s|%s|%s|%s", c.MediaType, c.Charset, c.URL, bytes.TrimSpace(c.Body))
		for _, a := range c.Attachments {
			fmt.Fprintf(&line, "|%s %s %s %q", a.Name, a.Ref, a.MediaType, a.Data)
		}
		got = append(got, line.String())
	}
	return got
}

func TestRead(t *testing.T) {
	const page = `text/html|utf-8|https://site.test/page|<p class="x">café longer</p>`
	const attachments = `|a.png https://site.test/img/a.png?v=1 image/png "\x89PNG"|a.png cid:pic@mhtml image/png "\x89PNG"`
	replace := func(old, new string) string { return strings.ReplaceAll(sample, old, new) }
	for name, test := range map[string]struct {
		in   string
		want []string
	}{
		"sound":             {sample, []string{page + attachments}},
		"crlf":              {replace("\n", "\r\n"), []string{page + attachments}},
		"no closing":        {replace("------edge--\n", ""), []string{page + attachments, "x.mhtml: mhtml: ends too early"}},
		"boundary missing":  {replace(`boundary="----edge"`, "x=y"), []string{page + attachments, "x.mhtml: mhtml: the boundary was not declared"}},
		"boundary wrong":    {replace(`boundary="----edge"`, `boundary="other"`), []string{page + attachments, "x.mhtml: mhtml: the boundary was not declared"}},
		"header line is no": {replace("MIME-Version: 1.0", "!! what is this"), []string{page + attachments}},
		"bad quoted":        {replace("=3D", "=ZZ"), []string{strings.Replace(page, "=", "=ZZ", 1) + attachments, "x.mhtml: mhtml: part 1: damaged quoted-printable"}},
		"bad base64":        {replace("iVBORw==", "iVBO!Rw==="), []string{page + attachments, "x.mhtml: mhtml: part 2: damaged base64"}},
		"nothing":           {"MIME-Version: 1.0\nContent-Type: multipart/related\n\nno parts", []string{"x.mhtml: mhtml: no part holds a page\nno boundary between the parts"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(t, test.in)
			if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func TestTitleAndDate(t *testing.T) {
	for c := range mhtml.Read(strings.NewReader(sample), ingest.Origin{}, ingest.Limits{}) {
		if c.Title != "Café" || !c.Saved.Equal(time.Date(2026, 3, 3, 10, 0, 0, 0, time.UTC)) {
			t.Errorf("title %q, saved %v", c.Title, c.Saved)
		}
	}
}

func TestManyParts(t *testing.T) {
	part := "------edge\nContent-Type: image/gif\nContent-Location: https://site.test/i.gif\n\nGIF\n"
	text := strings.Replace(sample, "------edge--", strings.Repeat(part, 100_000)+"------edge--", 1)
	cputime.Within(t, 2*time.Second, func() {
		if got := read(t, text); len(got) != 1 {
			t.Errorf("%d results", len(got))
		}
	})
}

func Example() {
	for clip, err := range mhtml.Read(strings.NewReader(sample), ingest.Origin{Path: "page.mhtml"}, ingest.Limits{}) {
		fmt.Println(clip.Title, clip.URL, len(clip.Attachments), err)
	}
	// Output: Café https://site.test/page 2 <nil>
}

func FuzzRead(f *testing.F) {
	f.Add(sample)
	f.Add(strings.Replace(sample, "boundary", "x", 1))
	f.Add("Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\n--a--")
	f.Fuzz(func(t *testing.T, text string) {
		if len(read(t, text)) == 0 {
			t.Error("nothing in silence")
		}
	})
}
