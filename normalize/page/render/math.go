package render

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// math writes a formula, and reports whether n is one or stands for one. Of
// the forms that a page holds of it, one is written.
func (r *renderer) math(n *html.Node) bool {
	switch {
	case n.DataAtom == atom.Script:
		return false
	case n.DataAtom == atom.Math || n.Data == "math":
		r.formula(mathTeX(n), attr(n, "display") == "block" || strings.Contains(attr(n, "mode"), "display"))
		return true
	case n.Data == "mjx-container":
		r.container(n, attr(n, "display") == "true")
		return true
	case n.Data == "mjx-assistive-mml":
		return false
	}
	t := r.traitsOf(n)
	if t&mathBox == 0 {
		tex := texAttr(n)
		if tex != "" && (strings.Contains(attr(n, "class"), "math") || strings.Contains(attr(n, "class"), "equation") || strings.Contains(attr(n, "class"), "formula")) {
			r.formula(tex, n.DataAtom == atom.Div || n.DataAtom == atom.P)
			return true
		}
		return false
	}
	if n.DataAtom == atom.Img || n.DataAtom == atom.Pre || n.DataAtom == atom.Code || n.DataAtom == atom.Table {
		return false
	}
	if n.NextSibling != nil && followedByScript(n) {
		return true // MathJax 2 leaves the source behind what it shows
	}
	display := t&mathDisplay != 0 || n.DataAtom == atom.Div || n.DataAtom == atom.P
	return r.container(n, display)
}

// container writes the formula in an element that a program made to show it.
func (r *renderer) container(n *html.Node, display bool) bool {
	if tex := texAttr(n); tex != "" {
		r.formula(tex, display)
		return true
	}
	if m := find(n, 4000, func(d *html.Node) bool {
		return d.DataAtom == atom.Math || d.Data == "math" || d.DataAtom == atom.Script && isTeXScript(d)
	}); m != nil {
		if formulas(n) > 1 {
			return false
		}
		if m.DataAtom == atom.Script {
			r.script(m)
			return true
		}
		display = display && n.DataAtom != atom.P && n.DataAtom != atom.Div || attr(m, "display") == "block" || r.displayWithin(n)
		r.formula(mathTeX(m), display || n.DataAtom == atom.Div && onlyChild(m, n))
		return true
	}
	if s := attr(n, "data-mathml"); s != "" {
		if m := parseMathML(s); m != nil {
			r.formula(mathTeX(m), display)
			return true
		}
	}
	return r.delimited(n, display)
}

// displayWithin tells whether KaTeX shows the formula in n on its own line.
func (r *renderer) displayWithin(n *html.Node) bool {
	for p, i := n, 0; p != nil && i < 3; p, i = p.Parent, i+1 {
		if p.Type == html.ElementNode && strings.Contains(attr(p, "class"), "katex-display") {
			return true
		}
	}
	return false
}

func onlyChild(m, n *html.Node) bool {
	return m.Parent == n && firstElement(n) == m && m.NextSibling == nil
}

// formulas counts the formulas under n, as far as two.
func formulas(n *html.Node) int {
	count := 0
	limit := 4000
	for d := range descend(n) {
		if limit--; limit < 0 || count > 1 {
			break
		}
		if d.DataAtom == atom.Math || d.Data == "math" {
			count++
		}
	}
	return count
}

// delimited writes the TeX that an element for math holds as text, with or
// without delimiters.
func (r *renderer) delimited(n *html.Node, display bool) bool {
	c := n.FirstChild
	if c == nil || c.NextSibling != nil || c.Type != html.TextNode {
		return false
	}
	s := strings.TrimSpace(c.Data)
	for _, d := range texDelimiters {
		if body, ok := strings.CutPrefix(s, d.open); ok {
			if body, ok = strings.CutSuffix(body, d.end); ok {
				r.formula(body, d.display)
				return true
			}
		}
	}
	if strings.ContainsAny(s, "\\^_") && !strings.ContainsAny(s, "$") {
		r.formula(s, display)
		return true
	}
	return false
}

var texDelimiters = []struct {
	open, end string
	display   bool
}{
	{`\[`, `\]`, true},
	{`$$`, `$$`, true},
	{`\(`, `\)`, false},
	{`$`, `$`, false},
}

// texAttr returns the source of a formula that an attribute keeps.
func texAttr(n *html.Node) string {
	for _, key := range []string{"data-math", "data-tex", "data-latex", "data-entry", "data-formula", "data-equation", "data-expr", "data-original-tex", "alttext", "data-katex"} {
		if s := strings.TrimSpace(attr(n, key)); s != "" {
			return s
		}
	}
	return ""
}

func isTeXScript(n *html.Node) bool { return strings.HasPrefix(attr(n, "type"), "math/tex") }

// script writes the source that MathJax 2 keeps in a script.
func (r *renderer) script(n *html.Node) {
	if n.FirstChild == nil {
		return
	}
	s := n.FirstChild.Data
	s = strings.TrimSuffix(strings.TrimSpace(strings.TrimPrefix(s, "% <![CDATA[")), "%]]>")
	r.formula(s, strings.Contains(attr(n, "type"), "display"))
}

// followedByScript tells whether the source of the formula shown in n comes
// after it.
func followedByScript(n *html.Node) bool {
	s := n.NextSibling
	for range 3 {
		if s == nil {
			return false
		}
		if s.DataAtom == atom.Script {
			return isTeXScript(s)
		}
		s = s.NextSibling
	}
	return false
}

// formula writes TeX as inline or display math.
func (r *renderer) formula(tex string, display bool) {
	tex = cleanTeX(tex)
	switch {
	case tex == "":
	case display && r.mode == asBlock:
		r.displayMath(tex)
	default:
		r.inlineMath(tex)
	}
}

func (r *renderer) inlineMath(tex string) {
	tex = cleanTeX(strings.Join(strings.Fields(tex), " "))
	if tex != "" {
		r.raw(rawItem, "$"+tex+"$")
	}
}

func (r *renderer) displayMath(tex string) {
	r.flush()
	r.begin(otherBlock)
	r.out = append(r.out, "$$"...)
	for line := range strings.Lines(tex) {
		if line = strings.TrimSpace(line); line != "" {
			r.newline()
			r.out = append(r.out, line...)
		}
	}
	r.newline()
	r.out = append(r.out, "$$"...)
}

// cleanTeX takes off what a site puts around a formula's source.
func cleanTeX(s string) string {
	s = strings.TrimSpace(s)
	for _, style := range []string{`{\displaystyle`, `{\textstyle`} {
		if body, ok := strings.CutPrefix(s, style); ok && strings.HasSuffix(body, "}") {
			s = strings.TrimSpace(body[:len(body)-1])
		}
	}
	for _, d := range texDelimiters {
		if body, ok := strings.CutPrefix(s, d.open); ok && len(body) >= len(d.end) {
			if body, ok = strings.CutSuffix(body, d.end); ok {
				s = strings.TrimSpace(body)
			}
		}
	}
	return escapeDollars(s)
}

// escapeDollars keeps a dollar in a formula, as in \text{for $x$}, from
// ending it.
func escapeDollars(s string) string {
	if strings.IndexByte(s, '$') < 0 {
		return s
	}
	var b strings.Builder
	open := true
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			b.WriteString(s[i : i+2])
			i++
		case s[i] == '$' && open:
			b.WriteString(`\(`)
			open = false
		case s[i] == '$':
			b.WriteString(`\)`)
			open = true
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// texOfImage returns the source of a formula that a service shows as an image.
func texOfImage(n *html.Node) (string, bool) {
	src, alt, class := attr(n, "src"), strings.TrimSpace(attr(n, "alt")), attr(n, "class")
	if alt != "" && (strings.HasPrefix(class, "mwe-math-fallback") || hasWord(class, "latex") || hasWord(class, "tex") || hasWord(class, "math")) {
		return alt, true
	}
	if i := strings.IndexAny(src, "?#"); i >= 0 && !strings.HasPrefix(src, "data:") {
		if q := texQuery(src, src[i+1:]); q != "" {
			return q, true
		}
	}
	for _, part := range []string{"/formula/", "i.upmath.me/svg/", "math.vercel.app/"} {
		if _, rest, ok := strings.Cut(src, part); ok && strings.Contains(rest, "%5C") {
			s, err := url.PathUnescape(rest)
			return s, err == nil
		}
	}
	return "", false
}

// texQuery returns the formula in the query of an image service's address.
func texQuery(src, query string) string {
	key := ""
	switch {
	case strings.Contains(src, "latex.codecogs.com"):
		s, err := url.PathUnescape(query)
		if err != nil {
			return ""
		}
		for strings.HasPrefix(s, `\inline`) || strings.HasPrefix(s, `\dpi{`) || strings.HasPrefix(s, `\bg_`) || strings.HasPrefix(s, `\large`) {
			_, s, _ = strings.Cut(s, " ")
		}
		return s
	case strings.Contains(src, "cht=tx"):
		key = "chl"
	case strings.Contains(src, "latex.php"):
		key = "latex"
	case strings.Contains(src, "zhihu.com/equation"):
		key = "tex"
	case strings.Contains(src, "math.now.sh"):
		key = "from"
	default:
		return ""
	}
	for pair := range strings.SplitSeq(query, "&") {
		if v, ok := strings.CutPrefix(pair, key+"="); ok {
			if strings.Contains(v, "%2B") || !strings.Contains(v, "+") {
				v, _ = url.PathUnescape(v)
			} else {
				v, _ = url.QueryUnescape(v)
			}
			return v
		}
	}
	return ""
}

func hasWord(class, word string) bool {
	for c := range strings.FieldsSeq(class) {
		if c == word {
			return true
		}
	}
	return false
}
