package vault

import (
	"errors"
	"fmt"
	"os"

	"github.com/clipmend/clipmend/vault/books"
	"github.com/clipmend/clipmend/vault/merge"
)

// A spool keeps a plan's texts on disk, so that a plan for a hundred thousand
// notes fits in memory. Its file is made when first needed and, where the system
// lets an open file be removed, has no name: a run that is killed leaves nothing.
type spool struct {
	codec *books.Codec
	file  *os.File
	named bool
	end   int64
}

// A spooled is a text in a spool; the zero value stands for none.
type spooled struct {
	hash Hash
	at   int64
	size int
}

func (s *spool) put(text []byte) (spooled, error) {
	if s.file == nil {
		var err error
		if s.codec, err = books.NewCodec(); err != nil {
			return spooled{}, err
		}
		if s.file, err = os.CreateTemp("", "clipmend-plan-"); err != nil {
			return spooled{}, err
		}
		s.named = os.Remove(s.file.Name()) != nil
	}
	frame := s.codec.Pack(text)
	if _, err := s.file.WriteAt(frame, s.end); err != nil {
		return spooled{}, fmt.Errorf("plan: %w", err)
	}
	ref := spooled{hash: merge.HashOf(text), at: s.end, size: len(frame)}
	s.end += int64(len(frame))
	return ref, nil
}

// frame returns a text as it is compressed.
func (s *spool) frame(ref spooled) ([]byte, error) {
	frame := make([]byte, ref.size)
	if _, err := s.file.ReadAt(frame, ref.at); err != nil {
		return nil, fmt.Errorf("plan: %w", err)
	}
	return frame, nil
}

func (s *spool) get(ref spooled) ([]byte, error) {
	frame, err := s.frame(ref)
	if err != nil {
		return nil, err
	}
	return s.codec.Unpack(frame)
}

func (s *spool) close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if s.named {
		err = errors.Join(err, os.Remove(s.file.Name()))
	}
	return err
}
