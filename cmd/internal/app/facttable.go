package app

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"

	"github.com/clipmend/clipmend/annotate"
)

// A factWriter prints facts in one format. close ends the output.
type factWriter interface {
	write(factFile) error
	close() error
}

// factWriter returns the writer of a format. grouped says that there may be many
// files, so that a table names each.
func (s *session) factWriter(format string, grouped bool) (factWriter, error) {
	switch format {
	case "table":
		return &tableWriter{session: s, width: terminalWidth(s.out), grouped: grouped}, nil
	case "perfile":
		return perFile{s}, nil
	case "jsonl":
		return lineWriter{s}, nil
	case "json":
		return &arrayWriter{w: s.out, open: "["}, nil
	case "csv":
		return &csvWriter{w: csv.NewWriter(s.out)}, nil
	case "parquet":
		if isTerminal(s.out) {
			return nil, usagef("--format parquet is for a pipe or a file, not for a terminal")
		}
		return &parquetWriter{parquet.NewGenericWriter[factRow](s.out, parquet.MaxRowsPerRowGroup(rowGroup))}, nil
	}
	return nil, usagef("--format: %q is not one of table, json, jsonl, csv, parquet", format)
}

// perFile prints an object a file, as facts --json does.
type perFile struct{ s *session }

func (w perFile) write(f factFile) error { return w.s.printJSON(f) }
func (perFile) close() error             { return nil }

// A placedFact is a fact with the file that states it.
type placedFact struct {
	path string
	fact annotate.Fact
}

// MarshalJSON puts the path first among the fact's own fields.
func (p placedFact) MarshalJSON() ([]byte, error) {
	path, err1 := json.Marshal(p.path)
	fact, err2 := json.Marshal(p.fact)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	return append(append([]byte(`{"path":`), append(path, ',')...), fact[1:]...), nil
}

// lineWriter prints an object a fact, one a line.
type lineWriter struct{ s *session }

func (w lineWriter) write(f factFile) error {
	for _, fact := range f.Facts {
		if err := w.s.printJSON(placedFact{f.Path, fact}); err != nil {
			return err
		}
	}
	return nil
}

func (w lineWriter) close() error { return nil }

// arrayWriter prints all facts as one JSON array.
type arrayWriter struct {
	w    io.Writer
	open string
}

func (w *arrayWriter) write(f factFile) error {
	for _, fact := range f.Facts {
		b, err := json.Marshal(placedFact{f.Path, fact})
		if err == nil {
			_, err = fmt.Fprintf(w.w, "%s\n%s", w.open, b)
		}
		if err != nil {
			return err
		}
		w.open = ","
	}
	return nil
}

func (w *arrayWriter) close() error {
	end := "\n]\n"
	if w.open == "[" {
		end = "[]\n"
	}
	_, err := io.WriteString(w.w, end)
	return err
}
