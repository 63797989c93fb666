package mojibake

import (
	"cmp"
	"slices"
	"unicode"
)

// Costs, in nats, of what a byte seldom becomes.
const (
	costSpaceForNBSP      = 1.0
	costNoNBSP            = 1.0
	costNoSoftHyphen      = 7
	costC1                = 1.5 // a defined byte read by ISO 8859-1 all the same
	costDeeper            = 4   // one more misreading
	costLower             = 8   // put in lower case
	costCapital           = 2   // a capital left by putting words in title case
	costKeptThough        = 4   // an undefined byte kept where others are dropped
	costStripped          = 4   // more for a text that lost all control characters
	maxImages             = 8
	maxImageRunes         = 40
	replacement           = unicode.ReplacementChar
	nbsp             rune = 0xA0
	softHyphen       rune = 0xAD
)

// An image is what one byte of the right text looks like in the broken one.
type image struct {
	runes []rune
	cost  float32
	// atBlank says that the image is possible only before white space or the
	// text's end: what was trimmed or merged there.
	atBlank bool
	lost    bool
}

// singleImages returns what each byte of 0x80 to 0xFF becomes in one layer.
func singleImages(p *codepage, l Layer) [256][]image {
	var all [256][]image
	for b := range 256 {
		r := p.runes[b]
		if b < 0x80 {
			all[b] = []image{{runes: []rune{rune(b)}}}
			continue
		}
		if l.stripped() && b < 0xA0 {
			all[b] = lostImage(l.Lost)
			continue
		}
		var ims []image
		if low := unicode.ToLower(r); l.Case == caseLower && r != none && low != r {
			ims = append(ims, image{runes: []rune{low}}, image{runes: []rune{r}, cost: costCapital})
			all[b] = ims
			continue
		}
		if r != none {
			ims = append(ims, image{runes: []rune{r}})
		} else {
			ims = append(ims, lostImage(l.Lost)...)
		}
		switch {
		case r == nbsp:
			ims = append(ims, image{runes: []rune{' '}, cost: costSpaceForNBSP},
				image{cost: costNoNBSP, atBlank: true})
		case r == softHyphen:
			ims = append(ims, image{cost: costNoSoftHyphen, lost: true})
		}
		if b < 0xA0 && r != rune(b) {
			cost := float32(costC1)
			if r == none {
				cost = 0
				if l.Lost != lostKept && l.Lost != "" {
					cost = costKeptThough
				}
			}
			ims = append(ims, image{runes: []rune{rune(b)}, cost: cost})
		}
		if l.Encoding == latin1 && b < 0xA0 {
			if web := codepageByName(webDefault).runes[b]; web != none {
				ims = append(ims, image{runes: []rune{web}, cost: costC1})
			}
		}
		all[b] = ims
	}
	return all
}

func lostImage(lost string) []image {
	switch lost {
	case lostDropped:
		return []image{{lost: true}}
	case lostReplaced:
		return []image{{runes: []rune{replacement}, lost: true}}
	case lostQuestion:
		return []image{{runes: []rune{'?'}, lost: true}}
	}
	return nil
}

// throughLayer carries images through one more misreading.
func throughLayer(ims []image, single [256][]image) []image {
	var out []image
	for _, im := range ims {
		partial := []image{{cost: im.cost, atBlank: im.atBlank, lost: im.lost}}
		for _, b := range []byte(string(im.runes)) {
			var next []image
			for _, p := range partial {
				for _, s := range single[b] {
					if len(p.runes)+len(s.runes) > maxImageRunes {
						continue
					}
					next = append(next, image{
						runes:   slices.Concat(p.runes, s.runes),
						cost:    p.cost + s.cost,
						atBlank: p.atBlank || s.atBlank,
						lost:    p.lost || s.lost,
					})
				}
			}
			partial = cheapest(next)
		}
		out = append(out, partial...)
	}
	return cheapest(out)
}

// cheapest keeps the maxImages images of least cost, each look once.
func cheapest(ims []image) []image {
	slices.SortStableFunc(ims, func(a, b image) int { return cmp.Compare(a.cost, b.cost) })
	var out []image
	for _, im := range ims {
		same := func(o image) bool { return slices.Equal(o.runes, im.runes) && o.atBlank == im.atBlank }
		if len(out) < maxImages && !slices.ContainsFunc(out, same) {
			out = append(out, im)
		}
	}
	return out
}
