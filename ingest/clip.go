// Package ingest reads clips: what people saved from the web, as bytes, with
// what is known of where they came from.
//
// It promises three things. A reader yields clips one by one and never holds a
// whole container in memory. A damaged record is yielded as an error that names
// its origin, and reading goes on with the next. Nothing is decoded or mended:
// a Clip's bytes are the bytes that were saved, but for what a container's form
// forces on them (transfer encodings, ENML).
//
// This package holds the words alone. Package source opens files, folders,
// standard input and addresses, tells what is in them, and calls the reader in
// the sub-package for that container.
package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// A Clip is one saved page or note, as bytes.
type Clip struct {
	Origin    Origin
	URL       string    // address of the page, "" if unknown
	MediaType string    // lower case, without parameters: "text/html", "text/markdown", "text/plain"
	Charset   string    // label declared outside the body (a header, a part's type), "" if none
	Saved     time.Time // when it was clipped, zero if unknown
	Body      []byte
	Extent    Extent // how much of a page Body is

	// What the container says of the clip; the page itself may know better.
	Title       string
	Author      string
	Published   string
	Description string
	Folder      string // where the container filed it: "Reading/Go", "" if nowhere
	Tags        []string

	Attachments []Attachment
}

// An Extent says how much of a page a clip's body is.
type Extent uint8

// The extents of a body.
const (
	// Page is a page as its site sent it: the main content is yet to be found.
	Page Extent = iota
	// Content is a note or an extracted article: all of the body is content.
	Content
	// Link is a stub made from a link, with no page in it; the page is at URL.
	Link
)

// An Origin says where a clip was found, well enough to find it again.
type Origin struct {
	Path   string // file path as given, a URL, or "-" for standard input
	Record string // what the container calls the record: a number, a member's name; "" if the file is the clip
	Offset int64  // byte offset of the record in the container, 0 if unknown
}

// String gives "path", "path: record", for messages.
func (o Origin) String() string {
	if o.Record == "" {
		return o.Path
	}
	return fmt.Sprintf("%s: %s", o.Path, o.Record)
}

// In gives the origin of a record inside o, as "record" or "outer: record" if
// o is itself a record.
func (o Origin) In(record string) Origin {
	if o.Record != "" && record != "" {
		record = o.Record + ": " + record
	} else if record == "" {
		record = o.Record
	}
	o.Record = record
	return o
}

// An Attachment is a file that a clip carries with it.
type Attachment struct {
	Name      string // suggested file name, may be "" and is never trusted
	Ref       string // how the body refers to it: "cid:…", an address, a path beside the page
	MediaType string
	Hash      string // lower-case hexadecimal SHA-256 of Data
	Data      []byte
}

// NewAttachment returns an attachment of data, with its hash. It keeps data.
func NewAttachment(name, ref, mediaType string, data []byte) Attachment {
	sum := sha256.Sum256(data)
	return Attachment{
		Name:      name,
		Ref:       ref,
		MediaType: BaseMediaType(mediaType),
		Hash:      hex.EncodeToString(sum[:]),
		Data:      data,
	}
}

// DataRef is the Ref of an attachment that was written into the page as a
// data: URL: "cid:sha256-" and the hash.
func (a Attachment) DataRef() string { return "cid:sha256-" + a.Hash }

// BaseMediaType returns the media type without its parameters, in lower case.
func BaseMediaType(contentType string) string {
	base, _, _ := strings.Cut(contentType, ";")
	return strings.ToLower(strings.TrimSpace(base))
}
