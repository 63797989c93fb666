package source

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"github.com/clipmend/clipmend/ingest"
)

// zip reads the members of a zip file: of a WACZ its WARCs, of an export of
// Notion or of any other folder each file that is a clip.
func (op *opener) zip(in input) bool {
	limits := op.options.Limits
	if in.nesting++; in.nesting > limits.Nesting {
		return op.out.fail(in.origin, fmt.Errorf("archives nested too deep: %w", ingest.ErrBomb))
	}
	if in.at == nil { // a stream has its table of contents at the end
		data, err := ingest.ReadAll(in.r, limits.Clip+limits.Attachments)
		if err != nil {
			return op.out.fail(in.origin, fmt.Errorf("zip: %w", err))
		}
		in.at, in.size = bytes.NewReader(data), int64(len(data))
	}
	z, err := zip.NewReader(in.at, in.size)
	if err != nil {
		return op.out.fail(in.origin, fmt.Errorf("zip: %w", err))
	}
	wacz := isWACZ(z.File)
	left := limits.Unpacked
	for n, f := range z.File {
		switch {
		case n >= limits.Records:
			return op.out.fail(in.origin, fmt.Errorf("%w: more than %d members", ingest.ErrTooLarge, limits.Records))
		case strings.HasSuffix(f.Name, "/"), hidden(f.Name), wacz && !strings.HasPrefix(f.Name, "archive/"):
			continue
		}
		if !op.member(in, f, &left) {
			return false
		}
		if left <= 0 {
			return op.out.fail(in.origin, ingest.ErrBomb)
		}
	}
	if len(z.File) == 0 {
		return op.out.fail(in.origin, fmt.Errorf("zip: %w", ingest.ErrEmpty))
	}
	return true
}

// member reads one member; what comes out of it is taken off left.
func (op *opener) member(in input, f *zip.File, left *int64) bool {
	origin := in.origin.In(f.Name)
	r, err := f.Open()
	if err != nil {
		return op.out.fail(origin, fmt.Errorf("zip: %w", err))
	}
	defer r.Close()
	bounded := &unpacking{r: r, packed: int64(f.CompressedSize64), ratio: op.options.Limits.Ratio, left: left}
	return op.read(input{origin: origin, name: path.Base(f.Name), r: bounded, nesting: in.nesting})
}

func isWACZ(files []*zip.File) bool {
	for _, f := range files {
		if f.Name == "datapackage.json" {
			return true
		}
	}
	return false
}

// hidden reports whether a member lies in a folder that systems keep for
// themselves, or is named like one.
func hidden(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") || part == "__MACOSX" {
			return true
		}
	}
	return false
}

// An unpacking stops once more comes out than was promised by any sound file.
type unpacking struct {
	r      io.Reader
	packed int64
	out    int64
	ratio  int64
	left   *int64 // for the whole archive
}

// calm is how much may come out before the ratio counts.
const calm = 32 << 20

func (u *unpacking) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	u.out += int64(n)
	*u.left -= int64(n)
	if *u.left < 0 || u.out > calm && u.out > u.ratio*u.packed {
		return n, ingest.ErrBomb
	}
	if errors.Is(err, zip.ErrChecksum) {
		err = fmt.Errorf("zip: the member is damaged: %w", err)
	}
	return n, err
}

// notionName is what Notion calls a page's file: its title and its ID.
var notionName = regexp.MustCompile(`^(.+?) [0-9a-f]{32}\.(?:md|html)$`)

// titleOf gives the title that a file name holds, "" if it is only a name.
func titleOf(name string) string {
	if m := notionName.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	return ""
}
