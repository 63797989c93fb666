package phrase

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// A Set holds phrases, each with values, and finds them in tokens. Case and
// hyphens do not count. The zero value is empty; a Set may be read by many
// goroutines once nothing is added any more.
type Set struct {
	ids  map[string]int32
	next map[uint64]int32
	out  [][]int32
}

// Add adds the phrase with a value. It reports whether the phrase has a token
// at all: a phrase without one can never match.
func (s *Set) Add(phrase string, value int32) bool {
	tokens := Tokens(nil, []byte(phrase))
	if len(tokens) == 0 {
		return false
	}
	if s.ids == nil {
		s.ids, s.next, s.out = map[string]int32{}, map[uint64]int32{}, make([][]int32, 1)
	}
	node := int32(0)
	for _, t := range tokens {
		word := string(Fold(nil, []byte(phrase[t.Start:t.End])))
		id := s.ids[word]
		if id == 0 {
			id = int32(len(s.ids) + 1)
			s.ids[word] = id
		}
		key := uint64(node)<<32 | uint64(id)
		to, ok := s.next[key]
		if !ok {
			to = int32(len(s.out))
			s.next[key] = to
			s.out = append(s.out, nil)
		}
		node = to
	}
	if slices.Contains(s.out[node], value) {
		return true
	}
	s.out[node] = append(s.out[node], value)
	return true
}

// MaxWord bounds the bytes of a word that a phrase may have: longer words of a
// text are not looked up.
const MaxWord = 32

// Number sets the ID of each token of text to that of its word.
func (s *Set) Number(tokens []Token, text []byte) {
	var buf [2 * MaxWord]byte
	for i := range tokens {
		t := &tokens[i]
		if t.End-t.Start > MaxWord {
			continue
		}
		t.ID = s.ids[string(Fold(buf[:0], text[t.Start:t.End]))]
	}
}

// Match calls found with the end (a token index) and a value of each phrase
// that begins at token i, shortest first.
func (s *Set) Match(tokens []Token, i int, found func(end int, value int32)) {
	node := int32(0)
	for ; i < len(tokens) && tokens[i].ID != 0; i++ {
		to, ok := s.next[uint64(node)<<32|uint64(tokens[i].ID)]
		if !ok {
			return
		}
		node = to
		for _, v := range s.out[node] {
			found(i+1, v)
		}
	}
}

// Fold appends word to dst in lower case.
func Fold(dst, word []byte) []byte {
	for i := 0; i < len(word); {
		c := word[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRune(word[i:])
		dst = utf8.AppendRune(dst, unicode.ToLower(r))
		i += n
	}
	return dst
}
