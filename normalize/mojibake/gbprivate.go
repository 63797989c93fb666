package mojibake

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// GB 18030 gives the pairs of bytes that GBK left free to characters of
// Unicode's private use area, and so do the decoders of browsers; x/text's does
// not know them. Text that was misread as GBK has them wherever bytes met that
// are no character.

// A privateRun is a run of pairs with one lead byte and the character that its
// first pair stands for; the others follow.
type privateRun struct {
	lead, first, last byte
	r                 rune
}

var privateRuns = sync.OnceValue(func() []privateRun {
	all := []privateRun{
		{0xA2, 0xAB, 0xB0, 0xE766},
		{0xA2, 0xE4, 0xE4, 0xE76D},
		{0xA2, 0xEF, 0xF0, 0xE76E},
		{0xA2, 0xFD, 0xFE, 0xE770},
		{0xA4, 0xF4, 0xFE, 0xE772},
		{0xA5, 0xF7, 0xFE, 0xE77D},
		{0xA6, 0xB9, 0xC0, 0xE785},
		{0xA6, 0xD9, 0xDF, 0xE78D},
		{0xA6, 0xEC, 0xED, 0xE794},
		{0xA6, 0xF3, 0xF3, 0xE796},
		{0xA6, 0xF6, 0xFE, 0xE797},
		{0xA7, 0xC2, 0xD0, 0xE7A0},
		{0xA7, 0xF2, 0xFE, 0xE7AF},
		{0xA8, 0x96, 0xA0, 0xE7BC},
		{0xA8, 0xBC, 0xBC, 0xE7C7},
		{0xA8, 0xC1, 0xC4, 0xE7C9},
		{0xA8, 0xEA, 0xFE, 0xE7CD},
		{0xA9, 0x58, 0x58, 0xE7E2},
		{0xA9, 0x5B, 0x5B, 0xE7E3},
		{0xA9, 0x5D, 0x5F, 0xE7E4},
		{0xA9, 0x97, 0xA3, 0xE7F4},
		{0xA9, 0xF0, 0xFE, 0xE801},
		{0xD7, 0xFA, 0xFE, 0xE810},
		{0xFE, 0x51, 0x53, 0xE816},
		{0xFE, 0x59, 0x59, 0xE81E},
		{0xFE, 0x61, 0x61, 0xE826},
		{0xFE, 0x66, 0x67, 0xE82B},
		{0xFE, 0x6C, 0x6D, 0xE831},
		{0xFE, 0x76, 0x76, 0xE83B},
		{0xFE, 0x7E, 0x7E, 0xE843},
		{0xFE, 0x90, 0x91, 0xE854},
		{0xFE, 0xA0, 0xA0, 0xE864},
	}
	r := rune(0xE000)
	for _, rows := range [][2]byte{{0xAA, 0xAF}, {0xF8, 0xFE}} {
		for lead := rows[0]; ; lead++ {
			all = append(all, privateRun{lead, 0xA1, 0xFE, r})
			r += 0xFE - 0xA1 + 1
			if lead == rows[1] {
				break
			}
		}
	}
	for lead := byte(0xA1); lead <= 0xA7; lead++ {
		all = append(all, privateRun{lead, 0x40, 0x7E, r}, privateRun{lead, 0x80, 0xA0, r + 0x3F})
		r += 0x3F + 0x21
	}
	slices.SortFunc(all, func(a, b privateRun) int { return int(a.r - b.r) })
	return all
})

// privatePair returns the pair of bytes that stands for r.
func privatePair(r rune) ([]byte, bool) {
	if r < 0xE000 || r > 0xE864 {
		return nil, false
	}
	all := privateRuns()
	i, found := slices.BinarySearchFunc(all, r, func(p privateRun, r rune) int { return int(p.r - r) })
	if !found {
		i--
	}
	p := all[i]
	if n := r - p.r; n <= rune(p.last-p.first) {
		return []byte{p.lead, p.first + byte(n)}, true
	}
	return nil, false
}

// privateRune returns the character that a pair of bytes stands for.
func privateRune(lead, trail byte) (rune, bool) {
	for _, p := range privateRuns() {
		if p.lead == lead && p.first <= trail && trail <= p.last {
			return p.r + rune(trail-p.first), true
		}
	}
	return 0, false
}

// gbCharset is the charset of codec, which is GBK or GB 18030, with the private
// characters.
func gbCharset(m multibyte) charset {
	c := multibyteCharset(m)
	plain := c
	c.encode = func(s string) ([]byte, bool) {
		var out []byte
		for s != "" {
			n := strings.IndexFunc(s, isPrivate)
			if n < 0 {
				n = len(s)
			}
			b, ok := plain.encode(s[:n])
			if !ok {
				return nil, false
			}
			out, s = append(out, b...), s[n:]
			if s == "" {
				break
			}
			r, size := utf8.DecodeRuneInString(s)
			pair, ok := privatePair(r)
			if !ok {
				return nil, false
			}
			out, s = append(out, pair...), s[size:]
		}
		return out, true
	}
	c.decode = func(b []byte) (string, bool) {
		if s, ok := plain.decode(b); ok {
			return s, true
		}
		return decodePrivate(b)
	}
	return c
}

func isPrivate(r rune) bool { return r >= 0xE000 && r < 0xF900 }

// decodePrivate decodes GB 18030 that has private characters.
func decodePrivate(b []byte) (string, bool) {
	var out []byte
	d := simplifiedchinese.GB18030.NewDecoder()
	for len(b) > 0 {
		size := 1
		switch {
		case b[0] >= 0x81 && len(b) >= 4 && b[1] >= '0' && b[1] <= '9':
			size = 4
		case b[0] >= 0x81 && len(b) >= 2:
			size = 2
			if r, ok := privateRune(b[0], b[1]); ok {
				out = append(out, string(r)...)
				b = b[2:]
				continue
			}
		}
		s, err := d.Bytes(b[:size])
		if err != nil || string(s) == string(replacement) {
			return "", false
		}
		out = append(out, s...)
		b = b[size:]
	}
	return string(out), true
}
