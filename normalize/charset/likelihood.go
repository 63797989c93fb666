package charset

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"github.com/clipmend/clipmend/normalize/plausible"
)

func model() *plausible.Model { return plausible.Default() }

// A candidate is an encoding that the model is asked about, with the logarithm
// of how often it is met beside the others. ISO-8859-16 is no candidate: files
// in it are hardly met, and it reads Romanian in windows-1250 all too well.
type candidate struct {
	name  string
	prior float64
	enc   encoding.Encoding
}

var candidates = sync.OnceValue(func() []candidate {
	cs := []candidate{
		{"utf-8", 0, nil},
		{"windows-1252", 0, nil},
		{"windows-1251", 0, nil},
		{"gb18030", -.5, nil},
		{"big5", -.5, nil},
		{"shift_jis", 0, nil},
		{"euc-jp", 0, nil},
		{"euc-kr", 0, nil},
		{"windows-1250", -.5, nil},
		{"windows-1253", -.5, nil},
		{"windows-1254", -1, nil},
		{"windows-1255", -.5, nil},
		{"windows-1256", -.5, nil},
		{"windows-1257", -1, nil},
		{"windows-1258", -1, nil},
		{"windows-874", -.5, nil},
		{"koi8-r", -.5, nil},
		{"koi8-u", -.6, nil},
		{"iso-8859-2", -1, nil},
		{"iso-8859-5", -1.5, nil},
		{"iso-8859-7", -1, nil},
		{"ibm866", -1, nil},
		{"iso-8859-15", -3, nil},
		{"iso-8859-3", -5, nil},
		{"iso-8859-4", -5, nil},
		{"iso-8859-6", -4, nil},
		{"iso-8859-8", -4, nil},
		{"iso-8859-10", -5, nil},
		{"iso-8859-13", -5, nil},
		{"macintosh", -8, nil},
		{"x-mac-cyrillic", -4, nil},
		{"cp437", -8, nil},
		{"cp850", -7, nil},
		{"cp852", -7, nil},
	}
	for i := range cs {
		e, _, err := lookup(cs[i].name)
		if err != nil {
			panic(err) // the names are those of lookup, which a test shows
		}
		cs[i].enc = e
	}
	return cs
})

// sampleSize bounds what the model reads, and margin is how much ASCII it reads
// on either side of other bytes. All candidates read ASCII the same, and the
// model's memory is shorter than the margin, so that what is left out would not
// tell them apart.
const (
	sampleSize = 2048
	margin     = 6
)

// sample joins the parts of b with bytes beyond ASCII, up to the bound.
func sample(b []byte) []byte {
	out := make([]byte, 0, min(len(b), sampleSize)+2*margin)
	const scan = 1 << 20
	b = b[:min(len(b), scan)]
	for len(b) > 0 && len(out) < sampleSize {
		at := slices.IndexFunc(b, func(c byte) bool { return c >= 0x80 })
		if at < 0 {
			break
		}
		from := max(0, at-margin)
		if nl := bytes.LastIndexByte(b[from:at], '\n'); nl >= 0 {
			from += nl + 1
		}
		to := at + 1
		for quiet := 0; to < len(b) && quiet < margin && to-from < sampleSize-len(out)+margin; to++ {
			if quiet++; b[to] >= 0x80 {
				quiet = 0
			}
		}
		out = append(out, b[from:to]...)
		if b = b[to:]; len(b) > 0 {
			out = append(out, '\n')
		}
	}
	return out
}

// byModel chooses the encoding in which the sample is likeliest. A declared one
// has a bonus, and so wins unless it gives nonsense.
func byModel(b []byte, ds []declaration) Guess {
	among := candidates()
	var all []scored
	for look := firstLook; ; look *= 4 {
		all = rank(b[:min(len(b), look)], among, ds)
		if look >= len(b) {
			break
		}
		among = nil
		for _, s := range all {
			if s.logP > all[0].logP-hopeless {
				among = append(among, s.candidate)
			}
		}
	}
	if len(all) == 0 || controls(b)*20 > len(b) {
		return Guess{Confidence: .9, Source: "binary"}
	}
	best, sum := all[0], 0.0
	var g Guess
	for _, s := range all {
		share := math.Exp(s.logP - best.logP)
		sum += share
		if g.RunnerUp == "" && !bytes.Equal(s.text, best.text) {
			g.RunnerUp, g.RunnerUpConfidence = s.name, share
		} else if bytes.Equal(s.text, best.text) && s.candidate.name != best.candidate.name {
			sum -= share // another name for the same text is no rival
		}
	}
	g.Encoding, g.Source = best.name, best.source
	g.Confidence, g.RunnerUpConfidence = min(1/sum, .999), g.RunnerUpConfidence/sum
	return g
}

// firstLook bytes are enough to see that most encodings are hopeless: so many
// nats behind.
const (
	firstLook = 64
	hopeless  = 40
)

// scored is a candidate with what it makes of a sample.
type scored struct {
	candidate  candidate
	name       string
	source     string
	likelihood float64 // of the text by the model
	logP       float64 // with what else is known
	text       []byte
}

// rank scores the candidates on a sample, the likeliest first.
func rank(b []byte, among []candidate, ds []declaration) []scored {
	var all []scored
	for _, c := range among {
		s := scored{candidate: c, name: c.name, logP: c.prior, source: "model"}
		bonus := 6.0
		for _, d := range ds {
			if d.name == c.name || d.name == "gbk" && c.name == "gb18030" {
				s.name, s.source = d.name, d.source
				s.logP += bonus
				break
			}
			bonus = 3
		}
		text, cut, ok := reading(b, c)
		if !ok {
			continue
		}
		if cut {
			s.logP -= cutCost
		}
		s.text = text
		if same := slices.IndexFunc(all, func(t scored) bool { return bytes.Equal(t.text, text) }); same >= 0 {
			s.text, s.likelihood = all[same].text, all[same].likelihood
		} else {
			s.likelihood, _ = model().Score(text)
		}
		s.logP += s.likelihood
		all = append(all, s)
	}
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(b.logP, a.logP) })
	return all
}

// cutCost is, in nats, how seldom a text ends within a character.
const cutCost = 12

// reading decodes a sample for scoring. A character cut at the end is no
// mistake, but is told. It fails for an encoding that cannot be meant: too many
// mistakes.
func reading(b []byte, c candidate) (text []byte, cut, ok bool) {
	if m, ok := c.enc.(*charmap.Charmap); ok {
		text = make([]byte, 0, 2*len(b)+8)
		for _, x := range b {
			text = utf8.AppendRune(text, m.DecodeByte(x))
		}
	} else {
		text = decode(b, c.enc)
	}
	if c.name != "utf-8" || cutShort(b) {
		text, cut = bytes.CutSuffix(text, []byte(string(utf8.RuneError)))
	}
	if c.name == "windows-1258" {
		text = norm.NFC.Bytes(text) // it has tones as marks of their own
	}
	bad := bytes.Count(text, []byte(string(utf8.RuneError)))
	return text, cut, bad*20 <= len(b) || c.name == "windows-1252"
}

// cutShort reports whether b ends within a character of UTF-8.
func cutShort(b []byte) bool {
	for i := len(b) - 1; i >= max(0, len(b)-utf8.UTFMax); i-- {
		if utf8.RuneStart(b[i]) {
			return b[i] >= 0xC2 && b[i] < 0xF5 && !utf8.FullRune(b[i:])
		}
	}
	return false
}

func controls(b []byte) int {
	n := 0
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1B {
			n++
		}
	}
	return n
}
