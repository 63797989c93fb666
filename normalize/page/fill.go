package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/clipmend/clipmend/normalize/page/metadata"
	"github.com/clipmend/clipmend/normalize/page/render"
)

// Bounds of a page that is taken to show itself only by script, in words.
const (
	thinPage  = 60 // no more comes out of it
	thinTimes = 3  // what it states for machines is so many times as much
	leastSaid = 15 // and so much at least
)

// filled is what a page that shows itself only by script states for machines,
// if that is much more than the Markdown that came out, with that after it;
// else nil.
func filled(markdown []byte, hints *metadata.Hints, m *Metadata) []byte {
	got := wordsIn(string(markdown))
	if got > thinPage {
		return nil
	}
	list, least := hints.LD.Texts, max(thinTimes*got, leastSaid)
	if len(markdown) == 0 && wordsIn(strings.Join(list, "\n")) < least {
		list, least = []string{m.Description}, 1
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	words := 0
	for _, text := range list {
		for line := range strings.Lines(text) {
			words += wordsIn(line)
			p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
			p.AppendChild(&html.Node{Type: html.TextNode, Data: line})
			body.AppendChild(p)
		}
	}
	if words < least {
		return nil
	}
	text := render.Markdown(body, render.Options{})
	if len(markdown) == 0 {
		return text
	}
	return append(append(text, '\n'), markdown...)
}

// wordsIn counts words, and each sign of a script without spaces as one.
func wordsIn(s string) int {
	n, in := 0, false
	for _, r := range s {
		letter := unicode.IsLetter(r) || unicode.IsNumber(r)
		if letter && (!in || r >= 0x2e80) {
			n++
		}
		in = letter
	}
	return n
}
