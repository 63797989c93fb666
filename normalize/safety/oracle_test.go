package safety_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	nethtml "golang.org/x/net/html"

	"github.com/clipmend/clipmend/normalize/safety"
)

// The oracle shares nothing with the rules: a Markdown library renders the
// text, raw HTML and all, a browser's parser reads what comes out, and what is
// found there is held against a list of what must not be.

var forbiddenElements = strings.Fields("applet base button embed form frame frameset iframe input link math meta noembed " +
	"noframes noscript object option plaintext portal script select style svg template textarea title webview xmp")

var urlAttributes = strings.Fields("action background cite data formaction href longdesc manifest ping poster src srcset usemap xlink:href")

// alive returns what in the Markdown would run or reach out.
func alive(t *testing.T, body []byte) []string {
	t.Helper()
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(html.WithUnsafe()))
	var found []string
	report := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	doc := md.Parser().Parse(text.NewReader(body))
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			if v := n.Segment.Value(body); n.Parent().Kind() != ast.KindCodeSpan && liveMath.Match(v) && bytes.Contains(blockOf(n, body), []byte("$")) {
				report("math %q", v)
			}
			if v := n.Segment.Value(body); bytes.Contains(v, []byte("%%")) && n.Parent().Kind() != ast.KindCodeSpan {
				report("comment %q", v)
			}
		case *ast.FencedCodeBlock:
			language := string(n.Language(body))
			if runnable.MatchString(language) || !shown(language) {
				report("fence %q", language)
			}
			if strings.EqualFold(language, "mermaid") && liveDiagram.Match(n.Lines().Value(body)) {
				report("diagram")
			}
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range transclusion.FindAllIndex(body, -1) {
		report("embed %q", body[m[0]:m[1]])
	}
	if bytes.Contains(body, []byte("<%")) {
		report("template")
	}
	var page bytes.Buffer
	if err := md.Renderer().Render(&page, body, doc); err != nil {
		t.Fatal(err)
	}
	root, err := nethtml.Parse(strings.NewReader("<!doctype html><html><head></head><body>" + page.String()))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != nethtml.ElementNode {
			continue
		}
		// goldmark itself writes the boxes of task lists.
		if slices.Contains(forbiddenElements, n.Data) && !box(n) {
			report("<%s>", n.Data)
		}
		if n.Data == "code" && activeCode.MatchString(content(n)) {
			report("query %q", content(n))
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" && !aligned.MatchString(a.Val) || a.Key == "srcdoc" || a.Key == "is" {
				report("%s=%q", a.Key, a.Val)
			}
			if slices.Contains(urlAttributes, a.Key) && !harmless(a.Val) {
				report("%s=%q", a.Key, a.Val)
			}
		}
	}
	return found
}

var (
	runnable     = regexp.MustCompile(`(?i)^(dataview(js)?|tasks|templater|query|button|run-.*|\{python\}|js-engine|base|chartsview|meta-bind.*)$`)
	liveDiagram  = regexp.MustCompile(`(?im)(^|;)[ \t>]*click[ \t]+\S+[ \t]+(call|callback)\b|javascript:|onerror=|themecss|click[ \t]+\S+[ \t]+"?obsidian:`)
	liveMath     = regexp.MustCompile(`\\(href\s*\{(javascript|obsidian)|(style|class|cssId|csname)([^A-Za-z]|$)|require\{html)`)
	transclusion = regexp.MustCompile(`!\[\[[^\[\]|#]*?(note|canvas|base|:)[^\]]*\]\]`)
	activeCode   = regexp.MustCompile(`^\s*(\$=|=\s*[\pL\d"'(\[{!-])`)
	aligned      = regexp.MustCompile(`^text-align:(left|right|center)$`) // of goldmark's table cells
)

// blockOf returns the text of the block that a node is in.
func blockOf(n ast.Node, body []byte) []byte {
	for n.Type() == ast.TypeInline {
		n = n.Parent()
	}
	return n.Lines().Value(body)
}

// shown says whether a fence in the language, as a library reads it, is plain.
func shown(language string) bool {
	name := strings.TrimPrefix(strings.ToLower(strings.TrimLeft(language, "{.#")), "diff-")
	if i := strings.IndexAny(name, "{},;=|"); i >= 0 {
		name = name[:i]
	}
	return name == "" || safety.PlainLanguages[name]
}

func box(n *nethtml.Node) bool {
	return n.Data == "input" && n.Parent != nil && n.Parent.Data == "li" && n.Parent.FirstChild == n ||
		n.Data == "input" && n.Parent != nil && n.Parent.Data == "p"
}

func content(n *nethtml.Node) string {
	var out strings.Builder
	for c := range n.Descendants() {
		if c.Type == nethtml.TextNode {
			out.WriteString(c.Data)
		}
	}
	return out.String()
}

// harmless judges an address that a browser has decoded.
func harmless(address string) bool {
	address = strings.TrimLeft(address, "\x00\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f ")
	address = strings.ToLower(strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(address))
	if strings.HasPrefix(strings.ReplaceAll(address, "%5c", `\`), `\`) || strings.HasPrefix(address, "//") {
		return false
	}
	for _, bad := range []string{"javascript:", "vbscript:", "file:", "obsidian:", "data:text", "data:image/svg", "app:", "blob:", "smb:", "ms-msdt:", "shell:", "x:"} {
		if strings.HasPrefix(address, bad) {
			return false
		}
	}
	return true
}
