package models

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/internal/lazyregexp"
	"github.com/clipmend/clipmend/normalize/repair"
)

// CalloutRule names the edits of the callout.
const CalloutRule = "facts-callout"

const (
	calloutHead = "> [!info]- Facts"
	calloutID   = "^cm-facts-"
)

// calloutMark is the line below a callout. Its id ends in a hash of the callout's
// lines, which tells one that a person has edited.
var calloutMark = lazyregexp.New(`(?m)^\^cm-facts-([0-9a-f]{6})[ \t]*\r?$`)

// found is a callout in a body: its lines with the mark below them.
type found struct {
	span repair.Span
	ours bool // as it was written
}

// findCallout returns the last callout of the body.
func findCallout(body []byte) (found, bool) {
	marks := calloutMark.FindAllSubmatchIndex(body, -1)
	for _, m := range slices.Backward(marks) {
		head := bytes.TrimRight(body[:m[0]], " \t\r\n")
		start := len(head)
		for start > 0 {
			line := bytes.LastIndexByte(head[:start], '\n') + 1
			if !bytes.HasPrefix(head[line:], []byte(">")) {
				break
			}
			if start = line; start > 0 {
				start--
			}
		}
		for start < len(head) && (head[start] == '\n' || head[start] == '\r') {
			start++
		}
		if lines := head[start:]; bytes.HasPrefix(lines, []byte(calloutHead)) {
			return found{repair.Span{Start: start, End: m[3]}, hashLines(lines) == string(body[m[2]:m[3]])}, true
		}
	}
	return found{}, false
}

// hashLines is the same whatever the lines end with.
func hashLines(lines []byte) string {
	sum := sha256.Sum256(bytes.ReplaceAll(lines, []byte("\r"), nil))
	return hex.EncodeToString(sum[:3])
}

// Readable returns the body with the callout that lists its facts blanked, so
// that what the callout says is not read as said by the note. Every byte keeps
// its place. A body without one is returned as it is.
func Readable(body []byte) []byte {
	c, ok := findCallout(body)
	if !ok {
		return body
	}
	out := bytes.Clone(body)
	for i := c.span.Start; i < c.span.End; i++ {
		if out[i] != '\n' && out[i] != '\r' {
			out[i] = ' '
		}
	}
	return out
}

// callout proposes the edit that brings the callout up to date. One that a
// person edited stays; where there is none, a note gets one only when it is
// marked for the first time, so that one that a person deleted stays away.
func callout(body []byte, facts []annotate.Fact, ids []string, s Schema, file func(string) string, first bool) []repair.Edit {
	text := calloutText(facts, ids, s, file)
	newline := lineEnding(body)
	text = strings.ReplaceAll(text, "\n", newline)
	c, ok := findCallout(body)
	edit := func(span repair.Span, now string) []repair.Edit {
		return []repair.Edit{{Rule: CalloutRule, Span: span, Now: now, Confidence: 1}}
	}
	switch {
	case ok && !c.ours:
		return nil
	case ok && text == "":
		end := c.span.End
		for end < len(body) && (body[end] == '\n' || body[end] == '\r') {
			end++
		}
		return edit(repair.Span{Start: c.span.Start, End: end}, "")
	case ok:
		return edit(c.span, text)
	case !first || text == "":
		return nil
	}
	end := len(bytes.TrimRight(body, " \t\r\n"))
	if end < len(body) {
		return edit(repair.Span{Start: len(body), End: len(body)}, newline+text+newline)
	}
	return edit(repair.Span{Start: end, End: end}, newline+newline+text+newline)
}

// calloutText lists the facts that a block holds, "" if there are none.
func calloutText(facts []annotate.Fact, ids []string, s Schema, file func(string) string) string {
	var b strings.Builder
	b.WriteString(calloutHead + "\n> | about | attribute | value | where |\n> | --- | --- | --- | --- |")
	rows := 0
	seen := map[[4]string]bool{}
	for i, f := range facts {
		cells := [4]string{s.link(f.Model, file), f.Attribute, Text(f, s, file)}
		if ids[i] != "" {
			cells[3] = "[[#^" + ids[i] + "|¶]]"
		}
		if f.Origin != "" {
			cells[3] += " (" + f.Origin + ")"
		}
		if seen[cells] {
			continue
		}
		seen[cells] = true
		rows++
		b.WriteString("\n>")
		for _, cell := range cells {
			b.WriteString(" | " + escapeCell(cell))
		}
		b.WriteString(" |")
	}
	if rows == 0 {
		return ""
	}
	lines := b.String()
	return lines + "\n\n" + calloutID + hashLines([]byte(lines))
}
