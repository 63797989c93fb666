// Package notion reads the files of Notion's exports: pages in Markdown, whose
// properties are lines of text under the title, and databases in CSV.
//
// A page keeps its text byte for byte but for its title and its properties,
// which become properties of the note. The ID that Notion puts behind every name
// is taken off.
package notion

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/internal/lazyregexp"
)

var exportName = lazyregexp.New(`^(.+?) ([0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(_all)?\.(md|html|csv)$`)

// A Name is what the name of an exported file says.
type Name struct {
	Title string
	Ext   string // "md", "html", "csv"
	All   bool   // of two tables of a database, the one with all of its rows
}

// ParseName reads the name of a file, and reports whether Notion exported it.
func ParseName(name string) (Name, bool) {
	m := exportName.FindStringSubmatch(path.Base(name))
	if m == nil {
		return Name{}, false
	}
	return Name{Title: m[1], Ext: m[4], All: m[3] != ""}, true
}

// What a page's properties are held to be.
const (
	maxProperties = 100
	maxKey        = 60
)

// Page returns the body of an exported page with its properties as YAML, and the
// title that its first heading gives, or else title.
func Page(body []byte, title string) ([]byte, string) {
	rest := bytes.TrimPrefix(body, []byte("\ufeff"))
	line, after, _ := bytes.Cut(rest, []byte("\n"))
	heading, ok := bytes.CutPrefix(bytes.TrimRight(line, "\r"), []byte("# "))
	if !ok {
		return body, title
	}
	if text := strings.TrimSpace(string(heading)); text != "" {
		title = text
	}
	after = bytes.TrimLeft(after, "\r\n")
	properties, text := propertiesOf(after)
	var out bytes.Buffer
	out.WriteString("---\ntitle: " + quote(title) + "\n")
	for _, p := range properties {
		p.write(&out)
	}
	out.WriteString("---\n")
	out.Write(text)
	return out.Bytes(), title
}

type property struct{ key, value string }

// propertiesOf reads the lines of the form "Key: value" up to the first blank
// line. If one of them is no such line, they are text, all of them.
func propertiesOf(text []byte) ([]property, []byte) {
	var list []property
	for rest := text; ; {
		line, after, more := bytes.Cut(rest, []byte("\n"))
		plain := strings.TrimRight(string(line), "\r")
		if strings.TrimSpace(plain) == "" {
			return list, bytes.TrimLeft(after, "\r\n")
		}
		key, value, ok := strings.Cut(plain, ": ")
		if !ok {
			key, ok = strings.CutSuffix(plain, ":")
		}
		if !ok || len(list) == maxProperties || !isKey(key) {
			return nil, text
		}
		list = append(list, property{key, strings.TrimSpace(value)})
		if !more {
			return list, nil
		}
		rest = after
	}
}

// isKey reports whether words can be the name of a property: short, and no
// markup of a list, a heading, a link or a table.
func isKey(key string) bool {
	return key != "" && len(key) <= maxKey && utf8.ValidString(key) && key == strings.TrimSpace(key) &&
		!strings.ContainsAny(key, "[]<>|`*#:{}&!\"'%@\\,") && !strings.HasPrefix(key, "- ") && !strings.HasPrefix(key, "-")
}

// listed are the properties that hold several words, between commas.
var listed = map[string]bool{"tags": true, "tag": true, "multi-select": true}

// named are Notion's usual names for what notes have names of their own for.
var named = map[string]string{
	"tags": "tags", "tag": "tags", "url": "source", "author": "author", "authors": "author", "created": "created", "created time": "created",
}

func (p property) write(out *bytes.Buffer) {
	key, value := p.key, p.value
	if k := named[strings.ToLower(key)]; k != "" {
		key = k
	}
	if key == "title" {
		key = "Title"
	}
	out.WriteString(yamlKey(key) + ":")
	switch {
	case value == "":
	case listed[strings.ToLower(p.key)]:
		for item := range strings.SplitSeq(value, ",") {
			out.WriteString("\n  - " + quote(strings.TrimSpace(item)))
		}
	default:
		out.WriteString(" " + quote(value))
	}
	out.WriteByte('\n')
}

var plainKey = lazyregexp.New(`^[\p{L}_][\p{L}\p{N} _/()?.+-]*$`)

func yamlKey(key string) string {
	switch strings.ToLower(key) {
	case "y", "n", "yes", "no", "true", "false", "on", "off", "null":
		return quote(key)
	}
	if plainKey.MatchString(key) {
		return key
	}
	return quote(key)
}

// quote writes a text as JSON does, which YAML reads too.
func quote(s string) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(strings.ToValidUTF8(s, "\ufffd"))
	return strings.TrimSuffix(out.String(), "\n")
}

// maxRows bounds the table of a database.
const maxRows = 10_000

// Table reads the table of a database and gives it in Markdown. The first column
// names pages of the export, and links to them.
func Table(r io.Reader, limit int64) ([]byte, error) {
	rows := csv.NewReader(io.LimitReader(r, limit))
	rows.FieldsPerRecord, rows.LazyQuotes = -1, true
	head, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("notion: a table without a header: %w", errors.Join(ingest.ErrEmpty, err))
	}
	head[0] = strings.TrimPrefix(head[0], "\ufeff")
	var out bytes.Buffer
	writeRow(&out, head, len(head), false)
	out.WriteString("|" + strings.Repeat(" --- |", len(head)) + "\n")
	for n := 0; ; n++ {
		row, err := rows.Read()
		if err == io.EOF {
			return out.Bytes(), nil
		}
		if err == nil && n == maxRows {
			err = fmt.Errorf("%w: more than %d rows", ingest.ErrTooLarge, maxRows)
		}
		if err != nil {
			return out.Bytes(), fmt.Errorf("notion: %w", err)
		}
		writeRow(&out, row, len(head), true)
	}
}

func writeRow(out *bytes.Buffer, row []string, columns int, link bool) {
	out.WriteByte('|')
	for i := range columns {
		cell := ""
		if i < len(row) {
			cell = strings.Join(strings.Fields(row[i]), " ")
		}
		switch {
		case i == 0 && link && cell != "" && !strings.ContainsAny(cell, "[]|#^\\/:*?\"<>"):
			cell = "[[" + cell + "]]"
		default:
			cell = cellEscaper.Replace(cell)
		}
		out.WriteString(" " + cell + " |")
	}
	out.WriteByte('\n')
}

var cellEscaper = strings.NewReplacer(`\`, `\\`, "|", `\|`, "<", `\<`, "[[", `\[\[`)
