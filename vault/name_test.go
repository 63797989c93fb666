package vault

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestFileName(t *testing.T) {
	tests := []struct{ title, want string }{
		{"Notes on 逐篇讲解DeepSeek关键9篇论文及创新点——“勇敢者的游戏”", "Notes on 逐篇讲解DeepSeek关键9篇论文及创新点——“勇敢者的游戏”.md"},
		{"Go 1.26: what is new?", "Go 1.26 - what is new.md"},
		{"a/b\\c|d", "a-b-c-d.md"},
		{"Answer #1 [draft]", "Answer 1 (draft).md"},
		{"..hidden. ", "hidden.md"},
		{"con", "con_.md"},
		{"LPT1.txt", "LPT1_.txt.md"},
		{"console", "console.md"},
		{"", "Untitled.md"},
		{"???", "Untitled.md"},
		{"e\u0301te\u0301", "été.md"},
		{"two\nlines", "two lines.md"},
		{"a\u200bb\u202e", "ab.md"},
	}
	for _, test := range tests {
		if got := FileName(test.title); got != test.want {
			t.Errorf("FileName(%q) = %q, want %q", test.title, got, test.want)
		}
	}
}

func FuzzFileName(f *testing.F) {
	for _, seed := range []string{"a", "CON.x", strings.Repeat("界", 200), strings.Repeat("👨‍👩‍👧", 40), "\xff.", "a" + strings.Repeat("\u0301", 300)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, title string) {
		name := FileName(title)
		stem := strings.TrimSuffix(name, ".md")
		switch {
		case len(numbered(stem, 99999)) > 240, stem == "", strings.HasPrefix(name, "."), !utf8.ValidString(name),
			!norm.NFC.IsNormalString(name), strings.ContainsAny(name, "<>:\"/\\|?*#^[]\x00\n"), strings.TrimRight(stem, " .") != stem:
			t.Fatalf("FileName(%q) = %q", title, name)
		}
		if again := FileName(stem); again != name {
			t.Fatalf("FileName(%q) = %q, and again %q", title, name, again)
		}
	})
}

func TestCanonicalURL(t *testing.T) {
	tests := []struct{ address, want string }{
		{"http://Example.com:80/a/?utm_source=x&id=3#part", "https://example.com/a?id=3"},
		{"https://example.com/?b=2&a=1&fbclid=z", "https://example.com?b=2&a=1"},
		{"https://example.com/#/route", "https://example.com#/route"},
		{"not an address", "not an address"},
	}
	for _, test := range tests {
		if got := CanonicalURL(test.address); got != test.want {
			t.Errorf("CanonicalURL(%q) = %q, want %q", test.address, got, test.want)
		}
	}
}
