package frontmatter

import (
	"slices"
	"strings"
	"unicode"
)

// legalTags returns the tags as Obsidian allows them, "" for what is none.
func legalTags(tags []string) []string {
	legal := slices.Clone(tags)
	for i := range legal {
		legal[i] = legalTag(legal[i])
	}
	return legal
}

// taggable returns the tags that are some.
func taggable(legal []string) []string {
	return slices.DeleteFunc(slices.Clone(legal), func(s string) bool { return s == "" })
}

// legalTag returns the tag as Obsidian allows it: letters, digits, "_", "-" and
// "/", not only digits. Spaces become "-".
func legalTag(tag string) string {
	letters := false
	tag = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return '-'
		case unicode.IsDigit(r):
			return r
		case unicode.IsLetter(r) || unicode.IsMark(r) || r == '_' || r == '-' || r == '/' || unicode.Is(unicode.So, r):
			letters = true
			return r
		}
		return -1
	}, strings.TrimSpace(tag))
	if tag != "" && !letters {
		return "_" + tag
	}
	return tag
}

// inFlow writes tags into a list of one line, in which all else stays as it is; ""
// takes one out. It is false for a list that cannot be written so.
func inFlow(rest string, tags, legal []string) (string, bool) {
	from, to := strings.IndexByte(rest, '[')+1, strings.LastIndexByte(rest, ']')
	if from <= 0 || to < from {
		return "", false
	}
	line := rest[from:to]
	spans := flowSpans(line)
	if len(spans) == 0 || len(spans) != len(tags) {
		return "", false
	}
	var out strings.Builder
	gap, end := line[:spans[0].Start], 0
	for i, span := range spans {
		now, err := scalar(legal[i])
		switch was := line[span.Start:span.End]; {
		case legal[i] == "":
			continue
		case legal[i] == tags[i]:
			now = was
		case was[0] == '"' || was[0] == '\'':
			now = was[:1] + legal[i] + was[:1] // in which no quote is left
		case err != nil:
			return "", false
		}
		if end > 0 {
			gap = line[spans[i-1].End:span.Start]
		}
		out.WriteString(gap + now)
		end = span.End
	}
	if end > 0 {
		out.WriteString(line[spans[len(spans)-1].End:])
	}
	now := rest[:from] + out.String() + rest[to:]
	root, err := parseYAML([]byte("k:" + now))
	return now, err == nil && root != nil && slices.Equal(value(root.Content[1]).Items, taggable(legal))
}
