package app

import (
	"bytes"
	"strings"
	"testing"

	"github.com/clipmend/clipmend/normalize/mojibake"
)

func explained(t *testing.T, text string, color bool) string {
	t.Helper()
	res := mojibake.Fix([]byte(text), mojibake.Options{})
	var out bytes.Buffer
	s := &session{out: &out, color: color}
	if err := s.explain(fixed{Path: "x", Encoding: "utf-8", Text: string(res.Text), Plan: res.Plan, Repairs: res.Repairs}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestExplainGroupsWhatIsInvisible(t *testing.T) {
	out := explained(t, "one\ntwo"+strings.Repeat("\u200b\u2062", 40)+"three\n", false)
	if want := "watermark: 80 invisible characters (U+200B ×40, U+2062 ×40) removed in line 2\n"; !strings.HasSuffix(out, want) {
		t.Errorf("got %q, want %q at the end", out, want)
	}
	if strings.Contains(out, "\x1b") {
		t.Errorf("colours without a terminal: %q", out)
	}
}

func TestExplainBoundsLongLists(t *testing.T) {
	out := explained(t, strings.Repeat("Il a dÃ©jÃ\u00a0 rÃ©pÃ©tÃ© tout ce matin, sans un mot de plus que cela.\n", 200), true)
	if n := strings.Count(out, "\n"); n > maxListed+10 || !strings.Contains(out, "more, surer than these") {
		t.Errorf("%d lines: %q", n, out)
	}
	if !strings.Contains(out, "\x1b[32m\"éjà répété\"") {
		t.Errorf("no colours: %.300q", out)
	}
}
