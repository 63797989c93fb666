package app

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/parquet-go/parquet-go"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/vault/models"
)

// A factWriter prints facts in one format. close ends the output.
type factWriter interface {
	write(factFile) error
	close() error
}

func (s *session) factWriter(format string) (factWriter, error) {
	switch format {
	case "table":
		return &tableWriter{w: tabwriter.NewWriter(s.out, 0, 8, 2, ' ', 0)}, nil
	case "perfile":
		return perFile{s}, nil
	case "jsonl":
		return &lineWriter{s: s}, nil
	case "json":
		return &arrayWriter{w: s.out, open: "["}, nil
	case "csv":
		return &csvWriter{w: csv.NewWriter(s.out)}, nil
	case "parquet":
		if isTerminal(s.out) {
			return nil, usagef("--format parquet is for a pipe or a file, not for a terminal")
		}
		return &parquetWriter{parquet.NewGenericWriter[factRow](s.out)}, nil
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

func (w *lineWriter) write(f factFile) error {
	for _, fact := range f.Facts {
		if err := w.s.printJSON(placedFact{f.Path, fact}); err != nil {
			return err
		}
	}
	return nil
}

func (w *lineWriter) close() error { return nil }

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

// tableWriter prints columns for people.
type tableWriter struct {
	w      *tabwriter.Writer
	headed bool
}

// maxQuote is the width of the quote's column, in runes.
const maxQuote = 60

func (w *tableWriter) write(f factFile) error {
	for _, fact := range f.Facts {
		if !w.headed {
			w.headed = true
			if _, err := fmt.Fprintln(w.w, "MODEL\tATTRIBUTE\tVALUE\tWORDS"); err != nil {
				return err
			}
		}
		quote := []rune(strings.Join(strings.Fields(fact.Evidence.Quote), " "))
		if len(quote) > maxQuote {
			quote = append(quote[:maxQuote], '…')
		}
		_, err := fmt.Fprintf(w.w, "%s\t%s\t%s\t%s\n", fact.Model, fact.Attribute, models.Text(fact, models.Schema{}, nil), string(quote))
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *tableWriter) close() error { return w.w.Flush() }

// A factRow is a fact with one type to a column, for CSV and Parquet.
type factRow struct {
	Path       string   `parquet:"path"`
	Model      string   `parquet:"model"`
	Attribute  string   `parquet:"attribute"`
	Value      string   `parquet:"value"`
	Min        *float64 `parquet:"min,optional"`
	Max        *float64 `parquet:"max,optional"`
	Unit       string   `parquet:"unit"`
	Relation   string   `parquet:"relation"`
	Other      string   `parquet:"other"`
	Scope      string   `parquet:"scope"`
	Benchmark  string   `parquet:"benchmark"`
	Metric     string   `parquet:"metric"`
	Setting    string   `parquet:"setting"`
	Qualifier  string   `parquet:"qualifier"`
	Hedge      string   `parquet:"hedge"`
	Negated    bool     `parquet:"negated"`
	Rule       string   `parquet:"rule"`
	Confidence float64  `parquet:"confidence"`
	Quote      string   `parquet:"quote"`
	Start      int64    `parquet:"start"`
	End        int64    `parquet:"end"`
}

func rowOf(path string, f annotate.Fact) factRow {
	r := factRow{
		Path: path, Model: f.Model, Attribute: f.Attribute, Value: f.Value.String(), Unit: f.Unit,
		Relation: f.Relation, Other: f.Other, Scope: f.Scope, Benchmark: f.Benchmark, Metric: f.Metric, Setting: f.Setting,
		Qualifier: f.Qualifier, Hedge: f.Hedge, Negated: f.Negated, Rule: f.Rule, Confidence: f.Confidence,
		Quote: f.Evidence.Quote, Start: int64(f.Evidence.Span.Start), End: int64(f.Evidence.Span.End),
	}
	if f.Value.Numeric {
		r.Min, r.Max = &f.Value.Min, &f.Value.Max
	}
	return r
}

var csvHead = []string{
	"path", "model", "attribute", "value", "min", "max", "unit", "relation", "other", "scope", "benchmark", "metric",
	"setting", "qualifier", "hedge", "negated", "rule", "confidence", "quote", "start", "end",
}

// cells gives the row in the order of csvHead.
func (r factRow) cells() []string {
	number := func(f *float64) string {
		if f == nil {
			return ""
		}
		return models.FormatPlain(*f)
	}
	return []string{
		r.Path, r.Model, r.Attribute, r.Value, number(r.Min), number(r.Max), r.Unit, r.Relation, r.Other, r.Scope,
		r.Benchmark, r.Metric, r.Setting, r.Qualifier, r.Hedge, strconv.FormatBool(r.Negated), r.Rule,
		models.FormatPlain(r.Confidence), r.Quote, strconv.FormatInt(r.Start, 10), strconv.FormatInt(r.End, 10),
	}
}

type csvWriter struct {
	w      *csv.Writer
	headed bool
}

func (w *csvWriter) write(f factFile) error {
	if !w.headed {
		w.headed = true
		if err := w.w.Write(csvHead); err != nil {
			return err
		}
	}
	for _, fact := range f.Facts {
		if err := w.w.Write(rowOf(f.Path, fact).cells()); err != nil {
			return err
		}
	}
	return nil
}

func (w *csvWriter) close() error {
	w.w.Flush()
	return w.w.Error()
}

type parquetWriter struct {
	w *parquet.GenericWriter[factRow]
}

func (w *parquetWriter) write(f factFile) error {
	for _, fact := range f.Facts {
		if _, err := w.w.Write([]factRow{rowOf(f.Path, fact)}); err != nil {
			return err
		}
	}
	return nil
}

func (w *parquetWriter) close() error { return w.w.Close() }
