package llm

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/normalize/repair"
)

// pieceSize is about how much text one request holds, so that it fits what
// small models read at once.
const pieceSize = 16 << 10

// pieces cuts a body between paragraphs, else between lines or characters.
func pieces(body []byte) []repair.Span {
	var out []repair.Span
	for at := 0; at < len(body); {
		end := len(body)
		if end-at > pieceSize {
			end = at + pieceSize
			window := body[at:end]
			switch para, line := bytes.LastIndex(window, []byte("\n\n")), bytes.LastIndexByte(window, '\n'); {
			case para > 0:
				end = at + para + 2
			case line > 0:
				end = at + line + 1
			default:
				for end > at+1 && !utf8.RuneStart(body[end]) {
					end--
				}
			}
		}
		if len(bytes.TrimSpace(body[at:end])) > 0 {
			out = append(out, repair.Span{Start: at, End: end})
		}
		at = end
	}
	return out
}

type said struct {
	Model     string `json:"model"`
	Attribute string `json:"attribute"`
	Value     any    `json:"value"`
	Unit      string `json:"unit"`
	Relation  string `json:"relation"`
	Other     string `json:"other"`
	Benchmark string `json:"benchmark"`
	Negated   bool   `json:"negated"`
	Quote     string `json:"quote"`
}

const (
	maxQuote   = 2000 // bytes
	maxField   = 200
	around     = 32 // bytes of text that go with a quote on each side
	confidence = 0.5
)

// keep turns the answer into facts of the piece of the body. Servers often put
// JSON into a code block.
func (r *Reader) keep(answer string, body []byte, piece repair.Span) ([]annotate.Fact, error) {
	start, end := strings.IndexByte(answer, '{'), strings.LastIndexByte(answer, '}')
	if start < 0 || end < start {
		return nil, ErrReply
	}
	var list struct {
		Facts []said `json:"facts"`
	}
	if err := json.Unmarshal([]byte(answer[start:end+1]), &list); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrReply, err)
	}
	names := strings.ToLower(string(body))
	var out []annotate.Fact
	for _, s := range list.Facts[:min(len(list.Facts), MaxFacts)] {
		if f, ok := r.fact(s, body, names, piece); ok {
			out = append(out, f)
		}
	}
	return out, nil
}

// fact checks what was said against the text.
func (r *Reader) fact(s said, body []byte, names string, piece repair.Span) (annotate.Fact, bool) {
	value, isValue := valueOf(s.Value)
	switch {
	case s.Quote == "" || len(s.Quote) > maxQuote || s.Attribute == "" || !isValue && s.Relation == "":
		return annotate.Fact{}, false
	case r.Attributes != nil && !slices.Contains(r.Attributes, s.Attribute):
		return annotate.Fact{}, false
	case !named(names, s.Model) || s.Other != "" && !named(names, s.Other):
		return annotate.Fact{}, false
	}
	for _, field := range []string{s.Attribute, s.Unit, s.Relation, s.Benchmark, value.Text} {
		if len(field) > maxField {
			return annotate.Fact{}, false
		}
	}
	at := bytes.Index(body[piece.Start:piece.End], []byte(s.Quote))
	if at < 0 {
		return annotate.Fact{}, false
	}
	span := repair.Span{Start: piece.Start + at, End: piece.Start + at + len(s.Quote)}
	return annotate.Fact{
		Model: s.Model, Attribute: s.Attribute, Value: value, Unit: s.Unit, Relation: s.Relation, Other: s.Other,
		Benchmark: s.Benchmark, Negated: s.Negated, Origin: r.Model, Rule: "llm", Confidence: confidence,
		Evidence: annotate.Evidence{
			Span: span, Quote: s.Quote,
			Prefix: strings.ToValidUTF8(string(body[max(0, span.Start-around):span.Start]), ""),
			Suffix: strings.ToValidUTF8(string(body[span.End:min(len(body), span.End+around)]), ""),
		},
	}, true
}

// named reports whether a name stands in the text, in any case.
func named(names, name string) bool {
	return strings.TrimSpace(name) != "" && len(name) <= maxField && strings.Contains(names, strings.ToLower(name))
}

func valueOf(v any) (annotate.Value, bool) {
	switch v := v.(type) {
	case string:
		return annotate.Text(v), v != ""
	case bool:
		return annotate.Text(fmt.Sprint(v)), true
	case float64:
		return annotate.Number(v), true
	case map[string]any:
		least, ok1 := v["min"].(float64)
		most, ok2 := v["max"].(float64)
		return annotate.Range(least, most), ok1 && ok2 && least <= most
	}
	return annotate.Value{}, false
}

// sortFacts puts facts in the order of the text.
func sortFacts(facts []annotate.Fact) {
	slices.SortStableFunc(facts, func(a, b annotate.Fact) int {
		return cmp.Or(
			cmp.Compare(a.Evidence.Span.Start, b.Evidence.Span.Start), cmp.Compare(a.Evidence.Span.End, b.Evidence.Span.End),
			cmp.Compare(a.Attribute, b.Attribute), cmp.Compare(a.Model, b.Model))
	})
}
