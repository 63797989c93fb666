package frontmatter_test

import (
	"testing"

	"github.com/clipmend/clipmend/normalize/frontmatter"
	"github.com/clipmend/clipmend/normalize/repair"
)

// restyle restyles twice: the second time must change nothing.
func restyle(t *testing.T, text string, s frontmatter.Style) (string, []repair.Repair) {
	t.Helper()
	out, repairs, err := frontmatter.Restyle([]byte(text), s)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if back, err := repair.Undo(out, repairs); err != nil || string(back) != text {
		t.Fatalf("undo of %q: %q, %v", text, back, err)
	}
	if again, more, err := frontmatter.Restyle(out, s); err != nil || len(more) > 0 || string(again) != string(out) {
		t.Fatalf("once %q, twice %q, %v", out, again, err)
	}
	return string(out), repairs
}

func TestRestyle(t *testing.T) {
	const block = "# top\ntitle:   'A b'  # c\nempty:\n\n# of tags\ntags: [a, \"b c\", 2024]\nauthor:\n  - \"[[X, Y]]\"\n  - plain\ndate: 1/2/2024\nnone: \"\"\nunknown: {a: b}\n# end\n"
	for _, test := range []struct {
		rule string
		s    frontmatter.Style
		want string
	}{
		{"", frontmatter.Style{}, block},
		{frontmatter.RuleRename, frontmatter.Style{Names: map[string]string{"author": "by", "tags": "title", "x": "y"}}, "# top\ntitle:   'A b'  # c\nempty:\n\n# of tags\ntags: [a, \"b c\", 2024]\nby:\n  - \"[[X, Y]]\"\n  - plain\ndate: 1/2/2024\nnone: \"\"\nunknown: {a: b}\n# end\n"},
		{frontmatter.RuleEmpty, frontmatter.Style{DropEmpty: true}, "# top\ntitle:   'A b'  # c\n\n# of tags\ntags: [a, \"b c\", 2024]\nauthor:\n  - \"[[X, Y]]\"\n  - plain\ndate: 1/2/2024\nunknown: {a: b}\n# end\n"},
		{frontmatter.RuleDayMonth, frontmatter.Style{Dates: frontmatter.DayFirst}, "# top\ntitle:   'A b'  # c\nempty:\n\n# of tags\ntags: [a, \"b c\", 2024]\nauthor:\n  - \"[[X, Y]]\"\n  - plain\ndate: 2024-02-01\nnone: \"\"\nunknown: {a: b}\n# end\n"},
		{frontmatter.RuleDayMonth, frontmatter.Style{Dates: frontmatter.MonthFirst}, "# top\ntitle:   'A b'  # c\nempty:\n\n# of tags\ntags: [a, \"b c\", 2024]\nauthor:\n  - \"[[X, Y]]\"\n  - plain\ndate: 2024-01-02\nnone: \"\"\nunknown: {a: b}\n# end\n"},
		{frontmatter.RuleListStyle, frontmatter.Style{Lists: frontmatter.BlockList}, "# top\ntitle:   'A b'  # c\nempty:\n\n# of tags\ntags:\n  - a\n  - \"b c\"\n  - 2024\nauthor:\n  - \"[[X, Y]]\"\n  - plain\ndate: 1/2/2024\nnone: \"\"\nunknown: {a: b}\n# end\n"},
		{frontmatter.RuleListStyle, frontmatter.Style{Lists: frontmatter.FlowList}, "# top\ntitle:   'A b'  # c\nempty:\n\n# of tags\ntags: [a, \"b c\", 2024]\nauthor: [\"[[X, Y]]\", plain]\ndate: 1/2/2024\nnone: \"\"\nunknown: {a: b}\n# end\n"},
		{frontmatter.RuleQuotes, frontmatter.Style{Quotes: frontmatter.DoubleQuotes}, "# top\ntitle:   \"A b\"  # c\nempty:\n\n# of tags\ntags: [a, \"b c\", 2024]\nauthor:\n  - \"[[X, Y]]\"\n  - plain\ndate: 1/2/2024\nnone: \"\"\nunknown: {a: b}\n# end\n"},
		{frontmatter.RuleQuotes, frontmatter.Style{Quotes: frontmatter.SingleQuotes}, "# top\ntitle:   'A b'  # c\nempty:\n\n# of tags\ntags: [a, 'b c', 2024]\nauthor:\n  - '[[X, Y]]'\n  - plain\ndate: 1/2/2024\nnone: ''\nunknown: {a: b}\n# end\n"},
		{frontmatter.RuleQuotes, frontmatter.Style{Quotes: frontmatter.NoQuotes}, "# top\ntitle:   A b  # c\nempty:\n\n# of tags\ntags: [a, b c, 2024]\nauthor:\n  - \"[[X, Y]]\"\n  - plain\ndate: 1/2/2024\nnone: \"\"\nunknown: {a: b}\n# end\n"},
		{frontmatter.RuleOrder, frontmatter.Style{Order: []string{"date", "tags", "x"}}, "date: 1/2/2024\n\n# of tags\ntags: [a, \"b c\", 2024]\n# top\ntitle:   'A b'  # c\nempty:\nauthor:\n  - \"[[X, Y]]\"\n  - plain\nnone: \"\"\nunknown: {a: b}\n# end\n"},
	} {
		got, repairs := restyle(t, "---\n"+block+"---\nbody: x\n", test.s)
		if want := "---\n" + test.want + "---\nbody: x\n"; got != want {
			t.Errorf("%+v:\n%s\nwant\n%s", test.s, got, want)
		}
		for _, r := range repairs {
			if r.Rule != test.rule {
				t.Errorf("%+v: a repair of %s", test.s, r.Rule)
			}
		}
	}
}

func TestRestyleLeavesAlone(t *testing.T) {
	all := frontmatter.Style{
		Names: map[string]string{"a": "z"}, DropEmpty: true, Dates: frontmatter.DayFirst, Lists: frontmatter.BlockList,
		Quotes: frontmatter.NoQuotes, Order: []string{"c", "b", "a"},
	}
	for _, text := range []string{
		"no properties", "+++\na = 1\n+++\n", "{\n\"a\": 1\n}\n", "---\nb: &x 'y'\nc: *x\n---\n",
	} {
		if got, _ := restyle(t, text, all); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
	crlf, _ := restyle(t, "\xef\xbb\xbf---\r\nb: [x, y]\r\nc: 'z'\r\n---\r\nd", all)
	if want := "\xef\xbb\xbf---\r\nc: z\r\nb:\r\n  - x\r\n  - y\r\n---\r\nd"; crlf != want {
		t.Errorf("%q, want %q", crlf, want)
	}
}

func FuzzRestyle(f *testing.F) {
	f.Add("---\na: [b, 'c', \"d, e\"]\nf:\n  - \"[[g]]\"\n# h\ni: 'j' # k\nl:\n---\n", true)
	f.Add("---\r\ntitle: \"a\\\"b\"\r\ndate: 1/2/2024 10:00\r\nx:\r\n- y: z\r\n---\r\n", false)
	f.Fuzz(func(t *testing.T, text string, one bool) {
		s := frontmatter.Style{
			Names: map[string]string{"a": "title"}, DropEmpty: true, Dates: frontmatter.DayFirst, Lists: frontmatter.BlockList,
			Quotes: frontmatter.DoubleQuotes, Order: []string{"title", "f", "date"},
		}
		if one {
			s.Lists, s.Quotes, s.Dates = frontmatter.FlowList, frontmatter.NoQuotes, frontmatter.MonthFirst
		}
		if _, err := frontmatter.Parse([]byte(text)); err != nil {
			return
		}
		restyle(t, text, s)
	})
}
