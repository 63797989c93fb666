package frontmatter

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v4"

	"github.com/clipmend/clipmend/internal/lazyregexp"
)

// Render returns a block with the properties, as Obsidian writes them: lists
// one item a line, empty values with nothing behind the colon.
func Render(props []Property) ([]byte, error) {
	var out strings.Builder
	out.WriteString("---\n")
	for _, p := range props {
		entry, err := writeEntry(p.Key, p.Value, "\n")
		if err != nil {
			return nil, err
		}
		out.WriteString(entry)
	}
	out.WriteString("---\n")
	return []byte(out.String()), nil
}

// writeEntry returns the lines of a property.
func writeEntry(key string, v Value, eol string) (string, error) {
	k, err := scalar(key)
	if err != nil {
		return "", err
	}
	rest, err := writeValue(v, eol)
	if err != nil {
		return "", fmt.Errorf("frontmatter: %q: %w", key, err)
	}
	return k + ":" + rest + eol, nil
}

// writeValue returns what follows a key's colon, without the last line ending.
func writeValue(v Value, eol string) (string, error) {
	switch v.Kind {
	case Empty:
		return "", nil
	case Text:
		s, err := scalar(v.Text)
		return " " + s, err
	case Number, Bool, Date:
		// Only what reads as such again is written without quotes.
		var n yaml.Node
		if err := yaml.Unmarshal([]byte(v.Text), &n); err == nil && len(n.Content) == 1 && readsAs(n.Content[0], v) {
			return " " + v.Text, nil
		}
		s, err := scalar(v.Text)
		return " " + s, err
	case List:
		if len(v.Items) == 0 {
			return " []", nil
		}
		var out strings.Builder
		for _, item := range v.Items {
			s, err := scalar(item)
			if err != nil {
				return "", err
			}
			out.WriteString(eol + "  - " + s)
		}
		return out.String(), nil
	}
	return "", ErrUnsafe
}

// readsAs says whether the node is the scalar v.
func readsAs(n *yaml.Node, v Value) bool {
	got := value(n)
	return n.Kind == yaml.ScalarNode && got.Kind == v.Kind && got.Text == v.Text && n.LineComment == "" && n.HeadComment == ""
}

var (
	plainText = lazyregexp.New(`^[\p{L}_/][\p{L}\p{N} _./()+-]*$`)
	reserved  = lazyregexp.New(`(?i)^(y|n|yes|no|on|off|true|false|null)$`)
	astral    = lazyregexp.New(`\\(\\|U[0-9A-F]{8}|.)`)
)

// scalar has the library write a string so that every reader takes it for a
// string: plain if it is but words, else in double quotes, in one line.
func scalar(s string) (string, error) {
	if plainText.MatchString(s) && !reserved.MatchString(s) && !strings.HasSuffix(s, " ") {
		return s, nil
	}
	if !utf8.ValidString(s) { // the library would write it as binary data
		return "", fmt.Errorf("frontmatter: write %q: %w", s, ErrUnsafe)
	}
	out, err := yaml.Dump(&yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s, Style: yaml.DoubleQuotedStyle},
		yaml.WithLineWidth(-1), yaml.WithUnicode(true))
	if err != nil {
		return "", fmt.Errorf("frontmatter: write %q: %w", s, err)
	}
	written := strings.TrimSuffix(string(out), "\n")
	// The library escapes all beyond the basic plane; emoji are legal as they are.
	written = astral.ReplaceAllStringFunc(written, func(esc string) string {
		if len(esc) < 10 {
			return esc
		}
		r, err := strconv.ParseUint(esc[2:], 16, 32)
		if err != nil || !unicode.IsPrint(rune(r)) {
			return esc
		}
		return string(rune(r))
	})
	var back string
	if err := yaml.Unmarshal([]byte(written), &back); err != nil || back != s || strings.Contains(written, "\n") {
		return "", fmt.Errorf("frontmatter: write %q: %w", s, ErrUnsafe)
	}
	return written, nil
}
