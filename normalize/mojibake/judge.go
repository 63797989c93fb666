package mojibake

// judge finds what text was broken by, nil if by nothing. It does not look at
// windows that are spared.
func (f *fixer) judge(text []byte, spares func(window) bool) *finding {
	s := newSample(f.odds, spares)
	defer s.free()
	s.undone = f.found
	g := f.atOnce(&s)
	f.odd = true
	if g.certain() {
		return f.finding(&s, g)
	}
	odd := takeOdd(f.m, text)
	t, share := transcoding{gain: -1}, utf8Share(odd.all)
	if share <= maxShare {
		if t = odd.infer(f.m); t.surely(share) {
			return &finding{t: t, east: true}
		}
	}
	least := float32(nothing)
	if share < chanceShare { // else a part of the text may be UTF-8
		least = max(least, t.gain-utf8Lead)
	}
	g = f.inferAll(&s, least)
	if g.certain() {
		return f.finding(&s, g)
	}
	if share > maxShare {
		t = odd.infer(f.m)
	}
	if t.gain > max(g.gain, 0) && (!g.enough() || t.gain > g.gain+utf8Lead) {
		return &finding{t: t, east: true}
	}
	if !g.enough() {
		f.odd = s.proves()
		return nil
	}
	return f.finding(&s, g)
}

// leftOver is the number of characters that stay, for each that is read otherwise,
// by which all but a few places of a text that was mended are right.
const leftOver = 8

// finding returns what g says of the text of s. In a document that was mended, of
// which few places are left, it is undone there only.
func (f *fixer) finding(s *sample, g guess) *finding {
	p := &finding{g: f.settle(s, g)}
	switch {
	case f.found == nil:
		f.lookElsewhere(s, &p.g)
	case p.g.kept > leftOver*p.g.count:
		p.places = oddPlaces(f.odds, p.g.c)
	}
	return p
}

// lookElsewhere adds to g's other chains those that explain other places of the text
// much better than g does. If they are g but for what became of lost bytes, they are
// what g is: the sample need not have shown it.
func (f *fixer) lookElsewhere(s *sample, g *guess) {
	for k := 1; k < places && len(s.text) > lastPlace && len(g.others) < maxOthers; k += 2 {
		from := place(k, len(s.text))
		if s.explains(g, from) || g.c.mostlyReads(s.text[from:min(from+placeSize, len(s.text))]) {
			continue
		}
		f.lookAt(from, s, g)
	}
}

// lookAt is lookElsewhere for the place that begins at byte from.
func (f *fixer) lookAt(from int, s *sample, g *guess) {
	there := newSample(s.odd.hits, s.spares)
	defer there.free()
	there.odd.from = from
	if !there.fill(firstWindows, firstRunes) {
		return
	}
	own := there.weigh(g.c, nil, hopeless)
	if len(s.text) > longText && len(g.c.layers) > 1 {
		h := there.likeliest(variants(g.c.layers, f.losses(&there)), own.gain+rivalLead)
		if lead := h.gain - own.gain; lead > rivalLead && s.weigh(h.c, nil, g.gain-lead).gain > g.gain-lead {
			g.c, own = h.c, h
		}
	}
	if own.fits() {
		return
	}
	if h := f.infer(&there, own.gain+rivalLead); h.c != nil && h.enough() && len(h.c.layers) <= len(g.c.layers) {
		g.others = withOther(g.others, g.c, h.c)
	}
}

// What a chain reads of a place that it explains well.
const (
	placeSize = 2048 // bytes that are looked at
	fewUnread = 4    // times as many characters are read without a doubt as are left

	hardlyUnread = 16 // the same where others lost bytes
)

// explains reports whether g explains the place that begins at byte from, of which s has as
// much as another sample would.
func (s *sample) explains(g *guess, from int) bool {
	there := newGuess(g.c)
	windows, runes := 0, 0
	for i := range g.accounts {
		if x := &s.windows[i]; x.start >= from && x.start < from+placeSize {
			there.add(&g.accounts[i])
			windows++
			runes += len(x.text)
		}
	}
	there.accounts = g.accounts
	return (windows >= firstWindows || runes >= firstRunes) && there.fits()
}

// fits reports whether nothing else need be looked for in a place that g explains so.
func (g guess) fits() bool { return g.certain() || g.enough() && fewUnread*g.kept < g.count }

// mostlyReads reports whether c reads all that is outside ASCII without a doubt, but for
// few characters; those that lost bytes are no others if there are hardly any, and what c
// reads does not look misread itself.
func (c *channel) mostlyReads(text []byte) bool {
	g := gate()
	read, lost, unread, again := 0, 0, 0, 0
	loses := c.loses()
	var bits uint64 // of what was read up to byte last
	last := 0
	for at := skipASCII(text, 0); at < len(text); at = skipASCII(text, at) {
		r, end, ok := c.direct.readAt(text, at)
		if !ok && loses {
			end = c.direct.losesAt(text, at)
		}
		switch {
		case ok:
			if read++; at == last && bits&g.contBits(r) != 0 {
				again++
			}
			if last, bits = end, 0; r < gateSize {
				bits = g.lead[r]
			}
		case loses && end > at:
			lost++
		default:
			unread++
			end = at + sizeAt(text, at)
		}
		at = end
	}
	if hardlyUnread*max(unread, again) > read || lost > mostLost*read {
		unread += lost
	}
	return fewUnread*unread < read
}

// atOnce returns the chain that best explains the first windows of s, if they look
// like UTF-8 so much that it is asked for before others.
func (f *fixer) atOnce(s *sample) guess {
	if s.fill(firstWindows, firstRunes) && s.utf8Share() > maxShare {
		return f.infer(s, nothing)
	}
	return guess{gain: nothing}
}

// infer returns the chain that best explains the sample, by what was found of the
// document before, if it does so by more than least.
func (f *fixer) infer(s *sample, least float32) guess {
	g := infer(s, f.losses(s), least)
	g.known = f.found != nil && f.found.undid(g.c)
	return g
}

// inferAll returns the chain that best explains the text of s, by its first windows
// if they leave no doubt, if it does so by more than least.
func (f *fixer) inferAll(s *sample, least float32) guess {
	g := guess{gain: nothing}
	if len(s.windows) > 0 {
		g = f.infer(s, least)
	}
	if !g.certain() && s.fill(sampleWindows, sampleRunes) {
		g = f.infer(s, least)
	}
	more := s.full()
	for k := 1; more && k < places && !g.enough(); k++ {
		windows, runes := firstWindows, firstRunes
		if k == places-1 {
			windows, runes = sampleWindows, sampleRunes
		}
		s.restart(place(k, len(s.text)))
		if !s.fill(windows, runes) {
			break
		}
		if h := f.infer(s, least); h.gain > g.gain {
			g = h
		}
	}
	return g
}

// Where samples of a text are taken, as long as none shows that it was broken:
// right text that looks odd may stand before what is.
const (
	places    = 6
	lastPlace = 4096 // bytes before the end
	longText  = 8 * lastPlace
)

// place returns the byte from which the k-th sample of a text of size bytes is
// taken.
func place(k, size int) int {
	if k == places-1 {
		return max(k*size/places, size-lastPlace)
	}
	return k * size / places
}

// losses returns what may have become of undefined bytes, as the sample shows.
func (f *fixer) losses(s *sample) []string {
	all := []string{lostKept}
	if !f.o.NoGuess {
		all = append(all, lostDropped)
	}
	if f.o.NoGuess && f.guessed {
		return all // the replacement characters are ours
	}
	if s.has.replacement {
		all = append(all, lostReplaced)
	}
	if s.has.question {
		all = append(all, lostQuestion)
	}
	return all
}

// utf8Lead is the gain, in nats, by which a legacy encoding must explain a
// text better than UTF-8, which few texts look like by chance.
const utf8Lead = 10
