package books

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"sync"

	"github.com/clipmend/clipmend/vault/merge"
)

// A Memory keeps what was made of things, so that it need not be made again: a
// value for each, and the state of the thing and of all that decided the value.
// It may be lost or torn at any time, and then knows less. It is in no way needed
// to read the rest of the books. It may be used by many goroutines.
type Memory struct {
	mu       sync.Mutex
	path     string
	readOnly bool
	file     *os.File // nil if there is none to read
	known    map[shortHash]remembered
	pending  []byte // not written yet, to stand at end
	end      int64
}

// A shortHash is enough of a hash to tell things apart.
type shortHash [16]byte

// A remembered value is where the file has it. A memory of a hundred thousand
// things takes a few megabytes, as the values stay on disk.
type remembered struct {
	state shortHash
	at    int64
	size  int32
}

// Each value is led by its size, a checksum of all that follows, and whose it is.
const (
	memoryHead = int64(8 + 2*len(shortHash{}))
	maxMemory  = 1 << 20 // bytes of a value
	// A file below this size is not worth writing anew without what is outdated.
	minCompact = 1 << 20
)

// OpenMemory opens the memory in the file at path, which is made when it is
// needed. One that is read-only forgets what it is told.
func OpenMemory(path string, readOnly bool) (*Memory, error) {
	m := &Memory{path: path, readOnly: readOnly, known: map[shortHash]remembered{}}
	var err error
	if readOnly {
		m.file, err = os.Open(path)
	} else {
		m.file, err = os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	}
	if readOnly && errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err == nil {
		err = m.load()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("memory: %w", err), m.Close())
	}
	return m, nil
}

// load finds the values, up to the first that is torn.
func (m *Memory) load() error {
	r := bufio.NewReaderSize(m.file, 256<<10)
	var head [memoryHead]byte
	var body []byte
	for {
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return notTorn(err)
		}
		size := int(binary.LittleEndian.Uint32(head[:]))
		if size > maxMemory {
			return nil
		}
		body = append(body[:0], make([]byte, size)...)
		if _, err := io.ReadFull(r, body); err != nil {
			return notTorn(err)
		}
		if binary.LittleEndian.Uint32(head[4:]) != checksum(head[8:], body) {
			return nil
		}
		m.known[shortHash(head[8:24])] = remembered{shortHash(head[24:]), m.end + memoryHead, int32(size)}
		m.end += memoryHead + int64(size)
	}
}

// notTorn returns the errors that are of the disk.
func notTorn(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

func checksum(parts ...[]byte) (sum uint32) {
	for _, part := range parts {
		sum = crc32.Update(sum, castagnoli, part)
	}
	return sum
}

// Get returns what was made of a thing in a state, nil if that is not known.
func (m *Memory) Get(thing, state merge.Hash) []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	found, ok := m.known[shortHash(thing[:])]
	if !ok || found.state != shortHash(state[:]) {
		return nil
	}
	value := make([]byte, found.size)
	if found.at >= m.end { // it waits
		copy(value, m.pending[found.at-m.end:])
		return value
	}
	head := make([]byte, memoryHead)
	if _, err := m.file.ReadAt(head, found.at-memoryHead); err != nil {
		return nil
	}
	if _, err := m.file.ReadAt(value, found.at); err != nil || binary.LittleEndian.Uint32(head[4:]) != checksum(head[8:], value) {
		return nil
	}
	return value
}

// Put remembers what was made of a thing, instead of what was made of it before.
func (m *Memory) Put(thing, state merge.Hash, value []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.readOnly || len(value) > maxMemory {
		return nil
	}
	var head [memoryHead]byte
	binary.LittleEndian.PutUint32(head[:], uint32(len(value)))
	copy(head[8:], thing[:len(shortHash{})])
	copy(head[24:], state[:len(shortHash{})])
	binary.LittleEndian.PutUint32(head[4:], checksum(head[8:], value))
	at := m.end + int64(len(m.pending)) + memoryHead
	m.pending = append(append(m.pending, head[:]...), value...)
	m.known[shortHash(thing[:])] = remembered{shortHash(state[:]), at, int32(len(value))}
	if len(m.pending) > 1<<20 {
		return m.flush()
	}
	return nil
}

func (m *Memory) flush() error {
	if len(m.pending) == 0 {
		return nil
	}
	if _, err := m.file.WriteAt(m.pending, m.end); err != nil {
		return fmt.Errorf("memory: %w", err)
	}
	m.end += int64(len(m.pending))
	m.pending = m.pending[:0]
	return nil
}

// Forget empties the memory.
func (m *Memory) Forget() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.known)
	m.pending, m.end = nil, 0
	if m.readOnly {
		return nil
	}
	return m.file.Truncate(0)
}

// Close writes what is waiting, drops what is outdated once that is most of the
// file, and closes it.
func (m *Memory) Close() error {
	if m.file == nil {
		return nil
	}
	var err error
	if !m.readOnly {
		if err = m.flush(); err == nil {
			err = m.compact()
		}
	}
	return errors.Join(err, m.file.Close())
}

// compact writes the file anew, without what is outdated.
func (m *Memory) compact() error {
	live := int64(0)
	for _, r := range m.known {
		live += memoryHead + int64(r.size)
	}
	if m.end < minCompact || m.end < 2*live {
		return nil
	}
	next, err := os.OpenFile(m.path+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(next)
	for _, r := range m.known {
		if _, err = io.Copy(w, io.NewSectionReader(m.file, r.at-memoryHead, memoryHead+int64(r.size))); err != nil {
			break
		}
	}
	if err = errors.Join(err, w.Flush(), next.Close()); err == nil {
		err = os.Rename(next.Name(), m.path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("memory: %w", err), os.Remove(next.Name()))
	}
	return nil
}
