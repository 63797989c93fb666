package feishu

import (
	"html"
	"net/url"
	"strings"
)

// content gives the text of a block, nil if its kind has none.
func (b *block) content() *text {
	for _, t := range []*text{
		b.Text, b.Heading1, b.Heading2, b.Heading3, b.Heading4, b.Heading5, b.Heading6, b.Heading7, b.Heading8, b.Heading9,
		b.Bullet, b.Ordered, b.Code, b.Quote, b.Equation, b.Todo, b.Page,
	} {
		if t != nil {
			return t
		}
	}
	return nil
}

// plain gives the words of a text, with the title of a document that it names.
func (t *text) plain() string {
	return t.words(func(m *mention) string { return m.Title })
}

// words gives the words of a text; named gives those for a document that it
// names.
func (t *text) words(named func(*mention) string) string {
	var s strings.Builder
	for _, e := range t.Elements {
		switch {
		case e.Run != nil:
			s.WriteString(e.Run.Content)
		case e.Equation != nil:
			s.WriteString(e.Equation.Content)
		case e.MentionDoc != nil:
			s.WriteString(named(e.MentionDoc))
		}
	}
	return s.String()
}

// inline writes the elements of a text. An equation that is all of it stands on
// its own.
func (w *writer) inline(t *text) {
	if t == nil {
		return
	}
	alone := true
	for _, e := range t.Elements {
		alone = alone && (e.Equation != nil || e.Run != nil && strings.TrimSpace(e.Run.Content) == "")
	}
	for _, e := range t.Elements {
		switch {
		case e.Run != nil:
			w.run(e.Run.Content, e.Run.Style)
		case e.Equation != nil:
			w.equation(strings.TrimSpace(e.Equation.Content), alone)
		case e.MentionDoc != nil:
			w.out.WriteString(`<a href="` + html.EscapeString(unescapeURL(e.MentionDoc.URL)) + `">` + html.EscapeString(e.MentionDoc.Title) + "</a>")
		case e.MentionUser != nil && e.MentionUser.Name != "":
			w.out.WriteString("@" + html.EscapeString(e.MentionUser.Name))
		}
	}
}

func (w *writer) equation(tex string, display bool) {
	if tex == "" {
		return
	}
	w.out.WriteString("<math")
	if display {
		w.out.WriteString(` display="block"`)
	}
	w.out.WriteString(`><semantics><annotation encoding="application/x-tex">` + html.EscapeString(tex) + "</annotation></semantics></math>")
}

// run writes words in their style, the link outside and code inside.
func (w *writer) run(content string, s style) {
	var begin, end string
	add := func(on bool, tag string) {
		if on {
			begin, end = begin+"<"+tag+">", "</"+tag+">"+end
		}
	}
	if s.Link != nil && s.Link.URL != "" {
		begin, end = `<a href="`+html.EscapeString(unescapeURL(s.Link.URL))+`">`, "</a>"
	}
	add(s.Bold, "strong")
	add(s.Italic, "em")
	add(s.Strikethrough, "del")
	add(s.Underline, "u")
	add(s.Code, "code")
	w.out.WriteString(begin + strings.ReplaceAll(html.EscapeString(content), "\n", "<br>") + end)
}

// unescapeURL undoes the escapes that the API puts around whole addresses.
func unescapeURL(address string) string {
	if plain, err := url.PathUnescape(address); err == nil && !strings.Contains(address, "://") {
		return plain
	}
	return address
}

func (w *writer) code(t *text) {
	if t == nil {
		return
	}
	class := ""
	if n := t.Style.Language; n > 1 && n < len(languages) {
		class = ` class="language-` + languages[n] + `"`
	}
	w.out.WriteString("<pre><code" + class + ">\n" + html.EscapeString(t.code()) + "</code></pre>\n")
}

// code gives the text of a code block; a document that is named in it keeps its
// address.
func (t *text) code() string {
	return t.words(func(m *mention) string { return "[" + m.Title + "](" + unescapeURL(m.URL) + ")" })
}

// languages are the API's numbers for languages, by the words that fences use.
var languages = strings.Fields(`
	- text abap ada apache apex asm bash csharp cpp c cobol css coffeescript d dart delphi django dockerfile erlang fortran foxpro go
	groovy html handlebars http haskell json java javascript julia kotlin latex lisp logo lua matlab makefile markdown nginx objectivec
	openedge php perl postscript powershell prolog protobuf python r rpg ruby rust sas scss sql scala scheme scratch shell swift thrift
	typescript vbscript vbnet xml yaml cmake diff gherkin graphql glsl properties solidity toml`)
