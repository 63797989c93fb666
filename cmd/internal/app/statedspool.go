package app

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"hash/fnv"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/clipmend/clipmend/vault/models"
)

// stated is what one clip says about models.
type stated struct {
	Origin     string
	Title      string
	Statements []models.Statement
}

// A row of a model's note, by the name of the note.
type stemRow struct {
	Stem    string
	Spelled string // the model's name as the text has it
	Row     models.Row
}

// groupBytes bounds, about, what is in memory at once of what a run's clips
// state.
const groupBytes = 16 << 20

// maxParts bounds the temporary files that are open at once.
const maxParts = 256

// A statedSpool keeps what the clips of a run state until it is known where
// their notes lie. It holds a few megabytes in memory and the rest in a temporary
// file. The zero value is empty.
type statedSpool struct{ spill }

func (s *statedSpool) add(st stated) error {
	if len(st.Statements) == 0 {
		return nil
	}
	return s.put(st)
}

// group sorts the statements by model. note says where the note of a clip lies,
// "" if it is in no state to be linked to; file gives the name of a model's note.
func (s *statedSpool) group(note func(origin string) string, file func(model string) string) (*rowGroups, error) {
	g := &rowGroups{parts: make([]spill, min(s.size/groupBytes+1, maxParts)), loaded: -1}
	for i := range g.parts {
		g.parts[i].limit = spillBytes/len(g.parts) + 1
	}
	err := each2(&s.spill, func(st stated) error {
		at := note(st.Origin)
		if at == "" {
			return nil
		}
		for _, one := range st.Statements {
			stem := file(one.Model)
			row := stemRow{stem, one.Model, one.Row(at, st.Title)}
			if err := g.parts[g.part(stem)].put(row); err != nil {
				return err
			}
		}
		return nil
	})
	return g, errors.Join(err, s.close())
}

// rowGroups are the rows of a run by model, in parts of which one is in memory.
type rowGroups struct {
	parts  []spill
	loaded int
	rows   map[string][]models.Row
	names  map[string]string // another spelling than the note's name
}

// part tells in which part the rows of a note are.
func (g *rowGroups) part(stem string) int {
	h := fnv.New32a()
	_, _ = io.WriteString(h, stem)
	return int(h.Sum32() % uint32(len(g.parts)))
}

// of returns the rows of a model's note, and a spelling of its name that is not
// the note's.
func (g *rowGroups) of(stem string) ([]models.Row, string, error) {
	err := g.load(g.part(stem))
	return g.rows[stem], g.names[stem], err
}

// stems returns the names of the notes in a part, sorted.
func (g *rowGroups) stems(part int) ([]string, error) {
	err := g.load(part)
	return slices.Sorted(maps.Keys(g.rows)), err
}

func (g *rowGroups) load(part int) error {
	if g.loaded == part {
		return nil
	}
	g.loaded, g.rows, g.names = part, map[string][]models.Row{}, map[string]string{}
	return each2(&g.parts[part], func(r stemRow) error {
		g.rows[r.Stem] = append(g.rows[r.Stem], r.Row)
		if known := g.names[r.Stem]; r.Spelled != r.Stem && (known == "" || r.Spelled < known) {
			g.names[r.Stem] = r.Spelled
		}
		return nil
	})
}

func (g *rowGroups) close() error {
	var errs []error
	for i := range g.parts {
		errs = append(errs, g.parts[i].close())
	}
	return errors.Join(errs...)
}

// spillBytes is what a spill holds in memory before it goes to disk.
const spillBytes = 4 << 20

// A spill is a list of values that moves to a temporary file as it grows.
type spill struct {
	limit int // bytes in memory, 0 for spillBytes
	size  int // bytes on disk
	mem   bytes.Buffer
	file  *os.File
}

// put adds a value.
func (s *spill) put(v any) error {
	if err := json.NewEncoder(&s.mem).Encode(v); err != nil {
		return err
	}
	if s.mem.Len() < cmp.Or(s.limit, spillBytes) {
		return nil
	}
	return s.flush()
}

// flush moves what is in memory to the file.
func (s *spill) flush() error {
	if s.file == nil {
		file, err := os.CreateTemp("", "clipmend-*")
		if err != nil {
			return err
		}
		s.file = file
	}
	s.size += s.mem.Len()
	_, err := s.mem.WriteTo(s.file)
	return err
}

func (s *spill) close() error {
	s.mem = bytes.Buffer{}
	if s.file == nil {
		return nil
	}
	file := s.file
	s.file = nil
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

// each2 calls f with each value of a spill, in order.
func each2[T any](s *spill, f func(T) error) error {
	var r io.Reader = bytes.NewReader(s.mem.Bytes())
	if s.file != nil {
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		r = io.MultiReader(bufio.NewReaderSize(s.file, 64<<10), r)
	}
	dec := json.NewDecoder(r)
	for {
		var v T
		switch err := dec.Decode(&v); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		if err := f(v); err != nil {
			return err
		}
	}
}
