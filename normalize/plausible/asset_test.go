package plausible

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"unicode/utf8"
)

// small returns tables with n n-grams of each kind, and as many words, of so many letters
// and five times as many of the East.
func small(n int, letters rune) *Tables {
	rnd := rand.New(rand.NewPCG(1, 2))
	t := &Tables{Chars: func(r rune) (uint8, float64, float64) {
		if (r < 0x1000 || r >= 0x1000+letters) && (r < 0x4E00 || r >= 0x4E00+5*letters) {
			return uint8(r >> 8 % 7), -float64(r % 16), Unseen
		}
		return uint8(r >> 8 % 7), -float64(r % 16), -1
	}}
	for i := range t.LogP {
		t.LogP[i] = -float32(i) / 2
	}
	han := func() rune { return 0x4E00 + rnd.Int32N(5*letters) }
	r := func() rune {
		if rnd.IntN(3) == 0 {
			return han()
		}
		return 0x1000 + rnd.Int32N(letters)
	}
	seen := map[string]bool{}
	code := func() uint8 { return uint8(math.Abs(rnd.NormFloat64()) * 40) }
	for i := range n {
		whole := []rune{r(), r(), r(), r()}
		for from := range whole { // with the context and the end of each n-gram
			for to := from + 2; to <= len(whole); to++ {
				if seen[string(whole[from:to])] {
					continue
				}
				seen[string(whole[from:to])] = true
				c := code() | 1 // something may follow
				if to-from == 4 {
					c &^= backoffs - 1
				}
				t.Grams = append(t.Grams, Gram{whole[from:to], c})
			}
		}
		t.Grams = append(t.Grams, Gram{[]rune{han(), ClassRune(uint8(i))}, code()})
		t.Words = append(t.Words, Word{string([]rune{r(), r(), r()}), -float64(rnd.IntN(10))})
	}
	return t
}

// What is built comes back when it is parsed, each in its table with its code.
func TestParseReturnsWhatWasBuilt(t *testing.T) {
	for _, n := range []int{0, 1, 3, 5000} {
		tables := small(n, 0x1000)
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
			got := m.char(r)
			if want := (char{class, sixteenths(-member), sixteenths(1 - backoff), got.group}); got != want {
				t.Errorf("%q: %v, want %v", r, got, want)
			}
		}
		wrong := 0
		for _, g := range tables.Grams {
			code, ok := findGram(m, g.Runes)
			if !ok {
				t.Fatalf("%d of each: %q is lost", n, g.Runes)
			}
			if code != g.Code { // as where another has its fingerprint
				wrong++
			}
		}
		for _, w := range tables.Words {
			logP, ok := m.Word([]rune(w.Text))
			if !ok {
				t.Fatalf("%d of each: the word %q is lost", n, w.Text)
			}
			if float64(logP) != w.LogP {
				wrong++
			}
		}
		if wrong > n/100 {
			t.Errorf("%d of each: %d codes are others'", n, wrong)
		}
	}
}

func findGram(m *Model, runes []rune) (code uint8, ok bool) {
	last := len(runes) - 1
	if runes[last] > utf8.MaxRune {
		return m.followers().find(followNumber(runes[0], uint8(runes[last]-ClassRune(0))))
	}
	t := &m.west
	if slices.ContainsFunc(runes, eastern) {
		t = &m.east
	}
	key := lastKey(runes[last]) + firstKey(runes[last-1])
	switch last {
	case 1:
		return t.load(pairs, m.char(runes[0]).group).find(key)
	case 2:
		return t.load(triples, m.char(runes[1]).group).find(key + secondKey(runes[0]))
	}
	return t.load(fours, m.char(runes[1]).group).find(key + secondKey(runes[1]) + thirdKey(runes[0]))
}

// An n-gram whose context or end is missing cannot be told.
func TestBuildRefusesWhatLacksItsEnds(t *testing.T) {
	for at := range 6 { // the n-grams of four characters
		tables := small(1, 0x1000)
		without := tables.Grams[at].Runes
		tables.Grams = slices.Delete(tables.Grams, at, at+1)
		if _, err := Build(tables); (err == nil) != (len(without) == 4) {
			t.Errorf("without %q: %v", without, err)
		}
	}
}

// The embedded asset is not looked at before it is asked.
func TestAssetIsSmallAndWhole(t *testing.T) {
	if len(asset) > 2_000_000 {
		t.Errorf("%d bytes", len(asset))
	}
	if _, err := Parse(asset); err != nil {
		t.Error(err)
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
	count := make([]int, numSymbols)
	n := 1
	for s := range 40 {
		count[s] = n
		n += n/2 + 1
	}
	l := codeLengths(count)
	if !l.decoder(new(decoder)) {
		t.Errorf("lengths %v are none of codes", l)
	}
	for s, n := range count {
		if n > 0 && l[s] == 0 {
			t.Errorf("symbol %d has no code", s)
		}
	}
}

func TestParseRefusesABrokenAsset(t *testing.T) {
	good, err := Build(small(50, 0x1000))
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
		asset, err := Build(small(n, 16))
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
		if !ok || !m.sound() {
			return
		}
		m.Score([]byte("Größe и величина 大小\nခဂဃင 丁丂丄"))
		m.Word([]rune("величина"))
	})
}

// Gaps of every size come back.
func TestGapsComeBack(t *testing.T) {
	for gap := range 1 << 16 {
		symbol, low := gapSymbol(gap)
		back, n := gapOf(symbol)
		if symbol >= noMore || n != low || back|gap&(1<<low-1) != gap {
			t.Fatalf("%d becomes %d with %d bits, which is %d with %d", gap, symbol, low, back, n)
		}
	}
}

func TestNumbersComeBack(t *testing.T) {
	for _, all := range [][]numbered{
		nil,
		{{0, 0}},
		{{7, 3}},
		{{1 << 31, 9}, {1<<31 + 1, 0}},
		{{3, 1}, {4, 2}, {5, 3}, {1 << 20, 4}, {1<<20 + 40, 255}},
	} {
		c := chunkingOf(1<<31 + 2)
		n := (&unpacker{b: appendNumbers(nil, all, c)}).numbers(c)
		if n == nil {
			t.Errorf("%v does not come back", all)
			continue
		}
		var got []numbered
		ok := true
		for chunk := range numChunks {
			ok = n.read(chunk, func(x numbered) { got = append(got, x) }) && ok
		}
		if !ok || !slices.Equal(got, all) {
			t.Errorf("%v comes back as %v", all, got)
		}
	}
}
