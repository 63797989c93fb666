package app

import (
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/vault/models"
)

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
	Origin     string   `parquet:"origin"`
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
		Qualifier: f.Qualifier, Hedge: f.Hedge, Negated: f.Negated, Origin: f.Origin, Rule: f.Rule, Confidence: f.Confidence,
		Quote: f.Evidence.Quote, Start: int64(f.Evidence.Span.Start), End: int64(f.Evidence.Span.End),
	}
	if f.Value.Numeric {
		r.Min, r.Max = &f.Value.Min, &f.Value.Max
	}
	return r
}

var csvHead = []string{
	"path", "model", "attribute", "value", "min", "max", "unit", "relation", "other", "scope", "benchmark", "metric",
	"setting", "qualifier", "hedge", "negated", "origin", "rule", "confidence", "quote", "start", "end",
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
		r.Benchmark, r.Metric, r.Setting, r.Qualifier, r.Hedge, strconv.FormatBool(r.Negated), r.Origin, r.Rule,
		models.FormatPlain(r.Confidence), r.Quote, strconv.FormatInt(r.Start, 10), strconv.FormatInt(r.End, 10),
	}
}

// harmless keeps what a clip says from being a formula to a spreadsheet: text
// that begins like one gets an apostrophe in front. Numbers stay numbers.
func harmless(cells []string) []string {
	for i, cell := range cells {
		if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
			continue
		}
		if _, err := strconv.ParseFloat(cell, 64); err != nil {
			cells[i] = "'" + cell
		}
	}
	return cells
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
		if err := w.w.Write(harmless(rowOf(f.Path, fact).cells())); err != nil {
			return err
		}
	}
	return nil
}

func (w *csvWriter) close() error {
	w.w.Flush()
	return w.w.Error()
}

// rowGroup bounds the rows that a Parquet writer keeps in memory.
const rowGroup = 20_000

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
