package plausible

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"
	"unicode/utf8"
)

// small returns tables with n n-grams of each kind, and as many words.
func small(n int) *Tables {
	rnd := rand.New(rand.NewPCG(1, 2))
	t := &Tables{Chars: func(r rune) (uint8, float64, float64) { return uint8(r >> 8 % 7), -float64(r % 16), -1 }}
	for i := range t.LogP {
		t.LogP[i] = -float32(i) / 2
	}
	r := func() rune { return rune(0x4E00 + rnd.IntN(0x5000)) }
	for i := range n {
		code := func() uint8 { return uint8(math.Abs(rnd.NormFloat64()) * 40) }
		t.Grams = append(t.Grams, Gram{[]rune{r(), r()}, code()}, Gram{[]rune{r(), r(), r()}, code()},
			Gram{[]rune{r(), r(), r(), r()}, code()}, Gram{[]rune{r(), ClassRune(uint8(i))}, code()})
		t.Words = append(t.Words, Word{string([]rune{r(), r(), r()}), -float64(rnd.IntN(10))})
	}
	return t
}

// What is built comes back when it is parsed, each in its table with its code.
func TestParseReturnsWhatWasBuilt(t *testing.T) {
	for _, n := range []int{0, 1, 3, 5000} {
		tables := small(n)
		asset, err := Build(tables)
		if err != nil {
			t.Fatal(err)
		}
		m, err := Parse(asset)
		if err != nil {
			t.Fatal(err)
		}
		if m.logP != tables.LogP || m.backoff != tables.Backoff {
			t.Errorf("levels: %v, %v", m.logP, m.backoff)
		}
		for _, r := range []rune{0, 'a', 'é', 0x4E2D, utf8.MaxRune} {
			class, member, backoff := tables.Chars(r)
			if got, want := m.char(r), (char{class, sixteenths(-member), sixteenths(1 - backoff)}); got != want {
				t.Errorf("%q: %v, want %v", r, got, want)
			}
		}
		for table, all := range entries(tables) {
			wrong := 0
			for _, e := range all {
				code, ok := m.tables[table].find(e.hash)
				if !ok {
					t.Fatalf("table %d of %d: an n-gram is lost", table, n)
				}
				if code != e.code { // as where another has its fingerprint
					wrong++
				}
			}
			if wrong > n/100 {
				t.Errorf("table %d: %d of %d codes are others'", table, wrong, n)
			}
		}
	}
}

func TestAssetIsSmall(t *testing.T) {
	if len(asset) > 2_000_000 {
		t.Errorf("%d bytes", len(asset))
	}
}

func TestBytesComeBack(t *testing.T) {
	for _, data := range [][]byte{
		nil,
		{7},
		{0, 0},
		bytes.Repeat([]byte{9}, 1000), []byte("aaaaabbbbbbbbbbbbbbbbbbbbcaaaaaaa"),
		bytes.Repeat([]byte("abc"), 500), append(bytes.Repeat([]byte{1, 2, 2, 3, 3, 3}, 99), 4),
	} {
		packed := appendBytes(nil, data)
		u := &unpacker{b: packed}
		if got := u.bytes(len(data)); u.failed || len(u.b) > 0 || !bytes.Equal(got, data) {
			t.Errorf("%q comes back as %q, failed %v, %d bytes left", data, got, u.failed, len(u.b))
		}
	}
}

// However uneven the counts, no code is longer than a decoder knows.
func TestCodesAreShort(t *testing.T) {
	var count [numSymbols]int
	n := 1
	for s := range 40 {
		count[s] = n
		n += n/2 + 1
	}
	l := codeLengths(&count)
	if _, ok := l.decoder(); !ok {
		t.Errorf("lengths %v are none of codes", l)
	}
	for s, n := range count {
		if n > 0 && l[s] == 0 {
			t.Errorf("symbol %d has no code", s)
		}
	}
}

func TestParseRefusesABrokenAsset(t *testing.T) {
	good, err := Build(small(50))
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(good); at += 1 + len(good)/2000 {
		b := bytes.Clone(good)
		b[at] ^= 1 << (at % 8)
		if _, err := Parse(b); err == nil {
			t.Fatalf("a bit of byte %d is wrong: no error", at)
		}
		if _, err := Parse(good[:at]); err == nil {
			t.Fatalf("cut to %d bytes: no error", at)
		}
	}
	if _, err := Parse(append(bytes.Clone(good), 0)); err == nil {
		t.Error("a byte too many: no error")
	}
}

// An asset that is broken before its checksum is taken gives an error or a model
// that answers.
func FuzzUnpack(f *testing.F) {
	for _, n := range []int{0, 2, 200} {
		asset, err := Build(small(n))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(asset[len(magic):len(asset)-4], uint32(len(asset)/2), byte(1))
		f.Add(asset[len(magic):len(asset)-4], uint32(20), byte(0xFF))
	}
	f.Fuzz(func(t *testing.T, b []byte, at uint32, flip byte) {
		b = bytes.Clone(b)
		if len(b) > 0 {
			b[at%uint32(len(b))] ^= flip
		}
		m, ok := unpack(b)
		if !ok {
			return
		}
		m.Score([]byte("Größe и величина 大小\n한국어"))
		m.Word([]rune("величина"))
	})
}

// Neighbours among characters and contexts go to places far from each other.
func TestPlacesSpread(t *testing.T) {
	const buckets = 64
	var first, second [buckets]int
	for context := range rune(64) {
		for r := range rune(64) {
			h := mix(uint64(0x4E00+r), 0x4E00+context)
			first[firstPlace(h, buckets)]++
			second[secondPlace(h, buckets)]++
		}
	}
	for i := range buckets {
		if min(first[i], second[i]) < 24 || max(first[i], second[i]) > 128 { // of 64 each, on average
			t.Errorf("bucket %d has %d and %d n-grams of %d", i, first[i], second[i], 64*64)
		}
	}
}
