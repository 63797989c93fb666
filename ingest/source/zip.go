package source

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/readlater"
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
	members := op.members(z.File, &left)
	for n, f := range z.File {
		switch {
		case n >= limits.Records:
			return op.out.fail(in.origin, fmt.Errorf("%w: more than %d members", ingest.ErrTooLarge, limits.Records))
		case strings.HasSuffix(f.Name, "/"), hidden(f.Name), members.belongs(f.Name), wacz && !strings.HasPrefix(f.Name, "archive/"):
			continue
		}
		if members.omnivore && !readlater.IsOmnivore(f.Name) {
			continue // what is described is read with its description
		}
		if !op.member(in, f, members) {
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

// members are the files of an archive by their names.
type members struct {
	byName   map[string]*zip.File
	used     map[string]bool
	omnivore bool // it is an export of Omnivore's
	ratio    int64
	left     *int64 // what may still come out of the archive
}

func (op *opener) members(files []*zip.File, left *int64) *members {
	m := &members{byName: make(map[string]*zip.File, len(files)), used: op.used, ratio: op.options.Limits.Ratio, left: left}
	for _, f := range files {
		m.byName[f.Name] = f
		m.omnivore = m.omnivore || readlater.IsOmnivore(f.Name)
	}
	return m
}

// open opens a member; what comes out of it is taken off what is left.
func (m *members) open(f *zip.File) (io.ReadCloser, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("zip: %w", err)
	}
	return struct {
		io.Reader
		io.Closer
	}{&unpacking{r: r, packed: int64(f.CompressedSize64), ratio: m.ratio, left: m.left}, r}, nil
}

// near is the neighbourhood of a member.
func (m *members) near(name string) *neighbourhood {
	return &neighbourhood{dir: path.Dir(name), used: m.used, open: m.openNamed}
}

func (m *members) openNamed(name string) (io.ReadCloser, error) {
	f := m.byName[name]
	if f == nil {
		return nil, fs.ErrNotExist
	}
	return m.open(f)
}

// belongs reports whether a member is part of a saved page.
func (m *members) belongs(name string) bool {
	for dir := path.Dir(name); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if pageOf(dir, func(name string) bool { return m.byName[name] != nil }) {
			return true
		}
	}
	return false
}

// member reads one member.
func (op *opener) member(in input, f *zip.File, m *members) bool {
	origin := in.origin.In(f.Name)
	r, err := m.open(f)
	if err != nil {
		return op.out.fail(origin, err)
	}
	defer r.Close()
	if m.omnivore {
		dir := path.Dir(f.Name)
		return op.out.all(origin, readlater.Omnivore(r, origin, op.options.Limits, func(name string) (io.ReadCloser, error) {
			return m.openNamed(path.Join(dir, name))
		}))
	}
	return op.read(input{origin: origin, name: path.Base(f.Name), r: r, nesting: in.nesting, near: m.near(f.Name), member: f.Name})
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
