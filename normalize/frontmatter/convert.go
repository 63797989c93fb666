package frontmatter

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/clipmend/clipmend/normalize/repair"
)

// RuleConvert names the repair of Convert.
const RuleConvert = "property-format"

// Convert returns the edit that makes properties in TOML or JSON the YAML that
// Obsidian reads, nil where there is nothing to convert. Keys keep their order;
// tables within are written as keys with dots, and Zola's taxonomies as the
// lists that they are. What cannot be read is an error.
func Convert(text []byte) ([]repair.Edit, error) {
	b, err := Split(text)
	if err != nil || b.Format != TOML && b.Format != JSON {
		return nil, err
	}
	block := text[b.Text.Start:b.Text.End]
	var props []Property
	if b.Format == TOML {
		props, err = fromTOML(block)
	} else {
		props, err = fromJSON(block)
	}
	if err != nil {
		if b.Format == JSON { // a text in braces
			return nil, nil
		}
		return nil, fmt.Errorf("frontmatter: %w: %q", ErrBroken, err)
	}
	head, err := Render(props)
	if err != nil {
		return nil, err
	}
	if b.EOL == "\r\n" {
		head = bytes.ReplaceAll(head, []byte("\n"), []byte("\r\n"))
	}
	return []repair.Edit{{Rule: RuleConvert, Span: b.Span, Now: string(head), Confidence: 1}}, nil
}

var errKeys = errors.New("too many keys, or nested too deep")

func fromTOML(block []byte) ([]Property, error) {
	values := map[string]any{}
	meta, err := toml.Decode(string(block), &values)
	if err != nil {
		return nil, err
	}
	var c converter
	for _, key := range meta.Keys() {
		if len(key) == 1 {
			c.add(key[0], values[key[0]], orderOf(meta.Keys()), 0)
		}
	}
	return c.props, c.err
}

// orderOf gives the position of each key, to tell the order within tables.
func orderOf(keys []toml.Key) map[string]int {
	order := map[string]int{}
	for i, key := range keys {
		order[strings.Join(key, ".")] = i
	}
	return order
}

func fromJSON(block []byte) ([]Property, error) {
	d := json.NewDecoder(bytes.NewReader(block))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.Join(ErrBroken, err)
	}
	var c converter
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		var value any
		if err := d.Decode(&value); err != nil {
			return nil, err
		}
		c.add(fmt.Sprint(key), value, nil, 0)
	}
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	return c.props, c.err
}

// A converter collects properties, each key once.
type converter struct {
	props []Property
	seen  map[string]bool
	err   error
}

func (c *converter) add(key string, value any, order map[string]int, depth int) {
	if table, ok := value.(map[string]any); ok {
		if depth > 8 {
			c.err = errKeys
			return
		}
		keys := make([]string, 0, len(table))
		for k := range table {
			keys = append(keys, k)
		}
		slices.SortFunc(keys, func(a, b string) int {
			if d := order[key+"."+a] - order[key+"."+b]; d != 0 {
				return d
			}
			return strings.Compare(a, b)
		})
		for _, k := range keys {
			name := key + "." + k
			if key == "taxonomies" {
				name = k
			}
			c.add(name, table[k], order, depth+1)
		}
		return
	}
	if c.seen == nil {
		c.seen = map[string]bool{}
	}
	if len(c.props) >= MaxKeys {
		c.err = errKeys
	}
	if !c.seen[key] && c.err == nil {
		c.seen[key] = true
		c.props = append(c.props, Property{Key: key, Value: valueOf(value)})
	}
}

// valueOf gives a value of another format as one of a property's.
func valueOf(value any) Value {
	switch v := value.(type) {
	case nil:
		return Value{}
	case string:
		return TextValue(v)
	case bool:
		return Value{Kind: Bool, Text: strconv.FormatBool(v)}
	case int64:
		return Value{Kind: Number, Text: strconv.FormatInt(v, 10)}
	case float64:
		return Value{Kind: Number, Text: strconv.FormatFloat(v, 'g', -1, 64)}
	case json.Number:
		return Value{Kind: Number, Text: v.String()}
	case time.Time:
		if v.Hour() == 0 && v.Minute() == 0 && v.Second() == 0 {
			return Value{Kind: Date, Text: v.Format("2006-01-02")}
		}
		return Value{Kind: Date, Text: v.Format("2006-01-02T15:04:05")}
	case []any:
		items := make([]string, 0, len(v))
		for _, item := range v {
			if inner := valueOf(item); inner.Kind != List {
				items = append(items, inner.Text)
			}
		}
		return ListValue(items...)
	}
	text, err := json.Marshal(value) // a list of tables
	if err != nil {
		return Value{}
	}
	return TextValue(string(text))
}
