package render

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// language returns the name of the language that a code block is in, "" if
// nothing tells. It looks at the code, the block, and a few elements around
// them that hold nothing else.
func language(block, code *html.Node) string {
	if l := labelOf(code); l != "" {
		return l
	}
	for n := code.Parent; n != nil && code != block && n != block.Parent; n = n.Parent {
		if l := labelOf(n); l != "" {
			return l
		}
	}
	n := block
	for range 5 {
		if l := labelOf(n); l != "" {
			return l
		}
		parent := n.Parent
		if parent == nil || parent.Type != html.ElementNode || !isCodeFrame(parent) {
			return ""
		}
		n = parent
	}
	return ""
}

// isCodeFrame tells whether n is an element around one code block.
func isCodeFrame(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Div, atom.Figure, atom.Code, atom.Td, atom.Tr, atom.Tbody, atom.Table, atom.Pre, atom.Span:
	default:
		if !strings.Contains(n.Data, "-") { // custom elements are frames as well
			return false
		}
	}
	blocks := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Pre, atom.Table, atom.Figure, atom.Tbody, atom.Tr, atom.Code:
			blocks++
		case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.Ul, atom.Ol:
			return false
		}
	}
	return blocks <= 1 || n.DataAtom == atom.Tr
}

// labelOf returns the language that the attributes of n name.
func labelOf(n *html.Node) string {
	if n.Type != html.ElementNode {
		return ""
	}
	for _, a := range n.Attr {
		if a.Key == "lang" && n.DataAtom != atom.Pre && n.DataAtom != atom.Code {
			continue
		}
		if a.Key == "lang" || strings.HasPrefix(a.Key, "data-") && strings.Contains(a.Key, "lang") {
			if l := normalLanguage(a.Val); l != "" {
				return l
			}
		}
	}
	return classLanguage(attr(n, "class"), n.DataAtom == atom.Pre || n.DataAtom == atom.Code)
}

// classLanguage reads the language out of a class. A bare name counts only
// where it follows a word for code, or on the code itself.
func classLanguage(class string, isCode bool) string {
	bare := isCode
	fields := strings.Fields(class)
	for i, c := range fields {
		lower := strings.ToLower(c)
		for _, p := range prefixes {
			if rest, ok := strings.CutPrefix(lower, p); ok {
				rest, _, _ = strings.Cut(rest, ";")
				if p == "highlight-" && !languages[rest] {
					continue
				}
				if l := normalLanguage(rest); l != "" {
					return l
				}
			}
		}
		if lower == "brush:" && i+1 < len(fields) {
			return normalLanguage(strings.TrimRight(strings.ToLower(fields[i+1]), ";"))
		}
		switch lower {
		case "highlight", "hljs", "sourcecode", "codehilite", "prettyprint", "code", "shiki", "prism", "code-block", "listingblock":
			bare = true
		}
	}
	if !bare {
		return ""
	}
	for _, c := range fields {
		if l := strings.ToLower(c); languages[l] {
			return normalLanguage(l)
		}
	}
	return ""
}

var prefixes = []string{
	"language-", "lang-", "highlight-source-", "highlight-text-", "highlight-", "brush:", "hljs-language-",
	"code-lang-", "prism-code-", "shcb-language-", "syntax-", "src-",
}

// normalLanguage cleans a language's name; those that name none are "".
func normalLanguage(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	s, _ = strings.CutPrefix(s, "language-")
	switch s {
	case "", "text", "plain", "plaintext", "plain-text", "txt", "none", "nohighlight", "no-highlight", "default", "auto", "undefined", "null", "unknown", "output", "code", "raw", "switcher", "notranslate":
		return ""
	case "html-basic":
		return "html"
	case "text-html":
		return "html"
	case "python3", "ipython3", "pycon", "py3":
		return "python"
	}
	if len(s) > 30 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789+#-._") != "" {
		return ""
	}
	return s
}

// languages are the names that a class may give without saying that it is one.
var languages = wordSet(`abap actionscript ada apache applescript arduino asm assembly awk bash basic batch c c# c++ cc clojure cmake
cobol coffee coffeescript console cpp crystal cs csharp css csv cuda cython d dart delphi diff django docker dockerfile dos elixir elm
emacs-lisp erlang f# fish fortran fsharp gherkin glsl go golang gradle graphql groovy haml handlebars haskell hcl hlsl html http ini
ipython3 java javascript js json json5 jsonc jsx julia kotlin kt latex lean lean4 less lisp llvm lua make makefile markdown mathematica
matlab md mermaid mips nasm nginx nim nix nohighlight objc objective-c objectivec ocaml pascal patch perl pgsql php plaintext postgresql
powershell prolog properties proto protobuf ps1 puppet pwsh py pycon python python3 r racket rb regex rst ruby rust sas sass scala scheme
scss sh shell shell-session smalltalk solidity sparql sql stata svelte swift systemverilog tcl terraform tex text toml ts tsx twig txt
typescript typst vala vb vbnet verilog vhdl vim viml vue wasm xml xquery yaml yml zig zsh`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}
