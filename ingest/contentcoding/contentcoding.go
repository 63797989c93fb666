// Package contentcoding undoes the content codings of HTTP: gzip, deflate,
// br and zstd.
//
// It promises that no more than the limit comes out of any input.
package contentcoding

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/clipmend/clipmend/ingest"
	"github.com/klauspost/compress/zstd"
)

// Accept is the value for a request's Accept-Encoding.
const Accept = "gzip, deflate, br, zstd"

// Decode reads all of r and undoes the codings that a Content-Encoding header
// lists. With an error it returns what could be read until then; the error
// wraps ingest.ErrTooLarge if limit bytes were not enough.
func Decode(r io.Reader, codings string, limit int64) ([]byte, error) {
	list := strings.FieldsFunc(strings.ToLower(codings), func(r rune) bool { return r == ',' || r == ' ' })
	if len(list) > 4 {
		return nil, fmt.Errorf("%d content codings: %w", len(list), ingest.ErrUnsupported)
	}
	for _, coding := range slices.Backward(list) {
		decoded, err := open(r, coding)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", coding, err)
		}
		r = decoded
		if c, ok := r.(*zstd.Decoder); ok {
			defer c.Close()
		}
	}
	return ingest.ReadAll(r, limit)
}

func open(r io.Reader, coding string) (io.Reader, error) {
	buffered := bufio.NewReader(r)
	switch coding {
	case "", "identity":
		return r, nil
	case "gzip", "x-gzip":
		if head, _ := buffered.Peek(2); string(head) != "\x1f\x8b" {
			return buffered, nil // archivers unpack bodies and keep the header
		}
		return gzip.NewReader(buffered)
	case "deflate":
		if head, _ := buffered.Peek(2); len(head) == 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			return zlib.NewReader(buffered)
		}
		return flate.NewReader(buffered), nil // what many servers send for it
	case "br":
		return brotli.NewReader(buffered), nil
	case "zstd":
		return zstd.NewReader(buffered, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(32<<20))
	}
	return nil, ingest.ErrUnsupported
}
