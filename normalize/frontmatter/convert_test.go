package frontmatter_test

import (
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/frontmatter"
	"github.com/clipmend/clipmend/normalize/repair"
)

func convert(t testing.TB, text string) string {
	t.Helper()
	edits, err := frontmatter.Convert([]byte(text))
	if err != nil {
		return "error " + err.Error()
	}
	out, _, err := repair.Apply([]byte(text), 0, edits)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestConvert(t *testing.T) {
	for in, want := range map[string]string{
		"+++\ntitle = \"A: b\"\ntags = [\"x\", \"w\"]\ndate = 2024-01-02\ndraft = true\nweight = 3\n+++\nbody\n": "---\ntitle: \"A: b\"\ntags:\n  - x\n  - w\ndate: 2024-01-02\ndraft: true\nweight: 3\n---\nbody\n",
		"+++\ntitle = \"A\"\n[taxonomies]\ntags = [\"x\"]\n[extra]\nz = 1\na = 2\n+++\n":                         "---\ntitle: A\ntags:\n  - x\nextra.z: 1\nextra.a: 2\n---\n",
		"+++\r\ntitle = \"A\"\r\n+++\r\nbody":                                                                    "---\r\ntitle: A\r\n---\r\nbody",
		"{\n  \"title\": \"A\",\n  \"m\": 1.5,\n  \"none\": null\n}\n\nbody":                                     "---\ntitle: A\nm: 1.5\nnone:\n---\n\nbody",
		";;;\n\"x\": 1\n;;;\n":    ";;;\n\"x\": 1\n;;;\n",
		"{\nno json\n}\ntext":     "{\nno json\n}\ntext",
		"+++\ntitle = \n+++\nx":   "error frontmatter: properties are not valid YAML: ",
		"---\ntitle: A\n---\n":    "---\ntitle: A\n---\n",
		"+++ no properties\ntext": "+++ no properties\ntext",
	} {
		if got := convert(t, in); got != want && !(strings.HasPrefix(want, "error") && strings.HasPrefix(got, want)) {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// What is converted is YAML that is read again, and nothing of it is left to
// convert.
func FuzzConvert(f *testing.F) {
	f.Add("+++\ntitle = \"A\"\n[a]\nb = [1, \"x\"]\n+++\nbody")
	f.Add("{\n\"a\": {\"b\": [1, {\"c\": 2}]}\n}\n")
	f.Fuzz(func(t *testing.T, text string) {
		edits, err := frontmatter.Convert([]byte(text))
		if err != nil || len(edits) == 0 {
			return
		}
		out := convert(t, text)
		if _, err := frontmatter.Parse([]byte(out)); err != nil {
			t.Errorf("%q: %v in %q", text, err, out)
		}
		if again := convert(t, out); again != out {
			t.Errorf("twice: %q, once: %q", again, out)
		}
	})
}
