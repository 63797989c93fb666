package app

import (
	"fmt"
	"strings"

	"github.com/clipmend/clipmend/vault/models"
)

// tableWriter prints columns for people. It keeps a page of rows, so that the
// columns stand in line, and no more.
type tableWriter struct {
	session *session
	width   int  // of the terminal, 0 if it is none
	grouped bool // each file is named
	rows    [][]string
	widths  [4]int
	pages   int
	path    string // the file that was named last
	files   int
}

var tableHead = []string{"MODEL", "ATTRIBUTE", "VALUE", "WORDS"}

// pageRows bounds the rows that are lined up with one another.
const pageRows = 400

// The widest that columns may be, in columns of a terminal, and the narrowest
// that the words may become on a narrow one.
var (
	widest   = [4]int{30, 24, 40, 60}
	minWords = 20
)

func (w *tableWriter) write(f factFile) error {
	if len(f.Facts) == 0 {
		return nil
	}
	if w.grouped && f.Path != w.path {
		if err := w.flush(); err != nil {
			return err
		}
		w.path = f.Path
		if _, err := fmt.Fprintf(w.session.out, "%s%s\n", strings.Repeat("\n", min(w.files, 1)), onOneLine(f.Path)); err != nil {
			return err
		}
		w.files++
	}
	for _, fact := range f.Facts {
		row := []string{fact.Model, fact.Attribute, models.Text(fact, models.Schema{}, nil), fact.Evidence.Quote}
		for i := range row {
			row[i] = onOneLine(row[i])
		}
		if w.rows = append(w.rows, row); len(w.rows) >= pageRows {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// flush prints the page.
func (w *tableWriter) flush() error {
	if len(w.rows) == 0 {
		return nil
	}
	rows := w.rows
	if w.pages == 0 {
		rows = append([][]string{tableHead}, rows...)
	}
	w.pages++
	for _, row := range rows {
		for i, cell := range row {
			w.widths[i] = max(w.widths[i], min(textWidth(cell), widest[i]))
		}
	}
	for _, row := range rows {
		if err := w.print(row); err != nil {
			return err
		}
	}
	w.rows = w.rows[:0]
	return nil
}

func (w *tableWriter) print(row []string) error {
	var b strings.Builder
	left := 0
	for i, cell := range row[:3] {
		cell = fit(cell, w.widths[i])
		b.WriteString(cell + strings.Repeat(" ", w.widths[i]-textWidth(cell)+2))
		left += w.widths[i] + 2
	}
	words := widest[3]
	if w.width > 0 {
		words = max(w.width-left-1, minWords)
	}
	b.WriteString(fit(row[3], words))
	line := strings.TrimRight(b.String(), " ")
	if w.session.color && w.pages == 1 && row[0] == tableHead[0] && row[3] == tableHead[3] {
		line = "\x1b[1m" + line + "\x1b[0m"
	}
	_, err := fmt.Fprintln(w.session.out, line)
	return err
}

func (w *tableWriter) close() error { return w.flush() }
