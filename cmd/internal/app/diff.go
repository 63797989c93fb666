package app

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/diff"
)

// unifiedDiff shows the change of one file. A missing side stands for a file
// that is not there.
func unifiedDiff(path string, before, after []byte) []byte {
	if !isText(before) || !isText(after) {
		return fmt.Appendf(nil, "diff: %s holds no text: %d bytes become %d\n", path, len(before), len(after))
	}
	from, to := "a/"+path, "b/"+path
	if before == nil {
		from = "/dev/null"
	}
	if after == nil {
		to = "/dev/null"
	}
	return diff.Diff(from, before, to, after)
}

func isText(data []byte) bool { return utf8.Valid(data) && bytes.IndexByte(data, 0) < 0 }
