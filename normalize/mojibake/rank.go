package mojibake

// rank keeps the options that are likeliest after n when there are more than most.
func (l *lattice) rank(options []option, n *node, most int) []option {
	if len(options) <= most {
		return options
	}
	l.scores = l.scores[:0]
	from := n.best
	if !n.broken {
		from -= l.enter
	}
	for i := range options {
		o := &options[i]
		top := &l.top[o.end]
		best := from - o.cost
		if best < *top-beamDepth {
			continue
		}
		w, _ := l.m.Step(n.state, o.r)
		if best += w; best >= *top-beamDepth {
			*top = max(*top, best)
			l.scores = append(l.scores, scored{w - o.cost, int32(i)})
		}
	}
	l.ranked = l.ranked[:0]
	for _, s := range l.scores {
		if o := options[s.i]; from+s.w >= l.top[o.end]-beamDepth {
			l.ranked = append(l.ranked, o)
		}
	}
	if len(l.ranked) <= most {
		return l.ranked
	}
	selectFirst(l.scores, most)
	l.ranked = l.ranked[:0]
	for _, s := range l.scores[:most] {
		l.ranked = append(l.ranked, options[s.i])
	}
	return l.ranked
}

// hopeful drops the options that are far behind others after n, the likeliest of
// several nodes, so that they are not asked about after each of those.
func (l *lattice) hopeful(options []option, n *node) []option {
	from := n.best
	if !n.broken {
		from -= l.enter
	}
	l.scores = l.scores[:0]
	for i := range options {
		o := &options[i]
		w, _ := l.m.Step(n.state, o.r)
		w += from - o.cost
		l.top[o.end] = max(l.top[o.end], w)
		l.scores = append(l.scores, scored{w, int32(i)})
	}
	l.ranked = l.ranked[:0]
	for _, s := range l.scores {
		if o := &options[s.i]; s.w >= l.top[o.end]-beamDepth-behindAll {
			l.ranked = append(l.ranked, *o)
		}
	}
	return l.ranked
}

// scored is the i-th option with how likely it is.
type scored struct {
	w float32
	i int32
}

func (s scored) before(t scored) bool { return s.w > t.w || s.w == t.w && s.i < t.i }

// selectFirst moves the n likeliest of all to its front, in no order.
func selectFirst(all []scored, n int) {
	for lo, hi := 0, len(all)-1; lo < hi; {
		pivot := all[(lo+hi)/2]
		i, j := lo, hi
		for i <= j {
			for all[i].before(pivot) {
				i++
			}
			for pivot.before(all[j]) {
				j--
			}
			if i <= j {
				all[i], all[j] = all[j], all[i]
				i++
				j--
			}
		}
		switch {
		case n <= j:
			hi = j
		case n >= i:
			lo = i
		default:
			return
		}
	}
}
