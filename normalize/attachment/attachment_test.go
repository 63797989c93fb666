package attachment_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/attachment"
)

func Example() {
	f, err := attachment.New("../../evil.sh", []byte("#!/bin/sh\nrm -r ~\n"))
	fmt.Println(f.Name, f.MediaType, err)
	// Output: 23d5b50239bc9bc1a4887f21db5d3b74.txt text/plain <nil>
}

func TestKind(t *testing.T) {
	for _, test := range []struct{ name, data, ext string }{
		{"a.exe", "\x89PNG\r\n\x1a\n", ".png"},
		{"a.png", "MZ\x90\x00\x03", ".bin"},
		{"a.png", "<html><script>x</script>", ".txt"},
		{"a.md", "# note", ".txt"},
		{"a.csv", "a,b", ".csv"},
		{"a.docx", "PK\x03\x04....", ".docx"},
		{"a.jar", "PK\x03\x04....", ".zip"},
		{"", "\x00\x00\x00\x20ftypavif....", ".avif"},
		{"", "<?xml version=\"1.0\"?><!-- x --><svg/>", ".svg"},
		{"", "%PDF-1.7", ".pdf"},
	} {
		if _, ext := attachment.Kind(test.name, []byte(test.data)); ext != test.ext {
			t.Errorf("%s %q: %s, want %s", test.name, test.data, ext, test.ext)
		}
	}
	if _, err := attachment.New("x", nil); !errors.Is(err, attachment.ErrEmpty) {
		t.Error(err)
	}
}

func TestCleanSVG(t *testing.T) {
	const head = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"`
	for in, want := range map[string]string{
		`<svg viewBox="0 0 9 9"><path d="M0 0"/></svg>`:                                       head + ` viewBox="0 0 9 9"><path d="M0 0"></path></svg>`,
		`<svg onload="x()"><script>x</script><g onclick="y"/></svg>`:                          head + `><g></g></svg>`,
		`<svg><foreignObject><body xmlns="h"><p>x</p></body></foreignObject></svg>`:           head + `></svg>`,
		`<svg><title><script>x</script>T</title></svg>`:                                       head + `><title>T</title></svg>`,
		`<svg><image href="https://track.test/p.png"/><use xlink:href="#a"/></svg>`:           head + `><image></image><use xlink:href="#a"></use></svg>`,
		`<svg><a href="javascript:x">t</a></svg>`:                                             head + `><a>t</a></svg>`,
		`<svg><style>@import "http://x"</style><style>.a{fill:url(#g)}</style></svg>`:         head + `><style></style><style>.a{fill:url(#g)}</style></svg>`,
		`<svg><rect style="fill:url(http://x)" fill="url('#g')"/></svg>`:                      head + `><rect fill="url(&#39;#g&#39;)"></rect></svg>`,
		`<!DOCTYPE svg [<!ENTITY a "b">]><svg>x</svg>`:                                        head + `>x</svg>`,
		`<svg xmlns:s="http://www.w3.org/2000/svg"><s:script>x</s:script><set/></svg>`:        head + `></svg>`,
		`<svg><image href="data:image/png;base64,AA"/><image href="data:text/html,x"/></svg>`: head + `><image href="data:image/png;base64,AA"></image><image></image></svg>`,
	} {
		got, err := attachment.CleanSVG([]byte(in))
		if err != nil || string(got) != want {
			t.Errorf("%s\ngot  %s, %v\nwant %s", in, got, err, want)
		}
		again, err := attachment.CleanSVG(got)
		if err != nil || !bytes.Equal(again, got) {
			t.Errorf("twice: %s, %v", again, err)
		}
	}
	for _, in := range []string{
		`<svg>`, `<svg>&bomb;</svg>`, `<svg><g></svg>`, `<svg`, "<svg>" + strings.Repeat("<g>", 1000) + strings.Repeat("</g>", 1000) + "</svg>",
	} {
		if got, err := attachment.CleanSVG([]byte(in)); err == nil {
			t.Errorf("%.40s: kept as %s", in, got)
		}
	}
}

func TestDecodeURL(t *testing.T) {
	for in, want := range map[string]string{
		"data:image/png;base64,YWJj": "abc", "data:image/png;base64,YWI": "ab", "data:;base64,YW%4A": "", "data:,a%20b": "a b",
		"data:image/svg+xml,<svg width='100%'/>": "<svg width='100%'/>", "DATA:x;base64,Y W\nJj": "abc", "data:image/png": "", "http:": "",
	} {
		if got, _ := attachment.DecodeURL(in); string(got) != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

// Nothing that is kept as a drawing has anything in it that runs or reaches out.
func FuzzCleanSVG(f *testing.F) {
	f.Add(`<svg onload="x()"><script>x</script><a href="javascript:x"/></svg>`)
	f.Add(`<svg><![CDATA[<script>]]><title><style>@import</style></title></svg>`)
	f.Fuzz(func(t *testing.T, in string) {
		out, err := attachment.CleanSVG([]byte(in))
		if err != nil {
			return
		}
		lower := strings.ToLower(string(out))
		for _, bad := range []string{"<script", "<foreignobject", "<iframe", "<!", "<?"} {
			if strings.Contains(lower, bad) {
				t.Errorf("%q in %q", bad, out)
			}
		}
		again, err := attachment.CleanSVG(out)
		if err != nil || !bytes.Equal(again, out) {
			t.Errorf("twice: %q, %v, once: %q", again, err, out)
		}
	})
}
