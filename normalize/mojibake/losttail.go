package mojibake

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
	"github.com/clipmend/clipmend/normalize/repair"
)

// An encoding of the East takes bytes in pairs. Where a run of UTF-8 had an odd
// number of them, the last one met an ASCII character that no pair ends with,
// and became a question mark or U+FFFD. What it was, the rest of its character
// and the model tell.

// A lostTail is a place where the last byte of a character was lost.
type lostTail struct {
	span    repair.Span // of the text as it stands: the mark and what belongs with it
	whole   string      // what stands before the character in the same span
	choices []choice    // likeliest first
}

type choice struct {
	r rune
	p float64
}

// lossMark returns the place and the size of the first question mark or U+FFFD
// of text at or after from that stands for a lost byte: it follows a character
// outside ASCII, and what follows it ends no pair.
func lossMark(text string, from int) (at, size int) {
	for i := from; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		end := i + size
		if (r == '?' || r == replacement) && i > 0 && text[i-1] >= 0x80 && (end == len(text) || text[end] < 0x40) {
			return i, size
		}
		i = end
	}
	return len(text), 0
}

// undoLossy is undo for text in which bytes of UTF-8 were lost where runs end.
func (t transcoding) undoLossy(m scorer, text string) (string, []lostTail, bool) {
	if t.from.name != utf8Name {
		now, ok := t.undo(text)
		return now, nil, ok
	}
	var out strings.Builder
	var lost []lostTail
	var runes []rune
	var b []byte
	for from := 0; from < len(text); {
		at, size := lossMark(text, from)
		seg := text[from:at]
		runes = appendCharacters(runes[:0], []byte(seg))
		var ok bool
		b, ok = t.read.encode(slices.Grow(b[:0], 2*len(runes)), runes)
		if !ok {
			return "", nil, false
		}
		n := wholeUTF8(b)
		if n == len(b) {
			if !utf8.Valid(b) {
				return "", nil, false
			}
			out.Write(b)
			out.WriteString(text[at : at+size])
			from = at + size
			continue
		}
		l, ok := t.tail(m, seg, b, n, out.String(), text[at+size:])
		if !ok || size == 0 {
			return "", nil, false
		}
		out.WriteString(string(b[:n]))
		out.WriteRune(l.choices[0].r)
		l.span = repair.Span{Start: from + l.span.Start, End: at + size}
		lost = append(lost, l)
		from = at + size
	}
	return out.String(), lost, true
}

// wholeUTF8 returns the length of b without the beginning of a character that
// it ends with.
func wholeUTF8(b []byte) int {
	for n := 1; n <= 3 && n <= len(b); n++ {
		if c := b[len(b)-n]; c >= 0xC2 && c <= 0xF4 && n < utf8Len(c) {
			return len(b) - n
		} else if c < 0x80 || c >= 0xC0 {
			break
		}
	}
	return len(b)
}

// tail says what the character may be that b[n:] begins and whose last byte is
// lost. b are the bytes of seg; before is what was read before them, and after
// what follows the mark.
func (t transcoding) tail(m scorer, seg string, b []byte, n int, before, after string) (lostTail, bool) {
	rest := b[n:]
	if utf8Len(rest[0])-len(rest) != 1 || !utf8.Valid(b[:n]) {
		return lostTail{}, false
	}
	var l lostTail
	l.span.Start, l.whole = t.boundary(seg, b, n)
	var s plausible.State
	for _, r := range lastRunes(lastRunes(before, lostContext)+string(b[max(0, n-4*lostContext):n]), lostContext) {
		_, s = m.Step(s, r)
	}
	total := 0.0
	for c := byte(0x80); c <= 0xBF; c++ {
		r, ok := decodeBytes(append(slices.Clone(rest), c))
		if !ok {
			continue
		}
		w, then := m.Step(s, r)
		if next, size := utf8.DecodeRuneInString(after); size > 0 {
			v, _ := m.Step(then, next)
			w += v
		}
		p := math.Exp(float64(w - rarity(r)))
		total += p
		l.choices = append(l.choices, choice{r, p})
	}
	for i := range l.choices {
		l.choices[i].p /= total
	}
	slices.SortStableFunc(l.choices, func(a, b choice) int { return cmp.Compare(b.p, a.p) })
	l.calibrate()
	return l, len(l.choices) > 0
}

// calibrate turns the likelihoods of l's choices into shares of how sure they
// are.
func (l *lostTail) calibrate() {
	if len(l.choices) == 0 {
		return
	}
	var others []float64
	for _, c := range l.choices[1:] {
		others = append(others, c.p)
	}
	best := &l.choices[0]
	first := plausible.Calibrate(best.p)
	for i, share := range shares(first, best.p, others) {
		l.choices[1+i].p = share
	}
	best.p = first
}

// lostContext is the number of characters that a guess looks back on.
const lostContext = 4

// lastRunes returns the last n characters of text.
func lastRunes(text string, n int) string {
	at := len(text)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return text[at:]
}

// boundary returns the last place of seg where a character begins both in seg
// and in its bytes b, of which the first n are whole characters; and what stands
// from there to n.
func (t transcoding) boundary(seg string, b []byte, n int) (int, string) {
	at, bytesAt := 0, 0
	place, from := 0, 0
	for _, r := range seg {
		if bytesAt <= n && utf8.RuneStart(b[bytesAt]) {
			place, from = at, bytesAt
		}
		code, ok := t.read.encode(nil, []rune{r})
		if !ok {
			break
		}
		at += utf8.RuneLen(r)
		bytesAt += len(code)
		if bytesAt > n {
			break
		}
	}
	return place, string(b[from:n])
}

// edit returns the repair of l in a window that starts at byte base.
func (l lostTail) edit(base int, sure float64) repair.Edit {
	best := l.choices[0]
	e := repair.Edit{
		Rule: ruleLost, Now: l.whole + string(best.r), Confidence: min(sure, best.p),
		Span: repair.Span{Start: base + l.span.Start, End: base + l.span.End},
	}
	if e.Unsure = e.Confidence < .99; e.Unsure {
		for _, c := range l.choices[1:min(len(l.choices), 1+maxAlts)] {
			e.Alternatives = append(e.Alternatives, repair.Alternative{Text: l.whole + string(c.r), Confidence: min(c.p, e.Confidence)})
		}
	}
	return e
}
