package vault

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

const (
	extension = ".md"
	// maxName bounds a file name in bytes, extension and number included. Disks
	// allow 255; sync services add marks of their own.
	maxName = 240
	// numberRoom is kept for a number that tells notes of one title apart.
	numberRoom = len(" 99999")
	untitled   = "Untitled"
)

// FileName returns the name of the file for a note with this title, ".md"
// included. The name is legal on Linux, macOS and Windows and can be linked to
// in Obsidian; it is in NFC, is never empty, does not begin with a dot, and has
// at most 240 bytes even when a number is added, cut between characters as
// readers see them. A title that is all that already stays as it is. Characters
// that are not allowed are left out or replaced by plain ones, never by
// look-alikes.
func FileName(title string) string { return stem(title) + extension }

// numbered returns the name for the n-th note of a title, counted from 1.
func numbered(stem string, n int) string {
	if n > 1 {
		stem += " " + strconv.Itoa(n)
	}
	return stem + extension
}

// foldName returns a form that is equal for names which some system takes for
// one: macOS ignores the normalisation, macOS and Windows the case.
func foldName(name string) string {
	return norm.NFC.String(cases.Fold().String(norm.NFD.String(name)))
}

// stem returns the file name for a title without its extension.
func stem(title string) string {
	title = norm.NFC.String(strings.ToValidUTF8(title, ""))
	name := trimName(norm.NFC.String(legal(title)))
	name = trimName(cut(name, maxName-len(extension)-numberRoom-len("_")))
	if name == "" {
		return untitled
	}
	return sidestepDevice(name)
}

// trimName drops what Windows or Obsidian would drop or hide at the ends.
func trimName(name string) string {
	ends := func(r rune) bool { return unicode.IsSpace(r) || r == zwj || r == zwnj }
	name = strings.TrimLeftFunc(name, func(r rune) bool { return ends(r) || r == '.' })
	return strings.TrimRightFunc(name, func(r rune) bool { return ends(r) || r == '.' })
}

// legal replaces the characters that a file name or a link to it cannot hold.
func legal(title string) string {
	var out strings.Builder
	for at, r := range title {
		after, _ := utf8.DecodeRuneInString(title[at+utf8.RuneLen(r):])
		out.WriteString(legalRune(r, after))
	}
	return out.String()
}

// legalRune returns what stands for r, which is followed by after.
func legalRune(r, after rune) string {
	switch r {
	case '"':
		return "'"
	case '<', '[':
		return "("
	case '>', ']':
		return ")"
	case '/', '\\', '|', '^':
		return "-"
	case ':':
		if unicode.IsSpace(after) {
			return " -"
		}
		return "-"
	case '#':
		if unicode.IsLetter(after) || unicode.IsDigit(after) {
			return ""
		}
		return "-"
	case '*', '?':
		return ""
	case '\t', '\n', '\v', '\f', '\r', 0x85, 0x2028, 0x2029:
		return " "
	case utf8.RuneError:
		return ""
	case zwj, zwnj:
		return string(r)
	}
	if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Noncharacter_Code_Point) {
		return ""
	}
	return string(r)
}

const (
	zwnj = '\u200c'
	zwj  = '\u200d'
)

// cut shortens a name to at most limit bytes without splitting a character.
func cut(name string, limit int) string {
	if len(name) <= limit {
		return name
	}
	at := limit
	for at > 0 && !boundary(name, at) {
		at--
	}
	if at == 0 { // one character of hundreds of marks
		for at = limit; !utf8.RuneStart(name[at]); at-- {
		}
	}
	return name[:at]
}

// boundary reports whether a reader sees two characters on the sides of at.
func boundary(name string, at int) bool {
	if !utf8.RuneStart(name[at]) {
		return false
	}
	left, _ := utf8.DecodeLastRuneInString(name[:at])
	right, _ := utf8.DecodeRuneInString(name[at:])
	switch {
	case left == zwj, right == zwj, right == zwnj, unicode.IsMark(right):
		return false
	case unicode.Is(unicode.Sk, right) && right > 0x1f000: // skin tones
		return false
	case hangulJoins(left, right):
		return false
	case isFlagHalf(left) && isFlagHalf(right):
		return flagHalvesBefore(name[:at])%2 == 0
	}
	return true
}

// hangulJoins reports whether two letters belong to one syllable that has no
// code point of its own.
func hangulJoins(left, right rune) bool {
	jamo := func(r rune) bool { return 0x1100 <= r && r <= 0x11ff }
	return jamo(left) && jamo(right)
}

func isFlagHalf(r rune) bool { return 0x1f1e6 <= r && r <= 0x1f1ff }

func flagHalvesBefore(name string) int {
	count := 0
	for name != "" {
		r, size := utf8.DecodeLastRuneInString(name)
		if !isFlagHalf(r) {
			break
		}
		count++
		name = name[:len(name)-size]
	}
	return count
}

// sidestepDevice adds a mark to a name that Windows takes for a device,
// whatever follows its first dot.
func sidestepDevice(name string) string {
	first, rest, dotted := strings.Cut(name, ".")
	if !isDevice(strings.ToUpper(strings.TrimRight(first, " "))) {
		return name
	}
	if dotted {
		rest = "." + rest
	}
	return first + "_" + rest
}

func isDevice(name string) bool {
	switch name {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$":
		return true
	}
	for _, port := range []string{"COM", "LPT"} {
		if digit, found := strings.CutPrefix(name, port); found {
			return utf8.RuneCountInString(digit) == 1 && strings.ContainsAny(digit, "0123456789¹²³")
		}
	}
	return false
}
