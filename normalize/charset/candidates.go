package charset

import (
	"sync"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// A candidate is an encoding that the model is asked about, with the logarithm
// of how often it is met beside the others. ISO-8859-16 is no candidate: files
// in it are hardly met, and it reads Romanian in windows-1250 all too well.
type candidate struct {
	name  string
	prior float64
	enc   encoding.Encoding
	table *[256]rune // of an encoding of single bytes
	pairs *pairTable // of one of several
	tones *toneTable // of one with tones as marks of their own
}

var candidates = sync.OnceValue(func() []candidate {
	cs := []candidate{
		{name: "utf-8"},
		{name: "windows-1252"},
		{name: "windows-1251"},
		{name: "gb18030", prior: -.5},
		{name: "big5", prior: -.5},
		{name: "shift_jis"},
		{name: "euc-jp"},
		{name: "euc-kr"},
		{name: "windows-1250", prior: -.5},
		{name: "windows-1253", prior: -.5},
		{name: "windows-1254", prior: -1},
		{name: "windows-1255", prior: -.5},
		{name: "windows-1256", prior: -.5},
		{name: "windows-1257", prior: -1},
		{name: "windows-1258", prior: -1},
		{name: "windows-874", prior: -.5},
		{name: "koi8-r", prior: -.5},
		{name: "koi8-u", prior: -.6},
		{name: "iso-8859-2", prior: -1},
		{name: "iso-8859-5", prior: -1.5},
		{name: "iso-8859-7", prior: -1},
		{name: "ibm866", prior: -1},
		{name: "iso-8859-15", prior: -3},
		{name: "iso-8859-3", prior: -5},
		{name: "iso-8859-4", prior: -5},
		{name: "iso-8859-6", prior: -4},
		{name: "iso-8859-8", prior: -4},
		{name: "iso-8859-10", prior: -5},
		{name: "iso-8859-13", prior: -5},
		{name: "macintosh", prior: -8},
		{name: "x-mac-cyrillic", prior: -4},
		{name: "cp437", prior: -8},
		{name: "cp850", prior: -7},
		{name: "cp852", prior: -7},
	}
	for i := range cs {
		e, _, err := lookup(cs[i].name)
		if err != nil {
			panic(err) // the names are those of lookup, which a test shows
		}
		cs[i].enc = e
		if m, ok := e.(*charmap.Charmap); ok {
			cs[i].table = new([256]rune)
			for b := range cs[i].table {
				cs[i].table[b] = m.DecodeByte(byte(b))
			}
			if cs[i].name == "windows-1258" {
				cs[i].tones = new(toneTable)
			}
		} else if cs[i].name != "utf-8" {
			cs[i].pairs = &pairTable{enc: e, name: cs[i].name}
		}
	}
	return cs
})
