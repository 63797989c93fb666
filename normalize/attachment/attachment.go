// Package attachment decides what may be kept of the files that a clip carries.
//
// A file's kind is told by its content, never by what the clip says of it, and
// its name is made of its content, so that the same file is stored once and no
// name leads anywhere. It promises that nothing that is kept runs when it is
// opened: SVG is written anew without scripts and without addresses, and a page
// or a script is stored as the text that it is.
package attachment

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"path"
	"strings"
	"unicode/utf8"
)

// ErrUnsafe reports a file that cannot be made safe.
var ErrUnsafe = errors.New("a drawing that is not well-formed")

// ErrEmpty reports a file with nothing in it.
var ErrEmpty = errors.New("an empty file")

// A File is ready to be stored.
type File struct {
	Name      string // hash and extension: "4f0c….png"
	MediaType string
	Data      []byte
}

// Picture reports whether the file can be shown as one.
func (f File) Picture() bool { return strings.HasPrefix(f.MediaType, "image/") }

// New makes a file of data. The name that the clip gives it only tells apart
// what looks the same inside: documents that are zip files, kinds of text.
func New(name string, data []byte) (File, error) {
	if len(data) == 0 {
		return File{}, ErrEmpty
	}
	mediaType, ext := Kind(name, data)
	if mediaType == svgType {
		clean, err := CleanSVG(data)
		if err != nil {
			return File{}, err
		}
		data = clean
	}
	sum := sha256.Sum256(data)
	return File{Name: hex.EncodeToString(sum[:16]) + ext, MediaType: mediaType, Data: data}, nil
}

const svgType = "image/svg+xml"

// Kind tells the media type of data, and the extension that goes with it.
func Kind(name string, data []byte) (mediaType, ext string) {
	if isSVG(data) {
		return svgType, ".svg"
	}
	if mediaType, ext = tellBox(data); ext != "" {
		return mediaType, ext
	}
	mediaType, _, _ = strings.Cut(http.DetectContentType(data), ";")
	if ext = extensions[mediaType]; ext != "" {
		return mediaType, ext
	}
	own := strings.ToLower(path.Ext(name))
	switch {
	case bytes.HasPrefix(data, []byte("fLaC")):
		return "audio/flac", ".flac"
	case len(data) > 2 && data[0] == 0xff && data[1]&0xe6 == 0xe2:
		return "audio/mpeg", ".mp3"
	case mediaType == "application/zip":
		if documents[own] != "" {
			return documents[own], own
		}
		return mediaType, ".zip"
	case strings.HasPrefix(mediaType, "text/") && utf8.Valid(data):
		if texts[own] {
			return "text/plain", own
		}
		return "text/plain", ".txt"
	}
	return "application/octet-stream", ".bin"
}

// extensions of what http.DetectContentType knows and what is no program.
var extensions = map[string]string{
	"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "image/bmp": ".bmp", "image/x-icon": ".ico",
	"application/pdf": ".pdf", "audio/mpeg": ".mp3", "audio/wave": ".wav", "application/ogg": ".ogg", "audio/aiff": ".aiff",
	"video/mp4": ".mp4", "video/webm": ".webm", "video/avi": ".avi", "application/x-gzip": ".gz",
}

// documents are zip files by another name.
var documents = map[string]string{
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".odt":  "application/vnd.oasis.opendocument.text", ".ods": "application/vnd.oasis.opendocument.spreadsheet",
	".epub": "application/epub+zip",
}

// texts are the extensions of texts that no system runs.
var texts = map[string]bool{".txt": true, ".csv": true, ".tsv": true, ".json": true, ".log": true, ".tex": true, ".bib": true, ".srt": true}

// tellBox knows the files that are made of ISO boxes by their brand.
func tellBox(data []byte) (mediaType, ext string) {
	if len(data) < 12 || string(data[4:8]) != "ftyp" {
		return "", ""
	}
	switch string(data[8:12]) {
	case "avif", "avis":
		return "image/avif", ".avif"
	case "heic", "heix", "mif1":
		return "image/heic", ".heic"
	case "M4A ", "M4B ":
		return "audio/mp4", ".m4a"
	case "qt  ":
		return "video/quicktime", ".mov"
	}
	return "video/mp4", ".mp4"
}
