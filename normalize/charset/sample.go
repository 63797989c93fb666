package charset

import (
	"bytes"
	"slices"
)

// sampleSize bounds what the model reads, and margin is how much ASCII it reads
// on either side of other bytes. All candidates read ASCII the same, and the
// model's memory is shorter than the margin, so that what is left out would not
// tell them apart.
const (
	sampleSize = 2048
	margin     = 6
)

// sample appends the parts of b with bytes beyond ASCII to out, up to the bound.
func sample(out, b []byte) []byte {
	const scan = 1 << 20
	b = b[:min(len(b), scan)]
	for len(b) > 0 && len(out) < sampleSize {
		at := slices.IndexFunc(b, func(c byte) bool { return c >= 0x80 })
		if at < 0 {
			break
		}
		from := max(0, at-margin)
		if nl := bytes.LastIndexByte(b[from:at], '\n'); nl >= 0 {
			from += nl + 1
		}
		to := at + 1
		for quiet := 0; to < len(b) && quiet < margin && to-from < sampleSize-len(out)+margin; to++ {
			if quiet++; b[to] >= 0x80 {
				quiet = 0
			}
		}
		out = append(out, b[from:to]...)
		if b = b[to:]; len(b) > 0 {
			out = append(out, '\n')
		}
	}
	return out
}
