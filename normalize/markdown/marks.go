package markdown

import (
	"bytes"

	"github.com/clipmend/clipmend/normalize/repair"
)

// run returns how often b stands at the beginning of text.
func run(text []byte, b byte) int {
	n := 0
	for n < len(text) && text[n] == b {
		n++
	}
	return n
}

// underline returns the level of the heading that the line underlines, or 0.
func underline(line []byte) int {
	line = bytes.TrimRight(line, " \t")
	switch {
	case len(line) == 0 || run(line, line[0]) < len(line):
		return 0
	case line[0] == '=':
		return 1
	case line[0] == '-':
		return 2
	}
	return 0
}

// isRule says whether the line is three or more of one mark, perhaps spaced.
func isRule(line []byte) bool {
	n := 0
	for _, b := range line {
		switch b {
		case line[0]:
			n++
		case ' ', '\t':
		default:
			return false
		}
	}
	return n >= 3 && line[0] != '='
}

// listMarker returns the length of the list marker at the beginning of line,
// or 0, and whether it may interrupt a paragraph.
func listMarker(line []byte) (n int, interrupts bool) {
	if len(line) == 0 {
		return 0, false
	}
	switch b := line[0]; {
	case b == '-' || b == '*' || b == '+':
		n, interrupts = 1, true
	case '0' <= b && b <= '9':
		for n < len(line) && '0' <= line[n] && line[n] <= '9' {
			n++
		}
		if n > 9 || n == len(line) || line[n] != '.' && line[n] != ')' {
			return 0, false
		}
		interrupts = n == 1 && b == '1'
		n++
	default:
		return 0, false
	}
	if n < len(line) && line[n] != ' ' && line[n] != '\t' {
		return 0, false
	}
	return n, interrupts
}

// footnoteLabel returns the length of "[^label]:" at the beginning of line, or 0.
func footnoteLabel(line []byte) int {
	if !bytes.HasPrefix(line, []byte("[^")) {
		return 0
	}
	n := bytes.IndexAny(line[2:], "[] \t")
	if n <= 0 || line[2+n] != ']' || 2+n+1 >= len(line) || line[2+n+1] != ':' {
		return 0
	}
	return n + 4
}

// definition returns the target of the link reference definition that the text
// is. A title must stand in the same line.
func definition(src []byte, text repair.Span) (repair.Span, bool) {
	line := src[text.Start:text.End]
	if len(line) == 0 || line[0] != '[' {
		return repair.Span{}, false
	}
	label := closingBracket(line)
	if label <= 1 || label+1 >= len(line) || line[label+1] != ':' {
		return repair.Span{}, false
	}
	from := label + 2
	for from < len(line) && (line[from] == ' ' || line[from] == '\t') {
		from++
	}
	n := destination(line[from:])
	if n == 0 {
		return repair.Span{}, false
	}
	title := bytes.Trim(line[from+n:], " \t")
	if len(title) > 0 && (!isTitle(title) || line[from+n] != ' ' && line[from+n] != '\t') {
		return repair.Span{}, false
	}
	return repair.Span{Start: text.Start + from, End: text.Start + from + n}, true
}

// closingBracket returns where the label at the beginning of line closes, or -1.
func closingBracket(line []byte) int {
	for i := 1; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '[':
			return -1
		case ']':
			return i
		}
	}
	return -1
}

func isTitle(s []byte) bool {
	if len(s) < 2 {
		return false
	}
	last := s[len(s)-1]
	switch s[0] {
	case '"', '\'':
		return last == s[0] && bytes.IndexByte(s[1:len(s)-1], s[0]) < 0
	case '(':
		return last == ')'
	}
	return false
}

// delimiters returns the number of cells of a table's delimiter row, or 0 if
// the line is none. A row of one cell needs a pipe, as "---" is a rule.
func delimiters(line []byte) int {
	if len(line) == 0 || bytes.IndexByte(line, '-') < 0 {
		return 0
	}
	n, dashes, colonAfter := 0, 0, false
	row := bytes.Trim(line, " \t")
	piped := bytes.IndexByte(row, '|') >= 0
	row = bytes.TrimSuffix(bytes.TrimPrefix(row, []byte("|")), []byte("|"))
	for _, b := range append(row[:len(row):len(row)], '|') {
		switch {
		case b == '|':
			if dashes == 0 {
				return 0
			}
			n, dashes, colonAfter = n+1, 0, false
		case b == '-' && !colonAfter:
			dashes++
		case b == ':' && !colonAfter:
			colonAfter = dashes > 0
		case b != ' ' && b != '\t':
			return 0
		}
	}
	if n == 1 && !piped {
		return 0
	}
	return n
}

// cells returns the number of cells of a table's row.
func cells(row []byte) int {
	row = bytes.Trim(row, " \t")
	if len(row) > 0 && row[0] == '|' {
		row = row[1:]
	}
	n := 1
	for i := 0; i < len(row); i++ {
		switch row[i] {
		case '\\':
			i++
		case '|':
			if i+1 < len(row) {
				n++
			}
		}
	}
	return n
}
