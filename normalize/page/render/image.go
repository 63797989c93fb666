package render

import (
	"path"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// image writes an image.
func (r *renderer) image(n *html.Node) {
	if r.skipImage[n] {
		return
	}
	if tex, ok := texOfImage(n); ok {
		r.inlineMath(tex)
		return
	}
	src := r.imageSource(n)
	if src == "" || isPixel(n) {
		return
	}
	if r.shown == nil {
		r.shown = map[string]bool{}
	}
	r.shown[imageStem(src)] = true
	src = r.resolve(src)
	if r.o.Image != nil {
		src = r.o.Image(src)
	}
	if src = destination(src); src == "" {
		return
	}
	r.raw(imageItem, "!["+altText(attr(n, "alt"))+"]("+src+")")
}

// imageSource returns the best address of an image: the largest of its
// srcset, the one it loads later, the one it shows now.
func (r *renderer) imageSource(n *html.Node) string {
	src := attr(n, "src")
	best, lazy := "", ""
	for _, a := range n.Attr {
		switch {
		case a.Key == "srcset" || strings.HasPrefix(a.Key, "data-") && strings.HasSuffix(a.Key, "srcset"):
			if c := largest(a.Val); c != "" && (best == "" || a.Key != "srcset") {
				best = c
			}
		case strings.HasPrefix(a.Key, "data-") && lazyRank(a.Key, a.Val) > lazyRank("", lazy):
			lazy = a.Val
		}
	}
	switch {
	case best != "" && !isPlaceholder(best):
		return best
	case lazy != "":
		return lazy
	case !isPlaceholder(src):
		return src
	}
	if n.Parent != nil && (n.Parent.DataAtom == atom.Picture || n.Parent.Parent != nil && n.Parent.Parent.DataAtom == atom.Picture) {
		if s := pictureSource(n); s != "" {
			return s
		}
	}
	if strings.HasPrefix(src, "data:image/") && len(src) > 1500 { // too much for a placeholder
		return src
	}
	return ""
}

// pictureSource returns the largest image of the sources beside n.
func pictureSource(n *html.Node) string {
	p := n.Parent
	if p.DataAtom != atom.Picture {
		p = p.Parent
	}
	for c := p.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Source {
			continue
		}
		set := attr(c, "srcset")
		if set == "" {
			set = attr(c, "data-srcset")
		}
		if s := largest(set); s != "" && !isPlaceholder(s) {
			return s
		}
	}
	return ""
}

// lazyRank tells how likely an attribute holds the address of the image that
// is loaded when it comes into view; 0 if not at all.
func lazyRank(key, val string) int {
	if val == "" {
		return 0
	}
	if isPlaceholder(val) || strings.ContainsAny(val, " {<\n") || len(val) < 5 {
		return 0
	}
	rank := 0
	switch key {
	case "":
		return 1
	case "data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-original-src", "data-lazy", "data-url", "data-full-src", "data-hi-res-src", "data-image":
		rank = 2
	default:
		if strings.Contains(key, "alt") || strings.Contains(key, "link") || strings.Contains(key, "id") {
			return 0
		}
	}
	if looksLikeImage(val) {
		return rank + 2
	}
	if rank > 0 && isImageExt(path.Ext(pathOf(val))) && !strings.Contains(val, ":") {
		return rank + 2 // relative to the page
	}
	if rank > 0 && (strings.HasPrefix(val, "http") || strings.HasPrefix(val, "/")) {
		return rank
	}
	return 0
}

// looksLikeImage tells whether an address is one, and that of an image.
func looksLikeImage(u string) bool {
	if !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") && !strings.HasPrefix(u, "/") && !strings.HasPrefix(u, ".") {
		return false
	}
	return isImageExt(path.Ext(pathOf(u)))
}

func isImageExt(ext string) bool {
	switch strings.ToLower(ext) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp":
		return true
	}
	return false
}

func pathOf(u string) string {
	u, _, _ = strings.Cut(u, "#")
	u, _, _ = strings.Cut(u, "?")
	return u
}

// isPlaceholder tells whether an address shows nothing until a script puts
// another in its place.
func isPlaceholder(u string) bool {
	if u == "" || u == "#" || strings.HasPrefix(u, "data:") || strings.HasPrefix(u, "about:") {
		return true
	}
	name := strings.ToLower(path.Base(pathOf(u)))
	for _, w := range []string{"spacer.", "blank.", "placeholder", "transparent.", "1x1", "pixel.gif", "loading.", "grey.gif", "gray.gif", "empty.gif"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}

// isPixel tells whether an image is there to count visits.
func isPixel(n *html.Node) bool {
	w, h := attr(n, "width"), attr(n, "height")
	return (w == "1" || w == "0") && (h == "1" || h == "0")
}

// largest returns the address in a srcset with the greatest width or density.
func largest(set string) string {
	best, most := "", -1.0
	for set != "" {
		set = strings.TrimLeft(set, " \t\n\r\f,")
		end := strings.IndexAny(set, " \t\n\r\f")
		if end < 0 {
			end = len(set)
		}
		u := strings.TrimRight(set[:end], ",")
		rest, desc := set[end:], ""
		if len(u) == end { // a comma at the end of the address ends the candidate
			desc, rest, _ = strings.Cut(rest, ",")
		}
		set = rest
		size := 1.0
		if d := strings.TrimSpace(desc); d != "" {
			if v, err := strconv.ParseFloat(d[:len(d)-1], 64); err == nil {
				size = v
			}
		}
		if u != "" && size > most {
			best, most = u, size
		}
	}
	return best
}

// altText writes the words that stand for an image.
func altText(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if !strings.ContainsAny(s, "[]\\`<$*_|") {
		return s
	}
	return altEscaper.Replace(s)
}

var altEscaper = strings.NewReplacer("[", `\[`, "]", `\]`, "\\", `\\`, "`", "\\`", "<", "&lt;", "$", `\$`, "*", `\*`, "|", "-")

// noscript writes the images that are shown where no script runs, unless the
// page shows them already.
func (r *renderer) noscript(n *html.Node) {
	if c := n.FirstChild; c != nil && c.Type == html.TextNode && strings.Contains(c.Data, "<img") {
		for _, img := range parsedImages(c) {
			if !r.shown[imageStem(r.imageSource(img))] {
				r.image(img)
			}
		}
		return
	}
	for d := range descend(n) {
		if d.DataAtom == atom.Img && !r.shown[imageStem(r.imageSource(d))] {
			r.image(d)
		}
	}
}

// parsedImages returns the images in the text of a noscript element, which
// the parser left as it was.
func parsedImages(text *html.Node) []*html.Node {
	var found []*html.Node
	z := html.NewTokenizer(strings.NewReader(text.Data))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return found
		case html.StartTagToken, html.SelfClosingTagToken:
			if t := z.Token(); t.DataAtom == atom.Img {
				found = append(found, &html.Node{Type: html.ElementNode, Data: t.Data, DataAtom: t.DataAtom, Attr: t.Attr})
			}
		}
	}
}

// figure writes a figure: its images once each, then the rest, in order.
func (r *renderer) figure(n *html.Node) {
	r.dropCopies(n)
	if n.DataAtom == atom.Picture {
		r.children(n)
		return
	}
	r.block(n)
}

// dropCopies finds the images in a figure that are smaller or later copies of
// others, by their names.
func (r *renderer) dropCopies(n *html.Node) {
	kept := map[string]*html.Node{}
	limit := 400
	for d := range descend(n) {
		if limit--; limit < 0 {
			return
		}
		if d.DataAtom != atom.Img {
			continue
		}
		src := r.imageSource(d)
		if src == "" {
			continue
		}
		stem := imageStem(src)
		if first := kept[stem]; first == nil {
			kept[stem] = d
		} else if first != d {
			if r.skipImage == nil {
				r.skipImage = map[*html.Node]bool{}
			}
			r.skipImage[d] = true
		}
	}
}

// imageStem returns what is left of an image's name without sizes.
func imageStem(src string) string {
	name := strings.ToLower(path.Base(pathOf(src)))
	name = strings.TrimSuffix(name, path.Ext(name))
	for _, w := range []string{"large", "small", "medium", "thumbnail", "thumb", "full", "scaled", "@2x", "@3x", "preview", "lowres", "hires"} {
		name = strings.ReplaceAll(name, w, "")
	}
	return strings.Trim(name, "-_.")
}
