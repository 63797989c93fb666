package mojibake

// shares returns how sure the other readings of a place are whose likeliest is
// calibrated to be right as often as first says: they have what first leaves, in
// proportion to their likelihoods, and none is surer than first. p is the
// likelihood of the likeliest reading. They take the place of the likelihoods.
func shares(first, p float64, others []float64) []float64 {
	rest := 1 - p
	sum := 0.0
	for _, o := range others {
		sum += o
	}
	rest = max(rest, sum)
	if rest <= 0 {
		rest = 1 // all are nothing
	}
	for i, o := range others {
		others[i] = min((1-first)*o/rest, first)
	}
	return others
}
