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

// pairsOf reads which letters follow one.
func (r *gramReader) pairsOf(l *letters, a int) {
	r.kids = r.kids[:0]
	d := r.decoders
	for next := 0; ; {
		if r.at > r.end {
			r.failed = true
			return
		}
		x := peek(r.b, r.at)
		c := d[gapCodes][l.pairGapCode(a, next == 0)].at(x)
		n := c.length()
		gap, low := gapOf(int(c >> 4))
		next += gap + int(x>>n&(1<<low-1))
		if int(c>>4) == noMore {
			r.at += n
			r.left -= len(r.kids)
			r.failed = r.failed || r.left < 0
			return
		}
		if next >= len(l.runes) || c == 0 {
			r.failed = true
			return
		}
		n += low
		level := d[levelCodes][l.expected(a, next)].at(x >> n)
		n += level.length()
		back := d[backCodes][pairBackCode(level.symbol())].at(x >> n)
		r.failed = r.failed || level == 0 || back == 0
		r.at += n + back.length()
		r.kids = append(r.kids, kid{int32(next), uint16(next), level.symbol(), back.symbol()})
		next++
	}
}

// list appends which of the shorter n-grams of a context, the first of which has the place
// given, are longer ones' ends.
func (r *gramReader) list(short []kid, place int32) {
	gaps, levels, backs := r.decoders[gapCodes], r.decoders[levelCodes], r.decoders[backCodes]
	b, at, end, bad := r.b, r.at, r.end, false
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
			next += gap + int(x>>n&(1<<low-1))
			n += low
		}
		if next >= len(short) {
			bad = true
			break
		}
		k := &short[next]
		level := levels[levelCode(k.level)].at(x >> n)
		n += level.length()
		was := kid{shorter: place + int32(next), last: k.last, level: level.symbol()}
		bad = bad || c == 0 || level == 0
		if r.backs {
			back := backs[backCode(k.back)].at(x >> (n & 63))
			n += back.length()
			bad = bad || back == 0
			was.back = back.symbol()
		}
		at += n
		r.kids = append(r.kids, was)
	}
	r.at = at
	r.left -= len(r.kids)
	r.failed = r.failed || bad || at > end || r.left < 0
}
