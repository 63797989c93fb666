package plausible

import "math"

// Certainty is what the log odds that the model gives are worth: its
// characters are not as independent as it takes them to be. It was measured on
// lines held out of training that lost bytes in several ways; the picture
// calibration.svg shows how often guesses of a confidence were right.
const Certainty = .64

// Calibrate turns the posterior probability that a reading has by the model
// into the share of such readings that are right. It keeps their order, and
// leaves 0, ½ and 1 where they are.
func Calibrate(posterior float64) float64 {
	switch {
	case !(posterior > 0):
		return 0
	case posterior >= 1:
		return 1
	}
	return 1 / (1 + math.Pow(1/posterior-1, Certainty))
}
