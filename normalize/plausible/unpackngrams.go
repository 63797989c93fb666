package plausible

// grams are what the tables of a part are unpacked by.
type grams struct {
	l          *letters
	members    [][]uint16 // letters of each group
	lengths    [numOrders][3][]lengths
	decoders   [numOrders]*[3][]decoder // nil for an order that was not asked yet
	streams    [numOrders][numGroups]stream
	two, three *lists
	from       [fours][numGroups]int32 // where they have the n-grams of each group
	listed     [fours][numGroups]bool  // the groups that they have
	first      []int32                 // arrivals of each letter
	all        []arrival
}

// A stream is packed n-grams, or numbers: how many, and their bits.
type stream struct {
	grams int
	b     []byte // with what may be read behind the bits
	end   uint   // of the bits
}

// maxGrams is more than a part has that places can be told of.
const maxGrams = 1 << 28

// grams reads a part, but for the n-grams of its groups; nil if it makes no sense.
func (u *unpacker) grams(l *letters) *grams {
	g := &grams{l: l, members: l.members()}
	g.lengths = u.codes()
	twos, threes := g.take(u.streams(numOrders * numGroups))
	if !u.done() || twos > maxGrams || threes > maxGrams {
		return nil
	}
	g.two, g.three = newLists(len(l.runes), twos), newLists(twos, threes)
	return g
}

// codes reads the lengths of the codes of each order.
func (u *unpacker) codes() (all [numOrders][3][]lengths) {
	for order, sets := range codeSets {
		for set, n := range sets {
			for range n {
				all[order][set] = append(all[order][set], u.lengths(codeSizes[set]))
			}
		}
	}
	return all
}

// take takes the streams of all groups, and returns the number of pairs and that of
// triples.
func (g *grams) take(all []stream) (twos, threes int) {
	for group := range numGroups {
		g.from[pairs][group], g.from[triples][group] = int32(twos), int32(threes)
		for order := range numOrders {
			g.streams[order][group] = all[order*numGroups+group]
		}
		twos += g.streams[pairs][group].grams
		threes += g.streams[triples][group].grams
	}
	return twos, threes
}

// table unpacks a group; nil if it makes no sense.
func (g *grams) table(order int, group uint8) *table {
	switch order {
	case pairs:
		return g.pairTable(group)
	case triples:
		return g.tripleTable(group)
	}
	return g.fourTable(group)
}

func (g *grams) pairTable(group uint8) *table {
	if !g.listPairs(group) {
		return nil
	}
	return tableOf(g.streams[pairs][group].grams, func(t *table) bool {
		for _, a := range g.members[group] {
			if !g.insert(t, g.two.listOf(int32(a)), firstKey(g.l.runes[a])) {
				return false
			}
		}
		return true
	})
}

// listPairs unpacks the pairs that letters of a group begin, if that was not done yet,
// and reports whether they make sense.
func (g *grams) listPairs(group uint8) (ok bool) {
	if g.listed[pairs][group] {
		return true
	}
	r := g.reader(pairs, group)
	end := g.from[pairs][group]
	for _, a := range g.members[group] {
		r.kids = g.two.end(end)
		r.pairsOf(g.l, int(a))
		if r.failed {
			return false
		}
		end = g.two.append(int32(a), end, r.kids)
	}
	g.listed[pairs][group] = r.left == 0
	return g.listed[pairs][group]
}

// listAllPairs is listPairs for all groups, after which there are arrivals.
func (g *grams) listAllPairs() (ok bool) {
	if g.all != nil {
		return true
	}
	for group := range numGroups {
		if !g.listPairs(uint8(group)) {
			return false
		}
	}
	g.first, g.all = g.two.arrivals()
	return true
}

// insert adds the n-grams of a context, of which the key is given, to a table.
func (g *grams) insert(t *table, list []kid, context uint64) (fits bool) {
	for i := range list {
		k := &list[i]
		if !t.insert(context+lastKey(g.l.runes[k.last]), k.level*backoffs+k.back) {
			return false
		}
	}
	return true
}

func (g *grams) tripleTable(group uint8) *table {
	if !g.listTriples(group) {
		return nil
	}
	return tableOf(g.streams[triples][group].grams, func(t *table) bool {
		for _, b := range g.members[group] {
			before := firstKey(g.l.runes[b])
			for i := g.first[b]; i < g.first[b+1]; i++ {
				if !g.insert(t, g.three.listOf(i), before+secondKey(g.l.runes[g.all[i].letter])) {
					return false
				}
			}
		}
		return true
	})
}

// listTriples unpacks those of a group, if that was not done yet, and reports whether
// they make sense.
func (g *grams) listTriples(group uint8) (ok bool) {
	if g.listed[triples][group] {
		return true
	}
	if !g.listAllPairs() {
		return false
	}
	r := g.reader(triples, group)
	end := g.from[triples][group]
	for _, b := range g.members[group] {
		after := g.two.listOf(int32(b))
		for i := g.first[b]; i < g.first[b+1]; i++ {
			if g.all[i].back == leaf {
				continue
			}
			r.kids = g.three.end(end)
			r.list(after)
			if r.failed {
				return false
			}
			end = g.three.append(i, end, r.kids)
		}
	}
	g.listed[triples][group] = r.left == 0
	return g.listed[triples][group]
}

// fourTable unpacks those of a group, and of triples those that tell them.
func (g *grams) fourTable(group uint8) *table {
	if !g.listTriples(group) {
		return nil
	}
	ok := true
	t := tableOf(g.streams[fours][group].grams, func(t *table) (fits bool) {
		r := g.reader(fours, group)
		fits = true
		for _, b := range g.members[group] {
			if fits, ok = g.foursOf(b, r, t); !fits || !ok {
				return fits
			}
		}
		ok = r.left == 0
		return true
	})
	if !ok {
		return nil
	}
	return t
}

// foursOf reads those whose second letter is b into t.
func (g *grams) foursOf(b uint16, r *gramReader, t *table) (fits, ok bool) {
	older := secondKey(g.l.runes[b])
	for i := g.first[b]; i < g.first[b+1]; i++ {
		oldest := older + thirdKey(g.l.runes[g.all[i].letter])
		list := g.three.listOf(i)
		for i := range list {
			k := &list[i]
			if k.back == leaf {
				continue
			}
			if !g.listTriples(g.l.chars[k.last].group) {
				return true, false
			}
			r.kids = r.kids[:0]
			r.list(g.three.listOf(k.shorter))
			if r.failed {
				return true, false
			}
			if !g.insert(t, r.kids, oldest+firstKey(g.l.runes[k.last])) {
				return false, true
			}
		}
	}
	return true, true
}
