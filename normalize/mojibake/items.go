package mojibake

import "unicode/utf8"

// An encoding of the East takes bytes in pairs, and where those of UTF-8 are no pair that it
// has, most decoders give up the first of the two: it becomes U+FFFD, a question mark or
// nothing, and they go on with the second. Those of browsers give up both, for one U+FFFD, unless
// the second is ASCII.

// An item is a byte that stands in such a text, or a mark for one that was given up.
type item struct {
	b     byte
	first bool // it begins a character of the text
	mark  bool // that is U+FFFD
	again bool // the mark for the byte before stands for this one too
	at    int  // where that character begins
}

// marks reports whether a byte may have been given up where it stands.
func (it item) marks() bool { return it.mark || it.b == '?' }

// items are what a text is made of.
type items struct {
	all       []item
	pairs     *pairs
	size      int // of the text
	high      int // bytes that are not characters by themselves
	signs     int // U+FFFD
	questions int // question marks
}

// itemsOf returns the items of text; false if it has characters that the encoding has not. These are
// zero bytes.
func itemsOf(p *pairs, text string) (x items, ok bool) {
	x.pairs, x.size, ok = p, len(text), true
	for i, r := range text {
		it := item{b: byte(r), first: true, at: i}
		if r < utf8.RuneSelf || r == replacement {
			switch r {
			case replacement:
				it.mark = true
				x.signs++
			case '?':
				x.questions++
			}
			x.all = append(x.all, it)
			continue
		}
		code := p.code(r)
		if code == noCode {
			it.b, ok = 0, false
			x.all = append(x.all, it)
			continue
		}
		for shift := 24; shift >= 0; shift -= 8 {
			if code >= 1<<shift {
				it.b = byte(code >> shift)
				x.all = append(x.all, it)
				it.first = false
				x.high++
			}
		}
	}
	return x, ok
}

// both returns the items of a text of which each U+FFFD stands for two bytes, but that before ASCII
// or the end it may stand for one, and for one that begins no pair it does.
func (x items) both() items {
	var all []item
	for _, it := range x.all {
		all = append(all, it)
		if it.mark {
			it.first, it.again = false, true
			all = append(all, it)
		}
	}
	x.all = all
	return x
}

// skip returns the item at or after the one given that is no mark again.
func (x *items) skip(at int32) int32 {
	if int(at) < len(x.all) && x.all[at].again {
		return at + 1
	}
	return at
}

// alone reports whether the mark before an item that is one again may stand for b only.
func (x *items) alone(at int32, b byte) bool {
	return x.pairs.undefined(b) || int(at+1) == len(x.all) || x.all[at+1].b < utf8.RuneSelf && !x.all[at+1].mark
}

// asMarked returns the bytes, with U+FFFD as it stands.
func (x *items) asMarked() (b []byte) {
	for _, it := range x.all {
		if it.mark {
			b = utf8.AppendRune(b, replacement)
		} else {
			b = append(b, it.b)
		}
	}
	return b
}

// hollow reports whether so many bytes were lost without a mark, at a glance, that nothing can be
// told of the characters.
func (x *items) hollow() bool {
	chars, lost := 0, 0
	for i := 0; i < len(x.all); {
		it := x.all[i]
		if i++; it.mark || !leads(it.b) {
			continue
		}
		chars++
		for n := utf8Len(it.b) - 1; n > 0; n-- {
			if i < len(x.all) && !x.all[i].mark && x.all[i].b&0xC0 == 0x80 {
				i++
			} else if i == len(x.all) || !x.all[i].marks() {
				lost++
			}
		}
	}
	return 2*lost > 3*(chars+2)
}

// parts reports whether a character of the text begins at an item, or none does behind it.
func (x *items) parts(at int32) bool { return int(at) == len(x.all) || x.all[at].first }

// offset returns where the character of an item begins in the text.
func (x *items) offset(at int32) int {
	if int(at) == len(x.all) {
		return x.size
	}
	return x.all[at].at
}

// standsFor returns the bytes that the mark may stand for that is an item.
func (x *items) standsFor(mark int32) highBytes {
	if x.all[mark].again {
		return highBytes{^uint64(0), ^uint64(0)}
	}
	return x.gaveUp(mark + 1)
}

// gaveUp returns the bytes that a decoder may have given up before the item given.
func (x *items) gaveUp(next int32) highBytes {
	if int(next) == len(x.all) || x.all[next].mark {
		return x.pairs.refusedBefore(0)
	}
	return x.pairs.refusedBefore(x.all[next].b)
}

// highBytes is a set of bytes from 0x80 on, 64 in a number.
type highBytes [2]uint64

func (s highBytes) has(b byte) bool { return s[b>>6&1]>>(b&63)&1 != 0 }

// refusedBefore returns the bytes that are refused before b, which is 0 for the end.
func (p *pairs) refusedBefore(b byte) highBytes {
	if s := p.refused[b].Load(); s != nil {
		return *s
	}
	var s highBytes
	for a := 0x80; a < 0x100; a++ {
		if p.refuses(byte(a), b) {
			s[a>>6&1] |= 1 << (a & 63)
		}
	}
	p.refused[b].Store(&s)
	return s
}

// undefined reports whether b is a character in some decoders, but in no standard.
func (p *pairs) undefined(b byte) bool { return b == 0x80 || p.sjis && sjisSingles[b] != 0 }

// refuses reports whether the encoding has no character that begins with a and b, nor with a
// alone. 0x80, and the pairs that browsers know but no standard, strict decoders refuse.
func (p *pairs) refuses(a, b byte) bool {
	switch {
	case p.undefined(a):
		return true
	case p.single[a&0x7F] != 0 || p.jp && a == 0x8F:
		return false
	case p.size(a, b) > 2:
		return true // but for GB 18030, where more follows
	}
	r := p.character([]byte{a, b})
	return r == noCode || isPrivate(rune(r))
}

// leftOf reports whether the items are what a decoder left of b, of which dropped says that what it
// gave up left nothing: the certificate of a reading.
func (x *items) leftOf(b []byte, dropped bool) bool {
	i := 0
	for k, c := range b {
		if i < len(x.all) && x.all[i].again && (c < utf8.RuneSelf || x.pairs.undefined(b[k-1])) {
			i++
		}
		if i < len(x.all) && !x.all[i].mark && x.all[i].b == c {
			i++
			continue
		}
		again := i < len(x.all) && x.all[i].again
		if !again && k+1 < len(b) && !x.pairs.refuses(c, b[k+1]) {
			return false
		}
		switch {
		case dropped:
		case i < len(x.all) && x.all[i].marks():
			i++
		default:
			return false
		}
	}
	return i == len(x.all) || i+1 == len(x.all) && x.all[i].again
}
