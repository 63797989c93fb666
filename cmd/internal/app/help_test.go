package app

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// The help of a switch ended in "(default: false)", and lines ran out of the screen.
func TestHelpReadsWell(t *testing.T) {
	s := &session{}
	for _, v := range s.verbs() {
		var out, errs bytes.Buffer
		if code := Main([]string{"clipmend", v.Name, "--help"}, strings.NewReader(""), &out, &errs); code != 0 || errs.Len() > 0 {
			t.Errorf("%s: %d, %s", v.Name, code, &errs)
		}
		help := out.String()
		if found := regexp.MustCompile(`default: (false|""|\))|\[ --|  +\n|\n\n\n|<nil>|%!|` + "`").FindString(help); found != "" {
			t.Errorf("%s: %q in its help", v.Name, found)
		}
		_, options, _ := strings.Cut(help, "\nOPTIONS")
		for line := range strings.Lines(options) {
			if utf8.RuneCountInString(line) > helpWidth+1 {
				t.Errorf("%s: longer than %d: %s", v.Name, helpWidth, line)
			}
		}
		for _, f := range v.Flags {
			if !strings.Contains(help, "   --"+f.Names()[0]) {
				t.Errorf("%s: nothing of --%s", v.Name, f.Names()[0])
			}
			if !strings.Contains(f.String(), "\t") || strings.HasSuffix(strings.TrimSpace(f.String()), "\t") {
				t.Errorf("%s: --%s says nothing", v.Name, f.Names()[0])
			}
		}
	}
}
