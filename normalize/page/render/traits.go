package render

import (
	"strings"

	"golang.org/x/net/html"
)

// Traits are what the classes of an element tell about it.
type traits uint32

const (
	mathBox     traits = 1 << iota // a formula, in whatever form
	mathDisplay                    // on a line of its own
	hiddenCopy                     // says again, for other readers, what stands beside it
	permalink                      // a link to the heading that it is in
	callout                        // a note, tip or warning
	calloutTitle
	codeBox   // around a code block
	codeBlock // a <code> that is a block
	gutter    // line numbers
	codeChrome
	codeLine
	noteList // a list of footnotes
	noteMark // a reference to one
	noteBack // a link back to it
	noteText // a footnote's text, where it is referred to
	citation // a link that stands for a source
	gallery
)

// traitsOf returns what n's class says. Pages use few different classes, so
// each is looked at once.
func (r *renderer) traitsOf(n *html.Node) traits {
	var t traits
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "class":
			c, ok := r.traits[a.Val]
			if !ok {
				c = classTraits(a.Val)
				r.traits[a.Val] = c
			}
			t |= c
		case "data-callout":
			t |= callout
		case "data-testid":
			if strings.Contains(a.Val, "citation") {
				t |= citation
			}
		case "role":
			switch a.Val {
			case "note":
				t |= callout
			case "doc-endnotes", "doc-footnotes":
				t |= noteList
			case "doc-noteref":
				t |= noteMark
			case "doc-backlink":
				t |= noteBack
			}
		}
	}
	return t
}

func classTraits(class string) traits {
	var t traits
	for c := range strings.FieldsSeq(strings.ToLower(class)) {
		t |= tokenTraits[c]
		t |= partTraits(c)
	}
	return t
}

// tokenTraits are classes with one meaning.
var tokenTraits = map[string]traits{
	"katex": mathBox, "katex-display": mathBox | mathDisplay, "katex-html": hiddenCopy,
	"mathjax": mathBox, "mathjax_display": mathBox | mathDisplay, "mathjax_svg": mathBox, "mathjax_chtml": mathBox,
	"mathjax_svg_display": mathBox | mathDisplay, "mathjax_preview": hiddenCopy,
	"mwe-math-element": mathBox, "mwe-math-element-block": mathBox | mathDisplay, "math": mathBox, "tex": mathBox, "latex": mathBox,
	"ztext-math": mathBox, "math-inline": mathBox, "math-block": mathBox | mathDisplay, "math-display": mathBox | mathDisplay,
	"hurmet-tex": mathBox, "ltx_math": mathBox, "display": mathDisplay,

	"anchor": permalink, "anchor-link": permalink, "anchorlink": permalink, "headerlink": permalink, "header-anchor": permalink,
	"heading-anchor": permalink, "hash-link": permalink, "heading-link": permalink, "permalink": permalink,
	"anchorjs-link": permalink, "permalink-widget": permalink, "sl-anchor-link": permalink, "mw-editsection": hiddenCopy,

	"callout": callout, "admonition": callout, "markdown-alert": callout, "alert": callout, "custom-block": callout,
	"starlight-aside": callout, "admonitionblock": callout, "callout-block": callout, "infobox-callout": callout,
	"hint": callout, "notecard": callout, "theme-admonition": callout, "rst-admonition": callout,

	"lineno": gutter, "linenos": gutter, "linenodiv": gutter, "lnt": gutter, "ln": gutter, "gutter": gutter, "line-number": gutter,
	"line-numbers-rows": gutter, "line-numbers-wrapper": gutter, "linenumber": gutter, "linenumbers": gutter,
	"react-syntax-highlighter-line-number": gutter, "hljs-ln-numbers": gutter, "hljs-ln-line-number": gutter,
	"blob-num": gutter, "rouge-gutter": gutter, "code-line-number": gutter, "line_number": gutter, "lineNo": gutter,
	"crayon-nums": gutter, "code-gutter": gutter, "line-num": gutter, "ec-line-number": gutter,

	"line": codeLine, "token-line": codeLine, "ec-line": codeLine, "code-line": codeLine, "cl": codeLine, "view-line": codeLine,
	"highlight": codeBox, "highlighttable": codeBox, "rouge-table": codeBox, "lntable": codeBox, "hljs-ln": codeBox,
	"codehilitetable": codeBox, "js-file-line-container": codeBox, "blob-wrapper": codeBox, "code-block": codeBox,
	"copy-code-button": codeChrome, "sr-only": codeChrome, "copy": codeChrome, "clipboard": codeChrome,

	"footnotes": noteList, "references": noteList, "reflist": noteList, "footnote-list": noteList, "endnotes": noteList,
	"footnotes-list": noteList, "easy-footnotes-wrapper": noteList, "wp-block-footnotes": noteList, "reference-list": noteList,
	"footnote-ref": noteMark, "footnote-reference": noteMark, "reference": noteMark, "fn-ref": noteMark, "noteref": noteMark, "fn": noteMark,
	"footnote-anchor": noteMark, "footref": noteMark, "aside-link": noteMark, "easy-footnote": noteMark, "footnote-link": noteMark,
	"footnote-backref": noteBack, "footnote-back": noteBack, "reversefootnote": noteBack, "data-footnote-backref": noteBack,
	"easy-footnote-to-top": noteBack, "footnote-return": noteBack, "mw-cite-backlink": noteBack, "footnote-number": noteBack, "ltx_note_mark": noteBack,
	"sidenote": noteText, "marginnote": noteText, "ltx_note_content": noteText, "footnote-content": noteText,
	"gallery": gallery, "wp-block-gallery": gallery, "blocks-gallery-grid": gallery,
}

// partTraits are what parts of a class mean.
func partTraits(c string) traits {
	var t traits
	switch {
	case strings.HasPrefix(c, "alert-") || strings.HasPrefix(c, "callout-") || strings.HasPrefix(c, "admonition-"):
		if isTitlePart(c) {
			t |= calloutTitle
		}
	case strings.HasPrefix(c, "markdown-alert-") || strings.HasPrefix(c, "custom-block-") || strings.HasPrefix(c, "starlight-aside__"):
		if isTitlePart(c) {
			t |= calloutTitle
		}
	case strings.HasPrefix(c, "admonitionheading"):
		t |= calloutTitle
	case strings.Contains(c, "footnotes") && !strings.Contains(c, "ref"):
		t |= noteList
	case strings.HasPrefix(c, "code") && (strings.Contains(c, "header") || strings.Contains(c, "toolbar") || strings.Contains(c, "copy")):
		t |= codeChrome
	case strings.HasSuffix(c, "__header") && strings.Contains(c, "code"):
		t |= codeChrome
	}
	return t
}

func isTitlePart(c string) bool {
	return strings.HasSuffix(c, "title") || strings.HasSuffix(c, "heading") || strings.HasSuffix(c, "header")
}
