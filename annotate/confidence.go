package annotate

import "slices"

import "math"

// confidence is how often a rule is right, as far as labelled texts tell.
var confidence = map[string]float64{
	"table": 0.97, "size list": 0.95, "date line": 0.95, "comparison": 0.95, "owner": 0.95, "quantity": 0.92, "score": 0.92, "label": 0.92,
	"term": 0.91, "date": 0.9, "size": 0.9, "heading": 0.85, "likeness": 0.75, "base": 0.7,
}

// farther is what is left of it if the sentence does not name the thing.
const farther = 0.95

// sure returns the confidence of a fact that the rule reads of the thing.
func (s *sentence) sure(rule string, en *entity) float64 {
	for _, m := range s.mentions {
		if slices.Contains(m.things, en) {
			return confidence[rule]
		}
	}
	return math.Round(confidence[rule]*farther*100) / 100
}
