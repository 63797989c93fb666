package boost

import (
	"bytes"
	"errors"
	"testing"
)

// rows are 400 points of which those in one corner are wanted.
func rows() Rows {
	var r Rows
	for i := range 400 {
		x, y := float32(i%20), float32(i/20)
		r.X = append(r.X, []float32{x, y})
		want := float32(0)
		if x > 9 && y > 9 {
			want = 1
		}
		r.Y, r.Weight = append(r.Y, want), append(r.Weight, 1)
	}
	return r
}

func TestFit(t *testing.T) {
	m := Fit(rows(), Settings{Trees: 30, Rate: 0.3, Seed: 7})
	for _, tt := range []struct {
		x    []float32
		want bool
	}{{[]float32{15, 15}, true}, {[]float32{15, 3}, false}, {[]float32{3, 15}, false}, {[]float32{0, 0}, false}} {
		if got := m.Score(tt.x); (got > 0.5) != tt.want {
			t.Errorf("score of %v is %v", tt.x, got)
		}
	}
	if again := Fit(rows(), Settings{Trees: 30, Rate: 0.3, Seed: 7}); !bytes.Equal(again.AppendBinary(nil), m.AppendBinary(nil)) {
		t.Error("the same rows give another model")
	}
}

func TestDecode(t *testing.T) {
	m := Fit(rows(), Settings{Trees: 5, Rate: 0.3, Seed: 7})
	b := m.AppendBinary(nil)
	back, rest, err := Decode(append(bytes.Clone(b), 1, 2), 2)
	if err != nil || len(rest) != 2 || !bytes.Equal(back.AppendBinary(nil), b) {
		t.Fatalf("decoding: %v, %d bytes left", err, len(rest))
	}
	for i := range b {
		if _, _, err := Decode(b[:i], 2); !errors.Is(err, ErrCorrupt) {
			t.Fatalf("%d of %d bytes: error %v", i, len(b), err)
		}
	}
	if _, _, err := Decode(b, 1); !errors.Is(err, ErrCorrupt) {
		t.Errorf("a feature past the row's end: error %v", err)
	}
}
