package metadata

import "testing"

// A tail is cut only where it is clearly the site's name.
func TestSplitTitle(t *testing.T) {
	for _, tt := range []struct{ title, hint, rest, site string }{
		{"A - B testing", "", "A - B testing", ""},
		{"A - B testing", "https://www.kilnworks.example/ab", "A - B testing", ""},
		{"Go 1.22 | Release notes", "https://go.dev/doc/go1.22", "Go 1.22 | Release notes", ""},
		{"Notes on X - Feishu Docs", "https://abc.feishu.cn/docx/1", "Notes on X", "Feishu Docs"},
		{"标题 - 知乎", "", "标题", "知乎"},
		{"标题_CSDN博客", "", "标题", "CSDN博客"},
		{"标题-CSDN博客", "", "标题", "CSDN博客"},
		{"Title | Substack", "", "Title", "Substack"},
		{"Life after Twitter: X", "https://example.org/", "Life after Twitter: X", ""},
		{"Windows - Linux - X", "", "Windows - Linux - X", ""},
		{"Moving from Word to Notion", "", "Moving from Word to Notion", ""},
		{"Masonry | Bricks and Mortar", "https://bricks.example/", "Masonry | Bricks and Mortar", ""},
		{"Kiln 2.0 – what is new", "kiln.example", "Kiln 2.0 – what is new", ""},
		{"snake_case_names", "", "snake_case_names", ""},
	} {
		if rest, site := SplitTitle(tt.title, tt.hint); rest != tt.rest || site != tt.site {
			t.Errorf("SplitTitle(%q, %q) = %q, %q; want %q, %q", tt.title, tt.hint, rest, site, tt.rest, tt.site)
		}
	}
}
