package source

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/feishu"
	"github.com/clipmend/clipmend/ingest/readlater"
)

// A kind says which reader takes an input.
type kind int

const (
	kindOther kind = iota // not a clip
	kindText              // text whose name is not one that clips have
	kindPage              // one clip: HTML, Markdown, plain text
	kindMHTML
	kindWARC
	kindGzip
	kindZip
	kindENEX
	kindBookmarks
	kindFeishu
	kindTable       // of links, as read-later services export them
	kindUnsupported // known, and no reader for it
)

// A form is what an input was told to be.
type form struct {
	kind      kind
	mediaType string
}

// tell says what an input is from its first bytes, and from its name where
// they leave it open.
func tell(head []byte, name string) form {
	if f, ok := tellMagic(head); ok {
		return f
	}
	detected := ingest.BaseMediaType(http.DetectContentType(head))
	text := readable(head)
	if text == nil || !strings.HasPrefix(detected, "text/") && detected != "application/octet-stream" {
		return form{kindOther, detected}
	}
	ext := strings.ToLower(path.Ext(name))
	switch {
	case bytes.Contains(text[:min(len(text), 2048)], []byte("<en-export")):
		return form{kindENEX, "application/enex+xml"}
	case looksBookmarks(text):
		return form{kindBookmarks, "text/x-netscape-bookmarks"}
	case readlater.Looks(text):
		return form{kindTable, "text/csv"}
	case feishu.Looks(text):
		return form{kindFeishu, "application/json"}
	case looksMHTML(text), (ext == ".mhtml" || ext == ".mht") && !looksHTML(text):
		return form{kindMHTML, "multipart/related"}
	case looksHTML(text), pageNames[ext] == "text/html" && bytes.IndexByte(text, '<') >= 0:
		return form{kindPage, "text/html"}
	case pageNames[ext] == "text/markdown", looksMarkdown(text):
		return form{kindPage, "text/markdown"}
	case ext == "" || pageNames[ext] != "":
		return form{kindPage, "text/plain"}
	}
	return form{kindText, "text/plain"}
}

// pageNames are the names of files that hold one clip each.
var pageNames = map[string]string{
	".html": "text/html", ".htm": "text/html", ".xhtml": "text/html", ".xht": "text/html", ".shtml": "text/html",
	".md": "text/markdown", ".markdown": "text/markdown", ".mdown": "text/markdown", ".mkd": "text/markdown",
	".txt": "text/plain", ".text": "text/plain",
}

// tellMagic knows the containers by the bytes they begin with.
func tellMagic(head []byte) (form, bool) {
	for _, m := range []struct {
		magic string
		form  form
	}{
		{"filedesc://", form{kindUnsupported, "ARC archive (convert it to WARC)"}},
		{"WARC/1.", form{kindWARC, "application/warc"}},
		{"WARC/0.", form{kindWARC, "application/warc"}},
		{"PK\x03\x04", form{kindZip, "application/zip"}},
		{"PK\x05\x06", form{kindZip, "application/zip"}},
		{"bplist00", form{kindUnsupported, "Safari web archive"}},
		{"%PDF-", form{kindUnsupported, "application/pdf"}},
		{"\x28\xb5\x2f\xfd", form{kindUnsupported, "application/zstd"}},
	} {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			return m.form, true
		}
	}
	if bytes.HasPrefix(head, []byte("\x1f\x8b")) {
		return tellGzip(head), true
	}
	return form{}, false
}

// readable gives the text of head without a byte order mark, UTF-16 made
// UTF-8, or nil if these are not the bytes of a text in any encoding.
func readable(head []byte) []byte {
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		return head[3:]
	}
	if order := utf16Order(head); order != nil {
		return fromUTF16(head, order)
	}
	control := 0
	for _, b := range head {
		switch {
		case b == 0:
			return nil
		case b < 0x20 && !bytes.ContainsRune([]byte("\t\n\v\f\r\x1b"), rune(b)):
			control++
		}
	}
	if control > len(head)/50 { // stray controls happen in text that was broken
		return nil
	}
	return head
}

// utf16Order tells UTF-16 by its mark, or by where the zero bytes of its ASCII
// characters are.
func utf16Order(head []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return binary.LittleEndian
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return binary.BigEndian
	}
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch few := len(head) / 20; {
	case zeros[1] > few && zeros[0] == 0:
		return binary.LittleEndian
	case zeros[0] > few && zeros[1] == 0:
		return binary.BigEndian
	}
	return nil
}

func fromUTF16(head []byte, order binary.ByteOrder) []byte {
	text := make([]byte, 0, len(head))
	for ; len(head) >= 2; head = head[2:] {
		if r := rune(order.Uint16(head)); r != 0xfeff {
			text = utf8.AppendRune(text, r) // half a pair becomes U+FFFD, which tells as well
		}
	}
	return text
}

// looksHTML reports whether text begins as a page does: with a tag of HTML, be
// it after comments, a declaration or a bit of text.
func looksHTML(text []byte) bool {
	for len(text) > 0 && text[0] == '<' {
		lower := bytes.ToLower(text[:min(len(text), 24)])
		if bytes.HasPrefix(lower, []byte("<!doctype")) {
			return !bytes.Contains(bytes.ToLower(text[:min(len(text), 80)]), []byte("en-export"))
		}
		end := 0
		switch {
		case bytes.HasPrefix(lower, []byte("<!--")):
			if end = bytes.Index(text, []byte("-->")); end < 0 {
				return true // a long comment: a saved page's header
			}
			end += 3
		case bytes.HasPrefix(lower, []byte("<?xml")):
			if end = bytes.Index(text, []byte("?>")); end < 0 {
				return false
			}
			end += 2
		default:
			name, _, _ := bytes.Cut(lower[1:], []byte(">"))
			name, _, _ = bytes.Cut(name, []byte(" "))
			name = bytes.TrimRight(name, "/\r\n\t")
			return slices.Contains(htmlTags, string(name))
		}
		text = bytes.TrimLeft(text[end:], " \t\r\n\f")
	}
	return false
}

var htmlTags = []string{
	"html", "head", "body", "title", "meta", "link", "base", "script", "style", "div", "span", "p", "br", "hr",
	"h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "a", "article", "main", "section", "header",
	"nav", "img", "figure", "pre", "blockquote", "center", "font", "form", "iframe", "svg", "noscript", "b", "i",
	"em", "strong",
}

// looksMarkdown reports whether text begins with properties or a heading.
func looksMarkdown(text []byte) bool {
	line, rest, _ := bytes.Cut(text, []byte("\n"))
	line = bytes.TrimRight(line, " \t\r")
	switch string(line) {
	case "---", "+++":
		return bytes.Contains(rest, append([]byte("\n"), line...))
	}
	marks := bytes.TrimLeft(line, "#")
	level := len(line) - len(marks)
	return level >= 1 && level <= 6 && len(marks) > 1 && marks[0] == ' '
}

// looksMHTML reports whether text begins with the header of a message that is
// made of parts.
func looksMHTML(text []byte) bool {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	name, _, ok := bytes.Cut(line, []byte(":"))
	if !ok || len(name) == 0 || bytes.ContainsAny(name, " \t<#") {
		return false
	}
	lower := bytes.ToLower(text)
	return bytes.Contains(lower, []byte("content-type: multipart/")) ||
		bytes.Contains(lower, []byte("mime-version:")) && bytes.Contains(lower, []byte("content-type:"))
}

// tellGzip looks at what a gzip file begins with.
func tellGzip(head []byte) form {
	inner := make([]byte, 512)
	n := 0
	if z, err := gzip.NewReader(bytes.NewReader(head)); err == nil {
		n, _ = io.ReadFull(z, inner) // the head may end in the middle
	}
	switch {
	case bytes.HasPrefix(inner[:n], []byte("WARC/")):
		return form{kindWARC, "application/warc"}
	case bytes.HasPrefix(inner[:n], []byte("filedesc://")):
		return form{kindUnsupported, "ARC archive (convert it to WARC)"}
	}
	return form{kindGzip, "application/gzip"}
}

// looksBookmarks knows a list of links by its declaration, Pocket's by its
// title.
func looksBookmarks(text []byte) bool {
	lower := bytes.ToLower(text[:min(len(text), 1024)])
	return bytes.HasPrefix(lower, []byte("<!doctype netscape-bookmark-file")) ||
		bytes.Contains(lower, []byte("<dl><p>\n<dt>")) && bytes.Contains(lower, []byte("add_date=")) ||
		bytes.Contains(lower, []byte("<title>pocket export</title>"))
}
