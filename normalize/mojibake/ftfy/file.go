package ftfy

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// Segment is fix_text_segment: it mends s as one document, however long it is.
func Segment(s string, c Config) string {
	c.MaxDecodeLength = max(len(s), 1)
	now, _ := TextAndExplain(s, c)
	return now
}

// Lines is fix_file: it reads text and yields it mended, line by line, each with
// its line break. Bytes that are no UTF-8 are read as GuessBytes reads them. The
// last pair has the error of reading, if there was one.
//
// Lines of more than MaxDecodeLength bytes are mended in pieces.
func Lines(r io.Reader, c Config) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		size := c.MaxDecodeLength
		if size <= 0 {
			size = 1_000_000
		}
		br := bufio.NewReaderSize(r, max(size, 16))
		for {
			line, err := br.ReadSlice('\n')
			if len(line) > 0 {
				text, _ := GuessBytes(line)
				if c.UnescapeHTML == Auto && strings.Contains(text, "<") {
					c.UnescapeHTML = Never // as in ftfy, for all that follows
				}
				if !yield(Text(strings.TrimPrefix(text, "\uFEFF"), c), nil) {
					return
				}
			}
			switch {
			case err == nil || errors.Is(err, bufio.ErrBufferFull):
			case errors.Is(err, io.EOF):
				return
			default:
				yield("", fmt.Errorf("ftfy: %w", err))
				return
			}
		}
	}
}
