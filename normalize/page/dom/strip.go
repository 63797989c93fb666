package dom

import (
	"bytes"
	"io"

	"golang.org/x/net/html/atom"
)

// maxElements bounds the tree that the parser may build, in elements. Past
// it tags are dropped and only text is kept.
const maxElements = 300_000

// maxFormatting bounds the unclosed <font>, <b> and the like that the parser
// opens again in every following paragraph.
const maxFormatting = 24

// stripper copies a page and leaves out what costs time to parse and is never
// read: it is a tokenizer of the outermost layer only.
type stripper struct {
	src        []byte
	pos        int    // in src
	out        []byte // stripped
	read       int    // of out
	depth      int    // how many elements may be open
	budget     int
	formatting int // formatting elements opened and not yet closed
	open       []element
}

// element is an open tag that strip has seen.
type element struct {
	name    atom.Atom
	dropped bool // its tags are left out, its content stays
}

// newStripper reads src without comments, styles, scripts that hold no data,
// the insides of drawings, and tags that nest deeper than depth.
func newStripper(src []byte, depth int) *stripper {
	return &stripper{src: src, depth: depth, budget: maxElements}
}

// piece is how much is stripped ahead of what was read.
const piece = 16 << 10

// Read implements [io.Reader], so that a page is never there twice.
func (s *stripper) Read(p []byte) (int, error) {
	if s.read == len(s.out) {
		s.out, s.read = s.out[:0], 0
		for s.pos < len(s.src) && len(s.out) < piece {
			s.step()
		}
		if len(s.out) == 0 {
			return 0, io.EOF
		}
	}
	n := copy(p, s.out[s.read:])
	s.read += n
	return n, nil
}

// step strips the text up to the next <, or what begins with it.
func (s *stripper) step() {
	rest := s.src[s.pos:]
	lt := bytes.IndexByte(rest[:min(len(rest), piece)], '<')
	if lt == 0 {
		s.markup()
		return
	}
	if lt < 0 {
		lt = min(len(rest), piece)
	}
	s.out = append(s.out, rest[:lt]...)
	s.pos += lt
}

// markup handles what begins with the < at pos and moves past it.
func (s *stripper) markup() {
	rest := s.src[s.pos:]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		s.pos += commentLen(rest)
	case len(rest) > 1 && isLetter(rest[1]):
		s.startTag(rest)
	case len(rest) > 2 && rest[1] == '/' && isLetter(rest[2]):
		s.endTag(rest)
	default:
		s.out = append(s.out, '<')
		s.pos++
	}
}

func (s *stripper) startTag(rest []byte) {
	n := tagLen(rest)
	tag := rest[:n]
	name := tagName(tag[1:])
	switch name {
	case atom.Script, atom.Style:
		end := n + rawEnd(rest[n:], name)
		if name == atom.Script && holdsData(tag) {
			s.out = append(s.out, rest[:end]...)
		}
		s.pos += end
	case atom.Svg:
		s.svg(rest, n)
	case atom.Noscript:
		end := n + rawEnd(rest[n:], name)
		if holdsPage(rest[n:end]) {
			// Forums that draw themselves by script keep the whole page here.
			end = n
		} else {
			s.out = append(s.out, rest[:end]...)
		}
		s.pos += end
	case atom.Title, atom.Textarea, atom.Iframe, atom.Noembed, atom.Noframes, atom.Xmp:
		end := n + rawEnd(rest[n:], name)
		s.out = append(s.out, rest[:end]...)
		s.pos += end
	default:
		if s.enter(name, tag) {
			s.out = append(s.out, tag...)
		} else {
			s.out = append(s.out, ' ')
		}
		s.pos += n
	}
}

// svg copies a drawing's outer tags; its paths are not read by anyone. A
// drawing that holds HTML is copied as it is.
func (s *stripper) svg(rest []byte, n int) {
	end := n
	if !bytes.HasSuffix(rest[:n], []byte("/>")) {
		end = n + svgEnd(rest[n:])
	}
	switch {
	case bytes.Contains(rest[:end], []byte("foreignObject")):
		s.enter(atom.Svg, rest[:n])
		s.out = append(s.out, rest[:n]...)
		s.pos += n
	case s.budget <= 0 || len(s.open) >= s.depth:
		s.pos += end
	default:
		s.budget--
		s.out = append(append(s.out, rest[:n]...), "</svg>"...)
		s.pos += end
	}
}

// enter notes an opened element and reports whether its tag is to be kept.
func (s *stripper) enter(name atom.Atom, tag []byte) bool {
	if isVoid(name) {
		s.budget--
		return s.budget > 0
	}
	formats := isFormatting(name)
	keep := s.budget > 0 && len(s.open) < s.depth && (!formats || s.formatting < maxFormatting)
	if last := len(s.open) - 1; last >= 0 && endsItself(name) && s.open[last].name == name {
		// <p> closes an open <p>, <li> an open <li>: a sibling, no child.
		keep = s.budget > 0 && !s.open[last].dropped
		s.open = s.open[:last]
	}
	if keep {
		s.budget -= 1 + s.formatting
	}
	if bytes.HasSuffix(tag, []byte("/>")) && name == 0 {
		return keep
	}
	if keep && formats {
		s.formatting++
	}
	s.open = append(s.open, element{name, !keep})
	return keep
}

func (s *stripper) endTag(rest []byte) {
	n := tagLen(rest)
	name := tagName(rest[2:n])
	s.pos += n
	if name == atom.Noscript {
		return // of one whose inside was let out
	}
	// Far down the stack a match is no longer this tag's: looking further
	// would make misnested pages quadratic.
	for i, floor := len(s.open)-1, max(0, len(s.open)-64); i >= floor; i-- {
		if s.open[i].name != name {
			continue
		}
		dropped := s.open[i].dropped
		s.open = s.open[:i]
		if dropped {
			s.out = append(s.out, ' ')
			return
		}
		break
	}
	if isFormatting(name) && s.formatting > 0 {
		s.formatting--
	}
	if s.budget > 0 {
		s.budget--
		s.out = append(s.out, rest[:n]...)
	}
}
