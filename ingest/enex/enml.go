package enex

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// toHTML turns a note's ENML into a page of HTML. Names gives the file names
// of resources by hash, pictures which are pictures, order their hashes, for those that the note does not
// show anywhere.
func toHTML(content, title string, names map[string]string, pictures map[string]bool, order []string) []byte {
	w := writer{names: names, pictures: pictures, shown: map[string]bool{}}
	w.out.WriteString("<!doctype html><html><head><meta charset=\"utf-8\"><title>" + html.EscapeString(title) + "</title></head><body><article>\n")
	z := html.NewTokenizer(strings.NewReader(content))
	for z.Next() != html.ErrorToken {
		w.token(z.Token())
	}
	w.closeCode()
	w.rest(order)
	w.out.WriteString("\n</article></body></html>\n")
	return w.out.Bytes()
}

type writer struct {
	out      bytes.Buffer
	names    map[string]string
	shown    map[string]bool // hashes that the note shows
	pictures map[string]bool // hashes of pictures

	code  int  // open divs of a code block, itself included; 0 outside
	line  bool // the code block has text on its current line
	todos []bool
}

func (w *writer) token(t html.Token) {
	switch {
	case t.Type == html.DoctypeToken, t.Type == html.CommentToken:
	case t.Data == "en-note" && t.Type != html.TextToken:
	case w.code > 0:
		w.inCode(t)
	case t.Type == html.TextToken:
		w.out.WriteString(html.EscapeString(t.Data))
	case t.Type == html.EndTagToken:
		w.end(t.Data)
	default:
		w.start(t)
	}
}

func (w *writer) end(name string) {
	switch name {
	case "en-media", "en-todo", "br", "img", "hr", "input":
		return // HTML would open another one
	case "ul", "ol":
		w.todos = w.todos[:max(len(w.todos)-1, 0)]
	}
	w.out.WriteString("</" + name + ">")
}

func (w *writer) start(t html.Token) {
	style := attr(t, "style")
	switch t.Data {
	case "en-media":
		w.media(t)
	case "en-todo":
		w.checkbox(attr(t, "checked") == "true")
	case "div":
		if strings.Contains(style, "-en-codeblock:true") {
			w.out.WriteString("<pre><code" + languageClass(style) + ">")
			w.code, w.line = 1, false
			return
		}
		w.tag(t)
	case "ul", "ol":
		w.todos = append(w.todos, strings.Contains(style, "-en-todo:true"))
		w.tag(t)
	case "li":
		w.tag(t)
		if n := len(w.todos); n > 0 && w.todos[n-1] {
			w.checkbox(strings.Contains(style, "-en-checked:true"))
		}
	default:
		w.tag(t)
	}
}

// tag writes a tag as it is. An element of XML that closes itself is closed
// where HTML would leave it open.
func (w *writer) tag(t html.Token) {
	closes := t.Type == html.SelfClosingTagToken
	t.Type = html.StartTagToken
	w.out.WriteString(t.String())
	if closes && t.Data != "br" && t.Data != "img" && t.Data != "hr" && t.Data != "input" {
		w.end(t.Data)
	}
}

func (w *writer) checkbox(checked bool) {
	if checked {
		w.out.WriteString(`<input type="checkbox" checked> `)
		return
	}
	w.out.WriteString(`<input type="checkbox"> `)
}

func (w *writer) media(t html.Token) {
	hash := strings.ToLower(attr(t, "hash"))
	w.shown[hash] = true
	if !strings.HasPrefix(attr(t, "type"), "image/") {
		w.file(hash)
		return
	}
	alt := attr(t, "alt")
	if alt == "" {
		alt = size(t)
	}
	w.out.WriteString(`<img src="cid:` + html.EscapeString(hash) + `" alt="` + html.EscapeString(alt) + `">`)
}

// size gives the size that a person gave a picture, as Obsidian wants it in the
// place of its text: "300x60", "50". A style of the page's own overrides it.
func size(t html.Token) string {
	style := strings.ReplaceAll(";"+attr(t, "style"), " ", "")
	if strings.Contains(style, ";width:") {
		return ""
	}
	var sides []string
	for _, side := range []string{"width", "height"} {
		v, err := strconv.ParseFloat(strings.TrimSuffix(attr(t, side), "px"), 64)
		if err != nil || v < 1 || v > 10_000 {
			break
		}
		sides = append(sides, strconv.Itoa(int(math.Round(v))))
	}
	return strings.Join(sides, "x")
}

// inCode writes the lines of a code block, each of which is a div.
func (w *writer) inCode(t html.Token) {
	switch {
	case t.Type == html.TextToken:
		text := strings.ReplaceAll(t.Data, "\u00a0", " ")
		w.out.WriteString(html.EscapeString(text))
		w.line = w.line || text != ""
	case t.Data == "br":
		w.out.WriteByte('\n')
		w.line = false
	case t.Data == "div" && t.Type == html.StartTagToken:
		if w.line {
			w.out.WriteByte('\n')
			w.line = false
		}
		w.code++
	case t.Data == "div" && t.Type == html.EndTagToken:
		if w.line {
			w.out.WriteByte('\n')
			w.line = false
		}
		if w.code--; w.code == 0 {
			w.out.WriteString("</code></pre>")
		}
	}
}

// rest links to the files that belong to the note and are nowhere in it.
func (w *writer) rest(hashes []string) {
	for _, hash := range hashes {
		if !w.shown[hash] {
			w.shown[hash] = true
			w.out.WriteString("<p>")
			if w.pictures[hash] {
				w.out.WriteString(`<img src="cid:` + hash + `" alt="">`)
			} else {
				w.file(hash)
			}
			w.out.WriteString("</p>")
		}
	}
}

// file writes a link to a resource that is no picture.
func (w *writer) file(hash string) {
	name := w.names[hash]
	if name == "" {
		name = "attachment"
	}
	w.out.WriteString(`<a href="cid:` + html.EscapeString(hash) + `">` + html.EscapeString(name) + "</a>")
}

func (w *writer) closeCode() {
	if w.code > 0 {
		w.out.WriteString("</code></pre>")
	}
}

// languageClass gives the class for a code block's language, if it names one.
func languageClass(style string) string {
	for _, name := range []string{"en-codeblockLanguage:", "en-syntaxLanguage:"} {
		_, language, ok := strings.Cut(style, name)
		language, _, _ = strings.Cut(language, ";")
		language = strings.TrimSpace(language)
		if ok && language != "" && language != "plaintext" && !strings.ContainsAny(language, " \"'`") {
			return ` class="language-` + html.EscapeString(language) + `"`
		}
	}
	return ""
}

func attr(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
