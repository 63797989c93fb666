package frontmatter

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"github.com/clipmend/clipmend/normalize/repair"
)

// An Op is what a Change does.
type Op uint8

// The operations. Set adds a key that is not there; Delete and Rename of such a
// key change nothing.
const (
	Set Op = iota
	Delete
	Rename
)

// A Change is made to one property.
type Change struct {
	Op    Op
	Key   string
	Value Value  // of Set
	To    string // of Rename
	After string // of Set: the key behind which a new one goes; else the end
}

// RuleEdit names the repairs of Edit.
const RuleEdit = "property-edit"

// Edit makes the changes, at most one to a key, and returns the new text with
// its repairs, all of pass 0. Only the bytes of the changed values differ. On
// an error it returns the text as it was.
func Edit(text []byte, changes []Change) ([]byte, []repair.Repair, error) {
	d, err := Parse(text)
	if err != nil {
		return text, nil, err
	}
	if d.Format == TOML || d.Format == JSON {
		return text, nil, fmt.Errorf("frontmatter: not YAML: %w", ErrUnsafe)
	}
	edits, want, err := plan(text, d, changes)
	if err != nil || len(edits) == 0 {
		return text, nil, err
	}
	out, repairs, err := repair.Apply(text, 0, edits)
	if err != nil {
		return text, nil, fmt.Errorf("frontmatter: %w", err)
	}
	got, err := Parse(out)
	if err != nil {
		return text, nil, fmt.Errorf("frontmatter: after the edit: %w", err)
	}
	if !same(got.Properties, want) || !bytes.Equal(out[got.Body.Start:], text[d.Body.Start:]) {
		return text, nil, fmt.Errorf("frontmatter: the edit would change more than it should: %w", ErrUnsafe)
	}
	return out, repairs, nil
}

// plan returns the edits that make the changes, and the properties after them.
func plan(text []byte, d *Doc, changes []Change) ([]repair.Edit, []Property, error) {
	want := slices.Clone(d.Properties)
	var edits []repair.Edit
	var added []byte
	edit := func(span repair.Span, now string) {
		edits = append(edits, repair.Edit{Rule: RuleEdit, Span: span, Now: now, Confidence: 1})
	}
	seen := map[string]bool{}
	for _, c := range changes {
		if seen[c.Key] {
			return nil, nil, fmt.Errorf("frontmatter: %q changed twice: %w", c.Key, ErrUnsafe)
		}
		seen[c.Key] = true
		at := slices.IndexFunc(want, func(p Property) bool { return p.Key == c.Key })
		switch {
		case at < 0 && c.Op == Set:
			entry, err := writeEntry(c.Key, c.Value, d.EOL)
			if err != nil {
				return nil, nil, err
			}
			p := Property{Key: c.Key, Value: c.Value}
			if i := slices.IndexFunc(want, func(p Property) bool { return p.Key == c.After }); i >= 0 && want[i].Span.End > 0 {
				edit(repair.Span{Start: want[i].Span.End, End: want[i].Span.End}, entry)
				p.Span = want[i].Span // a later one goes behind this one
				want = slices.Insert(want, i+1, p)
				continue
			}
			added = append(added, entry...)
			want = append(want, p)
		case at < 0:
		case c.Op == Delete:
			edit(want[at].Span, "")
			want = slices.Delete(want, at, at+1)
		case c.Op == Rename:
			k, err := scalar(c.To)
			n := keyEnd(text[want[at].Span.Start:want[at].Span.End])
			if err != nil || n == 0 {
				return nil, nil, fmt.Errorf("frontmatter: rename %q: %w", c.Key, ErrUnsafe)
			}
			edit(repair.Span{Start: want[at].Span.Start, End: want[at].Span.Start + n - 1}, k)
			want[at].Key = c.To
		case !equal(want[at].Value, c.Value):
			span, now, err := replaceValue(text, want[at], c.Value, d.EOL)
			if err != nil {
				return nil, nil, err
			}
			edit(span, now)
			want[at].Value = c.Value
		}
	}
	if len(added) > 0 {
		if d.Format == None {
			added = slices.Concat([]byte("---"+d.EOL), added, []byte("---"+d.EOL))
		}
		edit(repair.Span{Start: d.Text.End, End: d.Text.End}, string(added))
	}
	slices.SortStableFunc(edits, func(a, b repair.Edit) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return edits, want, nil
}

// replaceValue returns the edit that gives p the value. A comment behind a
// value of one line stays.
func replaceValue(text []byte, p Property, v Value, eol string) (repair.Span, string, error) {
	entry := text[p.Span.Start:p.Span.End]
	n := keyEnd(entry)
	if n == 0 {
		return repair.Span{}, "", fmt.Errorf("frontmatter: %q: %w", p.Key, ErrUnsafe)
	}
	first, _, _ := bytes.Cut(entry[n:], []byte("\n"))
	if bytes.ContainsAny(first, "&*") && (p.Value.Kind == Other || bytes.IndexAny(bytes.TrimLeft(first, " \t"), "&*") == 0) {
		return repair.Span{}, "", fmt.Errorf("frontmatter: %q has an anchor or alias: %w", p.Key, ErrUnsafe)
	}
	now, err := writeValue(v, eol)
	if err != nil {
		return repair.Span{}, "", err
	}
	end := len(bytes.TrimRight(entry, "\r\n"))
	if bytes.IndexByte(entry[:end], '\n') < 0 {
		if c := comment(entry[n:end]); c >= 0 && v.Kind != List {
			end = n + c
		} else if c >= 0 {
			now = string(entry[n+c:end]) + now
		}
	}
	return repair.Span{Start: p.Span.Start + n, End: p.Span.Start + end}, now, nil
}

// comment returns where a comment, with the space before it, begins behind the
// value of one line, or -1.
func comment(value []byte) int {
	quote := byte(0)
	for i, b := range value {
		switch {
		case quote != 0:
			if b == quote && (quote == '\'' || value[i-1] != '\\') {
				quote = 0
			}
		case (b == '"' || b == '\'') && i > 0 && bytes.IndexByte([]byte(" \t[,{"), value[i-1]) >= 0:
			quote = b
		case b == '#' && i > 0 && (value[i-1] == ' ' || value[i-1] == '\t'):
			return len(bytes.TrimRight(value[:i], " \t"))
		}
	}
	return -1
}

func equal(a, b Value) bool {
	return a.Kind == b.Kind && a.Text == b.Text && slices.Equal(a.Items, b.Items)
}

// same compares keys and values in order. What was written as a date, say, but
// is none, was written as text.
func same(got, want []Property) bool {
	return slices.EqualFunc(got, want, func(a, b Property) bool {
		return a.Key == b.Key && a.Value.Text == b.Value.Text && slices.Equal(a.Value.Items, b.Value.Items) &&
			(a.Value.Kind == b.Value.Kind || a.Value.Kind == Text)
	})
}
