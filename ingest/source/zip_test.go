package source_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/source"
)

func pack(t *testing.T, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		w, err := z.Create(members[i])
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(members[i+1]))
	}
	z.Close()
	return b.String()
}

func TestZip(t *testing.T) {
	warc := "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://site.test/\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p>w\r\n\r\n"
	inner := pack(t, "Page 0123456789abcdef0123456789abcdef.md", "# Page")
	dir := write(t, map[string]string{
		"a.wacz":   pack(t, "datapackage.json", "{}", "pages/pages.jsonl", "{}", "archive/data.warc", warc),
		"b.zip":    pack(t, "x.html", "<p>x", "i.png", "\x89PNG\r\n\x1a\n", ".DS_Store", "x", "in.zip", inner),
		"bad.zip":  inner[:40],
		"bomb.zip": pack(t, "x.txt", strings.Repeat("a", 40<<20)),
		"deep.zip": pack(t, "z", pack(t, "z", pack(t, "z", inner))),
	})
	check(t, lines(t, dir, source.Options{Limits: ingest.Limits{Clip: 48 << 20}}, dir),
		`a.wacz: archive/data.warc: record 1 text/html "<p>w"`,
		`b.zip: x.html text/html "<p>x"`,
		`b.zip: in.zip: Page 0123456789abcdef0123456789abcdef.md text/markdown "---\ntitle: \"Page\"\n---\n"`,
		`notice b.zip: i.png: not a clip: image/png`,
		`error bad.zip: zip: zip: not a valid zip file`,
		`error bomb.zip: x.txt: unpacks to far more than it holds`,
		`error deep.zip: z: z: z: archives nested too deep: unpacks to far more than it holds`,
	)
}
