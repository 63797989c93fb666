package frontmatter_test

import (
	"errors"
	"testing"

	"github.com/clipmend/clipmend/normalize/frontmatter"
	"github.com/clipmend/clipmend/normalize/repair"
)

func mend(t *testing.T, text string, o frontmatter.Options) (string, error) {
	t.Helper()
	edits, err := frontmatter.Mend([]byte(text), o)
	out, repairs, applyErr := repair.Apply([]byte(text), 0, edits)
	if applyErr != nil {
		t.Fatal(applyErr)
	}
	if back, err := repair.Undo(out, repairs); err != nil || string(back) != text {
		t.Fatalf("undo of %q: %q, %v", text, back, err)
	}
	return string(out), err
}

func TestMend(t *testing.T) {
	tests := []struct{ name, block, want string }{
		{"clean", "a: b # c\ntags:\n  - x\n\nn: 1\nd: 2024-01-01\ne:\n", "a: b # c\ntags:\n  - x\n\nn: 1\nd: 2024-01-01\ne:\n"},
		{"colon", "title: a: b\nx: y\n", "title: \"a: b\"\nx: y\n"},
		{"open quote", "title: \"a b\nx: y\n", "title: \"a b\"\nx: y\n"},
		{"at sign", "author: @me\r\nx: y\r\n", "author: \"@me\"\r\nx: y\r\n"},
		{"wiki link", "up: [[Note]]\n", "up: \"[[Note]]\"\n"},
		{"zeros", "id: 007\nlong: 12345678901234567\nat: 1:30\n", "id: \"007\"\nlong: \"12345678901234567\"\nat: \"1:30\"\n"},
		{"plural", "tag: a b\nalias: c d\n", "tags:\n  - a\n  - b\naliases:\n  - c d\n"},
		{"plural taken", "tag: a\ntags: [b]\n", "tag: a\ntags: [b]\n"},
		{"tags", "tags: [a b, \"#c\", 2024]\n", "tags: [a-b, \"c\", _2024]\n"},
		{"tags on one line keep their style", "tags: [ chợ,'Đà Nẵng' , x,\"#y\" ]\n", "tags: [ chợ,'Đà-Nẵng' , x,\"y\" ]\n"},
		{"tags without a letter go", "tags: [\"#\", a, \"??\", b, \"?\"]\n", "tags: [a, b]\n"},
		{"no tag is left", "tags: [ \"#\" ]\n", "tags: []\n"},
		{"a tag that YAML takes for more", "tags: [\"#true\", 'a, b', [c d]]\n", "tags: [\"#true\", 'a, b', [c d]]\n"},
		{"quotes in tags", "tags: ['it''s', \"say \\\"a\\\"\"]\n", "tags: ['its', \"say-a\"]\n"},
		{"block list", "tag:\n  - \"#a b\"\n  - c # d\n  - 2024\nauthor:\n- [[X Y]]\n- Z\n", "tags:\n  - a-b\n  - c # d\n  - _2024\nauthor:\n- \"[[X Y]]\"\n- Z\n"},
		{"item no YAML", "author:\n  - @a\n  - b\n", "author:\n  - \"@a\"\n  - b\n"},
		{"item over lines", "tags:\n  - a b\n    c\n  - |\n    - #d\n", "tags:\n  - a b\n    c\n  - |\n    - #d\n"},
		{"tabs", "tags:\n\t- a\n\t- #b\nx: y\n", "tags:\n  - a\n  - #b\nx: y\n"},
		{"dates", "date: 2024/5/1\ncreated: May 3rd, 2024\npublished: \"2024年12月31日\"\nupdated: 31/12/2024 9:05\n", "date: 2024-05-01\ncreated: 2024-05-03\npublished: 2024-12-31\nupdated: 2024-12-31T09:05:00\n"},
		{"no dates", "date: 1/2/2024\ncreated: 2024-05-01\nx: 2024/5/1\nupdated: 2024/13/1\nmodified: 2024/5/1 # c\n", "date: 1/2/2024\ncreated: 2024-05-01\nx: 2024/5/1\nupdated: 2024/13/1\nmodified: 2024/5/1 # c\n"},
		{"same either way", "date: 5.5.2024\n", "date: 2024-05-05\n"},
		{"value over lines", "a: |\n  b: c: d\ntags:\n  - x\n", "a: |\n  b: c: d\ntags:\n  - x\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := mend(t, "---\n"+tt.block+"---\nbody", frontmatter.Options{})
			if tt.name == "at sign" {
				got, err = mend(t, "---\r\n"+tt.block+"---\r\nbody", frontmatter.Options{})
				tt.want = "---\r\n" + tt.want + "---\r\nbody"
			} else {
				tt.want = "---\n" + tt.want + "---\nbody"
			}
			if err != nil || got != tt.want {
				t.Fatalf("got  %q, %v\nwant %q", got, err, tt.want)
			}
			if again, err := mend(t, got, frontmatter.Options{}); err != nil || again != got {
				t.Errorf("twice %q, %v", again, err)
			}
		})
	}
}

// TestMendRuleByRule holds that each rule alone, and all but it, do once what
// they do twice.
func TestMendRuleByRule(t *testing.T) {
	const text = "---\ntitle: a: b\nup: [[N]]\nid: 007\ntag: a b, #c\nalias: d\ndate: 2024/5/1\ncssclass: e\n---\n"
	for _, r := range frontmatter.Rules() {
		for _, o := range []frontmatter.Options{{Only: []string{r.ID}}, {Skip: []string{r.ID}}, {Only: []string{r.ID, frontmatter.RuleBroken}}} {
			once, err := mend(t, text, o)
			if err != nil {
				continue // it cannot be mended by these rules
			}
			if twice, err := mend(t, once, o); err != nil || twice != once {
				t.Errorf("%+v: once %q, twice %q, %v", o, once, twice, err)
			}
		}
	}
}

func TestMendRefuses(t *testing.T) {
	if _, err := mend(t, "---\na: b\na: c\n---\n", frontmatter.Options{}); !errors.Is(err, frontmatter.ErrDuplicate) {
		t.Errorf("duplicate: %v", err)
	}
	if got, err := mend(t, "---\na: b: c\n---\n", frontmatter.Options{Skip: []string{frontmatter.RuleBroken}}); !errors.Is(err, frontmatter.ErrBroken) || got != "---\na: b: c\n---\n" {
		t.Errorf("skipped: %q, %v", got, err)
	}
}

func FuzzMend(f *testing.F) {
	f.Add("---\ntitle: a: b\ntag: c, #d\nid: 007\n---\n")
	f.Add("---\ntags:\n\t- \"#a b\"\n\t- @c\ndate: 1 May 2024 10:00\n---\n")
	f.Fuzz(func(t *testing.T, text string) {
		once, err := mend(t, text, frontmatter.Options{})
		if err != nil {
			return
		}
		if twice, err := mend(t, once, frontmatter.Options{}); err != nil || twice != once {
			t.Fatalf("once %q, twice %q, %v", once, twice, err)
		}
	})
}
