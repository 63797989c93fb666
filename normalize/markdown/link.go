package markdown

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/repair"
)

// maxParens bounds the parentheses within parentheses of a link's target.
const maxParens = 32

// bracket reads a wiki link or a reference to a footnote, or notes that a
// link's text may begin here.
func (p *inliner) bracket() bool {
	rest := p.src[p.pos:]
	image := p.pos > 0 && p.src[p.pos-1] == '!'
	if bytes.HasPrefix(rest, []byte("[[")) {
		n := bytes.IndexAny(rest[2:], "[]\n")
		if n > 0 && bytes.HasPrefix(rest[2+n:], []byte("]]")) {
			return p.wiki(n, image)
		}
	}
	if bytes.HasPrefix(rest, []byte("[^")) {
		n := bytes.IndexAny(rest[2:], "[] \t\n")
		if n > 0 && rest[2+n] == ']' {
			return p.add(NoteRef, p.pos+2+n+1)
		}
	}
	p.brackets = append(p.brackets, p.pos)
	p.pos++
	return true
}

// wiki records the wiki link at the cursor, with n bytes between its brackets.
func (p *inliner) wiki(n int, image bool) bool {
	start, inner := p.pos, p.pos+2
	target := p.src[inner : inner+n]
	if i := bytes.IndexByte(target, '|'); i >= 0 {
		target = bytes.TrimSuffix(target[:i], []byte(`\`)) // in a table's cell the pipe is escaped
	}
	p.add(WikiLink, inner+n+2)
	in := &p.found[len(p.found)-1]
	in.Target = repair.Span{Start: inner, End: inner + len(target)}
	if image {
		in.Kind, in.Span.Start = Embed, start-1
	}
	return true
}

// link reads what follows a closing bracket: the target of a link.
func (p *inliner) link() bool {
	if len(p.brackets) == 0 {
		return false
	}
	open := p.brackets[len(p.brackets)-1]
	p.brackets = p.brackets[:len(p.brackets)-1]
	if p.pos+1 >= len(p.src) || p.src[p.pos+1] != '(' {
		return false
	}
	from := skipWhite(p.src, p.pos+2)
	n := destination(p.src[from:])
	end, ok := linkEnd(p.src, from+n)
	if !ok {
		return false
	}
	in := Inline{Kind: Link, Span: repair.Span{Start: open, End: end}, Target: repair.Span{Start: from, End: from + n}}
	if open > 0 && p.src[open-1] == '!' {
		in.Kind, in.Span.Start = Image, open-1
	}
	p.sorted = p.sorted && (len(p.found) == 0 || p.found[len(p.found)-1].Span.Start <= in.Span.Start)
	p.found = append(p.found, in)
	p.pos = end
	return true
}

// linkEnd returns where the link ends whose target ends at i: behind a title,
// if there is one, and the parenthesis.
func linkEnd(src []byte, i int) (int, bool) {
	title := skipWhite(src, i)
	if title < len(src) && src[title] == ')' {
		return title + 1, true
	}
	if title == i || title == len(src) {
		return 0, false
	}
	closing := src[title]
	if closing == '(' {
		closing = ')'
	} else if closing != '"' && closing != '\'' {
		return 0, false
	}
	for j := title + 1; j < len(src); j++ {
		switch b := src[j]; {
		case b == '\\':
			j++
		case b == closing:
			j = skipWhite(src, j+1)
			return j + 1, j < len(src) && src[j] == ')'
		case b == '(' && closing == ')':
			return 0, false
		}
	}
	return 0, false
}

// destination returns the length of the link target at the beginning of text,
// with its angle brackets if it has them, or 0.
func destination(text []byte) int {
	if len(text) > 0 && text[0] == '<' {
		for i := 1; i < len(text); i++ {
			switch text[i] {
			case '\\':
				i++
			case '>':
				return i + 1
			case '<', '\n':
				return 0
			}
		}
		return 0
	}
	depth := 0
	for i := 0; i < len(text); i++ {
		switch b := text[i]; {
		case b == '\\' && i+1 < len(text) && !isWhite(text[i+1]):
			i++
		case b == '(':
			if depth++; depth > maxParens {
				return 0
			}
		case b == ')' && depth == 0:
			return i
		case b == ')':
			depth--
		case b <= ' ' || b == 0x7f:
			return i
		}
	}
	return len(text)
}

// autolink returns the length of <scheme:…> or <name@host> at the beginning of
// text, or 0.
func autolink(text []byte) int {
	end := bytes.IndexAny(text[1:], "<> \t\n\r")
	if end <= 0 || text[1+end] != '>' {
		return 0
	}
	inner := text[1 : 1+end]
	colon, at := bytes.IndexByte(inner, ':'), bytes.IndexByte(inner, '@')
	if colon >= 2 && colon <= 32 && isScheme(inner[:colon]) ||
		at > 0 && at+1 < len(inner) && colon < 0 && bytes.IndexByte(inner, '/') < 0 {
		return end + 2
	}
	return 0
}

func isScheme(s []byte) bool {
	for i, b := range s {
		if !isLetter(b) && (i == 0 || !isDigit(b) && b != '+' && b != '.' && b != '-') {
			return false
		}
	}
	return true
}

// longestScheme bounds how far back the scheme of a bare URL is looked for.
const longestScheme = 12

// scheme reads a bare URL; the cursor is at the colon of its "://".
func (p *inliner) scheme() bool {
	if !bytes.HasPrefix(p.src[p.pos:], []byte("://")) {
		return false
	}
	start := p.pos
	for start > p.floor() && p.pos-start <= longestScheme && isLetter(p.src[start-1]) {
		start--
	}
	if p.pos-start < 2 || p.pos-start > longestScheme {
		return false
	}
	return p.url(start, p.pos+3)
}

// www reads a bare URL without scheme; the cursor is at its first dot.
func (p *inliner) www() bool {
	start := p.pos - 3
	if start < p.floor() || !bytes.EqualFold(p.src[start:p.pos], []byte("www")) ||
		start > p.floor() && (isLetter(p.src[start-1]) || isDigit(p.src[start-1])) {
		return false
	}
	return p.url(start, p.pos+1)
}

// floor returns where the last part ends: a URL begins no earlier.
func (p *inliner) floor() int {
	if len(p.found) == 0 {
		return 0
	}
	return p.found[len(p.found)-1].Span.End
}

// url records the URL that begins at start and whose host begins at host.
func (p *inliner) url(start, host int) bool {
	end := urlEnd(p.src, host)
	if end == host {
		return false
	}
	p.pos = start
	return p.add(URL, end)
}

// urlEnd returns where the bare URL ends that goes on at from: before white
// space, brackets, quotes and what is neither ASCII nor a letter or digit, and
// without the punctuation of the sentence around it.
func urlEnd(src []byte, from int) int {
	end, parens := from, 0
	for end < len(src) {
		b := src[end]
		if b >= utf8.RuneSelf {
			r, n := utf8.DecodeRune(src[end:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				break
			}
			end += n
			continue
		}
		if b <= ' ' || b == 0x7f || bytes.IndexByte([]byte("<>`\"[]|\\{}^"), b) >= 0 {
			break
		}
		switch b {
		case '(':
			parens++
		case ')':
			parens--
		}
		end++
	}
	for end > from {
		b := src[end-1]
		if b == ')' && parens < 0 {
			parens++
		} else if bytes.IndexByte([]byte("?!.,:;*_~'"), b) < 0 {
			break
		}
		end--
	}
	return end
}
