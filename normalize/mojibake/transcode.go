package mojibake

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/clipmend/clipmend/normalize/plausible"
	"github.com/clipmend/clipmend/normalize/repair"
)

// Bounds for reading a whole document in another encoding.
const (
	transcodeRunes  = 500
	transcodeGain   = 9    // nats
	transcodePerOdd = 1.5  // nats for each character outside ASCII
	transcodeOdd    = 4    // characters outside ASCII, at least
	transcodeLatin  = 12   // the same if the answer's letters are Latin too
	maxMixed        = .15  // share of letters that touch one of another script
	fluent          = -3.2 // mean nats a character: such a text is no misreading
)

const utf8Name = "utf-8"

// A charset turns text into bytes and back. Both ways refuse what they cannot
// do exactly.
type charset struct {
	name   string
	single bool // one byte a character
	prior  float32
	encode func(string) ([]byte, bool)
	decode func([]byte) (string, bool)
}

func codepageCharset(p *codepage) charset {
	return charset{
		name:   p.name,
		single: true,
		prior:  p.prior,
		encode: func(s string) ([]byte, bool) {
			out := make([]byte, 0, len(s))
			for _, r := range s {
				b, ok := p.bytes[r]
				if !ok {
					if r >= 0x100 || r < 0x80 || r >= 0xA0 {
						return nil, false
					}
					b = byte(r) // a C1 control that was kept
				}
				out = append(out, b)
			}
			return out, true
		},
		decode: func(b []byte) (string, bool) {
			var out strings.Builder
			for _, c := range b {
				if p.runes[c] == none {
					return "", false
				}
				out.WriteRune(p.runes[c])
			}
			return out.String(), true
		},
	}
}

func multibyteCharset(m multibyte) charset {
	return charset{
		name:  m.name,
		prior: 2,
		encode: func(s string) ([]byte, bool) {
			b, err := m.codec.NewEncoder().Bytes([]byte(s))
			return b, err == nil
		},
		decode: func(b []byte) (string, bool) {
			s, err := m.codec.NewDecoder().Bytes(b)
			return string(s), err == nil && !bytes.ContainsRune(s, replacement)
		},
	}
}

func (m multibyte) charset() charset {
	if strings.HasPrefix(m.name, "gb") {
		return gbCharset(m)
	}
	return multibyteCharset(m)
}

func utf8Charset() charset {
	return charset{
		name:   utf8Name,
		encode: func(s string) ([]byte, bool) { return []byte(s), true },
		decode: func(b []byte) (string, bool) { return string(b), utf8.Valid(b) },
	}
}

// misreaders returns the encodings by which bytes are read wrong.
func misreaders() []charset {
	var all []charset
	for _, m := range multibytes() {
		if m.name != "gbk" {
			all = append(all, m.charset())
		}
	}
	for _, p := range codepages() {
		all = append(all, codepageCharset(p))
	}
	return all
}

// sources returns the encodings that bytes are in.
func sources() []charset {
	all := []charset{utf8Charset()}
	for _, m := range multibytes() {
		all = append(all, m.charset())
	}
	for _, p := range codepages() {
		switch p.name {
		case "iso-8859-1", "iso-8859-15", "iso-8859-9": // windows-1252 and windows-1254 hold them
		default:
			all = append(all, codepageCharset(p))
		}
	}
	return append(all, codepageCharset(newCodepage("iso-8859-6", charmap.ISO8859_6, "c1", 5)),
		codepageCharset(newCodepage("iso-8859-8", charmap.ISO8859_8, "c1", 5)))
}

// A transcoding says that bytes of one encoding were read as another.
type transcoding struct {
	from, read charset
	gain       float32
}

// undo returns what text was before it was misread, with the certificate that
// misreading it again gives text.
func (t transcoding) undo(text string) (string, bool) {
	b, ok := t.read.encode(text)
	if !ok {
		return "", false
	}
	right, ok := t.from.decode(b)
	if !ok {
		return "", false
	}
	again, ok := t.from.encode(right)
	if !ok || !bytes.Equal(again, b) {
		return "", false
	}
	if seen, ok := t.read.decode(again); ok && seen != text {
		return "", false
	}
	return right, true
}

// inferTranscoding returns the pair of encodings that best explains text; its
// gain is negative if none does.
func inferTranscoding(m scorer, text []byte) transcoding {
	best := transcoding{gain: -1}
	sample, odd := oddLines(text)
	if odd < 2 {
		return best
	}
	kept, n := score(m, sample)
	if kept > fluent*float32(n) {
		return best
	}
	wordy := varied(sample)
	from := sources()
	for _, read := range misreaders() {
		b, ok := read.encode(sample)
		if !ok {
			continue
		}
		for _, src := range from {
			if src.name == read.name || src.name == utf8Name && read.single || src.single && !read.single {
				continue // the lattice reads the second kind better; nobody makes the third
			}
			t := transcoding{from: src, read: read}
			right, ok := src.decode(b)
			if !ok || right == sample {
				continue
			}
			if src.name != utf8Name && (!wordy || !coherent(right, odd)) {
				continue
			}
			s, _ := score(m, right)
			t.gain = s - kept - src.prior - read.prior
			if t.gain > best.gain && t.gain > transcodeGain+transcodePerOdd*float32(odd) {
				best = t
			}
		}
	}
	return best
}

// oddLines returns the first lines of text that are not all ASCII, and the
// number of characters in them that are not.
func oddLines(text []byte) (string, int) {
	var out strings.Builder
	odd, n := 0, 0
	for from := 0; n < transcodeRunes; {
		i := indexWild(text, from)
		if i < 0 {
			break
		}
		start := max(bytes.LastIndexByte(text[:i], '\n')+1, i-transcodeRunes, from)
		end := len(text)
		if k := bytes.IndexByte(text[i:], '\n'); k >= 0 {
			end = i + k + 1
		}
		for _, r := range string(text[start:end]) {
			if n++; r >= 0x80 {
				odd++
			}
			out.WriteRune(r)
		}
		from = end
	}
	return out.String(), odd
}

func score(m scorer, text string) (sum float32, n int) {
	var s plausible.State
	var w float32
	for _, r := range text {
		w, s = m.Step(s, r)
		sum += w
		n++
	}
	return sum, n
}

// transcode returns the edits that undo t line by line. Lines that t cannot
// have made stay.
func (t transcoding) transcode(text []byte) []repair.Edit {
	var edits []repair.Edit
	for from := 0; from < len(text); {
		i := indexWild(text, from)
		if i < 0 {
			break
		}
		start := max(bytes.LastIndexByte(text[:i], '\n')+1, from)
		end := len(text)
		if k := bytes.IndexByte(text[i:], '\n'); k >= 0 {
			end = i + k
		}
		from = end
		was := string(text[start:end])
		now, ok := t.undo(was)
		if !ok || now == was {
			continue
		}
		head := commonPrefix(was, now)
		tail := commonSuffix(was[head:], now[head:])
		edits = append(edits, repair.Edit{
			Rule:       ruleMisread,
			Span:       repair.Span{Start: start + head, End: end - tail},
			Now:        now[head : len(now)-tail],
			Confidence: confidence(t.gain),
		})
	}
	return edits
}

// commonPrefix returns the number of ASCII bytes that a and b begin with alike.
func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] && a[n] < 0x80 {
		n++
	}
	return n
}

// commonSuffix returns the number of ASCII bytes that a and b end with alike.
func commonSuffix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] && a[len(a)-1-n] < 0x80 {
		n++
	}
	return n
}

// varied reports whether the characters of text outside ASCII are of enough
// kinds to be words: not a table's lines, nor a sign that comes again and
// again.
func varied(text string) bool {
	kinds := make(map[rune]bool)
	letters, odd := 0, 0
	for _, r := range text {
		if r < 0x80 {
			continue
		}
		kinds[r] = true
		odd++
		if unicode.IsLetter(r) || r < 0x2190 && r != '·' {
			letters++
		}
	}
	return len(kinds) >= transcodeOdd && 2*letters > odd
}

// eastern reports whether r is a character of Chinese, Japanese or Korean.
func eastern(r rune) bool { return r >= 0x3000 && r < 0xD7B0 || r >= 0xFF00 && r < 0xFFF0 }

// coherent reports whether text may be what odd misread characters meant:
// words of one script, and more evidence where that script is Latin.
func coherent(text string, odd int) bool {
	if odd < transcodeOdd {
		return false
	}
	mixed, foreign, signs, alone := 0, 0, 0, 0
	var last rune
	for _, r := range text {
		if eastern(r) {
			signs++
			if !eastern(last) {
				alone++
			}
		}
		if unicode.IsLetter(r) && r >= 0x80 && !unicode.Is(unicode.Latin, r) {
			foreign++
			if unicode.Is(unicode.Latin, last) && !eastern(r) {
				mixed++
			}
		} else if foreign > 0 && unicode.Is(unicode.Latin, r) && unicode.IsLetter(last) && !unicode.Is(unicode.Latin, last) {
			mixed++
		}
		last = r
	}
	if foreign*2 < odd/2 && odd < transcodeLatin {
		return false
	}
	if signs > 0 && signs*2 < alone*3 {
		return false // of such words, most have two characters
	}
	return float32(mixed) <= maxMixed*float32(foreign)
}
