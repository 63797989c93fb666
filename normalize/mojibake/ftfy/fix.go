package ftfy

import (
	"slices"

	"golang.org/x/text/unicode/norm"

	"github.com/clipmend/clipmend/normalize/mojibake"
	"github.com/clipmend/clipmend/normalize/repair"
)

// Fix is Text that tells each repair, so that what it did can be shown, and taken
// back by repair.Undo.
func Fix(s string, c Config) mojibake.Result {
	var b builder
	for part := range documents(s, c.MaxDecodeLength) {
		b.add(part, fixPart(part, &c))
	}
	if c.FixLineBreaks {
		b.pass(lineBreaks(b.res.Text))
	}
	if form, ok := forms[c.Normalization]; ok {
		b.pass(normalized(b.res.Text, form))
	}
	if !c.Explain {
		b.res.Plan = mojibake.Plan{}
	}
	return b.res
}

// A builder puts results of the parts of a text together.
type builder struct {
	res     mojibake.Result
	lengths []int // of the parts so far before each pass; the last goes for all later ones
}

// add takes up what mending a part gave.
func (b *builder) add(part string, own mojibake.Result) {
	before := len(part)
	grown := map[int]int{}
	passes := 0
	for _, r := range own.Repairs {
		grown[r.Pass] += r.After.Len() - r.Before.Len()
		passes = max(passes, r.Pass+1)
	}
	for len(b.lengths) < passes+1 {
		b.lengths = append(b.lengths, len(b.res.Text))
	}
	for _, r := range own.Repairs {
		r.Before = moved(r.Before, b.lengths[r.Pass])
		r.After = moved(r.After, b.lengths[r.Pass+1])
		b.res.Repairs = append(b.res.Repairs, r)
	}
	for pass := range b.lengths {
		b.lengths[pass] += before
		before += grown[pass]
	}
	b.res.Text = append(b.res.Text, own.Text...)
	b.res.Plan.Steps = append(b.res.Plan.Steps, own.Plan.Steps...)
}

func moved(s repair.Span, by int) repair.Span {
	return repair.Span{Start: s.Start + by, End: s.End + by}
}

// pass makes edits to the whole text, in a pass of their own.
func (b *builder) pass(edits []repair.Edit) {
	text, repairs, err := repair.Apply(b.res.Text, max(0, len(b.lengths)-1), edits)
	if err != nil || len(repairs) == 0 {
		return
	}
	b.res.Text = text
	b.res.Repairs = append(b.res.Repairs, repairs...)
	b.lengths = append(b.lengths, len(text))
}

// lineBreaks returns the edits that make all line breaks \n.
func lineBreaks(text []byte) []repair.Edit {
	var edits []repair.Edit
	for i := 0; i < len(text); i++ {
		n := breakLen(text[i:])
		if n == 0 || n == 1 && text[i] == '\n' {
			continue
		}
		edits = append(edits, repair.Edit{Rule: "line-endings", Span: repair.Span{Start: i, End: i + n}, Now: "\n", Confidence: 1})
		i += n - 1
	}
	return edits
}

// breakLen returns the length of the line break that b begins with, or 0.
func breakLen(b []byte) int {
	for _, s := range []string{"\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029"} {
		if len(b) >= len(s) && string(b[:len(s)]) == s {
			return len(s)
		}
	}
	return 0
}

var forms = map[string]norm.Form{"NFC": norm.NFC, "NFD": norm.NFD, "NFKC": norm.NFKC, "NFKD": norm.NFKD}

// normalized returns the edits that give text a normal form.
func normalized(text []byte, form norm.Form) []repair.Edit {
	if form.IsNormal(text) {
		return nil
	}
	var edits []repair.Edit
	var it norm.Iter
	for it.Init(form, text); !it.Done(); {
		start := it.Pos()
		now := slices.Clone(it.Next())
		if end := it.Pos(); string(now) != string(text[start:end]) {
			edits = append(edits, repair.Edit{Rule: "nfc", Span: repair.Span{Start: start, End: end}, Now: string(now), Confidence: 1})
		}
	}
	return edits
}
