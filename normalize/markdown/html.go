package markdown

import (
	"bytes"
	"slices"
)

// An htmlEnd says what ends an HTML block.
type htmlEnd uint8

const (
	notHTML     htmlEnd = iota
	endBlank            // a blank line
	endRaw              // the closing tag of a raw element
	endComment          // -->
	endProcess          // ?>
	endDeclare          // >
	endCDATA            // ]]>
	rawElements = "script pre style textarea"
)

// in says whether the line holds the end. A blank line is seen elsewhere.
func (e htmlEnd) in(line []byte) bool {
	switch e {
	case endRaw:
		lower := bytes.ToLower(line)
		for name := range bytes.FieldsSeq([]byte(rawElements)) {
			if bytes.Contains(lower, slices.Concat([]byte("</"), name, []byte(">"))) {
				return true
			}
		}
		return false
	case endComment:
		return bytes.Contains(line, []byte("-->"))
	case endProcess:
		return bytes.Contains(line, []byte("?>"))
	case endDeclare:
		return bytes.IndexByte(line, '>') >= 0
	case endCDATA:
		return bytes.Contains(line, []byte("]]>"))
	}
	return false
}

// htmlStart says how the HTML block that begins with the line ends. A line that
// is but one tag begins a block only outside of a paragraph.
func htmlStart(line []byte, paragraph bool) htmlEnd {
	switch end := markup(line); {
	case end != notHTML:
		return end
	case isRaw(line):
		return endRaw
	case isBlockTag(line):
		return endBlank
	case paragraph:
		return notHTML
	}
	if n := tag(line); n > 0 && len(bytes.Trim(line[n:], " \t")) == 0 {
		return endBlank
	}
	return notHTML
}

// markup returns the end of the comment, instruction, declaration or CDATA
// section that text begins with.
func markup(text []byte) htmlEnd {
	switch {
	case bytes.HasPrefix(text, []byte("<!--")):
		return endComment
	case bytes.HasPrefix(text, []byte("<?")):
		return endProcess
	case bytes.HasPrefix(text, []byte("<![CDATA[")):
		return endCDATA
	case len(text) > 2 && text[0] == '<' && text[1] == '!' && isLetter(text[2]):
		return endDeclare
	}
	return notHTML
}

// opaque says whether all of an HTML block is left alone, not its tags only.
func opaque(block []byte) bool {
	return bytes.HasPrefix(block, []byte("%%")) || markup(block) != notHTML || isRaw(block)
}

// isRaw says whether the text begins with the tag of an element whose content
// is not Markdown.
func isRaw(text []byte) bool {
	name := tagName(text, 1)
	rest := text[min(1+len(name), len(text)):]
	return len(name) > 0 && (len(rest) == 0 || bytes.IndexByte([]byte(" \t\r\n>"), rest[0]) >= 0) &&
		contains(rawElements, name)
}

// blockElements are those whose tags begin an HTML block wherever they stand.
const blockElements = "address article aside base basefont blockquote body caption center col colgroup dd " +
	"details dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 " +
	"head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option p param " +
	"search section summary table tbody td tfoot th thead title tr track ul"

func isBlockTag(line []byte) bool {
	at := 1
	if len(line) > 1 && line[1] == '/' {
		at = 2
	}
	name := tagName(line, at)
	if len(name) == 0 || !contains(blockElements, name) {
		return false
	}
	rest := line[at+len(name):]
	return len(rest) == 0 || bytes.IndexByte([]byte(" \t>"), rest[0]) >= 0 || bytes.HasPrefix(rest, []byte("/>"))
}

// contains says whether the list, of names with spaces between them, has the
// name, whatever its case.
func contains(list string, name []byte) bool {
	for item := range bytes.FieldsSeq([]byte(list)) {
		if bytes.EqualFold(item, name) {
			return true
		}
	}
	return false
}

// tagName returns the name of a tag at text[at:].
func tagName(text []byte, at int) []byte {
	if at >= len(text) || !isLetter(text[at]) {
		return nil
	}
	end := at
	for end < len(text) && (isLetter(text[end]) || isDigit(text[end]) || text[end] == '-') {
		end++
	}
	return text[at:end]
}

// tag returns the length of the open or closing tag that text begins with, or 0.
func tag(text []byte) int {
	closing := len(text) > 1 && text[1] == '/'
	at := 1
	if closing {
		at = 2
	}
	name := tagName(text, at)
	if len(name) == 0 {
		return 0
	}
	i := at + len(name)
	for {
		from := i
		i = skipWhite(text, i)
		if i >= len(text) {
			return 0
		}
		switch {
		case text[i] == '>':
			return i + 1
		case text[i] == '/':
			if closing || i+1 >= len(text) || text[i+1] != '>' {
				return 0
			}
			return i + 2
		case closing || from == i:
			return 0
		}
		if i = attribute(text, i); i == 0 {
			return 0
		}
	}
}

// attribute returns where the attribute at text[i:] ends, or 0.
func attribute(text []byte, i int) int {
	from := i
	for i < len(text) && (isLetter(text[i]) || isDigit(text[i]) || bytes.IndexByte([]byte("_:.-@"), text[i]) >= 0) {
		i++
	}
	if i == from {
		return 0
	}
	equals := skipWhite(text, i)
	if equals >= len(text) || text[equals] != '=' {
		return i
	}
	i = skipWhite(text, equals+1)
	if i >= len(text) {
		return 0
	}
	if q := text[i]; q == '"' || q == '\'' {
		n := bytes.IndexByte(text[i+1:], q)
		if n < 0 {
			return 0
		}
		return i + 1 + n + 1
	}
	from = i
	for i < len(text) && bytes.IndexByte([]byte(" \t\r\n\"'=<>`"), text[i]) < 0 {
		i++
	}
	if i == from {
		return 0
	}
	return i
}

func skipWhite(text []byte, i int) int {
	for i < len(text) && (text[i] == ' ' || text[i] == '\t' || text[i] == '\n' || text[i] == '\r') {
		i++
	}
	return i
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }
func isDigit(b byte) bool  { return '0' <= b && b <= '9' }
