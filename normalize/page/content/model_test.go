package content

import (
	"errors"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/page/boost"
	"github.com/clipmend/clipmend/normalize/page/dom"
	"github.com/clipmend/clipmend/normalize/page/metadata"
)

// The embedded model is read once, when a page first needs it: it must be
// sound, and as wide as the rows that it is given.
func TestModel(t *testing.T) {
	doc, err := dom.Parse([]byte("<p>one two three<p>four <a href=x>five</a>"))
	if err != nil {
		t.Fatal(err)
	}
	x := NewIndex(doc, NewAbout(&metadata.Hints{}, ""))
	if got := len(x.page()); got != pageWidth {
		t.Errorf("a page has %d features, want %d", got, pageWidth)
	}
	s := x.scene(&Model{})
	s.rows(func(_ int, r *row) {
		if len(*r) != width {
			t.Errorf("rows have %d features, want %d", len(*r), width)
		}
	})
	s.second(make([]float32, len(x.Blocks)), func(_ int, r *row) {
		if len(*r) != width+contextWidth {
			t.Errorf("second rows have %d features, want %d", len(*r), width+contextWidth)
		}
	})
	m, err := DecodeModel(embedded)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(m.AppendBinary(nil)); got != string(embedded) {
		t.Error("the model does not encode to the bytes that it was read from")
	}
}

// Bytes that end early are no model, and say so.
func TestDecodeModel(t *testing.T) {
	for n := 0; n < len(embedded); n += 997 {
		if _, err := DecodeModel(embedded[:n]); !errors.Is(err, boost.ErrCorrupt) {
			t.Errorf("%d of %d bytes: error %v", n, len(embedded), err)
		}
	}
}

func TestSelect(t *testing.T) {
	doc, err := dom.Parse([]byte(`<body><div class="menu"><a href="/a">Home</a></div><div class="post">` +
		strings.Repeat(`<p>The kiln must be heated slowly, so that the bricks lose their water and do not crack in the fire.</p>`, 1) +
		`<p>When the glow is even from floor to arch, the heat is held for six hours, and the vents are closed.</p>
		<p>After two days the door is opened, and the bricks are sorted by their sound and their colour.</p></div></body>`))
	if err != nil {
		t.Fatal(err)
	}
	x := NewIndex(doc, NewAbout(&metadata.Hints{}, ""))
	keep := x.Select(nil, nil)
	if keep[0] || !keep[1] || !keep[2] || !keep[3] {
		t.Errorf("kept %v, want all but the menu", keep)
	}
}
