package charset

import (
	"bytes"

	"github.com/clipmend/clipmend/internal/lazyregexp"
)

// prefix is how many bytes of a page may declare its encoding. The standard
// says 1024; pages in the wild begin with longer comments.
const prefix = 4096

var (
	metaCharset = lazyregexp.New(`(?i)<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([-\w:.]+)`)
	xmlEncoding = lazyregexp.New(`^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([-\w:.]+)`)
	comment     = lazyregexp.New(`(?s)<!--.*?-->`)
)

// declared returns the encoding that the beginning of a page names, or "".
func declared(b []byte) string {
	b = b[:min(len(b), prefix)]
	if m := xmlEncoding.FindSubmatch(b); m != nil {
		return string(m[1])
	}
	if bytes.Contains(b, []byte("<!--")) {
		b = comment.ReplaceAllLiteral(b, nil)
	}
	if m := metaCharset.FindSubmatch(b); m != nil {
		return string(m[1])
	}
	return ""
}
