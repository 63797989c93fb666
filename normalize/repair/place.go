package repair

// Place returns where the bytes that r left are once all repairs are done, and
// false if a later pass changed some of them.
func Place(repairs []Repair, r Repair) (Span, bool) {
	at := r.After
	last := r.Pass
	for _, later := range repairs {
		last = max(last, later.Pass)
	}
	for pass := r.Pass + 1; pass <= last; pass++ {
		grown := 0
		for _, later := range repairs {
			if later.Pass != pass {
				continue
			}
			switch {
			case later.Before.End <= at.Start:
				grown += len(later.Now) - later.Before.Len()
			case later.Before.Start < at.End:
				shift, kept := later.shift(at)
				if !kept {
					return Span{}, false
				}
				grown += shift
			}
		}
		at.Start, at.End = at.Start+grown, at.End+grown
	}
	return at, true
}

// shift returns how far the bytes at span, which r's touch, move by r, and
// whether r keeps them: a repair may have been told with text around what it
// changes.
func (r Repair) shift(span Span) (int, bool) {
	if span.Start < r.Before.Start || span.End > r.Before.End {
		return 0, false
	}
	head := 0
	for head < min(len(r.Was), len(r.Now)) && r.Was[head] == r.Now[head] {
		head++
	}
	if span.End-r.Before.Start <= head {
		return 0, true
	}
	tail := 0
	for tail < min(len(r.Was), len(r.Now))-head && r.Was[len(r.Was)-1-tail] == r.Now[len(r.Now)-1-tail] {
		tail++
	}
	return len(r.Now) - len(r.Was), r.Before.End-span.Start <= tail
}
