package ingest

import (
	"cmp"
	"fmt"
	"io"
)

// Limits bound what a reader takes in, because a clip is untrusted. A field
// that is zero means its default.
type Limits struct {
	Clip        int64 // bytes of one clip's body; 64 MiB
	Attachments int64 // bytes of all attachments of one clip; 128 MiB
	Unpacked    int64 // bytes that one archive unpacks to, archives inside it included; 64 GiB
	Ratio       int64 // how many times its own size a large archive may unpack to; 250
	Records     int   // records that are read from one container; 10 million
	Nesting     int   // archives within archives; 3
}

// Or returns l with the defaults for what is zero.
func (l Limits) Or() Limits {
	return Limits{
		Clip:        cmp.Or(l.Clip, 64<<20),
		Attachments: cmp.Or(l.Attachments, 128<<20),
		Unpacked:    cmp.Or(l.Unpacked, 64<<30),
		Ratio:       cmp.Or(l.Ratio, 250),
		Records:     cmp.Or(l.Records, 10_000_000),
		Nesting:     cmp.Or(l.Nesting, 3),
	}
}

// ReadAll reads r to its end. It stops with an error that wraps ErrTooLarge
// after limit bytes; what it read until an error is returned with it.
func ReadAll(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(data)) > limit {
		return data[:limit], TooLarge(limit)
	}
	return data, err
}

// TooLarge returns an error that names the limit, in the largest unit that
// holds it exactly, and wraps ErrTooLarge.
func TooLarge(limit int64) error {
	unit, name := int64(1), "bytes"
	for _, u := range []struct {
		size int64
		name string
	}{{1 << 10, "KiB"}, {1 << 20, "MiB"}, {1 << 30, "GiB"}} {
		if limit >= u.size && limit%u.size == 0 {
			unit, name = u.size, u.name
		}
	}
	return fmt.Errorf("%w: over the limit of %d %s", ErrTooLarge, limit/unit, name)
}
