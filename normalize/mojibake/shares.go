package mojibake

// shares returns how sure the other readings of a place are whose likeliest is
// calibrated to be right as often as first says: they have what first leaves, in
// proportion to their likelihoods, and none is surer than first. p is the
// likelihood of the likeliest reading.
func shares(first, p float64, others []float64) []float64 {
	rest := 1 - p
	sum := 0.0
	for _, o := range others {
		sum += o
	}
	rest = max(rest, sum)
	out := make([]float64, len(others))
	if rest <= 0 {
		return out
	}
	for i, o := range others {
		out[i] = min((1-first)*o/rest, first)
	}
	return out
}
