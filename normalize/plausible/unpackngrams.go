package plausible

import "sync"

// A gramReader reads a stream of n-grams.
type gramReader struct {
	decoders *[3][]decoder
	b        []byte
	at, end  uint
	grams    int
	failed   bool
	kids     []kid // of the last list
	*filler
}

// codes reads the lengths of the codes of each order.
func (u *unpacker) codes() (all [3][3][]decoder) {
	for order, sets := range codeSets {
		for set, n := range sets {
			all[order][set] = make([]decoder, n)
			for i := range n {
				u.decoder(codeSizes[set], &all[order][set][i])
			}
		}
	}
	return all
}

// maxGrams is more than a stream has that places can be told of.
const maxGrams = 1 << 28

func (u *unpacker) gramReader(decoders *[3][]decoder) *gramReader {
	r := &gramReader{decoders: decoders, grams: int(u.uint32())}
	r.b, r.end = u.stream()
	if uint(r.grams) > min(r.end, maxGrams) { // each takes two bits at least
		u.failed = true
		r.grams = 0
	}
	return r
}

// bounds reads where the letters of each shard begin, and the last end.
func (u *unpacker) bounds(letters int) (b [numShards + 1]int32) {
	for i := 1; i < numShards; i++ {
		b[i] = int32(min(u.uint32(), uint32(letters)))
		u.failed = u.failed || b[i] < b[i-1]
	}
	b[numShards] = int32(letters)
	return b
}

// readers returns those of each order, and how many n-grams these have.
func (u *unpacker) readers() (all [3][]*gramReader, total [3]int) {
	decoders := u.codes()
	for order := range all {
		shards := numShards
		if order == pairs {
			shards = 1
		}
		for range shards {
			r := u.gramReader(&decoders[order])
			all[order] = append(all[order], r)
			total[order] += r.grams
		}
	}
	return all, total
}

// grams reads the n-grams of all orders and lays them out so that find can
// search them.
func (u *unpacker) grams(into *tables, l *letters) {
	bounds := u.bounds(len(l.runes))
	readers, total := u.readers()
	if u.failed {
		return
	}
	g := &grams{l: l, two: newLists(len(l.runes), total[pairs]), three: newLists(total[pairs], total[triples])}
	var fillers [numShards]*filler
	for i := range fillers {
		fillers[i] = new(filler)
	}
	for order, all := range readers {
		for i, r := range all {
			r.filler = fillers[i]
			r.start(total[order], len(all))
		}
		if !g.read(order, all, bounds) {
			u.failed = true
			return
		}
		if into.grams[order], u.failed = fill(fillers[:len(all)]); u.failed {
			return
		}
	}
}

// read reads the streams of an order side by side, and reports whether all made
// sense.
func (g *grams) read(order int, all []*gramReader, bounds [numShards + 1]int32) (ok bool) {
	if order == triples {
		g.first, g.all = g.two.arrivals()
	}
	var wg sync.WaitGroup
	start := int32(0)
	for i, r := range all {
		from, to, at := bounds[i], bounds[i+1], start
		start += int32(r.grams)
		wg.Go(func() {
			switch order {
			case pairs:
				r.pairs(g.l, g.two)
			case triples:
				r.triples(g, from, to, at)
			case fours:
				r.fours(g, from, to)
			}
		})
	}
	wg.Wait()
	ok = true
	for _, r := range all {
		ok = ok && !r.failed
	}
	return ok
}

// pairs reads those of all letters.
func (r *gramReader) pairs(l *letters, two *lists) {
	end := int32(0)
	for a, before := range l.runes {
		r.pairsOf(l, a)
		if int(end)+len(r.kids) > r.grams || r.failed {
			r.failed = true
			return
		}
		for _, k := range r.kids {
			r.add(mix(uint64(l.runes[k.last]), before), k.level*backoffs+k.back)
		}
		end = two.set(int32(a), end, r.kids)
	}
	r.failed = r.failed || int(end) != r.grams
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

// grams is what triples and fours are read by.
type grams struct {
	l          *letters
	two, three *lists
	first      []int32 // arrivals of each letter
	all        []arrival
}

// triples reads those whose second letter is one of [from, to), and lists them
// from the place end on.
func (r *gramReader) triples(g *grams, from, to, end int32) {
	last := end + int32(r.grams)
	for b := from; b < to; b++ {
		before := g.l.runes[b]
		for _, a := range g.all[g.first[b]:g.first[b+1]] {
			r.kids = r.kids[:0]
			if a.back != leaf {
				r.list(g.two, b, triples)
			}
			if end+int32(len(r.kids)) > last || r.failed {
				r.failed = true
				return
			}
			oldest := g.l.runes[a.letter]
			for _, k := range r.kids {
				r.add(mix(mix(uint64(g.l.runes[k.last]), before), oldest), k.level*backoffs+k.back)
			}
			end = g.three.set(a.place, end, r.kids)
		}
	}
	r.failed = r.failed || end != last
}

// fours reads those whose second letter is one of [from, to).
func (r *gramReader) fours(g *grams, from, to int32) {
	left := r.grams
	for b := from; b < to; b++ {
		older := g.l.runes[b]
		for _, a := range g.all[g.first[b]:g.first[b+1]] {
			oldest := g.l.runes[a.letter]
			s := g.three.of(a.place)
			for _, abc := range g.three.kids[s.from:s.to] {
				if abc.back == leaf {
					continue
				}
				r.list(g.three, abc.shorter, fours)
				if left -= len(r.kids); left < 0 || r.failed {
					r.failed = true
					return
				}
				before := g.l.runes[abc.last]
				for _, k := range r.kids {
					r.add(mix(mix(mix(uint64(g.l.runes[k.last]), before), older), oldest), k.level*backoffs)
				}
			}
		}
	}
	r.failed = r.failed || left != 0
}

// list reads which of the shorter n-grams of a context are longer ones' ends.
func (r *gramReader) list(shorter *lists, of int32, order int) {
	s := shorter.of(of)
	short := shorter.kids[s.from:s.to]
	gaps, levels, backs := r.decoders[gapCodes], r.decoders[levelCodes], r.decoders[backCodes]
	r.kids = r.kids[:0]
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
		was := kid{shorter: s.from + int32(next), last: k.last, level: level.symbol()}
		bad = bad || c == 0 || level == 0
		if order == triples {
			back := backs[backCode(k.back)].at(x >> (n & 63))
			n += back.length()
			bad = bad || back == 0
			was.back = back.symbol()
		}
		at += n
		r.kids = append(r.kids, was)
	}
	r.at = at
	r.failed = r.failed || bad || at > end
}
