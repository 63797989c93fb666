// Package dom reads HTML into x/net/html's tree within limits, however the
// page is nested, and has the few tree helpers that the stages share.
package dom

import (
	"errors"
	"fmt"

	"golang.org/x/net/html"
)

// MaxSize is the largest page, in bytes, that Parse takes.
const MaxSize = 64 << 20

// ErrTooLarge says that a page is over MaxSize.
var ErrTooLarge = errors.New("page too large")

// Depths that Parse keeps. The parser refuses 512 open elements and opens
// some of its own accord, so the first is well below; the second is for
// pages whose misnesting fools the count.
const (
	maxDepth      = 256
	fallbackDepth = 24
)

// Parse reads a page, given as UTF-8. Scripts that hold no data (JSON-LD,
// TeX), styles, comments and the insides of drawings are left out of the
// tree. Elements nested deeper than a page needs are dissolved into their
// parents: their text stays. The input is not kept or changed.
func Parse(src []byte) (*html.Node, error) {
	if len(src) > MaxSize {
		return nil, fmt.Errorf("%w: %d bytes, the limit is %d", ErrTooLarge, len(src), MaxSize)
	}
	doc, err := html.Parse(newStripper(src, maxDepth))
	if err == nil {
		return doc, nil
	}
	if doc, err = html.Parse(newStripper(src, fallbackDepth)); err != nil {
		return nil, fmt.Errorf("page: parse: %w", err)
	}
	return doc, nil
}
