package books

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"

	"github.com/clipmend/clipmend/vault/merge"
)

// maxBlob bounds a text in bytes when it is read back.
const maxBlob = 1 << 30

// ErrDamaged is wrapped where a text's bytes no longer have its hash.
var ErrDamaged = errors.New("damaged blob")

// Blobs keeps texts by content, compressed, in files named by their hash. It
// may be used by one goroutine at a time.
type Blobs struct {
	dir   string
	codec *Codec
}

// OpenBlobs uses a folder, which is made at the first Put.
func OpenBlobs(dir string) (*Blobs, error) {
	codec, err := NewCodec()
	if err != nil {
		return nil, err
	}
	return &Blobs{dir: dir, codec: codec}, nil
}

func (b *Blobs) path(hash merge.Hash) string {
	name := hash.String()
	return filepath.Join(b.dir, name[:2], name[2:])
}

// Put keeps a text and returns its hash. A text that is there already is
// checked: one that a crash tore is written again. It is durable after Sync.
func (b *Blobs) Put(text []byte) (merge.Hash, error) {
	hash := merge.HashOf(text)
	return hash, b.PutFrame(hash, b.codec.Pack(text))
}

// PutFrame keeps a text that [Codec.Pack] compressed.
func (b *Blobs) PutFrame(hash merge.Hash, frame []byte) error {
	if _, err := b.Get(hash); err == nil {
		return nil
	}
	// The file may be torn by a crash: nothing refers to it before Sync, and
	// whoever reads it checks the hash. So it needs no other name first.
	path := b.path(hash)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrNotExist) {
		if err = os.MkdirAll(filepath.Dir(path), 0o700); err == nil {
			file, err = os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
		}
	}
	if err != nil {
		return fmt.Errorf("blobs: %w", err)
	}
	_, err = file.Write(frame)
	if err == nil {
		err = syncOne(file)
	}
	if err = errors.Join(err, file.Close()); err != nil {
		os.Remove(path)
		return fmt.Errorf("blobs: %w", err)
	}
	return nil
}

// Get returns a text by its hash: an error that wraps fs.ErrNotExist if it was
// never kept, ErrDamaged if its bytes changed.
func (b *Blobs) Get(hash merge.Hash) ([]byte, error) {
	if hash.Absent() {
		return nil, fmt.Errorf("blobs: no hash: %w", fs.ErrNotExist)
	}
	frame, err := os.ReadFile(b.path(hash))
	if err != nil {
		return nil, fmt.Errorf("blobs: %w", err)
	}
	text, err := b.codec.Unpack(frame)
	if err != nil || merge.HashOf(text) != hash {
		return nil, fmt.Errorf("blobs: %s: %w", hash, ErrDamaged)
	}
	return text, nil
}

// Has reports whether a text is kept, without reading it.
func (b *Blobs) Has(hash merge.Hash) bool {
	if hash.Absent() {
		return false
	}
	_, err := os.Stat(b.path(hash))
	return err == nil
}

// Remove forgets a text.
func (b *Blobs) Remove(hash merge.Hash) error { return os.Remove(b.path(hash)) }

// All yields the hash of every text. Files with other names are leftovers of a
// crash: they are yielded as an error with their path.
func (b *Blobs) All() iter.Seq2[merge.Hash, error] {
	return func(yield func(merge.Hash, error) bool) {
		_ = filepath.WalkDir(b.dir, func(path string, entry fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) || err == nil && entry.IsDir() {
				return nil
			}
			var hash merge.Hash
			if err == nil {
				name, _ := filepath.Rel(b.dir, path)
				name = strings.ReplaceAll(filepath.ToSlash(name), "/", "")
				if hash.UnmarshalText([]byte(name)) != nil || hash.Absent() {
					err = &LeftoverError{Path: path}
				}
			}
			if !yield(hash, err) {
				return fs.SkipAll
			}
			return nil
		})
	}
}

// A LeftoverError names a file among the blobs that is none.
type LeftoverError struct{ Path string }

func (e *LeftoverError) Error() string { return e.Path + ": left over by a run that was stopped" }

// Sync makes every text that was put durable.
func (b *Blobs) Sync() error {
	if err := SyncTree(b.dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("blobs: %w", err)
	}
	return nil
}

// Codec compresses texts for keeping.
type Codec struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

// NewCodec returns a codec for one goroutine.
func NewCodec() (*Codec, error) {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(1<<17))
	if err != nil {
		return nil, fmt.Errorf("blobs: %w", err)
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxBlob))
	if err != nil {
		return nil, fmt.Errorf("blobs: %w", err)
	}
	return &Codec{encoder: encoder, decoder: decoder}, nil
}

// Pack compresses a text.
func (c *Codec) Pack(text []byte) []byte { return c.encoder.EncodeAll(text, nil) }

// Unpack undoes Pack.
func (c *Codec) Unpack(frame []byte) ([]byte, error) { return c.decoder.DecodeAll(frame, nil) }
