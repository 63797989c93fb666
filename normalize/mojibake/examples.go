package mojibake

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/repair"
)

// How much shows that a word is shown as an example of what is misread.
const (
	inUse   = iota
	perhaps // it is one if others of the text are, or the text is about encodings
	certainly
)

// Bounds of examples.
const (
	maxShown = 24 // words that a line shows
	nearby   = 64 // bytes between one and what it is an example of
)

// demonstrated returns the spans of what text shows as examples of what is misread:
// the edits change nothing else in their lines. It gives up when more than most of
// the edits change what is in use.
func (f *fixer) demonstrated(text []byte, edits []repair.Edit, c *channel, most int) []repair.Span {
	x := exhibit{text: text, edits: edits, c: c}
	var all []repair.Span
	shows, used := false, 0
	for from := 0; from < len(edits); {
		line := lineAround(text, edits[from].Span)
		to := from + 1
		for to < len(edits) && edits[to].Span.Start < line.End {
			to++
		}
		mine := edits[from:to]
		from = to
		p := x.line(line, mine)
		if p == inUse {
			if used += len(mine) - f.spared(mine); used > most {
				return nil
			}
			continue
		}
		shows = shows || p == certainly
		for _, e := range mine {
			all = append(all, e.Span)
		}
	}
	if !shows && !(len(all) > 0 && x.isAbout()) {
		return nil
	}
	return all
}

func lineAround(text []byte, s repair.Span) repair.Span {
	l := repair.Span{Start: bytes.LastIndexByte(text[:s.Start], '\n') + 1, End: len(text)}
	if n := bytes.IndexByte(text[s.End:], '\n'); n >= 0 {
		l.End = s.End + n
	}
	return l
}

// An exhibit tells what of a text is shown.
type exhibit struct {
	text  []byte
	edits []repair.Edit
	c     *channel // nil if bytes of the East were misread
	about fact     // the text is about encodings
	mixed fact     // characters outside ASCII stay as they are
}

// A fact is found out when it is asked for.
type fact struct{ known, holds bool }

func (f *fact) ask(find func() bool) bool {
	if !f.known {
		*f = fact{known: true, holds: find()}
	}
	return f.holds
}

func (x *exhibit) isAbout() bool { return x.about.ask(func() bool { return namesEncoding(x.text) }) }

func (x *exhibit) isMixed() bool {
	return x.mixed.ask(func() bool { return wildBetween(x.text, 0, len(x.text), x.edits) })
}

// An exhibitLine is a line of an exhibit.
type exhibitLine struct {
	*exhibit
	repair.Span
	words []word
	mixed bool // characters outside ASCII stay as they are in it
}

// line returns how much shows that the words that the edits of a line change are
// examples: as much as of the clearest, but nothing if it is so of one of them.
func (x *exhibit) line(line repair.Span, edits []repair.Edit) int {
	l := exhibitLine{exhibit: x, Span: line}
	first := wordsOf(x.text, line, apartAll(x.text, edits[:1]))[0]
	if !oneLetter(first.right) && !l.paired(first, true) && !l.mayBe(first) {
		return inUse // as most are
	}
	l.words = wordsOf(x.text, line, apartAll(x.text, edits))
	if len(l.words) > maxShown {
		return inUse
	}
	l.mixed = wildBetween(x.text, line.Start, line.End, edits)
	if l.mixed && l.allPaired() {
		return certainly
	}
	most := inUse
	for i, w := range l.words {
		p := l.proof(w)
		if p < certainly && l.listed(i) && (l.mixed || x.isAbout()) {
			p = certainly
		}
		if p == inUse {
			return inUse
		}
		most = max(most, p)
	}
	return most
}

// mayBe reports whether w, of which the line has nothing near, may be an example all
// the same.
func (l *exhibitLine) mayBe(w word) bool {
	_, after := l.around(w)
	_, size := utf8.DecodeRune(w.right)
	return size == len(w.right) || isMark(lastRune(w.right)) || bytes.ContainsFunc(after, isMark) || l.isAbout()
}

// proof returns how much shows that w is an example.
func (l *exhibitLine) proof(w word) int {
	before, after := l.around(w)
	r, size := utf8.DecodeRune(w.right)
	single, marked := size == len(w.right), marks(before, after)
	switch {
	case l.paired(w, marked || single && unicode.IsLetter(r)), l.enclosed(w, before, after):
		return certainly
	case single && (delimited(before, after) || marked && l.besideASCII(w, r) || l.stranded(r, before, after)):
		return certainly
	case single && marked, l.mixed && oneLetter(w.right) && namesEncoding(l.text[l.Start:l.End]), (marked || l.paired(w, true)) && l.isAbout():
		return perhaps
	}
	return inUse
}

// around returns what stands in the line before w and after it.
func (l *exhibitLine) around(w word) (before, after []byte) {
	return l.text[l.Start:w.Start], l.text[min(w.End, l.End):l.End]
}

// near returns what stands near w in the line, before and after it.
func (l *exhibitLine) near(w word) [2][]byte {
	before, after := l.around(w)
	return [2][]byte{before[max(0, len(before)-nearby):], after[:min(nearby, len(after))]}
}

// listed reports whether the i-th word is a letter by itself, and the line lists
// such: three of them, or two with a comma between them.
func (l *exhibitLine) listed(i int) bool {
	if !oneLetter(l.words[i].right) {
		return false
	}
	n := 0
	for k, w := range l.words {
		if !oneLetter(w.right) {
			continue
		}
		n++
		if k > 0 && oneLetter(l.words[k-1].right) && bytes.Equal(bytes.TrimSpace(l.text[l.words[k-1].End:w.Start]), []byte{','}) {
			return true
		}
	}
	return n > 2
}

func oneLetter(w []byte) bool {
	r, size := utf8.DecodeRune(w)
	return size == len(w) && unicode.IsLetter(r)
}

// allPaired reports whether the line has several words, and shows beside each what
// it is of.
func (l *exhibitLine) allPaired() bool {
	differ := false
	for i, w := range l.words {
		if !l.paired(w, true) {
			return false
		}
		differ = differ || i > 0 && !bytes.Equal(w.right, l.words[0].right)
	}
	return differ
}

// A word is one that edits would change, with the letters about it.
type word struct {
	repair.Span
	right []byte // what it would be
}

// wordsOf returns the words of the line that the edits change.
func wordsOf(text []byte, line repair.Span, edits []repair.Edit) (words []word) {
	for i := 0; i < len(edits); {
		w := word{Span: repair.Span{Start: wordStart(text, edits[i].Span.Start), End: edits[i].Span.Start}}
		w.right = slices.Clone(text[w.Start:w.End])
		for ; i < len(edits) && edits[i].Span.Start == w.End; i++ {
			next := line.End
			if i+1 < len(edits) {
				next = edits[i+1].Span.Start
			}
			w.End = wordEnd(text[:max(next, edits[i].Span.End)], edits[i].Span.End)
			w.right = append(append(w.right, edits[i].Now...), text[edits[i].Span.End:w.End]...)
		}
		words = append(words, w)
	}
	return words
}

// wordStart returns where the letters before byte at begin.
func wordStart(text []byte, at int) int { return len(bytes.TrimRightFunc(text[:at], inWord)) }

// wordEnd returns where the letters after byte at end.
func wordEnd(text []byte, at int) int { return len(text) - len(bytes.TrimLeftFunc(text[at:], inWord)) }

func inWord(r rune) bool { return unicode.In(r, unicode.L, unicode.M) }

// apartAll returns the edits with those parted that were made one over what stands
// as it was.
func apartAll(text []byte, edits []repair.Edit) (out []repair.Edit) {
	for _, e := range edits {
		was, now := wildRuns(text[e.Span.Start:e.Span.End]), wildRuns([]byte(e.Now))
		if len(was) != len(now) || len(was) < 2 {
			out = append(out, e)
			continue
		}
		for i, s := range was {
			part := e
			part.Span = repair.Span{Start: e.Span.Start + s.Start, End: e.Span.Start + s.End}
			part.Now = e.Now[now[i].Start:now[i].End]
			out = append(out, part)
		}
	}
	return out
}

// wildRuns returns where characters outside ASCII stand in text.
func wildRuns(text []byte) (runs []repair.Span) {
	for i := indexWild(text, 0); i >= 0; i = indexWild(text, i) {
		s := repair.Span{Start: i}
		for i < len(text) && wild(text[i]) {
			i++
		}
		s.End = i
		runs = append(runs, s)
	}
	return runs
}
