package safety

import (
	"bytes"

	"github.com/clipmend/clipmend/internal/lazyregexp"
	"github.com/clipmend/clipmend/normalize/markdown"
	"github.com/clipmend/clipmend/normalize/repair"
)

// command matches what in a formula links, styles, loads, or builds commands
// from letters, with its first argument if that is plain.
var command = lazyregexp.New(`\\(href|url|style|class|cssId|require|data|csname|mmlToken|htmlClass|htmlId|htmlStyle|htmlData|includegraphics)(?:[^A-Za-z]|$)(?:\s*\{?([^{}\r\n]*)\})?`)

// commands shows commands in a formula as text.
func (d *defuser) commands(span repair.Span) {
	text := d.body[span.Start:span.End]
	if !bytes.ContainsRune(text, '\\') {
		return
	}
	for _, m := range command.FindAllSubmatchIndex(text, -1) {
		name, argument := string(text[m[2]:m[3]]), ""
		if m[4] >= 0 {
			argument = string(text[m[4]:m[5]])
		}
		switch {
		case name == "href" && webAddress.MatchString(argument):
		case name == "require" && plainWord.MatchString(argument) && argument != "html":
		default:
			d.edit(RuleMath, span.Start+m[2]-1, span.Start+m[3], `\text{`+name+`}`)
		}
	}
}

var (
	webAddress = lazyregexp.New(`^https?://[^\s\\]+$`)
	plainWord  = lazyregexp.New(`^[a-z]+$`)
)

// looseMath goes over a block that may hold formulas for some reader: one with a
// dollar sign, between the parts that are no text.
func (d *defuser) looseMath(b markdown.Block, inlines []markdown.Inline) {
	at := b.Text.Start
	for _, in := range inlines {
		if in.Kind != markdown.CodeSpan && in.Kind != markdown.InlineMath || in.Span.Start < at {
			continue
		}
		d.commands(repair.Span{Start: at, End: in.Span.Start})
		at = in.Span.End
	}
	d.commands(repair.Span{Start: at, End: max(at, b.Text.End)})
}
