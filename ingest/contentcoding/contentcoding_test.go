package contentcoding_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/contentcoding"
	"github.com/klauspost/compress/zstd"
)

// pack writes text in a coding.
func pack(t testing.TB, coding, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	case "raw deflate":
		w, _ = flate.NewWriter(&b, 6)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, _ = zstd.NewWriter(&b)
	default:
		return []byte(text)
	}
	io.WriteString(w, text)
	w.Close()
	return b.Bytes()
}

func ExampleDecode() {
	body, err := contentcoding.Decode(strings.NewReader("as it came"), "gzip", 100) // archivers unpack and keep the header
	fmt.Printf("%s %v", body, err)
	// Output: as it came <nil>
}

func TestDecode(t *testing.T) {
	for _, test := range []struct{ packed, header string }{
		{"gzip", "gzip"}, {"gzip", "X-GZIP"}, {"deflate", "deflate"}, {"raw deflate", "deflate"}, {"br", "br"}, {"zstd", "zstd"}, {"", ""}, {"", "identity"},
	} {
		got, err := contentcoding.Decode(bytes.NewReader(pack(t, test.packed, "hello")), test.header, 100)
		if string(got) != "hello" || err != nil {
			t.Errorf("%s as %q: %q, %v", test.packed, test.header, got, err)
		}
	}
	twice := pack(t, "br", string(pack(t, "gzip", "hello")))
	if got, err := contentcoding.Decode(bytes.NewReader(twice), "gzip, br", 100); string(got) != "hello" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	for _, header := range []string{"compress", "gzip,gzip,gzip,gzip,gzip"} {
		if _, err := contentcoding.Decode(strings.NewReader("x"), header, 100); !errors.Is(err, ingest.ErrUnsupported) {
			t.Errorf("%s: %v", header, err)
		}
	}
}

// Whatever is packed, no more than the limit comes out, and what came before
// damage is kept.
func TestBombsAndDamage(t *testing.T) {
	zeros := strings.Repeat("\x00", 1<<20)
	for _, coding := range []string{"gzip", "deflate", "br", "zstd"} {
		packed := pack(t, coding, zeros)
		if got, err := contentcoding.Decode(bytes.NewReader(packed), coding, 1000); len(got) != 1000 || !errors.Is(err, ingest.ErrTooLarge) {
			t.Errorf("%s: %d bytes, %v", coding, len(got), err)
		}
	}
	packed := pack(t, "gzip", strings.Repeat("some text, ", 10_000))
	if got, err := contentcoding.Decode(bytes.NewReader(packed[:len(packed)-9]), "gzip", 1<<20); len(got) == 0 || err == nil {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, coding := range []string{"gzip", "deflate", "br", "zstd"} {
		f.Add(pack(f, coding, "hello"), coding)
	}
	f.Fuzz(func(t *testing.T, data []byte, codings string) {
		if got, _ := contentcoding.Decode(bytes.NewReader(data), codings, 1<<16); len(got) > 1<<16 {
			t.Errorf("%d bytes", len(got))
		}
	})
}
