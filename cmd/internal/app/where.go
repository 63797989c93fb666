package app

import (
	"fmt"
	"math"
	"strings"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/vault/models"
)

// A where is a condition on facts: an attribute, how it compares, with what.
type where struct {
	attribute, op, text string
	number              float64 // NaN if text is no number
}

// operators, the longer ones first, so that >= is not read as >.
var operators = []string{">=", "<=", "!=", "=", ">", "<"}

// parseWhere reads "parameters>=100B".
func parseWhere(expr string) (where, error) {
	at := strings.IndexAny(expr, "<>=!")
	if at <= 0 {
		return where{}, fmt.Errorf("%q is not ATTRIBUTE OPERATOR VALUE, such as parameters>=100B", expr)
	}
	for _, op := range operators {
		if value, ok := strings.CutPrefix(expr[at:], op); ok {
			value = strings.TrimSpace(value)
			w := where{strings.TrimSpace(expr[:at]), op, value, models.ParseNumber(strings.ToUpper(value))}
			if math.IsNaN(w.number) && op != "=" && op != "!=" {
				return where{}, fmt.Errorf("%q is not a number to compare with", value)
			}
			return w, nil
		}
	}
	return where{}, fmt.Errorf("%q has no operator of = != < <= > >=", expr)
}

// holds reports whether a fact is of the attribute and compares so. A range
// holds if all of it does.
func (w where) holds(f annotate.Fact) bool {
	if !strings.EqualFold(f.Attribute, w.attribute) || f.Negated {
		return false
	}
	if !f.Value.Numeric {
		return strings.EqualFold(f.Value.Text, w.text) == (w.op == "=") && (w.op == "=" || w.op == "!=")
	}
	switch w.op {
	case "=":
		return f.Value.Min == w.number && f.Value.Max == w.number
	case "!=":
		return f.Value.Min != w.number || f.Value.Max != w.number
	case ">":
		return f.Value.Min > w.number
	case ">=":
		return f.Value.Min >= w.number
	case "<":
		return f.Value.Max < w.number
	}
	return f.Value.Max <= w.number
}
