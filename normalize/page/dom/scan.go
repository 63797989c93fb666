package dom

import (
	"bytes"

	"golang.org/x/net/html/atom"
)

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

// commentLen is the length of the comment that b begins with.
func commentLen(b []byte) int {
	if bytes.HasPrefix(b, []byte("<!-->")) {
		return 5
	}
	if i := bytes.Index(b[2:], []byte("-->")); i >= 0 {
		return i + 5
	}
	return len(b)
}

// tagLen is the length of the tag that b begins with, up to and with its >,
// which counts only outside quotes that follow an equals sign.
func tagLen(b []byte) int {
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '>':
			return i + 1
		case '=':
			for i++; i < len(b) && isSpace(b[i]); i++ {
			}
			if i >= len(b) {
				return len(b)
			}
			if q := b[i]; q == '"' || q == '\'' {
				end := bytes.IndexByte(b[i+1:], q)
				if end < 0 {
					return len(b)
				}
				i += 1 + end
			} else {
				i--
			}
		}
	}
	return len(b)
}

// tagName reads a tag's name; 0 stands for every name that HTML does not know.
func tagName(b []byte) atom.Atom {
	var buf [24]byte
	n := 0
	for n < len(b) && n < len(buf) && !isSpace(b[n]) && b[n] != '>' && b[n] != '/' {
		c := b[n]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf[n] = c
		n++
	}
	return atom.Lookup(buf[:n])
}

// rawEnd is the length of raw text up to and with the end tag of name.
func rawEnd(b []byte, name atom.Atom) int {
	from := 0
	for {
		i := bytes.Index(b[from:], []byte("</"))
		if i < 0 {
			return len(b)
		}
		from += i + 2
		if tagName(b[from:]) == name {
			if gt := bytes.IndexByte(b[from:], '>'); gt >= 0 {
				return from + gt + 1
			}
			return len(b)
		}
	}
}

// svgEnd is the length of a drawing's content up to and with its end tag.
func svgEnd(b []byte) int {
	open, from := 1, 0
	for {
		i := bytes.IndexByte(b[from:], '<')
		if i < 0 {
			return len(b)
		}
		from += i + 1
		switch rest := b[from:]; {
		case len(rest) > 0 && rest[0] == '/' && tagName(rest[1:]) == atom.Svg:
			if open--; open == 0 {
				return from + tagLen(rest)
			}
		case tagName(rest) == atom.Svg && !bytes.HasSuffix(rest[:tagLen(rest)], []byte("/>")):
			open++
		}
	}
}

// holdsData reports whether a script tag's type says that it holds data
// rather than a program: JSON-LD, TeX, MathML.
func holdsData(tag []byte) bool {
	lower := bytes.ToLower(tag)
	return bytes.Contains(lower, []byte("ld+json")) || bytes.Contains(lower, []byte("math/"))
}

// holdsPage reports whether what stands in a <noscript> is a page's text
// rather than a picture or a notice.
func holdsPage(b []byte) bool {
	return len(b) > 1500 && bytes.Count(b, []byte("<p")) >= 2 && bytes.Count(b, []byte("<div"))+bytes.Count(b, []byte("<article")) >= 2
}

func isVoid(a atom.Atom) bool {
	switch a {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input,
		atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}

func isFormatting(a atom.Atom) bool {
	switch a {
	case atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr, atom.S,
		atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U:
		return true
	}
	return false
}

func endsItself(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Li, atom.Dt, atom.Dd, atom.Tr, atom.Td, atom.Th, atom.Option, atom.A, atom.Button:
		return true
	}
	return false
}
