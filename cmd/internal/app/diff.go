package app

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/clipmend/clipmend/normalize/charset"
)

// unifiedDiff shows the change of one file. A missing side stands for a file
// that is not there. Sides in another encoding are shown as they read, after a
// line that names what the encoding was and becomes.
func unifiedDiff(path string, before, after []byte) []byte {
	was, from, ok := readable(before)
	now, to, alsoOK := readable(after)
	if !ok || !alsoOK {
		return fmt.Appendf(nil, "diff: %s holds no text: %d bytes become %d\n", path, len(before), len(after))
	}
	var out []byte
	if before != nil && after != nil && from != to {
		out = fmt.Appendf(out, "diff: %s is in %s and becomes %s\n", path, from, to)
	}
	a, b := "a/"+path, "b/"+path
	if before == nil {
		a = "/dev/null"
	}
	if after == nil {
		b = "/dev/null"
	}
	return append(out, diff.Diff(a, was, b, now)...)
}

// readable returns data in UTF-8 with the encoding that it is in, if it is text.
func readable(data []byte) (text []byte, encoding string, ok bool) {
	if !utf8.Valid(data) {
		text, g, err := charset.Decode(data, charset.Options{})
		return text, g.Encoding, err == nil
	}
	return data, "utf-8", bytes.IndexByte(data, 0) < 0
}
