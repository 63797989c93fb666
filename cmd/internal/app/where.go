package app

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/vault/models"
)

// whereHelp is the language of --where, for --help.
const whereHelp = `Conditions of --where compare an attribute or a field with a value, and are
joined by and, or, not and brackets:

   parameters >= 100B                     an attribute: facts of it that compare so
   license = "Apache 2.0" or license=MIT  text compares without case
   release_date >= 2024-05                dates, as far as they are given
   model ~ qwen and not negated = true    ~ is "contains"

Operators are = != < <= > >= ~. Numbers may end in K, M, B, T. Fields are
model, attribute, value, unit, relation, other, scope, benchmark, metric,
setting, qualifier, hedge, negated, origin, rule, confidence, quote, path.`

// A where decides about a fact that a file states.
type where func(path string, f annotate.Fact) bool

// maxDepth bounds the brackets of a condition.
const maxDepth = 100

// parseWhere reads a condition; attributes are those that it may name.
func parseWhere(expr string, attributes []string) (where, error) {
	p := &whereParser{text: expr, attributes: attributes}
	w, err := p.or(0)
	if err == nil && p.peek() != "" {
		err = p.failf("%q is not expected here; text with spaces is put in quotes", p.peek())
	}
	return w, err
}

type whereParser struct {
	text       string
	at         int // of the next token
	attributes []string
}

func (p *whereParser) failf(format string, args ...any) error {
	return fmt.Errorf("%q, at %d: %s", p.text, utf8.RuneCountInString(p.text[:p.at])+1, fmt.Sprintf(format, args...))
}

// whereSigns are the tokens that are no words, the longer ones first.
var whereSigns = []string{">=", "<=", "!=", "==", "&&", "||", "=", ">", "<", "~", "(", ")", "!"}

// peek returns the next token, "" at the end.
func (p *whereParser) peek() string {
	for p.at < len(p.text) {
		r, n := utf8.DecodeRuneInString(p.text[p.at:])
		if !unicode.IsSpace(r) {
			break
		}
		p.at += n
	}
	rest := p.text[p.at:]
	for _, sign := range whereSigns {
		if strings.HasPrefix(rest, sign) {
			return sign
		}
	}
	if rest == "" {
		return ""
	}
	if quote := rest[0]; quote == '"' || quote == '\'' {
		if end := strings.IndexByte(rest[1:], quote); end >= 0 {
			return rest[:end+2]
		}
		return rest
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("<>=!~()&|", r) })
	if end < 0 {
		return rest
	}
	return rest[:max(end, 1)]
}

func (p *whereParser) take() string {
	token := p.peek()
	p.at += len(token)
	return token
}

// takeIf takes the next token if it is one of those, without case.
func (p *whereParser) takeIf(tokens ...string) bool {
	next := p.peek()
	if !slices.ContainsFunc(tokens, func(t string) bool { return strings.EqualFold(t, next) }) {
		return false
	}
	p.at += len(next)
	return true
}

func (p *whereParser) or(depth int) (where, error) {
	left, err := p.and(depth)
	for err == nil && p.takeIf("or", "||") {
		a := left
		var b where
		b, err = p.and(depth)
		left = func(path string, f annotate.Fact) bool { return a(path, f) || b(path, f) }
	}
	return left, err
}

func (p *whereParser) and(depth int) (where, error) {
	left, err := p.not(depth)
	for err == nil && p.takeIf("and", "&&") {
		a := left
		var b where
		b, err = p.not(depth)
		left = func(path string, f annotate.Fact) bool { return a(path, f) && b(path, f) }
	}
	return left, err
}

func (p *whereParser) not(depth int) (where, error) {
	if depth > maxDepth {
		return nil, p.failf("more than %d brackets", maxDepth)
	}
	switch {
	case p.takeIf("not", "!"):
		w, err := p.not(depth + 1)
		return func(path string, f annotate.Fact) bool { return !w(path, f) }, err
	case p.takeIf("("):
		w, err := p.or(depth + 1)
		if err == nil && !p.takeIf(")") {
			err = p.failf("a bracket is not closed")
		}
		return w, err
	}
	return p.comparison()
}

func (p *whereParser) comparison() (where, error) {
	start := p.at
	name := p.take()
	if name == "" || slices.Contains(whereSigns, name) {
		p.at = start
		return nil, p.failf("a condition is NAME OPERATOR VALUE, such as parameters >= 100B")
	}
	op := p.peek()
	if !slices.Contains([]string{"=", "==", "!=", "<", "<=", ">", ">=", "~"}, op) {
		return nil, p.failf("an operator is expected after %q: = != < <= > >= ~", name)
	}
	p.take()
	start = p.at
	value := p.take()
	if value == "" || slices.Contains(whereSigns, value) {
		p.at = start
		return nil, p.failf("a value is expected after %s", op)
	}
	c := comparison{op: strings.Replace(op, "==", "=", 1), text: value}
	if quote := value[0]; quote == '"' || quote == '\'' {
		if len(value) < 2 || value[len(value)-1] != quote {
			p.at = start
			return nil, p.failf("a quote is not closed")
		}
		c.text = value[1 : len(value)-1]
	}
	c.number = models.ParseNumber(strings.ToUpper(c.text))
	if math.IsNaN(c.number) && strings.ContainsAny(c.op, "<>") && !datelike(c.text) {
		p.at = start
		return nil, p.failf("%q is no number or date to compare with", c.text)
	}
	return p.named(name, c)
}

// named gives the condition on a field or an attribute.
func (p *whereParser) named(name string, c comparison) (where, error) {
	lower := strings.ToLower(name)
	if get, ok := whereFields[lower]; ok {
		return func(path string, f annotate.Fact) bool { return c.holds(get(path, f)) }, nil
	}
	if slices.ContainsFunc(p.attributes, func(a string) bool { return strings.EqualFold(a, name) }) {
		return func(_ string, f annotate.Fact) bool {
			return strings.EqualFold(f.Attribute, name) && !f.Negated && c.holds(f.Value)
		}, nil
	}
	p.at = 0
	return nil, p.failf("%q is neither a field nor an attribute%s", name, didYouMean(name, p.attributes))
}

// whereFields are the fields of a fact that conditions name.
var whereFields = map[string]func(path string, f annotate.Fact) annotate.Value{
	"path":      func(path string, _ annotate.Fact) annotate.Value { return annotate.Text(path) },
	"value":     func(_ string, f annotate.Fact) annotate.Value { return f.Value },
	"model":     textField(func(f annotate.Fact) string { return f.Model }),
	"attribute": textField(func(f annotate.Fact) string { return f.Attribute }),
	"unit":      textField(func(f annotate.Fact) string { return f.Unit }),
	"relation":  textField(func(f annotate.Fact) string { return f.Relation }),
	"other":     textField(func(f annotate.Fact) string { return f.Other }),
	"scope":     textField(func(f annotate.Fact) string { return f.Scope }),
	"benchmark": textField(func(f annotate.Fact) string { return f.Benchmark }),
	"metric":    textField(func(f annotate.Fact) string { return f.Metric }),
	"setting":   textField(func(f annotate.Fact) string { return f.Setting }),
	"qualifier": textField(func(f annotate.Fact) string { return f.Qualifier }),
	"hedge":     textField(func(f annotate.Fact) string { return f.Hedge }),
	"origin":    textField(func(f annotate.Fact) string { return f.Origin }),
	"rule":      textField(func(f annotate.Fact) string { return f.Rule }),
	"quote":     textField(func(f annotate.Fact) string { return f.Evidence.Quote }),
	"negated":   textField(func(f annotate.Fact) string { return fmt.Sprint(f.Negated) }),
	"confidence": func(_ string, f annotate.Fact) annotate.Value {
		return annotate.Number(f.Confidence)
	},
}

func textField(get func(annotate.Fact) string) func(string, annotate.Fact) annotate.Value {
	return func(_ string, f annotate.Fact) annotate.Value { return annotate.Text(get(f)) }
}

// A comparison is what a value is held against.
type comparison struct {
	op, text string
	number   float64 // NaN if text is none
}

// holds compares a value. A range, or a date that is not given to the day, holds
// only if all of it does.
func (c comparison) holds(v annotate.Value) bool {
	switch {
	case c.op == "~":
		return strings.Contains(strings.ToLower(v.String()), strings.ToLower(c.text))
	case v.Numeric && !math.IsNaN(c.number):
		return c.ordered(cmp.Compare(v.Min, c.number), cmp.Compare(v.Max, c.number))
	case v.Numeric:
		return c.op == "!="
	case datelike(v.Text) && datelike(c.text):
		return c.dated(v.Text)
	}
	same := strings.EqualFold(v.Text, c.text)
	return c.op == "=" && same || c.op == "!=" && !same
}

// ordered decides by how the least and the most of a value compare.
func (c comparison) ordered(least, most int) bool {
	switch c.op {
	case "=":
		return least == 0 && most == 0
	case "!=":
		return least != 0 || most != 0
	case ">":
		return least > 0
	case ">=":
		return least >= 0
	case "<":
		return most < 0
	}
	return most <= 0
}

// dated compares dates as far as the condition gives one: 2024-05-06 is in
// 2024-05, while 2024 may be before or after it.
func (c comparison) dated(date string) bool {
	if len(date) < len(c.text) && strings.HasPrefix(c.text, date) {
		return c.op == "!="
	}
	order := strings.Compare(date[:min(len(date), len(c.text))], c.text)
	return c.ordered(order, order)
}

// datelike reports 2024, 2024-05 and 2024-05-06.
func datelike(s string) bool {
	for i, r := range s {
		if wantDash := i == 4 || i == 7; wantDash != (r == '-') || !wantDash && (r < '0' || r > '9') {
			return false
		}
	}
	return len(s) == 4 || len(s) == 7 || len(s) == 10
}

// didYouMean names the attribute that is nearest to a wrong name, or all.
func didYouMean(name string, attributes []string) string {
	lower := strings.ToLower(name)
	for _, a := range attributes {
		if strings.HasPrefix(strings.ToLower(a), lower) || strings.HasPrefix(lower, strings.ToLower(a)) {
			return fmt.Sprintf("; do you mean %s?", a)
		}
	}
	return "; the attributes are " + strings.Join(attributes, ", ")
}
