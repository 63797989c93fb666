package content

import (
	"unicode"
	"unicode/utf8"
)

// scanner counts words and signs while text runs past it. A word may go on
// from one text node into the next.
type scanner struct {
	counts
	hash    uint64
	inWord  bool
	linked  bool
	wordLen int32
	word    uint32 // hash of the current word
	last    byte   // last sign that is not a space, letters as 'a'
	firsts  [firstWords]uint32
	kept    int // of firsts
	each    func(word uint32)
}

// firstWords is how many words of a text are remembered.
const firstWords = 16

const (
	fnv32 = 2166136261
	fnv64 = 14695981039346656037
)

func (s *scanner) scan(text string, linked bool) {
	if s.hash == 0 {
		s.hash = fnv64
	}
	s.linked = linked
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			s.ascii(c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		s.rune(r)
		i += n
	}
}

func (s *scanner) ascii(c byte) {
	switch {
	case 'a' <= c && c <= 'z':
		s.letter(c, false)
	case 'A' <= c && c <= 'Z':
		s.letter(c+'a'-'A', true)
	case '0' <= c && c <= '9':
		s.digits++
		s.letter(c, false)
	case c <= ' ':
		s.space()
		return
	default:
		if c != '\'' && c != '_' {
			s.space()
		}
		s.sign(c)
	}
	s.chars++
}

func (s *scanner) sign(c byte) {
	switch c {
	case ',', ';':
		s.commas++
	case '.', '!', '?':
		if s.last == 'a' {
			s.sentences++
		}
	}
	if c == '$' {
		s.money++
	}
	s.last = c
}

func (s *scanner) letter(c byte, upper bool) {
	if !s.inWord {
		s.inWord, s.word, s.wordLen = true, fnv32, 0
		if upper {
			s.capitals++
		}
	}
	s.word = (s.word ^ uint32(c)) * 16777619
	s.wordLen++
	s.last = 'a'
}

// rune counts what is not ASCII. Two signs of a script that is written
// without spaces count as a word.
func (s *scanner) rune(r rune) {
	switch {
	case r == '，' || r == '、' || r == '；':
		s.space()
		s.commas++
		s.last = ','
	case r == '。' || r == '！' || r == '？':
		s.space()
		s.sentences++
		s.stops++
		s.last = '.'
	case r >= 0x3040 && r <= 0x9fff || r >= 0xac00 && r <= 0xd7af || r >= 0xf900 && r <= 0xfaff:
		s.letter(byte(r), false)
		s.word ^= uint32(r)
		if s.wordLen >= 2 {
			s.space()
		}
		switch r {
		case '的', '了', '是', '在', 'の', 'は', 'に', 'を', 'が', '이', '는', '을':
			s.function++
		}
	case unicode.IsSpace(r) || r == 0x200b || r == 0xad:
		s.space()
		return
	case unicode.IsLetter(r):
		s.letter(byte(r), unicode.IsUpper(r))
	case r == '’':
		// An apostrophe does not end a word.
	case r == '€' || r == '£' || r == '¥' || r == '￥' || r == '₹' || r == '₩' || r == '₽':
		s.space()
		s.money++
		s.last = '$'
	case r == '©':
		s.space()
		s.rights++
		s.last = '*'
	default:
		s.space()
		s.last = '*'
	}
	s.chars++
}

// space ends a word.
func (s *scanner) space() {
	if !s.inWord {
		return
	}
	s.inWord = false
	s.words++
	if s.linked {
		s.linkWords++
	}
	if s.wordLen <= 5 && isFunctionWord(s.word) {
		s.function++
	}
	s.hash = (s.hash ^ uint64(s.word)) * 1099511628211
	if s.each != nil {
		s.each(s.word)
	}
	if s.kept < firstWords {
		s.firsts[s.kept] = s.word
		s.kept++
	}
}

// functionWords are the words that sentences have and labels lack, in the
// languages of the Latin and Cyrillic scripts that pages are mostly in.
var functionWords = func() map[uint32]struct{} {
	m := map[uint32]struct{}{}
	for _, w := range []string{
		"the", "of", "and", "to", "a", "in", "is", "that", "it", "was", "for", "as", "with", "be", "are", "this", "have", "from", "or", "had", "but",
		"not", "they", "you", "which", "we", "has", "were", "been", "their", "its", "if", "would", "can", "at", "on", "by", "an", "will", "so", "i",
		"der", "die", "das", "und", "ist", "nicht", "ein", "eine", "zu", "den", "mit", "auf", "sich", "des", "dem", "auch", "wie",
		"le", "la", "les", "et", "est", "une", "des", "que", "qui", "pas", "dans", "pour", "sur", "par", "au", "ce",
		"el", "los", "y", "en", "un", "una", "por", "con", "del", "se", "su", "al", "lo", "como",
		"il", "di", "che", "non", "per", "una", "sono", "della", "da",
		"o", "os", "e", "do", "da", "em", "um", "uma", "com", "na", "no", "de", "het", "een", "van", "op", "och", "att", "som",
	} {
		var s scanner
		for i := range len(w) {
			s.letter(w[i], false)
		}
		m[s.word] = struct{}{}
	}
	return m
}()

func isFunctionWord(h uint32) bool {
	_, ok := functionWords[h]
	return ok
}
