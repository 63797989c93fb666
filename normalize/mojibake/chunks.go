package mojibake

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"unicode/utf8"
)

// chunkSize is the number of bytes that Chunks mends as one document.
const chunkSize = 1 << 20

// Chunks mends what r holds piece by piece, for text larger than memory. Each
// piece is about a megabyte and ends where a line does, if lines are not longer
// than that. What a piece was broken by is asked of the later ones first, so that
// all of them are read alike. The spans of a result count from the start of its piece. The last
// pair has the error of reading, if there was one.
func Chunks(r io.Reader, o Options) iter.Seq2[Result, error] {
	return func(yield func(Result, error) bool) {
		br := bufio.NewReaderSize(r, 64<<10)
		var prior *finding
		for {
			piece, err := readPiece(br)
			if len(piece) > 0 {
				f := fixer{m: embedded{}, o: o, prior: prior}
				res := f.fix(piece)
				if prior == nil {
					prior = f.found
				}
				if !yield(res, nil) {
					return
				}
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Result{}, fmt.Errorf("mojibake: %w", err))
				return
			}
		}
	}
}

// readPiece reads chunkSize bytes and on to the end of the line, if that is
// near.
func readPiece(br *bufio.Reader) ([]byte, error) {
	var buf bytes.Buffer
	if _, err := io.CopyN(&buf, br, chunkSize); err != nil {
		return buf.Bytes(), err
	}
	for {
		part, err := br.ReadSlice('\n')
		buf.Write(part)
		switch {
		case !errors.Is(err, bufio.ErrBufferFull):
			return buf.Bytes(), err
		case buf.Len() > 2*chunkSize:
			return wholeCharacter(&buf, br)
		}
	}
}

// wholeCharacter adds the bytes of a character that the end of buf cuts.
func wholeCharacter(buf *bytes.Buffer, br *bufio.Reader) ([]byte, error) {
	for range utf8.UTFMax - 1 {
		next, err := br.Peek(1)
		if len(next) == 0 {
			return buf.Bytes(), err
		}
		if utf8.RuneStart(next[0]) {
			break
		}
		buf.WriteByte(next[0])
		if _, err := br.Discard(1); err != nil {
			return buf.Bytes(), err
		}
	}
	return buf.Bytes(), nil
}
