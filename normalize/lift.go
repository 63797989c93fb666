package normalize

import (
	"bytes"
	"image"
	_ "image/gif"  // their sizes tell pictures from spacers
	_ "image/jpeg" // "
	_ "image/png"  // "

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/internal/lazyregexp"
	"github.com/clipmend/clipmend/normalize/attachment"
)

const dataImage = "data:image/"

// maxTag bounds how far around a picture's address its tag is looked for.
const maxTag = 2 << 10

var (
	lazyAttribute = lazyregexp.New(`(?i)\s(?:data-[a-z-]*(?:src|original|lazy|url)[a-z-]*|srcset)\s*=`)
	altAttribute  = lazyregexp.New(`(?i)\salt\s*=\s*(?:"[^"]|'[^']|[^\s"'>])`)
	srcAttribute  = lazyregexp.New(`(?i)[\s"']src\s*=\s*["']?$`)
	groupedUse    = lazyregexp.New(`var\(\s*(--sf-img-\d+)\s*\)`)
	groupedName   = lazyregexp.New(`(--sf-img-\d+)\s*:\s*url\(\s*["']?$`)
)

// lift takes the pictures that are written into a page out of it, and leaves
// their references, so that what follows need not carry them along.
func (f *files) lift(page []byte) []byte {
	if !bytes.Contains(page, []byte(dataImage)) {
		return page
	}
	single := bytes.Contains(page[:min(len(page), 4<<10)], []byte("Page saved with SingleFile"))
	grouped := map[string]string{}
	if single {
		grouped = f.groupedImages(page)
	}
	var out []byte
	done := 0
	for at := 0; ; {
		i := bytes.Index(page[at:], []byte(dataImage))
		if i < 0 {
			break
		}
		start := at + i
		end, ok := addressEnd(page, start)
		if at = end; !ok {
			continue
		}
		tag, after := around(page, start, end)
		if !srcAttribute.Match(tag) {
			continue
		}
		ref := ""
		if use := groupedUse.FindSubmatch(append(bytes.Clone(tag), after...)); use != nil {
			ref = grouped[string(use[1])]
		}
		if ref == "" && (single || !lazyAttribute.Match(tag) && !lazyAttribute.Match(after)) {
			pixel := !single && !altAttribute.Match(tag) && !altAttribute.Match(after)
			ref = f.embedded(string(page[start:end]), pixel)
		}
		if ref != "" {
			out = append(append(out, page[done:start]...), ref...)
			done = end
		}
	}
	if done == 0 {
		return page
	}
	return append(out, page[done:]...)
}

// groupedImages reads the pictures that SingleFile writes once and uses more
// often, as variables of the page's style.
func (f *files) groupedImages(page []byte) map[string]string {
	refs := map[string]string{}
	for at := 0; ; {
		i := bytes.Index(page[at:], []byte(dataImage))
		if i < 0 {
			return refs
		}
		start := at + i
		end := start + bytes.IndexAny(page[start:], ")\"'")
		if end < start {
			return refs
		}
		at = end
		if m := groupedName.FindSubmatch(page[max(0, start-64):start]); m != nil {
			if ref := f.embedded(string(page[start:end]), false); ref != "" {
				refs[string(m[1])] = ref
			}
		}
	}
}

// embedded takes a picture in, and returns its reference, "" if it is none. Of
// spacers those of one pixel are left where they are.
func (f *files) embedded(address string, spacers bool) string {
	data, ok := attachment.DecodeURL(address)
	if !ok || len(data) == 0 {
		return ""
	}
	if size, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil && size.Width <= 1 && size.Height <= 1 &&
		(spacers || bytes.HasPrefix(data, []byte("GIF8"))) {
		return ""
	}
	a := ingest.NewAttachment("", "", "", data)
	a.Ref = a.DataRef()
	if _, ok := f.find(a.Ref); !ok {
		f.add(a)
	}
	return a.Ref
}

// addressEnd returns where the address that begins at start ends: at its quote,
// or at a blank or the tag's end where there is none.
func addressEnd(page []byte, start int) (int, bool) {
	stop := " \t\r\n>"
	if start > 0 && (page[start-1] == '"' || page[start-1] == '\'') {
		stop = string(page[start-1])
	}
	n := bytes.IndexAny(page[start:], stop)
	if n < 0 {
		return len(page), false
	}
	return start + n, true
}

// around returns the tag that holds an address, before and after it.
func around(page []byte, start, end int) (before, after []byte) {
	before = page[max(0, start-maxTag):start]
	if i := bytes.LastIndexByte(before, '<'); i >= 0 {
		before = before[i:]
	}
	after = page[end:min(len(page), end+maxTag)]
	if i := bytes.IndexByte(after, '>'); i >= 0 {
		after = after[:i]
	}
	return before, after
}
