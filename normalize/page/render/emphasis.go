package render

import "unicode/utf8"

// The marks of emphasis count as such only beside the right characters:
// CommonMark's flanking rules. Those are made for text with spaces between
// words; `文**“字”**文` stays literal. So a format's ends are moved inward past
// punctuation (`文“**字**”文`), and where that does not help, as beside a link or
// code, the format is written as a tag.

// settle pairs the paragraph's formats, drops those with nothing in them,
// joins those that only a boundary of elements divides, and decides how each
// is written.
func (p *paragraph) settle() {
	p.pair()
	p.join()
	p.chooseAll()
	// A tag beside marks is another neighbour than the marks it stands for, so
	// the choice is looked at again: at most once for each kind of marks.
	for range highlight {
		if !p.chooseAll() {
			break
		}
	}
}

// chooseAll decides how each format is written, and reports whether one that
// had marks became a tag.
func (p *paragraph) chooseAll() (changed bool) {
	stars := 0 // how many formats marked with asterisks are open
	for i := range p.items {
		it := &p.items[i]
		if it.dead || it.kind != openItem && it.kind != closeItem || it.mate < 0 {
			continue
		}
		if it.kind == openItem && !it.tag {
			p.choose(i, it.mate, stars > 0)
			changed = changed || it.tag
		}
		if it.format <= em && !it.tag {
			if it.kind == openItem {
				stars++
			} else {
				stars--
			}
		}
	}
	return changed
}

// pair gives every format its other end; one with nothing in it is dead.
func (p *paragraph) pair() {
	p.opened = p.opened[:0]
	lastContent := -1
	for i := range p.items {
		it := &p.items[i]
		switch it.kind {
		case openItem:
			p.opened = append(p.opened, i)
		case closeItem:
			o := p.popOpen(it.format)
			if o < 0 {
				it.dead = true
				continue
			}
			it.mate, p.items[o].mate = o, i
			if lastContent < o {
				it.dead, p.items[o].dead = true, true
			}
		case breakItem:
		default:
			lastContent = i
		}
	}
	for _, o := range p.opened {
		p.items[o].dead = true
	}
}

// popOpen returns the innermost open format of a kind. HTML's own tree makes
// it the innermost of all, but for formats that were taken up again.
func (p *paragraph) popOpen(f format) int {
	for i := len(p.opened) - 1; i >= 0; i-- {
		if o := p.opened[i]; p.items[o].format == f {
			p.opened = append(p.opened[:i], p.opened[i+1:]...)
			return o
		}
	}
	return -1
}

// join makes `**a****b**` into `**ab**`.
func (p *paragraph) join() {
	end := -1 // the format that ended just before
	for i := range p.items {
		it := &p.items[i]
		switch {
		case it.dead:
		case it.kind == closeItem && it.format != link:
			end = i
		case it.kind == openItem && end >= 0 && p.items[end].format == it.format && it.mate >= 0:
			first, last := p.items[end].mate, it.mate
			p.items[end].dead, it.dead = true, true
			p.items[first].mate, p.items[last].mate = last, first
			end = -1
		default:
			end = -1
		}
	}
}

// choose decides how the format from item o to item c is written; inner says
// that it is within another one marked with asterisks, which marks that could
// also close would end.
func (p *paragraph) choose(o, c int, inner bool) {
	open, end := &p.items[o], &p.items[c]
	f := open.format
	if f == link {
		return
	}
	if f > highlight {
		open.tag, end.tag = true, true
		return
	}
	if !p.opens(o) || !p.closes(c) {
		p.moveOut(o, c)
	}
	if !p.opens(o) || !p.closes(c) || p.collides(o) || inner && f <= em && p.mayClose(o) {
		open.tag, end.tag = true, true
	}
}

// collides tells whether marks of the same character stand before item o and
// end another format, so that both would be read as one run.
func (p *paragraph) collides(o int) bool {
	for i := o - 1; i >= 0; i-- {
		switch it := &p.items[i]; {
		case it.dead:
		case it.kind == openItem:
			if it.tag || delims[it.format] == "" || delims[it.format][0] != delims[p.items[o].format][0] {
				return false
			}
		case it.kind == closeItem:
			return !it.tag && it.b == it.a && delims[it.format] != "" && delims[it.format][0] == delims[p.items[o].format][0]
		default:
			return false
		}
	}
	return false
}

// opens tells whether marks at item i would open a format there.
func (p *paragraph) opens(i int) bool {
	before, after := p.around(i)
	return flanks(after, before) && before != rune(p.unlike(i))
}

// closes tells whether marks at item i would close a format there.
func (p *paragraph) closes(i int) bool {
	before, after := p.around(i)
	return flanks(before, after) && before != rune(p.unlike(i))
}

// mayClose tells whether marks at item i would close a format for some parser.
func (p *paragraph) mayClose(i int) bool {
	before, after := p.around(i)
	return !isSpace(before) && (!isMark(before) || isSpace(after) || isMark(after))
}

// around returns the characters before and after the marks at item i.
func (p *paragraph) around(i int) (before, after rune) {
	it := &p.items[i]
	mark := delims[it.format][0]
	before, after = p.runeBefore(i, mark), p.runeAfter(i, mark)
	if moved := p.buf[it.a:it.b]; len(moved) > 0 {
		if it.kind == openItem {
			before, _ = utf8.DecodeLastRune(moved)
		} else {
			after, _ = utf8.DecodeRune(moved)
		}
	}
	return before, after
}

// unlike returns the mark that may not stand before item i: some parsers read
// no strikethrough after a tilde, escaped or not.
func (p *paragraph) unlike(i int) byte {
	if p.items[i].format == strike {
		return '~'
	}
	return 0xFF
}

// flanks tells whether marks between an inner and an outer character hold on
// to the inner one, for every parser's notion of punctuation.
func flanks(inner, outer rune) bool {
	return !isSpace(inner) && (!isMark(inner) || isSpace(outer) || isPunct(outer))
}

// moveOut moves the punctuation at the ends of a format out of it, where text
// stands there and other text is left.
func (p *paragraph) moveOut(o, c int) {
	if !p.opens(o) && o+1 < len(p.items) && p.items[o+1].kind == textItem {
		t := &p.items[o+1]
		n := t.a
		for n < t.b {
			r, size := utf8.DecodeRune(p.buf[n:t.b])
			if !isMark(r) {
				break
			}
			n += size
		}
		if n < t.b && p.buf[n] != ' ' {
			p.items[o].a, p.items[o].b = t.a, n
			t.a = n
		}
	}
	if !p.closes(c) && p.items[c-1].kind == textItem {
		t := &p.items[c-1]
		n := t.b
		for n > t.a {
			r, size := utf8.DecodeLastRune(p.buf[t.a:n])
			if !isMark(r) {
				break
			}
			n -= size
		}
		if n > t.a && p.buf[n-1] != ' ' {
			p.items[c].a, p.items[c].b = n, t.b
			t.b = n
		}
	}
}

// runeBefore returns the character that will stand before item i, which is
// written with the mark m; 0 at the start of a line.
func (p *paragraph) runeBefore(i int, m byte) rune {
	for i--; i >= 0; i-- {
		it := &p.items[i]
		switch {
		case it.dead:
		case it.kind == breakItem:
			return 0
		case it.kind == codeItem:
			return '`'
		case it.kind == openItem || it.kind == closeItem:
			if r := it.markRune(false); r != rune(m) {
				return r
			}
			if it.kind == closeItem && it.b > it.a {
				r, _ := utf8.DecodeLastRune(p.buf[it.a:it.b])
				return r
			}
		case it.b > it.a:
			r, _ := utf8.DecodeLastRune(p.buf[it.a:it.b])
			return r
		}
	}
	return 0
}

// runeAfter returns the character that will stand after item i.
func (p *paragraph) runeAfter(i int, m byte) rune {
	for i++; i < len(p.items); i++ {
		it := &p.items[i]
		switch {
		case it.dead:
		case it.kind == breakItem:
			return 0
		case it.kind == codeItem:
			return '`'
		case it.kind == openItem || it.kind == closeItem:
			if it.kind == openItem && it.b > it.a && it.format != link {
				r, _ := utf8.DecodeRune(p.buf[it.a:it.b])
				return r
			}
			if r := it.markRune(true); r != rune(m) {
				return r
			}
		case it.b > it.a:
			r, _ := utf8.DecodeRune(p.buf[it.a:it.b])
			return r
		}
	}
	return 0
}

// markRune returns the character that the item's mark begins or ends with.
func (it *item) markRune(first bool) rune {
	switch {
	case it.format == link && it.kind == openItem:
		return '['
	case it.format == link && first:
		return ']'
	case it.format == link:
		return ')'
	case it.tag || delims[it.format] == "":
		if first {
			return '<'
		}
		return '>'
	}
	return rune(delims[it.format][0])
}
