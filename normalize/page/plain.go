package page

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"

	"github.com/clipmend/clipmend/normalize/page/dom"
)

// plain is the text of a tree, a paragraph for each block element.
func plain(n *html.Node) []byte {
	var b bytes.Buffer
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			return
		}
		block := n.Type == html.ElementNode && dom.IsBlock(n)
		if block {
			b.WriteString("\n\n")
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
		if block {
			b.WriteString("\n\n")
		}
	}
	walk(n)
	var out []string
	for p := range strings.SplitSeq(b.String(), "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			out = append(out, p)
		}
	}
	return []byte(strings.Join(out, "\n\n"))
}
