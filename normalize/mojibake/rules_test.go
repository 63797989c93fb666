package mojibake

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/clipmend/clipmend/normalize/repair"
)

// TestRules runs single rules, none of which asks the model.
func TestRules(t *testing.T) {
	for _, c := range []struct{ rule, in, want string }{
		{"watermark", "A title\u200b\u200c\u2063\u2062 here", "A title here"},
		{"watermark", "line\u200b\nnext", "line\nnext"},
		{"watermark", "in\ufeffside", "inside"},
		{"watermark", "\ufeffat the start", "\ufeffat the start"},
		{"watermark", "می\u200cخواهم", "می\u200cخواهم"},
		{"watermark", "क्\u200dष", "क्\u200dष"},
		{"watermark", "👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"},
		{"watermark", "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"},
		{"watermark", "tag\U000E0041\U000E0042ged", "tagged"},
		{"watermark", "שלום \u200fabc\u200e", "שלום \u200fabc\u200e"},
		{"watermark", "ภาษา\u200bไทย", "ภาษา\u200bไทย"},
		{"watermark", "ភ្លៀង\u200b\u200bលាយ", "ភ្លៀង\u200b\u200bលាយ"},
		{"watermark", "%s\u200cతో", "%s\u200cతో"},
		{"watermark", "\u200fVPN", "\u200fVPN"},
		{"watermark", "y \u200b\u200bla astucia", "y la astucia"},
		{"surrogates", "x\xed\xa0\xbd\xed\xb8\x8dy", "x😍y"},
		{"surrogates", "x\xed\xa0\xbdy", "x\uFFFDy"},
		{"controls", "a\x00\x01b\tc\n", "ab\tc\n"},
		{"terminal-escapes", "\x1b[1;31mred\x1b[0m", "red"},
		{"line-endings", "a\r\nb\nc\rd", "a\r\nb\r\nc\r\nd"},
		{"html-entities", "caf&eacute; &amp; &#233;", "café &amp; é"},
		{"unicode-escapes", `caf\u00e9 \ud83d\ude00 \u0041`, `café 😀 \u0041`},
		{"percent-escapes", "caf%C3%A9 50%20", "café 50%20"},
		{"quoted-printable", "caf=C3=A9 a=3D", "café a=3D"},
		{"nfc", "e\u0301", "é"},
		{"quotes", "“it’s”", `"it's"`},
		{"width", "ＡＢＣ　１", "ABC 1"},
		{"ligatures", "ﬁne", "fine"},
	} {
		res := Fix([]byte(c.in), Options{Only: []string{c.rule}})
		if string(res.Text) != c.want {
			t.Errorf("%s: %q became %q, want %q", c.rule, c.in, res.Text, c.want)
		}
		back, err := repair.Undo(res.Text, res.Repairs)
		if err != nil || string(back) != c.in {
			t.Errorf("%s: undo gave %q, %v", c.rule, back, err)
		}
	}
}

func TestOptionsChooseRules(t *testing.T) {
	in := "“a”\x00"
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{}, "“a”"},
		{Options{Skip: []string{"controls"}}, in},
		{Options{Also: []string{"quotes"}}, `"a"`},
		{Options{Only: []string{"quotes"}}, "\"a\"\x00"},
	} {
		c.o.Skip = append(c.o.Skip, "misread") // not before there is a model to ask
		if got := Fix([]byte(in), c.o); string(got.Text) != c.want {
			t.Errorf("%+v: %q, want %q", c.o, got.Text, c.want)
		}
	}
}

func TestPlanIsJSONAndApplies(t *testing.T) {
	plan := Plan{Steps: []Step{{Rule: "controls"}, {Rule: "quotes"}}}
	var back Plan
	if err := json.Unmarshal([]byte(plan.String()), &back); err != nil {
		t.Fatal(err)
	}
	res, err := back.Apply([]byte("“a”\x00"))
	if err != nil || string(res.Text) != `"a"` {
		t.Errorf("%q, %v", res.Text, err)
	}
	for _, bad := range []Step{
		{Rule: "nonsense"},
		{Rule: "misread", Chain: []Layer{{Encoding: "klingon"}}},
		{Rule: "misread"},
		{Rule: "misread", From: "klingon", Chain: []Layer{{Encoding: "windows-1252"}}},
	} {
		if _, err := (Plan{Steps: []Step{bad}}).Apply([]byte("é")); !errors.Is(err, ErrPlan) {
			t.Errorf("%+v: error %v, want ErrPlan", bad, err)
		}
	}
}
