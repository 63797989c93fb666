package packs

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"go.yaml.in/yaml/v4"
)

// Alone is the value of extends with which a pack of a known name stands for
// itself and adds to nothing.
const Alone = "none"

// maxChain bounds how many packs may extend one another.
const maxChain = 16

// Load reads a pack; name is its file, for errors. Unknown keys, types and
// units, bad ranges and phrases that can never match are errors of type *Error.
// A pack that extends another names one that is part of the program.
func Load(r io.Reader, name string) (*Pack, error) {
	p, err := read(r, name)
	if err != nil {
		return nil, err
	}
	if p.Extends == "" || p.Extends == Alone {
		return p, check(p)
	}
	base := Builtin(p.Extends)
	if base == nil {
		return nil, p.fail(fmt.Errorf("extends: no pack %q is part of the program", p.Extends), "extends")
	}
	return Merge(base, p)
}

// LoadFile reads the pack in a file, for use where base, which may be nil, is in
// use already. A pack of base's name adds to base; one that extends another adds
// to that: the name of a pack of the program, or a file, relative to its own. Any
// other stands for itself. The rules of adding are those of [Merge].
func LoadFile(path string, base *Pack) (*Pack, error) {
	return loadFile(path, base, nil)
}

func loadFile(path string, base *Pack, chain []string) (*Pack, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	p, err := read(f, path)
	if err != nil {
		return nil, err
	}
	switch {
	case p.Extends == Alone:
		return p, check(p)
	case p.Extends != "":
		chain = append(chain, filepath.Clean(path))
		if base, err = extended(p, path, base, chain); err != nil {
			return nil, err
		}
	case base == nil || base.Name != p.Name:
		return p, check(p)
	}
	return Merge(base, p)
}

// extended returns the pack that p, of the file path, extends.
func extended(p *Pack, path string, inUse *Pack, chain []string) (*Pack, error) {
	if inUse != nil && inUse.Name == p.Extends {
		return inUse, nil
	}
	if base := Builtin(p.Extends); base != nil {
		return base, nil
	}
	file := p.Extends
	if !filepath.IsAbs(file) {
		file = filepath.Join(filepath.Dir(path), file)
	}
	if slices.Contains(chain, filepath.Clean(file)) {
		return nil, p.fail(fmt.Errorf("extends: %s extends itself", file), "extends")
	}
	if len(chain) >= maxChain {
		return nil, p.fail(fmt.Errorf("extends: more than %d packs", maxChain), "extends")
	}
	base, err := loadFile(file, nil, chain)
	if err != nil && !errors.As(err, new(*Error)) {
		return nil, p.fail(fmt.Errorf("extends: %w", err), "extends")
	}
	return base, err
}

// read decodes a file without asking whether the pack is whole.
func read(r io.Reader, name string) (*Pack, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("packs: %s: %w", name, err)
	}
	if len(data) > MaxSize {
		return nil, &Error{File: name, Err: fmt.Errorf("more than %d bytes", MaxSize)}
	}
	var doc, more yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&doc); err != nil {
		return nil, yamlError(err, []string{name})
	}
	if err := dec.Decode(&more); err != io.EOF {
		return nil, &Error{File: name, Line: more.Line, Err: errors.New("more than one document")}
	}
	root, err := expand(&doc)
	if err != nil {
		return nil, yamlError(err, []string{name})
	}
	p, err := decode(root, []string{name})
	if err == nil && p.Name == "" {
		err = p.fail(errors.New("a pack needs a name: `pack: NAME`"))
	}
	return p, err
}

// decode makes a pack of what files say.
func decode(root *yaml.Node, files []string) (*Pack, error) {
	p := &Pack{root: root, files: files}
	if err := root.Load(p, strict); err != nil {
		return nil, yamlError(err, files)
	}
	for _, list := range p.lists() {
		for i := range list {
			list[i].File, list[i].Line = place(list[i].Line, files)
		}
	}
	for i := range p.Examples {
		e := &p.Examples[i]
		e.File, e.Line = place(e.Line, files)
	}
	return p, nil
}
