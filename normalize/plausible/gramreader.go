package plausible

// A gramReader reads a stream of n-grams.
type gramReader struct {
	decoders *[3][]decoder
	b        []byte
	at, end  uint
	left     int // n-grams
	failed   bool
	backs    bool  // backoffs are read
	kids     []kid // of the last list
}

// reader returns one of a group's stream.
func (g *grams) reader(order int, group uint8) *gramReader {
	s := &g.streams[order][group]
	r := &gramReader{b: s.b, end: s.end, left: s.grams, backs: order != fours}
	if g.decoders[order] == nil {
		g.decoders[order], r.failed = decodersOf(&g.lengths[order])
	}
	r.decoders = g.decoders[order]
	return r
}

// decodersOf returns what decodes the codes of an order.
func decodersOf(all *[3][]lengths) (out *[3][]decoder, failed bool) {
	out = new([3][]decoder)
	for set, codes := range all {
		out[set] = make([]decoder, len(codes))
		for i, l := range codes {
			failed = !l.decoder(&out[set][i]) || failed
		}
	}
	return out, failed
}

// pairsOf appends which letters follow one.
func (r *gramReader) pairsOf(l *letters, a int) {
	gaps, levels, backs := r.decoders[gapCodes], r.decoders[levelCodes], r.decoders[backCodes]
	expected := l.expectedAfter(a)
	b, at, bad, kids := r.b, r.at, false, r.kids
	d := &gaps[l.pairGapCode(a, true)]
	for next := 0; !bad && at <= r.end; next++ {
		x := peek(b, at)
		c := d.at(x)
		n := c.length()
		symbol := int(c >> 4)
		if symbol == noMore {
			r.left -= len(kids) - len(r.kids)
			r.at, r.kids = at+n, kids
			r.failed = r.failed || r.left < 0
			return
		}
		gap, low := gapOf(symbol)
		next += gap + int(x>>(n&63)&(1<<(low&63)-1))
		if next >= len(l.chars) || c == 0 {
			break
		}
		n += low
		level := levels[expected.of(l.chars[next])].at(x >> (n & 63))
		n += level.length()
		back := backs[pairBackCode(level.symbol())].at(x >> (n & 63))
		bad = level == 0 || back == 0
		at += n + back.length()
		kids = append(kids, kid{int32(next), uint16(next), level.symbol(), back.symbol()})
		d = &gaps[l.pairGapCode(a, false)]
	}
	r.failed = true
}

// list appends which of the shorter n-grams of a context are longer ones' ends.
func (r *gramReader) list(short []kid) {
	gaps, levels, backs := r.decoders[gapCodes], r.decoders[levelCodes], r.decoders[backCodes]
	b, at, end, bad, kids := r.b, r.at, r.end, false, r.kids
	for next := 0; next < len(short) && at <= end; next++ {
		x := peek(b, at)
		c := gaps[gapCode(len(short)-next, short[next].level)].at(x)
		n := c.length()
		symbol := c.symbol()
		if symbol == noMore {
			at += n
			break
		}
		if symbol < gapsAsTheyAre {
			next += int(symbol)
		} else {
			gap, low := gapOf(int(symbol))
			next += gap + int(x>>(n&63)&(1<<(low&63)-1))
			n += low
		}
		if next >= len(short) {
			bad = true
			break
		}
		k := &short[next]
		level := levels[levelCode(k.level)].at(x >> (n & 63))
		n += level.length()
		was := kid{shorter: k.shorter, last: k.last, level: level.symbol()}
		bad = bad || c == 0 || level == 0
		if r.backs {
			back := backs[backCode(k.back)].at(x >> (n & 63))
			n += back.length()
			bad = bad || back == 0
			was.back = back.symbol()
		}
		at += n
		kids = append(kids, was)
	}
	r.at = at
	r.left -= len(kids) - len(r.kids)
	r.failed = r.failed || bad || at > end || r.left < 0
	r.kids = kids
}
