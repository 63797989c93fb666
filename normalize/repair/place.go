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
				return Span{}, false
			}
		}
		at.Start, at.End = at.Start+grown, at.End+grown
	}
	return at, true
}
