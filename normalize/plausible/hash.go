package plausible

// Hash returns a number that is the same for equal States and seldom so for
// others.
func (s State) Hash() uint64 {
	h := uint64(uint32(s.last)) | uint64(uint32(s.before))<<21 | uint64(uint32(s.third))<<42
	return (h ^ uint64(s.kept.n())<<61 ^ h>>29) * 0x9E37_79B9_7F4A_7C15
}
