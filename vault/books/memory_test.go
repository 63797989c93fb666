package books

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/clipmend/clipmend/vault/merge"
)

func thing(n int) merge.Hash { return merge.HashOf(fmt.Append(nil, n)) }

func openMemory(t *testing.T, path string) *Memory {
	t.Helper()
	m, err := OpenMemory(path, false)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMemory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "memory")
	m := openMemory(t, path)
	value := func(n, round int) []byte { return bytes.Repeat(fmt.Appendf(nil, "%d/%d ", n, round), 300) }
	for round := range 5 { // each outdates the one before
		for n := range 400 {
			if err := m.Put(thing(n), thing(round), value(n, round)); err != nil {
				t.Fatal(err)
			}
		}
		for n := range 400 {
			if got := m.Get(thing(n), thing(round)); !bytes.Equal(got, value(n, round)) {
				t.Fatalf("round %d: %d is %.20q", round, n, got)
			}
		}
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
		m = openMemory(t, path)
	}
	if got := m.Get(thing(1), thing(3)); got != nil {
		t.Errorf("an outdated value: %.20q", got)
	}
	if info, err := os.Stat(path); err != nil || info.Size() > 3*400*2200 {
		t.Errorf("%d bytes, %v: outdated values were kept", info.Size(), err)
	}
	if err := m.Forget(); err != nil || m.Get(thing(1), thing(4)) != nil {
		t.Errorf("Forget: %v, or it still knows", err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestMemoryTorn cuts and spoils the file at every byte: what is read is right or
// not there.
func TestMemoryTorn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "memory")
	m := openMemory(t, path)
	for n := range 3 {
		if err := m.Put(thing(n), thing(0), fmt.Appendf(nil, "value %d", n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := range whole {
		spoilt := bytes.Clone(whole)
		spoilt[at] ^= 0x41
		for _, bad := range [][]byte{whole[:at], spoilt} {
			if err := os.WriteFile(path, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			m := openMemory(t, path)
			for n := range 3 {
				if got := m.Get(thing(n), thing(0)); got != nil && string(got) != fmt.Sprintf("value %d", n) {
					t.Fatalf("at %d: %q", at, got)
				}
			}
			if err := m.Put(thing(9), thing(0), []byte("more")); err != nil || string(m.Get(thing(9), thing(0))) != "more" {
				t.Fatalf("at %d: it takes nothing more: %v", at, err)
			}
			if err := m.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestMemoryReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "memory")
	for _, there := range []bool{false, true} {
		if there {
			m := openMemory(t, path)
			if err := m.Put(thing(1), thing(0), []byte("x")); err != nil {
				t.Fatal(err)
			}
			if err := m.Close(); err != nil {
				t.Fatal(err)
			}
		}
		m, err := OpenMemory(path, true)
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Put(thing(2), thing(0), []byte("y")); err != nil || m.Get(thing(2), thing(0)) != nil {
			t.Errorf("it remembers: %v", err)
		}
		if got := m.Get(thing(1), thing(0)) != nil; got != there {
			t.Errorf("known %v, want %v", got, there)
		}
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
