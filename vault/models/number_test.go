package models

import (
	"math"
	"testing"
)

func TestFormatNumber(t *testing.T) {
	for _, tt := range []struct {
		v    float64
		want string
	}{
		{671e9, "671B"},
		{14.8e12, "14.8T"},
		{2_788_000, "2.788M"},
		{128_000, "128K"},
		{32_768, "32768"},
		{131_072, "131072"},
		{0, "0"},
		{78.5, "78.5"},
		{-1500, "-1.5K"},
		{1e15, "1000T"},
		{123_456_789_012, "123456789012"},
	} {
		got := FormatNumber(tt.v)
		if got != tt.want {
			t.Errorf("FormatNumber(%v) = %q, want %q", tt.v, got, tt.want)
		}
		if back := ParseNumber(got); back != tt.v {
			t.Errorf("ParseNumber(%q) = %v, want %v", got, back, tt.v)
		}
	}
	if !math.IsNaN(ParseNumber("MoE")) {
		t.Error("MoE is a number")
	}
}
