package mojibake

import (
	"slices"
	"testing"

	"github.com/clipmend/clipmend/normalize/plausible"
)

// byHeart is a model that knows a few words.
type byHeart struct{ words []string }

func (byHeart) Step(s plausible.State, r rune) (float32, plausible.State) {
	return byClass{}.Step(s, r)
}

func (m byHeart) Word(w []rune) (float32, bool) { return -8, slices.Contains(m.words, string(w)) }

func (byHeart) Ending(first, second []rune) float32 {
	if string(first) == "му" && string(second) == "ию" {
		return 2
	}
	return 0
}

// asked returns the reading of the last character of before, of which all the
// given readings are as likely by the model, when after follows.
func asked(m scorer, before, readings, after string) rune {
	u := undoer{scratch: newScratch(), f: &fixer{m: m}, c: newChannel([]Layer{{Encoding: "windows-1252", Lost: lostDropped}})}
	u.runes = append([]rune(before), 0xE9)
	var p piece
	for i, r := range readings {
		if i == 0 {
			p = piece{start: len(u.runes) - 1, end: len(u.runes), r: r, decoded: true, lost: 1, p: .4, model: .4}
			continue
		}
		p.alts = append(p.alts, alternative{r: r, end: p.end, decoded: true, p: .3, model: .3})
	}
	text := []byte(string(u.runes) + after)
	u.pieces = []piece{p}
	w := window{start: 0, end: len(string(u.runes))}
	u.follow(text, w)
	u.reconsider(text, w)
	return u.pieces[0].r
}

func TestReconsider(t *testing.T) {
	m := byHeart{[]string{"листья", "вія"}}
	for _, c := range []struct {
		name, before, readings, after string
		want                          rune
	}{
		{"a word known by heart", "на лист", "сь", "я", 'ь'},
		{"no such word", "на лист", "сь", "", 'с'},
		{"an ending that goes with the one before", "немедленному поражени", "яю", ".", 'ю'},
		{"an ending with a line between", "немедленному\nпоражени", "яю", ".", 'я'},
		{"no ending", "немедленному поражени", "яю", "x", 'я'},
		{"a bracket that nothing opened", "食物", "」、", "住房", '、'},
		{"a bracket that is open", "「食物", "、」", "住房", '」'},
		{"a bracket that nothing closes", "伙计们", "（！", "征服者", '！'},
		{"a bracket that is closed", "伙计们", "（！", "征ï¼‰", '（'},
		{"another line's bracket", "「食\n物", "」、", "住房", '、'},
		{"a quote that nothing opened", "توقیف ", "”‐", " حبس", '‐'},
		{"a quote that opens", "ng av ", "”‐", "obser â€", '”'},
		{"a quote that another closes", "Lateinisch ", "”„", "germania â€œ", '„'},
		{"an apostrophe", "l", "’‑", "eau", '’'},
		{"simplified characters", "对于这个国家", "結灵", "的", '灵'},
		{"traditional characters", "對於這個國家", "块受", "的", '受'},
		{"characters of Japanese", "そこの事は", "种私", "の", '私'},
	} {
		if got := asked(m, c.before, c.readings, c.after); got != c.want {
			t.Errorf("%s: %s[%s]%s: %q, want %q", c.name, c.before, c.readings, c.after, got, c.want)
		}
	}
}

// Evidence shares out what the model gives, and no more.
func TestReconsiderKeepsTheSum(t *testing.T) {
	p := piece{end: 1, r: '」', decoded: true, lost: 1, p: .5, model: .5, alts: []alternative{
		{r: '、', end: 1, decoded: true, p: .3, model: .3}, {r: 'é', end: 2, decoded: true, p: .2, model: .2},
	}}
	u := undoer{scratch: newScratch(), f: &fixer{m: byClass{}}, c: newChannel([]Layer{{Encoding: "windows-1252", Lost: lostDropped}})}
	u.runes = []rune("xy")
	u.pieces = []piece{p}
	u.follow([]byte("xy"), window{end: 2})
	u.reconsider([]byte("xy"), window{end: 2})
	got := u.pieces[0]
	sum := got.p
	for _, a := range got.alts {
		sum += a.p
	}
	if got.r != '、' || sum < .999 || sum > 1.001 || len(got.alts) != 2 {
		t.Errorf("%+v", got)
	}
}

// A letter that lost bytes is one that the document is written with.
func TestAlphabet(t *testing.T) {
	const czech = "Cena je 120 Kč, dříve 180 Kč. Poštovné 49 Kč.\nŘíční příběhy, žluťoučký kůň, tři štěňata, věž i stůl.\n"
	bad := breakText(channelOf([]Layer{{Encoding: "windows-1252", Lost: lostDropped}}), czech)
	if got := Fix([]byte(bad), Options{}); string(got.Text) != czech {
		t.Errorf("%q became %q", bad, got.Text)
	}
	const hungarian = "Őrült űrhajós, töltőtoll, árvíztűrő tükörfúrógép. Szűk utcák, hűvös idő, félő.\n"
	bad = breakText(channelOf([]Layer{{Encoding: "windows-1250", Lost: lostReplaced}}), hungarian)
	if got := Fix([]byte(bad), Options{}); string(got.Text) != hungarian {
		t.Errorf("%q became %q", bad, got.Text)
	}
}
