package warc

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // the format's own digest, no secret
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"mime"
	"strconv"
	"strings"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/contentcoding"
)

// A response is an HTTP response as it was recorded.
type response struct {
	status    int
	mediaType string
	charset   string
	payload   []byte // after the header, chunks as they came
	body      []byte // as the browser saw it
	err       error  // damage after which there is a body all the same
}

// parseResponse reads a recorded response. It forgives a header without an end
// and bodies that are not coded as the header says.
func parseResponse(block []byte, limit int64) (response, error) {
	head, payload, ok := bytes.Cut(block, []byte("\r\n\r\n"))
	if !ok {
		head, payload, _ = bytes.Cut(block, []byte("\n\n"))
	}
	lines := strings.Split(string(head), "\n")
	fields := strings.Fields(lines[0])
	if len(fields) < 2 || !strings.HasPrefix(fields[0], "HTTP/") {
		return response{}, errors.New("no HTTP response in the record")
	}
	r := response{payload: payload, body: payload}
	r.status, _ = strconv.Atoi(fields[1])
	h := map[string]string{}
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ":")
		h[strings.ToLower(strings.TrimSpace(name))] = strings.TrimSpace(value)
	}
	r.mediaType, r.charset = ingest.BaseMediaType(h["content-type"]), charsetOf(h["content-type"])
	if strings.Contains(strings.ToLower(h["transfer-encoding"]), "chunked") {
		r.body, r.err = unchunk(payload)
	}
	if coding := h["content-encoding"]; coding != "" {
		decoded, err := contentcoding.Decode(bytes.NewReader(r.body), coding, limit)
		switch {
		case errors.Is(err, ingest.ErrUnsupported) || err != nil && len(decoded) == 0:
			return r, fmt.Errorf("content coding: %w", err)
		case err != nil:
			r.err = errors.Join(r.err, fmt.Errorf("content coding: %w", early(err)))
		}
		r.body = decoded
	}
	return r, nil
}

var errChunks = errors.New("damaged chunks")

// unchunk joins the chunks of a body. Archivers also save bodies joined under a
// header that says chunked: one that begins with no length comes back as it is.
func unchunk(payload []byte) ([]byte, error) {
	var body []byte
	for rest := payload; ; {
		line, after, ok := bytes.Cut(rest, []byte("\n"))
		digits, _, _ := strings.Cut(strings.TrimSpace(string(line)), ";")
		size, err := strconv.ParseUint(strings.TrimSpace(digits), 16, 32)
		switch {
		case (!ok || err != nil) && len(body) == 0:
			return payload, nil
		case !ok || err != nil:
			return append(body, rest...), errChunks
		case size == 0:
			return body, nil
		case size > uint64(len(after)):
			return append(body, after...), ingest.ErrTruncated
		}
		body = append(body, after[:size]...)
		rest = bytes.TrimPrefix(bytes.TrimPrefix(after[size:], []byte("\r")), []byte("\n"))
	}
}

func charsetOf(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err == nil {
		return params["charset"]
	}
	_, value, _ := strings.Cut(strings.ToLower(contentType), "charset=")
	value, _, _ = strings.Cut(value, ";")
	return strings.Trim(value, `"' `)
}

// checkDigests compares what the record says of its block and its payload.
func checkDigests(rec record, payload []byte) error {
	return errors.Join(
		checkDigest("block", rec.header["warc-block-digest"], rec.block),
		checkDigest("payload", rec.header["warc-payload-digest"], payload))
}

func checkDigest(what, digest string, data []byte) error {
	name, want, ok := strings.Cut(digest, ":")
	var sum hash.Hash
	switch {
	case !ok:
		return nil
	case strings.EqualFold(name, "sha1"):
		sum = sha1.New()
	case strings.EqualFold(name, "sha256"), strings.EqualFold(name, "sha-256"):
		sum = sha256.New()
	default:
		return nil
	}
	sum.Write(data)
	got := sum.Sum(nil)
	if strings.EqualFold(want, hex.EncodeToString(got)) ||
		strings.EqualFold(strings.TrimRight(want, "="), base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(got)) {
		return nil
	}
	return fmt.Errorf("the %s does not match its digest", what)
}
