package safety

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/clipmend/clipmend/internal/lazyregexp"
	"github.com/clipmend/clipmend/normalize/markdown"
	"github.com/clipmend/clipmend/normalize/repair"
)

// templates breaks up Templater's opening mark, which it reads anywhere.
func (d *defuser) templates() {
	if !bytes.Contains(d.body, []byte("<%")) {
		return
	}
	var code []repair.Span
	for _, b := range markdown.Blocks(d.body) {
		if b.Kind == markdown.Code || b.Kind == markdown.Math {
			code = append(code, b.Span)
			continue
		}
		for _, in := range markdown.Inlines(d.body, b.Text) {
			if in.Kind == markdown.CodeSpan || in.Kind == markdown.InlineMath {
				code = append(code, in.Span)
			}
		}
	}
	for at := 0; ; at++ {
		i := bytes.Index(d.body[at:], []byte("<%"))
		if i < 0 {
			return
		}
		at += i
		for len(code) > 0 && code[0].End <= at {
			code = code[1:]
		}
		now := "&lt;"
		if len(code) > 0 && code[0].Start <= at {
			now = "< "
		}
		d.edit(RuleTemplate, at, at+1, now)
	}
}

// query matches code that Dataview takes for a query: not an operator such as
// "=>" or "==", which is no expression.
var (
	query      = lazyregexp.New(`^\s*` + expression)
	looseQuery = lazyregexp.New("`\\s*()" + expression)
)

const expression = `(?:=\s*[^\s=<>~&|:/*+%^?.,;]|\$=)`

// codeSpan puts a backslash before a query.
func (d *defuser) codeSpan(in markdown.Inline) {
	text := bytes.TrimLeft(d.body[in.Span.Start:in.Span.End], "`")
	inner := bytes.TrimRight(text, "`")
	if query.Match(inner) {
		at := in.Span.End - len(bytes.TrimLeft(text, " \t\r\n"))
		d.edit(RuleInline, at, at, `\`)
	}
}

// codeBlock puts a backslash before a query that a block of code begins with,
// perhaps behind the markers of quotes; Dataview runs that too.
func (d *defuser) codeBlock(b markdown.Block) {
	text := d.body[b.Text.Start:b.Text.End]
	shown := bytes.TrimLeft(text, " \t\r\n>")
	if len(shown) > 0 && query.Match(shown) {
		at := b.Text.End - len(shown)
		d.edit(RuleInline, at, at, `\`)
	}
}

var (
	// linkStart matches where a link or a definition may begin for some reader.
	linkStart = lazyregexp.New(`\](\(|:)[\s>]*(<?[^\s>\]]*)`)
	bareWord  = lazyregexp.New(`^[A-Za-z]+:$`) // in prose
	percents  = lazyregexp.New(`%%+`)
	lineField = lazyregexp.New(`(?m)^[\s>*+\-0-9.)]*[_*~]*[\pL\pN\p{So}][\pL\pN\p{So}\pM \t/_*~-]*(::)[ \t]`)
	spanField = lazyregexp.New(`[\[(][^\[\]():` + "`" + `\n]*(::)`)
	tagMark   = lazyregexp.New(`#[\pL\pN\pM\p{So}_/\-]+`)
)

// words breaks up what is active in the text between the inline parts.
func (d *defuser) words(b markdown.Block, inlines []markdown.Inline) {
	text := d.body[b.Span.Start:b.Span.End]
	has := func(mark string) bool { return bytes.Contains(text, []byte(mark)) } // cheaper than the patterns
	if has("](") || has("]:") {
		d.looseLinks(b, inlines)
	}
	if has("%%") {
		d.comments(b, inlines)
	}
	if has("::") {
		d.fields(b, inlines)
	}
	if b.Kind == markdown.HTML {
		return
	}
	if has("$") && has(`\`) {
		d.looseMath(b, inlines)
	}
	if has("<") {
		d.looseTags(b, inlines)
	}
	if has("`") && has("=") {
		d.looseQueries(b, inlines)
	}
	if d.tags && has("#") {
		d.tagMarks(b, inlines)
	}
}

// looseTags escapes what is no tag by the letter but an active one for some.
func (d *defuser) looseTags(b markdown.Block, inlines []markdown.Inline) {
	open := newGaps(inlines)
	for _, m := range looseTag.FindAllIndex(d.body[b.Span.Start:b.Span.End], -1) {
		if at := b.Span.Start + m[0]; open.at(at) {
			d.edit(RuleHTML, at, at+1, "&lt;")
		}
	}
}

// looseQueries breaks up what begins as a query behind a backtick that opens
// no code by the letter.
func (d *defuser) looseQueries(b markdown.Block, inlines []markdown.Inline) {
	open := newGaps(inlines)
	for _, m := range looseQuery.FindAllSubmatchIndex(d.body[b.Span.Start:b.Span.End], -1) {
		if in := open.part(b.Span.Start + m[0]); in != nil && in.Kind == markdown.CodeSpan {
			continue
		}
		at := b.Span.Start + m[2]
		switch in := open.part(at); {
		case b.Kind == markdown.Math || in != nil && in.Kind == markdown.InlineMath:
			d.edit(RuleInline, at, at, "{}")
		case in == nil:
			d.edit(RuleInline, at, at, `\`)
		}
	}
}

// looseLinks breaks up what is no link or definition by the letter but might
// be one for some reader, and then an unsafe one.
func (d *defuser) looseLinks(b markdown.Block, inlines []markdown.Inline) {
	apart := `\`
	if b.Kind == markdown.HTML { // where a backslash escapes nothing
		apart = " "
	}
	open := newGaps(inlines)
	text := d.body[b.Span.Start:b.Span.End]
	for _, m := range linkStart.FindAllSubmatchIndex(text, -1) {
		at, target := b.Span.Start+m[2], text[m[4]:m[5]]
		note := b.Kind == markdown.Footnote && at < b.Text.Start
		if open.target(b.Span.Start+m[4]) && !note && !bareWord.Match(target) && !safeTarget(string(target), false) {
			d.edit(RuleLink, at, at, apart)
		}
	}
}

func (d *defuser) comments(b markdown.Block, inlines []markdown.Inline) {
	open := newGaps(inlines)
	for _, m := range percents.FindAllIndex(d.body[b.Span.Start:b.Span.End], -1) {
		for at := b.Span.Start + m[0] + 1; at < b.Span.Start+m[1]; at++ {
			if open.comment(at) {
				d.part(b, RuleComment, at, "&#37;")
			}
		}
	}
}

func (d *defuser) fields(b markdown.Block, inlines []markdown.Inline) {
	text := d.body[b.Span.Start:b.Span.End]
	for _, pattern := range []*lazyregexp.Regexp{lineField, spanField} {
		open := newGaps(inlines)
		for _, m := range pattern.FindAllSubmatchIndex(text, -1) {
			if at := b.Span.Start + m[2] + 1; open.at(at) && text[m[2]-1] != '\\' {
				d.part(b, RuleField, at, "&#58;")
			}
		}
	}
}

// part keeps the character at from being one mark with the one before it: with
// a backslash, or in HTML, where that escapes nothing, as an entity.
func (d *defuser) part(b markdown.Block, rule string, at int, entity string) {
	if b.Kind == markdown.HTML {
		d.edit(rule, at, at+1, entity)
		return
	}
	d.edit(rule, at, at, `\`)
}

// tagMarks escapes tags: a # behind no word, followed by more than digits.
func (d *defuser) tagMarks(b markdown.Block, inlines []markdown.Inline) {
	text := d.body[b.Text.Start:b.Text.End]
	open := newGaps(inlines)
	for _, m := range tagMark.FindAllIndex(text, -1) {
		before, _ := utf8.DecodeLastRune(text[:m[0]])
		word := m[0] > 0 && (unicode.IsLetter(before) || unicode.IsDigit(before) || bytes.ContainsRune([]byte(`\&#/_-`), before))
		digits := len(bytes.Trim(text[m[0]+1:m[1]], "0123456789")) == 0
		if at := b.Text.Start + m[0]; !word && !digits && open.at(at) {
			d.edit(RuleTag, at, at, `\`)
		}
	}
}

// gaps says, for places in increasing order, what is there.
type gaps struct{ parts []markdown.Inline }

func newGaps(inlines []markdown.Inline) *gaps {
	parts := slices.Clone(inlines)
	slices.SortStableFunc(parts, func(a, b markdown.Inline) int { return a.Target.Start - b.Target.Start })
	return &gaps{parts}
}

// part returns the inline part whose target the place is in, or nil.
func (g *gaps) part(at int) *markdown.Inline {
	for len(g.parts) > 0 && g.parts[0].Target.End <= at {
		g.parts = g.parts[1:]
	}
	if len(g.parts) > 0 && g.parts[0].Target.Start <= at {
		return &g.parts[0]
	}
	return nil
}

func (g *gaps) at(at int) bool { return g.part(at) == nil }

// target says whether a target there belongs to no part that is known as such.
func (g *gaps) target(at int) bool {
	in := g.part(at)
	return in == nil || in.Kind != markdown.CodeSpan && in.Kind != markdown.Link && in.Kind != markdown.Image
}

// comment says whether percent signs there may begin or end a comment.
func (g *gaps) comment(at int) bool {
	in := g.part(at)
	return in == nil || in.Kind == markdown.Comment
}
