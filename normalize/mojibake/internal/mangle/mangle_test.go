package mangle_test

import (
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/clipmend/clipmend/normalize/mojibake/internal/mangle"
)

func TestPairs(t *testing.T) {
	for text, want := range map[string]string{
		"ASCII?":   "ASCII?",
		"你好":       "浣犲ソ",
		"一":        "涓�",
		"一个":       "涓�涓�",
		"请检查":      "璇锋��鏌�",
		"\xff\x81": "��",
	} {
		if got := mangle.Pairs(simplifiedchinese.GBK, []byte(text), "\uFFFD"); got != want {
			t.Errorf("Pairs(%q) = %q, want %q", text, got, want)
		}
	}
}
