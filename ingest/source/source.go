// Package source opens the sources of clips: files, folders, standard input
// and addresses.
//
// What a file is, is told by its content first and by its name only where the
// content leaves it open. Each container is read by the package of its name.
// It promises to yield something for every source: its clips, or an error that
// says why there are none.
package source

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"strings"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/bookmarks"
	"github.com/clipmend/clipmend/ingest/enex"
	"github.com/clipmend/clipmend/ingest/feishu"
	"github.com/clipmend/clipmend/ingest/fetch"
	"github.com/clipmend/clipmend/ingest/mhtml"
	"github.com/clipmend/clipmend/ingest/notion"
	"github.com/clipmend/clipmend/ingest/readlater"
	"github.com/clipmend/clipmend/ingest/warc"
)

// Options say how sources are opened. The zero value works.
type Options struct {
	Limits ingest.Limits
	Stdin  io.Reader // what "-" reads; nil means os.Stdin
	Fetch  fetch.Options
	URL    string // address of the page, for pages that do not say it themselves
	Found  bool   // the sources were found in a folder: a file that is no clip is a notice, and one that belongs to a page is passed over
}

// Open yields the clips of each source, in the order given. A source is the
// path of a file or a folder, an address of http or https, or "-" for standard
// input.
//
// Each error is an *ingest.Error that names its origin, and the sequence goes
// on after it; ingest.IsNotice tells the ones that lost nothing. When ctx ends,
// the sequence ends with its error.
func Open(ctx context.Context, sources []string, o Options) iter.Seq2[ingest.Clip, error] {
	o.Limits = o.Limits.Or()
	if o.Stdin == nil {
		o.Stdin = os.Stdin
	}
	return func(yield func(ingest.Clip, error) bool) {
		out := &sink{ctx: ctx, yield: yield, url: o.URL}
		op := opener{ctx: ctx, options: o, out: out, used: map[string]bool{}}
		for _, source := range sources {
			if !op.open(source) {
				break
			}
		}
		if err := ctx.Err(); err != nil && !out.stopped {
			yield(ingest.Clip{}, err)
		}
	}
}

// A sink passes on what the readers yield, until the consumer or ctx says stop.
// It makes every error an *ingest.Error.
type sink struct {
	ctx     context.Context
	yield   func(ingest.Clip, error) bool
	url     string
	stopped bool
}

func (s *sink) clip(c ingest.Clip) bool {
	if c.URL == "" {
		c.URL = s.url
	}
	return s.put(c, nil)
}

func (s *sink) fail(o ingest.Origin, err error) bool {
	if _, ok := err.(*ingest.Error); !ok {
		err = &ingest.Error{Origin: o, Err: err}
	}
	return s.put(ingest.Clip{}, err)
}

func (s *sink) notice(o ingest.Origin, err error) bool {
	return s.put(ingest.Clip{}, &ingest.Error{Origin: o, Err: err, Notice: true})
}

func (s *sink) put(c ingest.Clip, err error) bool {
	if s.stopped || s.ctx.Err() != nil {
		return false
	}
	s.stopped = !s.yield(c, err)
	return !s.stopped
}

// all passes on a whole sequence.
func (s *sink) all(o ingest.Origin, seq iter.Seq2[ingest.Clip, error]) bool {
	for c, err := range seq {
		if err != nil && !s.fail(o, err) || err == nil && !s.clip(c) {
			return false
		}
	}
	return true
}

// An opener finds out what a source is and has it read. Its methods report
// whether to go on.
type opener struct {
	ctx     context.Context
	options Options
	out     *sink
	used    map[string]bool // files in the folder or archive at hand that came with a page
	others  []other         // files in it that are no clips
}

func (op *opener) open(source string) bool {
	origin := ingest.Origin{Path: source}
	if source == "-" {
		return op.read(input{origin: origin, r: op.options.Stdin, named: true})
	}
	scheme, _, address := strings.Cut(source, "://")
	if address && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")) {
		return op.fetch(origin)
	}
	info, err := os.Stat(source)
	if address && errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("addresses of scheme %q: %w", scheme, ingest.ErrUnsupported)
	}
	switch {
	case err != nil:
		return op.out.fail(origin, pathless(err))
	case info.IsDir():
		return op.inside(func() bool { return op.folder(source) })
	}
	if op.options.Found && belongsToPage(source) {
		return true
	}
	f, err := os.Open(source)
	if err != nil {
		return op.out.fail(origin, pathless(err))
	}
	defer f.Close()
	near, done := besideFile(source, op.used)
	defer done()
	return op.file(f, info, input{origin: origin, named: !op.options.Found, near: near})
}

// fetch reads what is at an address, be it a page or a container.
func (op *opener) fetch(origin ingest.Origin) bool {
	o := op.options.Fetch
	o.Size = cmp.Or(o.Size, op.options.Limits.Clip)
	page, err := fetch.Get(op.ctx, origin.Path, o)
	if err != nil {
		return op.out.fail(origin, err)
	}
	head := page.Body[:min(len(page.Body), headSize)]
	name := map[string]string{"text/markdown": "page.md", "text/html": "page.html"}[page.MediaType]
	if form := tell(head, name); form.kind == kindPage && len(head) > 0 {
		return op.out.clip(ingest.Clip{
			Origin: origin, URL: page.URL, MediaType: form.mediaType, Charset: page.Charset, Body: page.Body,
		})
	}
	return op.read(input{origin: origin, r: bytes.NewReader(page.Body), name: name, named: true})
}

// file reads an open file. Only a regular file can be read at any offset.
func (op *opener) file(f fs.File, info fs.FileInfo, in input) bool {
	in.name, in.r = info.Name(), f
	if at, ok := f.(io.ReaderAt); ok && info.Mode().IsRegular() {
		in.at, in.size = at, info.Size()
	}
	return op.read(in)
}

// An input is bytes that have yet to be told.
type input struct {
	origin  ingest.Origin
	name    string // file name, "" if it has none
	r       io.Reader
	at      io.ReaderAt    // the same bytes, nil if they come as a stream
	size    int64          // their number, if at is set
	named   bool           // asked for by name, not just found in a folder
	nesting int            // archives around it
	near    *neighbourhood // what is beside it, nil if nothing is
	member  string         // its name in the folder or archive around it
}

const headSize = 8 << 10

// read tells what an input is and has it read.
func (op *opener) read(in input) bool {
	buffered := bufio.NewReaderSize(contextReader{op.ctx, in.r}, headSize)
	head, err := buffered.Peek(headSize)
	switch {
	case len(head) == 0 && err == io.EOF:
		return op.out.fail(in.origin, ingest.ErrEmpty)
	case len(head) == 0 && err != nil:
		return op.out.fail(in.origin, pathless(err))
	}
	in.r = buffered
	form := tell(head, in.name)
	if name, ok := notion.ParseName(in.name); ok && name.Ext == "csv" {
		return op.database(in, name)
	}
	if form.kind == kindText && in.named {
		form.kind = kindPage
	}
	switch form.kind {
	case kindPage:
		return op.page(in, form)
	case kindMHTML:
		return op.out.all(in.origin, mhtml.Read(in.r, in.origin, op.options.Limits))
	case kindWARC:
		return op.out.all(in.origin, warc.Read(in.r, in.origin, op.options.Limits))
	case kindBookmarks:
		return op.out.all(in.origin, bookmarks.Read(in.r, in.origin, op.options.Limits))
	case kindENEX:
		return op.out.all(in.origin, enex.Read(in.r, in.origin, op.options.Limits))
	case kindTable:
		return op.out.all(in.origin, readlater.Read(in.r, in.origin, op.options.Limits))
	case kindFeishu:
		return op.out.all(in.origin, feishu.Read(in.r, in.origin, op.options.Limits))
	case kindZip:
		return op.inside(func() bool { return op.zip(in) })
	case kindGzip:
		return op.gzip(in)
	case kindUnsupported:
		return op.out.fail(in.origin, fmt.Errorf("%s: %w", form.mediaType, ingest.ErrUnsupported))
	}
	err = fmt.Errorf("%w: %s", ingest.ErrNotClip, form.mediaType)
	switch {
	case in.named:
		return op.out.fail(in.origin, err)
	case in.member != "" && len(op.others) < maxOthers:
		op.others = append(op.others, other{in.member, in.origin, err})
		return true
	}
	return op.out.notice(in.origin, err)
}

// An other is a file among clips that is none. Whether it came along with a
// page is known when all pages were read.
type other struct {
	name   string
	origin ingest.Origin
	err    error
}

const maxOthers = 10_000

// inside reads what is in a folder or an archive, and then tells of the files in
// it that neither are clips nor came with one.
func (op *opener) inside(read func() bool) bool {
	used, others := op.used, op.others
	op.used, op.others = map[string]bool{}, nil
	defer func() { op.used, op.others = used, others }()
	goOn := read()
	for _, o := range op.others {
		if goOn && !op.used[o.name] {
			goOn = op.out.notice(o.origin, o.err)
		}
	}
	return goOn
}

// gzip reads what a gzip file holds.
func (op *opener) gzip(in input) bool {
	if in.nesting++; in.nesting > op.options.Limits.Nesting {
		return op.out.fail(in.origin, fmt.Errorf("archives nested too deep: %w", ingest.ErrBomb))
	}
	z, err := gzip.NewReader(in.r)
	if err != nil {
		return op.out.fail(in.origin, fmt.Errorf("gzip: %w", err))
	}
	in.name = strings.TrimSuffix(in.name, ".gz")
	in.r, in.at, in.member = z, nil, ""
	return op.read(in)
}

// page reads a clip that is the whole input.
func (op *opener) page(in input, form form) bool {
	limit := op.options.Limits.Clip
	if in.at != nil && in.size > limit {
		return op.out.fail(in.origin, ingest.TooLarge(limit))
	}
	body, err := ingest.ReadAll(in.r, limit)
	if err != nil {
		return op.out.fail(in.origin, pathless(err))
	}
	c := ingest.Clip{Origin: in.origin, MediaType: form.mediaType, Body: body}
	if name, ok := notion.ParseName(in.name); ok {
		c.Title = name.Title
		if c.MediaType == "text/markdown" {
			c.Body, c.Title = notion.Page(body, name.Title)
			c.Extent = ingest.Content
		}
	}
	if c.MediaType == "text/html" {
		c.URL, c.Saved = savedBy(body[:min(len(body), headSize)])
	}
	in.near.bring(&c, op.options.Limits)
	return op.out.clip(c)
}

// database reads the table of a database of Notion's. Of its two tables, the one
// with all rows counts.
func (op *opener) database(in input, name notion.Name) bool {
	if !name.All && in.near != nil {
		if r, err := in.near.open(path.Join(in.near.dir, strings.TrimSuffix(in.name, ".csv")+"_all.csv")); err == nil {
			r.Close()
			return true
		}
	}
	body, err := notion.Table(in.r, op.options.Limits.Clip)
	if len(body) > 0 && !op.out.clip(ingest.Clip{
		Origin: in.origin, MediaType: "text/markdown", Charset: "utf-8", Extent: ingest.Content, Title: name.Title, Body: body,
	}) {
		return false
	}
	if err != nil {
		return op.out.fail(in.origin, err)
	}
	return true
}

// A contextReader fails once its context ends, so that a reader that knows
// nothing of contexts stops too.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
