package main

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// fetch downloads the package into dir unless it is there, and returns its path.
func fetch(dir, name string) (string, error) {
	if found, _ := filepath.Glob(filepath.Join(dir, name+"_*.deb")); len(found) > 0 {
		return found[0], nil
	}
	cmd := exec.Command("apt-get", "download", name)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("fetch %s: %w: %s", name, err, bytes.TrimSpace(out))
	}
	found, err := filepath.Glob(filepath.Join(dir, name+"_*.deb"))
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("fetch %s: no package came", name)
	}
	return found[0], nil
}

// files yields the regular files of a Debian package, unzipped.
func files(deb string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		cmd := exec.Command("dpkg-deb", "--fsys-tarfile", deb)
		out, err := cmd.StdoutPipe()
		if err != nil || cmd.Start() != nil {
			return
		}
		defer func() {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}()
		for t := tar.NewReader(bufio.NewReaderSize(out, 1<<20)); ; {
			h, err := t.Next()
			if err != nil {
				return
			}
			if h.Typeflag != tar.TypeReg || h.Size > 64<<20 || !readable(h.Name) {
				continue
			}
			b, err := io.ReadAll(t)
			if err != nil {
				return
			}
			name := h.Name
			if strings.HasSuffix(name, ".gz") {
				if b, err = unzip(b); err != nil {
					continue
				}
				name = strings.TrimSuffix(name, ".gz")
			}
			if !yield(name, b) {
				return
			}
		}
	}
}

func unzip(b []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// readable tells whether a file may hold text, by its name.
func readable(name string) bool {
	name = strings.TrimSuffix(name, ".gz")
	switch filepath.Ext(name) {
	case ".mo", ".html", ".htm", ".xhtml", ".txt", ".po", ".utf8", ".csv", ".aff", ".dic", ".lm":
		return true
	case ".json":
		return strings.Contains(name, "/i18n/")
	}
	return strings.Contains(name, "/man/") || strings.Contains(name, "/fortunes/")
}

var langSuffix = regexp.MustCompile(`[./]([A-Za-z]{2,3}(?:[-_@][A-Za-z]{2,5})?)(?:_[A-Za-z]+)?\.(?:html|txt|utf8|json|dic|lm)$`)

// language finds the language that a path names.
func language(path string) (string, bool) {
	path = strings.TrimPrefix(path, "./")
	if m := langSuffix.FindStringSubmatch(path); m != nil {
		if l, ok := code(m[1]); ok {
			return l, true
		}
	}
	if base, ok := strings.CutSuffix(filepath.Base(path), ".mo"); ok {
		if l, ok := code(base[strings.LastIndexByte(base, '-')+1:]); ok {
			return l, true
		}
		if l, ok := code(base); ok {
			return l, true
		}
	}
	parts := strings.Split(path, "/")
	for i := len(parts) - 2; i >= 0; i-- {
		if l, ok := code(parts[i]); ok {
			return l, true
		}
	}
	return "", false
}

func code(s string) (string, bool) {
	if len(s) < 2 || len(s) > 8 {
		return "", false
	}
	l, ok := languages[strings.ReplaceAll(strings.ToLower(s), "_", "-")]
	return l, ok
}

// errNoText reports a corpus that gave nothing, which is a mistake in its entry.
var errNoText = errors.New("no text found")

// gather reads a corpus and returns its lines by language, from the cache where
// it has been read before.
func gather(dir string, c corpus) (texts, error) {
	cached := filepath.Join(dir, c.name+".lines")
	if b, err := os.ReadFile(cached); err == nil {
		return parseTexts(b), nil
	}
	t := texts{}
	for _, name := range c.list() {
		deb, err := fetch(dir, name)
		if err != nil {
			return nil, err
		}
		set := ""
		for path, b := range files(deb) {
			switch filepath.Ext(path) {
			case ".aff":
				set = setOf(b)
				continue
			case ".dic":
				b = decoded(b, set)
			}
			lang, ok := language(path)
			if !ok {
				lang = c.lang
			}
			if c.kind == quips {
				lang, _ = code(name[strings.LastIndexByte(name, '-')+1:])
			}
			if lang == "" || c.kind == words && !isWordList(path) {
				continue
			}
			for line := range lines(c.kind, path, b) {
				t.add(lang, line)
			}
		}
	}
	if len(t) == 0 {
		return nil, fmt.Errorf("%s: %w", c.name, errNoText)
	}
	return t, os.WriteFile(cached, t.format(), 0o644)
}
