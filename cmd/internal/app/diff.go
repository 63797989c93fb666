package app

import (
	"github.com/rogpeppe/go-internal/diff"
)

// unifiedDiff shows the change of one file. A missing side stands for a file
// that is not there.
func unifiedDiff(path string, before, after []byte) []byte {
	from, to := "a/"+path, "b/"+path
	if before == nil {
		from = "/dev/null"
	}
	if after == nil {
		to = "/dev/null"
	}
	return diff.Diff(from, before, to, after)
}
