package mhtml

import (
	"bytes"
	"encoding/base64"
	"errors"
	"iter"
	"mime"
	"strings"

	"github.com/clipmend/clipmend/ingest"
)

// A header maps lower-case names to the first value given.
type header map[string]string

func (h header) get(name string) string { return h[strings.ToLower(name)] }
func (h header) id() string             { return strings.Trim(h.get("Content-ID"), "<> ") }

// maxHeader keeps an entity without a blank line from being all header.
const maxHeader = 64 << 10

// splitHeader parts an entity at its first blank line. Lines that are no
// header are passed over; an entity that begins with one has no header.
func splitHeader(data []byte) (header, []byte) {
	h, rest, last := header{}, data, ""
	for len(data)-len(rest) < maxHeader {
		line, after, found := bytes.Cut(rest, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if len(bytes.TrimSpace(line)) == 0 {
			if len(h) > 0 || !found {
				return h, after
			}
			rest = after // blank lines before the header
			continue
		}
		name, value, isHeader := strings.Cut(string(line), ":")
		switch {
		case (line[0] == ' ' || line[0] == '\t') && last != "":
			h[last] += " " + strings.TrimSpace(string(line))
		case isHeader && !strings.ContainsAny(name, " \t<>\"=/"):
			if last = strings.ToLower(name); h[last] == "" {
				h[last] = strings.TrimSpace(value)
			}
		case line[0] == '<' || len(h) == 0:
			return h, rest // the body begins without a blank line
		}
		if !found {
			return h, nil
		}
		rest = after
	}
	return h, rest
}

// mediaTypeOf reads a content type, and what it can of a broken one.
func mediaTypeOf(value string) (string, map[string]string) {
	if mediaType, params, err := mime.ParseMediaType(value); err == nil {
		return mediaType, params
	}
	params := map[string]string{}
	for i, field := range strings.Split(value, ";") {
		if name, v, ok := strings.Cut(field, "="); ok && i > 0 {
			params[strings.ToLower(strings.TrimSpace(name))] = strings.Trim(strings.TrimSpace(v), `"`)
		}
	}
	return ingest.BaseMediaType(value), params
}

// findBoundary guesses an undeclared boundary: the first line that begins with
// two dashes and has a header after it.
func findBoundary(body []byte) string {
	for rest := body; len(rest) > 0; {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		line = bytes.TrimSpace(line)
		if len(line) > 6 && bytes.HasPrefix(line, []byte("--")) && startsHeader(after) {
			return string(line[2:])
		}
		rest = after
	}
	return ""
}

func startsHeader(data []byte) bool {
	return len(data) >= 8 && bytes.EqualFold(data[:8], []byte("content-"))
}

// split yields the parts between the lines of a boundary. It sets closed if
// the closing one was met.
func split(body []byte, boundary string, closed *bool) iter.Seq[[]byte] {
	mark := []byte("--" + boundary)
	return func(yield func([]byte) bool) {
		start := -1
		for at := 0; at < len(body); {
			i := bytes.Index(body[at:], mark)
			if i < 0 {
				break
			}
			i += at
			after := body[i+len(mark):]
			line, _, _ := bytes.Cut(after, []byte("\n"))
			end := i + len(mark) + min(len(line)+1, len(after))
			ending := string(bytes.TrimSpace(line))
			if i > 0 && body[i-1] != '\n' || ending != "" && ending != "--" {
				at = i + len(mark)
				continue
			}
			if start >= 0 && !yield(trimLineEnd(body[start:i])) {
				return
			}
			if start, at = end, end; ending == "--" {
				*closed = true
				return
			}
		}
		if start >= 0 && start < len(body) {
			yield(body[start:])
		}
	}
}

// trimLineEnd takes off the line end that belongs to the boundary.
func trimLineEnd(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
}

// decode undoes a transfer encoding. With an error it returns what could be
// decoded.
func decode(encoding string, body []byte) ([]byte, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return decodeBase64(body)
	case "quoted-printable":
		return decodeQuoted(body)
	}
	return body, nil
}

var errBase64 = errors.New("damaged base64")

func decodeBase64(body []byte) ([]byte, error) {
	clean := make([]byte, 0, len(body))
	var err error
	for _, b := range body {
		switch {
		case b >= 'A' && b <= 'Z', b >= 'a' && b <= 'z', b >= '0' && b <= '9', b == '+', b == '/':
			clean = append(clean, b)
		case b == '-' || b == '_':
			clean = append(clean, map[byte]byte{'-': '+', '_': '/'}[b])
		case b != '=' && b != '\r' && b != '\n' && b != ' ' && b != '\t':
			err = errBase64
		}
	}
	if len(clean)%4 == 1 { // six bits are no byte
		clean, err = clean[:len(clean)-1], errBase64
	}
	n, decodeErr := base64.RawStdEncoding.Decode(clean, clean)
	if decodeErr != nil {
		err = errBase64
	}
	return clean[:n], err
}

var errQuoted = errors.New("damaged quoted-printable")

// decodeQuoted keeps an equals sign that begins no escape as it is: pages
// saved without the encoding that they declare lose nothing.
func decodeQuoted(body []byte) ([]byte, error) {
	out := make([]byte, 0, len(body))
	var err error
	for i := 0; i < len(body); i++ {
		if body[i] != '=' {
			out = append(out, body[i])
			continue
		}
		if i+2 < len(body) {
			hi, lo := unhex(body[i+1]), unhex(body[i+2])
			if hi >= 0 && lo >= 0 {
				out, i = append(out, byte(hi<<4|lo)), i+2
				continue
			}
		}
		blank := i + 1
		for blank < len(body) && (body[blank] == ' ' || body[blank] == '\t' || body[blank] == '\r') {
			blank++
		}
		if blank == len(body) || body[blank] == '\n' {
			i = blank // a soft line break
			continue
		}
		out, err = append(out, '='), errQuoted
	}
	return out, err
}

func unhex(b byte) int {
	switch {
	case b >= '0' && b <= '9':
		return int(b - '0')
	case b >= 'A' && b <= 'F':
		return int(b-'A') + 10
	case b >= 'a' && b <= 'f':
		return int(b-'a') + 10
	}
	return -1
}
