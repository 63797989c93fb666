package charset

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

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
}

func candidates() []candidate {
	return []candidate{
		{"utf-8", 0},
		{"windows-1252", 0},
		{"windows-1251", 0},
		{"gb18030", -.5},
		{"big5", -.5},
		{"shift_jis", 0},
		{"euc-jp", 0},
		{"euc-kr", 0},
		{"windows-1250", -.5},
		{"windows-1253", -.5},
		{"windows-1254", -1},
		{"windows-1255", -.5},
		{"windows-1256", -.5},
		{"windows-1257", -1},
		{"windows-1258", -1},
		{"windows-874", -.5},
		{"koi8-r", -.5},
		{"koi8-u", -.6},
		{"iso-8859-2", -1},
		{"iso-8859-5", -1.5},
		{"iso-8859-7", -1},
		{"ibm866", -1},
		{"iso-8859-15", -3},
		{"iso-8859-3", -5},
		{"iso-8859-4", -5},
		{"iso-8859-6", -4},
		{"iso-8859-8", -4},
		{"iso-8859-10", -5},
		{"iso-8859-13", -5},
		{"macintosh", -4},
		{"x-mac-cyrillic", -4},
		{"cp437", -5},
		{"cp850", -4},
		{"cp852", -4},
	}
}

// sampleSize bounds what the model reads. A sample begins with the text and is
// centred on bytes beyond ASCII, which tell encodings apart.
const sampleSize = 2048

// sample picks the lines with bytes beyond ASCII, up to the bound, without
// cutting what surrounds them.
func sample(b []byte) []byte {
	if len(b) <= sampleSize {
		return b
	}
	var out []byte
	const scan = 1 << 20
	b = b[:min(len(b), scan)]
	for len(b) > 0 && len(out) < sampleSize {
		at := slices.IndexFunc(b, func(c byte) bool { return c >= 0x80 })
		if at < 0 {
			break
		}
		from := max(0, at-24)
		if nl := bytes.LastIndexByte(b[from:at], '\n'); nl >= 0 {
			from += nl + 1
		}
		to := min(len(b), at+1)
		for quiet := 0; to < len(b) && quiet < 24 && to-from < sampleSize-len(out)+32; to++ {
			if quiet++; b[to] >= 0x80 {
				quiet = 0
			}
		}
		out = append(out, b[from:to]...)
		out = append(out, '\n')
		b = b[to:]
	}
	return out
}

// byModel chooses the encoding in which the sample is likeliest. A declared one
// has a bonus, and so wins unless it gives nonsense.
func byModel(b []byte, ds []declaration) Guess {
	all := rank(b[:min(len(b), firstLook)], candidates(), ds)
	if len(b) > firstLook {
		var close []candidate
		for _, c := range candidates() {
			if slices.ContainsFunc(all, func(s scored) bool { return s.candidate == c && s.logP > all[0].logP-hopeless }) {
				close = append(close, c)
			}
		}
		all = rank(b, close, ds)
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
		} else if bytes.Equal(s.text, best.text) && s.candidate != best.candidate {
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
	firstLook = 256
	hopeless  = 40
)

// scored is a candidate with what it makes of a sample.
type scored struct {
	candidate candidate
	name      string
	source    string
	logP      float64
	text      []byte
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
		text, ok := reading(b, s.name)
		if !ok {
			continue
		}
		p, _ := model().Score(text)
		s.logP, s.text = s.logP+p, text
		all = append(all, s)
	}
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(b.logP, a.logP) })
	return all
}

// reading decodes a sample for scoring. A character cut at the end is no
// mistake. It fails for an encoding that cannot be meant: too many mistakes.
func reading(b []byte, name string) ([]byte, bool) {
	e, _, err := lookup(name)
	if err != nil {
		return nil, false
	}
	text := bytes.TrimSuffix(decode(b, e), []byte(string(utf8.RuneError)))
	if name == "windows-1258" {
		text = norm.NFC.Bytes(text) // it has tones as marks of their own
	}
	bad := bytes.Count(text, []byte(string(utf8.RuneError)))
	return text, bad*20 <= len(b) || name == "windows-1252"
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
