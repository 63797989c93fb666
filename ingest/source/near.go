package source

import (
	"bytes"
	"html"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/clipmend/clipmend/ingest"
)

// A neighbourhood opens the files beside a page, so that the pictures that were
// saved with it come along. Names are relative to its root, with slashes, and
// lead nowhere else.
type neighbourhood struct {
	open func(name string) (io.ReadCloser, error)
	dir  string // where the page is
	used map[string]bool
}

// What bounds the references of one page that are followed.
const (
	maxRefs = 5000
	maxRef  = 1024
)

// bring attaches to a page the files beside it that it refers to: pictures,
// sound, documents. Other pages are clips of their own.
func (n *neighbourhood) bring(c *ingest.Clip, limits ingest.Limits) {
	if n == nil {
		return
	}
	list := markdownRefs
	if c.MediaType == "text/html" {
		list = htmlRefs
	}
	seen := map[string]bool{}
	left := limits.Attachments
	for _, ref := range list(c.Body) {
		name := n.resolve(ref)
		if name == "" || seen[ref] {
			continue
		}
		seen[ref] = true
		data := n.read(name, left)
		if data == nil {
			continue
		}
		left -= int64(len(data))
		n.used[name] = true
		c.Attachments = append(c.Attachments, ingest.NewAttachment(path.Base(name), ref, http.DetectContentType(data), data))
	}
}

// htmlRefs lists what a page's src, href and poster attributes refer to.
func htmlRefs(body []byte) []string {
	var refs []string
	for rest := body; len(refs) < maxRefs; {
		i := bytes.IndexByte(rest, '=')
		if i < 0 {
			break
		}
		name := bytes.ToLower(bytes.TrimRight(rest[max(0, i-16):i], " \t\r\n"))
		rest = bytes.TrimLeft(rest[i+1:], " \t\r\n")
		if !bytes.HasSuffix(name, []byte("src")) && !bytes.HasSuffix(name, []byte("href")) && !bytes.HasSuffix(name, []byte("poster")) {
			continue
		}
		stop := " \t\r\n>"
		if len(rest) > 0 && (rest[0] == '"' || rest[0] == '\'') {
			stop, rest = string(rest[0]), rest[1:]
		}
		if end := bytes.IndexAny(rest[:min(len(rest), maxRef)], stop); end > 0 {
			refs = append(refs, html.UnescapeString(string(rest[:end])))
		}
	}
	return refs
}

// markdownRefs lists what links, pictures and embeds refer to, and what pictures
// in HTML do. Code is read too: what it names by chance is attached, not used.
func markdownRefs(body []byte) []string {
	refs := htmlRefs(body)
	for at := 0; at < len(body) && len(refs) < maxRefs; at++ {
		i := bytes.IndexAny(body[at:], "[]")
		if i < 0 {
			break
		}
		at += i
		switch after := body[at+1:]; {
		case body[at] == ']' && bytes.HasPrefix(after, []byte("(")):
			refs = appendTarget(refs, bytes.TrimLeft(after[1:min(len(after), maxRef)], " "))
		case body[at] == '[' && at > 0 && body[at-1] == '!' && bytes.HasPrefix(after, []byte("[")):
			after = after[1:min(len(after), maxRef)]
			if end := bytes.IndexAny(after, "]|\n"); end > 0 {
				refs = append(refs, string(after[:end]))
			}
		}
	}
	return refs
}

// appendTarget reads the target of a link, in angle brackets or up to a blank or
// the bracket that closes the link.
func appendTarget(refs []string, text []byte) []string {
	text = text[:min(len(text), maxRef)]
	if len(text) > 0 && text[0] == '<' {
		if end := bytes.IndexAny(text, ">\n"); end > 1 {
			refs = append(refs, string(text[1:end]))
		}
		return refs
	}
	depth := 0
	for i, b := range text {
		switch {
		case b == '(':
			depth++
		case b == ')' && depth > 0:
			depth--
		case b == ')' || b == ' ' || b == '\n':
			return append(refs, string(text[:i]))
		}
	}
	return refs
}

// resolve gives the name of the file that a reference leads to, "" if it leads
// to none that may be attached.
func (n *neighbourhood) resolve(ref string) string {
	ref, _, _ = strings.Cut(ref, "#")
	ref, _, _ = strings.Cut(ref, "?")
	if plain, err := url.PathUnescape(ref); err == nil {
		ref = plain
	}
	ref = strings.ReplaceAll(ref, `\`, "/")
	if ref == "" || strings.HasPrefix(ref, "/") || strings.Contains(ref, ":") || strings.Contains(ref, "\x00") || !hasFileExt(ref) {
		return ""
	}
	name := path.Join(n.dir, ref)
	if !fs.ValidPath(name) || hidden(name) {
		return ""
	}
	return name
}

// hasFileExt reports whether a reference names a file that is no page.
func hasFileExt(ref string) bool {
	ext := strings.ToLower(path.Ext(ref))
	return len(ext) > 1 && len(ext) <= 6 && pageNames[ext] == "" && ext != ".css" && ext != ".js" && ext != ".php" && ext != ".csv"
}

// read returns a file's bytes, nil if there is none, if it is too large or a
// page: the page that refers to it is worth more than what is beside it.
func (n *neighbourhood) read(name string, limit int64) []byte {
	r, err := n.open(name)
	if err != nil {
		return nil
	}
	defer r.Close()
	data, err := ingest.ReadAll(r, limit)
	if err != nil || len(data) == 0 || looksHTML(data[:min(len(data), headSize)]) && !bytes.HasPrefix(data, []byte("<svg")) {
		return nil
	}
	return data
}

// besideFile is the neighbourhood of a file that was named by its path: its own
// folder and what is below.
func besideFile(file string, used map[string]bool) (*neighbourhood, func()) {
	root, err := os.OpenRoot(filepath.Dir(file))
	if err != nil {
		return nil, func() {}
	}
	return inRoot(root, filepath.Base(file), used), func() { root.Close() }
}

// inRoot is the neighbourhood of a file in a folder that is walked.
func inRoot(root *os.Root, rel string, used map[string]bool) *neighbourhood {
	open := func(name string) (io.ReadCloser, error) {
		info, err := root.Lstat(filepath.FromSlash(name))
		if err != nil || !info.Mode().IsRegular() {
			return nil, fs.ErrNotExist
		}
		return root.Open(filepath.FromSlash(name))
	}
	return &neighbourhood{open: open, dir: path.Dir(filepath.ToSlash(rel)), used: used}
}

// besides are the endings of the folders into which browsers put what belongs
// to a page, in some of their languages.
var besides = []string{
	"_files", ".files", "-files", "_fichiers", "-Dateien", "_archivos", "-filer", "_bestanden", "_file", "_arquivos", "_elemei", ".pliki", "_soubory",
}

// pageOf reports whether a folder holds what belongs to a page beside it, told
// by its name and by there being such a page.
func pageOf(dir string, exists func(name string) bool) bool {
	for _, ending := range besides {
		stem, ok := strings.CutSuffix(dir, ending)
		if ok && stem != "" && (exists(stem+".html") || exists(stem+".htm") || exists(stem+".xhtml")) {
			return true
		}
	}
	return false
}

// belongsToPage reports whether a file lies in a folder that holds what belongs
// to a page, a few levels up at most.
func belongsToPage(file string) bool {
	dir := filepath.Dir(file)
	for range 4 {
		if pageOf(dir, func(name string) bool { _, err := os.Lstat(name); return err == nil }) {
			return true
		}
		dir = filepath.Dir(dir)
	}
	return false
}
