package books

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"iter"
	"os"
	"strconv"
)

// maxLine bounds a journal line in bytes.
const maxLine = 1 << 20

// ErrBadLine is wrapped by the error of a line that is torn or was tampered with.
var ErrBadLine = errors.New("bad journal line")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Parse reads a journal. A bad line is yielded as an error with its number, and
// reading goes on; the sequence ends early only where r fails.
func Parse(r io.Reader) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		lines := bufio.NewReaderSize(r, 64<<10)
		for number := 1; ; number++ {
			line, err := readLine(lines)
			if err != nil && !errors.Is(err, io.EOF) {
				yield(Record{}, fmt.Errorf("journal: line %d: %w", number, err))
				return
			}
			if len(line) > 0 {
				record, bad := parseLine(line)
				if bad != nil {
					bad = fmt.Errorf("journal: line %d: %w", number, bad)
				}
				if !yield(record, bad) {
					return
				}
			}
			if err != nil {
				return
			}
		}
	}
}

// readLine reads to the line feed, which it drops. Of a line that is too long
// it returns the start, which no checksum will fit.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		piece, err := r.ReadSlice('\n')
		if len(line) <= maxLine {
			line = append(line, piece...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimSuffix(line, []byte("\n")), err
		}
	}
}

func parseLine(line []byte) (Record, error) {
	sum, body, found := bytes.Cut(line, []byte(" "))
	want, err := strconv.ParseUint(string(sum), 16, 32)
	if !found || err != nil || len(sum) != 8 || uint32(want) != crc32.Checksum(body, castagnoli) {
		return Record{}, fmt.Errorf("%w: the checksum does not fit", ErrBadLine)
	}
	var record Record
	if err := json.Unmarshal(body, &record); err != nil {
		return Record{}, fmt.Errorf("%w: %w", ErrBadLine, err)
	}
	return record, nil
}

// appendLine adds the line of a record, line feed included.
func appendLine(to []byte, record Record) ([]byte, error) {
	body, err := json.Marshal(record)
	if err != nil {
		return to, err
	}
	to = fmt.Appendf(to, "%08x ", crc32.Checksum(body, castagnoli))
	return append(append(to, body...), '\n'), nil
}

// A Journal is a journal file that is open for appending.
type Journal struct {
	file    *os.File
	pending []byte
}

// OpenJournal opens the journal at path, creating it if missing. A torn last
// line is ended, so that it cannot spoil the next.
func OpenJournal(path string) (*Journal, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	j := &Journal{file: file}
	size, err := file.Seek(0, io.SeekEnd)
	last := []byte{'\n'}
	if err == nil && size > 0 {
		_, err = file.ReadAt(last, size-1)
	}
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("journal: %w", err)
	}
	if last[0] != '\n' {
		j.pending = append(j.pending, '\n')
	}
	return j, nil
}

// Append adds records; they are written by Sync or when many are waiting.
func (j *Journal) Append(records ...Record) error {
	for _, record := range records {
		var err error
		if j.pending, err = appendLine(j.pending, record); err != nil {
			return fmt.Errorf("journal: %w", err)
		}
	}
	if len(j.pending) > 1<<20 {
		return j.flush()
	}
	return nil
}

// flush hands the waiting lines to the system, in one write.
func (j *Journal) flush() error {
	if len(j.pending) == 0 {
		return nil
	}
	n, err := j.file.Write(j.pending)
	if err != nil {
		// A line that was cut is ended there and written again as a whole.
		whole := bytes.LastIndexByte(j.pending[:n], '\n') + 1
		j.pending = append([]byte{'\n'}, j.pending[whole:]...)
		return fmt.Errorf("journal: %w", err)
	}
	j.pending = j.pending[:0]
	return nil
}

// Sync makes all appended records durable.
func (j *Journal) Sync() error {
	if err := j.flush(); err != nil {
		return err
	}
	if err := j.file.Sync(); err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	return nil
}

// Close writes what is waiting and closes the file.
func (j *Journal) Close() error {
	return errors.Join(j.flush(), j.file.Close())
}
