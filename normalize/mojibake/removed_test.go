package mojibake

import (
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/repair"
)

// What is removed from right text leaves it right, but for what looks misread without it.
func TestParts(t *testing.T) {
	for text, want := range map[string]bool{
		"plain text | without it":          true,
		"Проверьте, что |кабель подключён": true,
		"電源ケーブルが接続|されていることを確認":             true,
		"They donâ|€™t help":               false,
		"le cafÃ| est prêt":                false,
		"鍒嗘|瀽涓€涓嬬粨鏋滃惂":                     false,
	} {
		at := strings.IndexByte(text, '|')
		if got := parts(embedded{}, []byte(text), []repair.Edit{{Span: repair.Span{Start: at, End: at + 1}}}); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
