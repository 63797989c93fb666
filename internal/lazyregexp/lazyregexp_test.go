package lazyregexp_test

import (
	"testing"

	"github.com/clipmend/clipmend/internal/lazyregexp"
)

func TestTestsFindWhatIsNoExpression(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	lazyregexp.New("(")
}

func TestMatches(t *testing.T) {
	if re := lazyregexp.New("^(a+)b$"); !re.MatchString("aab") || re.FindStringSubmatch("aab")[1] != "aa" || re.MatchString("b") {
		t.Error("it does not match as package regexp does")
	}
}
