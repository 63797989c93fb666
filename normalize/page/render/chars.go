package render

import (
	"unicode"
	"unicode/utf8"
)

type class uint8

const (
	plainChar class = iota
	spaceChar
	specialChar // may need an escape somewhere
)

// charClass is what a byte is to the scanners.
var charClass = func() (t [256]class) {
	for _, c := range " \t\n\r\f" {
		t[c] = spaceChar
	}
	for _, c := range "\\`*_~=%#^[]<>&$|!+-.():" {
		t[c] = specialChar
	}
	for c := '0'; c <= '9'; c++ {
		t[c] = specialChar // 1. at the start of a line
	}
	return t
}()

// isSpace is white space, or the end of the text.
func isSpace(c rune) bool {
	return c == 0 || c == ' ' || c == '\n' || c == '\t' || c >= utf8.RuneSelf && unicode.IsSpace(c)
}

func isPunct(c rune) bool {
	if c < utf8.RuneSelf {
		return isASCIIPunct(byte(c))
	}
	return unicode.IsPunct(c)
}

// isMark is punctuation or a symbol: what some parsers count as punctuation.
func isMark(c rune) bool { return isPunct(c) || c >= utf8.RuneSelf && unicode.IsSymbol(c) }

func isASCIIPunct(c byte) bool {
	return c > ' ' && c < 0x7F && !isAlnum(c)
}

func isAlnum(c byte) bool { return isDigit(c) || isLetter(c) }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isWide tells whether c is written without spaces between words: Chinese
// and Japanese, but not Korean.
func isWide(c rune) bool {
	return c >= 0x2E80 && c < 0xA4D0 || c >= 0xF900 && c < 0xFB00 || c >= 0xFE30 && c < 0xFE50 ||
		c >= 0xFF01 && c < 0xFF61 || c >= 0x20000 && c < 0x40000
}
