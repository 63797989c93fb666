package frontmatter

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/adrg/frontmatter"

	"github.com/clipmend/clipmend/normalize/repair"
)

// Bounds of a block, checked before it is parsed.
const (
	MaxBytes = 64 << 10
	MaxKeys  = 512
	MaxDepth = 64
)

// Why properties are left alone.
var (
	ErrTooBig    = errors.New("properties over the limit")
	ErrBroken    = errors.New("properties are not valid YAML")
	ErrUnsafe    = errors.New("properties cannot be edited safely")
	ErrDuplicate = errors.New("property given twice")
	ErrDisagree  = errors.New("two readers disagree where the properties end")
)

// A Format says how a block is written.
type Format uint8

// The formats. Only YAML is read and edited.
const (
	None Format = iota
	YAML
	TOML
	JSON
)

// A Block says where a text's properties are.
type Block struct {
	Format Format
	Span   repair.Span // the delimiters, what is between them, and the last line's ending
	Text   repair.Span // what is between the delimiters
	Body   repair.Span // what follows; without properties, all but a byte order mark
	EOL    string      // the line ending of the first line, "\n" without one
}

var mark = []byte("\xef\xbb\xbf")

// Split finds the properties block at the beginning of text. A text without
// one, such as one that begins with a rule, has Format None and no error.
func Split(text []byte) (Block, error) {
	b := Block{EOL: "\n"}
	start := 0
	if bytes.HasPrefix(text, mark) {
		start = len(mark)
	}
	b.Body = repair.Span{Start: start, End: len(text)}
	b.Span = repair.Span{Start: start, End: start}
	b.Text = b.Span
	first, next := line(text, start)
	if next > start+1 && text[next-1] == '\n' && text[next-2] == '\r' {
		b.EOL = "\r\n"
	}
	format := YAML
	switch string(first) {
	case "---":
	case "+++":
		format = TOML
	case "{", ";;;":
		format = JSON
	default:
		return b, nil
	}
	end, after, err := closing(text, next, format)
	if err != nil || end < 0 {
		return b, err
	}
	if format == YAML && !looksLikeProperties(text[next:end]) {
		return b, nil
	}
	b.Format = format
	b.Text = repair.Span{Start: next, End: end}
	if format == JSON && string(first) == "{" {
		b.Text = repair.Span{Start: start, End: after}
	}
	b.Span.End, b.Body.Start = after, after
	if format == YAML {
		err = agree(text[start:], text[next:end], string(bytes.TrimSpace(text[end:after])))
	}
	return b, err
}

// line returns the line at start without its ending and the spaces before it,
// and where the next begins.
func line(text []byte, start int) ([]byte, int) {
	next := len(text)
	if i := bytes.IndexByte(text[start:], '\n'); i >= 0 {
		next = start + i + 1
	}
	return bytes.TrimRight(text[start:next], " \t\r\n"), next
}

// closing returns the span of the line at column 0 that closes the block, or
// -1. A block that is closed nowhere is a rule, however long the text.
func closing(text []byte, from int, format Format) (start, end int, err error) {
	for p := from; p < len(text); {
		l, next := line(text, p)
		s := string(l)
		if format == YAML && (s == "---" || s == "...") || format == TOML && s == "+++" ||
			format == JSON && (s == "}" || s == ";;;") {
			if p-from > MaxBytes {
				return -1, -1, fmt.Errorf("frontmatter: %d bytes, at most %d are read: %w", p-from, MaxBytes, ErrTooBig)
			}
			return p, next, nil
		}
		p = next
	}
	return -1, -1, nil
}

// looksLikeProperties tells a block from prose between two rules: its first
// line is a key, and if there is nothing it is an empty block.
func looksLikeProperties(block []byte) bool {
	for l := range bytes.Lines(block) {
		l = bytes.TrimSpace(l)
		if len(l) == 0 || l[0] == '#' && len(block) > len(l) {
			continue
		}
		return l[0] == '{' || l[0] == '?' || keyEnd(l) > 0 || looseKey(l) > 0
	}
	return true
}

// agree has adrg/frontmatter find the block too. It trims lines, so an indented
// "---" within a value ends it; where it and we disagree nothing is touched.
func agree(text, block []byte, end string) error {
	if end == "" {
		end = "---"
	}
	var seen []byte
	format := frontmatter.NewFormat("---", end, func(data []byte, _ any) error {
		seen = bytes.Clone(data)
		return nil
	})
	var unused any
	if _, err := frontmatter.Parse(bytes.NewReader(text), &unused, format); err != nil {
		return fmt.Errorf("frontmatter: %w: %q", ErrDisagree, err)
	}
	if !bytes.Equal(seen, block) {
		line := bytes.Count(seen, []byte("\n")) + 2 // the opening line, and counted from 1
		return fmt.Errorf("frontmatter: line %d: %w", line, ErrDisagree)
	}
	return nil
}
