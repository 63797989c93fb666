package mojibake

import "slices"

// How much better than as it stands a transcoding must explain each character
// outside ASCII, in nats, that no misreading of UTF-8 is asked for: the more, the
// more of the text looks like UTF-8 than others do by chance. Measured on 16,000
// broken lines, of which none is read otherwise for it.
const (
	enoughOdd    = 12 // characters outside ASCII
	surePer      = 4
	surePerShare = 40  // for all of the text
	chanceShare  = .45 // of it, in Russian that was read as other Russian
	maxShare     = .75 // beyond which UTF-8 is asked first
)

// surely reports whether t, which explains text of which a share looks like
// UTF-8, is what happened to it, whatever a chain may explain.
func (t transcoding) surely(share float32) bool {
	each := surePer + surePerShare*max(0, share-chanceShare)
	return t.from.name != utf8Name && !t.partly && t.odd >= enoughOdd && t.gain >= each*float32(t.odd)
}

// utf8Share returns the greatest share of the sample's characters outside ASCII
// that one code page makes of UTF-8.
func utf8Share(sample []oddWindow) float32 {
	g, pages := gate(), codepages()
	all, looks := 0, make([]int, len(pages))
	for _, w := range sample {
		all += w.odd
		for i, r := range w.runes[:len(w.runes)-1] {
			if r < 0x80 || r >= gateSize || g.lead[r]&g.contBits(w.runes[i+1]) == 0 {
				continue
			}
			for k, p := range pages {
				if n, _ := p.sequence(w.runes[i:]); n > 1 {
					looks[k] += n
				}
			}
		}
	}
	return float32(slices.Max(looks)) / float32(max(1, all))
}
