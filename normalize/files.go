package normalize

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/normalize/attachment"
)

// A File is a picture or another file that a note links to, ready to be stored.
type File = attachment.File

// Images says what becomes of the pictures of a clip, and of the other files
// that it carries.
type Images string

// What can become of pictures.
const (
	// ImagesKeep stores what the clip carries; pictures on the web stay there.
	ImagesKeep Images = ""
	// ImagesLink stores nothing: a picture is linked to by its address, and one
	// without an address is left out.
	ImagesLink Images = "link"
	// ImagesDrop leaves all pictures out.
	ImagesDrop Images = "drop"
)

// files finds what a clip carries by the names that its body uses.
type files struct {
	options Options
	base    *url.URL
	carried []ingest.Attachment
	byRef   map[string]int
	stored  map[string]File // by hash of what the clip carries
	kept    map[string]bool // names of the note's files
	note    *Note
	lost    int // pictures left out because only the clip has them
}

func newFiles(n *Note, clip ingest.Clip, o Options) *files {
	f := &files{options: o, byRef: map[string]int{}, stored: map[string]File{}, kept: map[string]bool{}, note: n}
	if u, err := url.Parse(clip.URL); err == nil && u.IsAbs() {
		f.base = u
	}
	for _, a := range clip.Attachments {
		f.add(a)
	}
	return f
}

func (f *files) add(a ingest.Attachment) {
	f.carried = append(f.carried, a)
	for _, ref := range f.spellings(a.Ref) {
		if _, ok := f.byRef[ref]; !ok {
			f.byRef[ref] = len(f.carried) - 1
		}
	}
}

// spellings are the ways in which an address may be written: as it is, without
// a fragment, without escapes, resolved.
func (f *files) spellings(ref string) []string {
	ref = strings.Trim(ref, "<> \t\n")
	ref, _, _ = strings.Cut(ref, "#")
	if ref == "" {
		return nil
	}
	list := []string{ref}
	if plain, err := url.PathUnescape(ref); err == nil && plain != ref {
		list = append(list, plain)
	}
	if u, err := url.Parse(ref); err == nil && f.base != nil && !u.IsAbs() {
		resolved := f.base.ResolveReference(u).String()
		list = append(list, resolved)
		if plain, err := url.PathUnescape(resolved); err == nil && plain != resolved {
			list = append(list, plain)
		}
	}
	return list
}

func (f *files) find(ref string) (ingest.Attachment, bool) {
	if len(f.byRef) == 0 {
		return ingest.Attachment{}, false
	}
	for _, ref := range f.spellings(ref) {
		if i, ok := f.byRef[ref]; ok {
			return f.carried[i], true
		}
	}
	return ingest.Attachment{}, false
}

// maxInline bounds a picture that the note itself holds where it cannot be stored.
const maxInline = 256 << 10

// target says what a note writes for what the clip carries, "" to leave it out.
func (f *files) target(a ingest.Attachment, picture bool) string {
	web := ""
	if isWeb(a.Ref) {
		web = a.Ref
	}
	switch {
	case f.options.Images == ImagesDrop && picture:
		return ""
	case f.options.Images != ImagesKeep, f.options.Target == nil && web != "":
		if web == "" && picture {
			f.lost++
		}
		return web
	}
	file, ok := f.store(a)
	switch {
	case !ok, picture && !file.Picture():
		return web
	case f.options.Target != nil:
		f.keep(file)
		return f.options.Target(file)
	case picture && file.MediaType != "image/svg+xml" && len(file.Data) <= maxInline:
		return file.URL()
	case picture:
		f.lost++
	}
	return ""
}

// store makes a file of what the clip carries, once for each content.
func (f *files) store(a ingest.Attachment) (File, bool) {
	file, ok := f.stored[a.Hash]
	if !ok {
		var err error
		if file, err = attachment.New(a.Name, a.Data); err != nil {
			f.note.Warnings = append(f.note.Warnings, fmt.Sprintf("%q is not kept: %v", shorten(a.Name+a.Ref), err))
		}
		f.stored[a.Hash] = file
	}
	return file, file.Name != ""
}

func (f *files) keep(file File) {
	if !f.kept[file.Name] {
		f.kept[file.Name] = true
		f.note.Files = append(f.note.Files, file)
	}
}

// image is what a page's picture becomes.
func (f *files) image(src string) string {
	if a, ok := f.find(src); ok {
		return f.target(a, true)
	}
	switch {
	case f.options.Images == ImagesDrop:
		return ""
	case strings.HasPrefix(src, "cid:"):
		f.lost++
		return ""
	}
	return src
}

// finish warns of what was left out.
func (f *files) finish() {
	if f.lost > 0 {
		f.note.Warnings = append(f.note.Warnings, fmt.Sprintf("pictures left out, which only the clip has: %d", f.lost))
	}
}

func isWeb(ref string) bool {
	return strings.HasPrefix(ref, "http://") || strings.HasPrefix(ref, "https://")
}

func shorten(s string) string {
	if len(s) > 80 {
		s = strings.ToValidUTF8(s[:80], "") + "…"
	}
	return s
}
