package models

import (
	"math"
	"strconv"
	"strings"
)

// scales are the suffixes that people read sizes by, largest first.
var scales = []struct {
	suffix string
	factor float64
}{{"T", 1e12}, {"B", 1e9}, {"M", 1e6}, {"K", 1e3}}

// FormatNumber writes a number as people do (671B, 14.8T, 2.788M) where that
// says exactly the same number, and in full otherwise. ParseNumber reads it
// back.
func FormatNumber(v float64) string {
	for _, s := range scales {
		if math.Abs(v) < s.factor {
			continue
		}
		short := strconv.FormatFloat(v/s.factor, 'f', -1, 64)
		if len(short) <= 5 && ParseNumber(short+s.suffix) == v {
			return short + s.suffix
		}
		break
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// ParseNumber reads what FormatNumber writes; NaN is no number.
func ParseNumber(s string) float64 {
	for _, scale := range scales {
		if digits, ok := strings.CutSuffix(s, scale.suffix); ok {
			v, err := strconv.ParseFloat(digits, 64)
			if err != nil {
				return math.NaN()
			}
			return math.Round(v * scale.factor)
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// FormatPlain writes a number in full, as a property holds it.
func FormatPlain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
