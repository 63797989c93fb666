// Package ingest reads clips: what people saved from the web, as bytes, with
// what is known of where they came from.
//
// It promises three things. A reader yields clips one by one and never holds a
// whole container in memory. A damaged record is yielded as an error that names
// its origin, and reading goes on with the next. Nothing is decoded or changed:
// a Clip's bytes are the bytes that were saved.
package ingest

import (
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

	// What the container says of the clip; the page itself may know better.
	Title     string
	Author    string
	Published string
	Tags      []string

	Attachments []Attachment
}

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

// An Attachment is a file that a clip carries with it.
type Attachment struct {
	Name      string // suggested file name, may be "" and is never trusted
	Ref       string // how the body refers to it: "cid:…", an absolute URL, "data:sha256-…"
	MediaType string
	Hash      string // lower-case hexadecimal SHA-256 of Data
	Data      []byte
}

// An Error is a clip that could not be read. The batch goes on after it.
type Error struct {
	Origin Origin
	Err    error
}

func (e *Error) Error() string { return e.Origin.String() + ": " + e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }

// BaseMediaType returns the media type without its parameters, in lower case.
func BaseMediaType(contentType string) string {
	base, _, _ := strings.Cut(contentType, ";")
	return strings.ToLower(strings.TrimSpace(base))
}
