package attachment

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strings"
)

// isSVG reports whether data is a drawing: its first element is svg.
func isSVG(data []byte) bool {
	text := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 64<<10)], []byte("\xef\xbb\xbf")), " \t\r\n")
	for len(text) > 0 && text[0] == '<' {
		switch {
		case len(text) > 4 && strings.EqualFold(string(text[:4]), "<svg") && bytes.IndexByte([]byte(" \t\r\n>/"), text[4]) >= 0:
			return true
		case bytes.HasPrefix(text, []byte("<!--")):
			_, text, _ = bytes.Cut(text, []byte("-->"))
		case bytes.HasPrefix(text, []byte("<?")), bytes.HasPrefix(text, []byte("<!")):
			_, text, _ = bytes.Cut(text, []byte(">"))
		default:
			return false
		}
		text = bytes.TrimLeft(text, " \t\r\n")
	}
	return false
}

// drawing are the elements of SVG that only draw.
var drawing = strings.Fields(`svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc
	image linearGradient radialGradient stop pattern clipPath mask marker style switch a
	filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight
	feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight
	feSpecularLighting feSpotLight feTile feTurbulence`)

const maxDepth = 256

// CleanSVG writes a drawing anew with the elements and attributes that only
// draw. Scripts, handlers, foreign content, animation, entities and every
// address that leads out of the file are left out. What is no well-formed XML is
// refused: readers disagree about what it says.
func CleanSVG(data []byte) ([]byte, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return nil, ErrUnsafe }
	var out bytes.Buffer
	var open []string
	skipping := 0
	for {
		token, err := d.RawToken()
		if err == io.EOF && len(open) == 0 && out.Len() > 0 {
			return out.Bytes(), nil
		}
		if err != nil {
			return nil, ErrUnsafe
		}
		switch t := token.(type) {
		case xml.StartElement:
			if open = append(open, fullName(t.Name)); len(open) > maxDepth {
				return nil, ErrUnsafe
			}
			if skipping > 0 || t.Name.Space != "" || !slices.Contains(drawing, t.Name.Local) {
				skipping++
				continue
			}
			writeStart(&out, t, len(open) == 1)
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1] != fullName(t.Name) {
				return nil, ErrUnsafe
			}
			open = open[:len(open)-1]
			if skipping > 0 {
				skipping--
				continue
			}
			out.WriteString("</" + t.Name.Local + ">")
		case xml.CharData:
			if skipping == 0 && len(open) > 0 && !(open[len(open)-1] == "style" && leadsOut(string(t))) {
				_ = xml.EscapeText(&out, t)
			}
		}
	}
}

func fullName(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

func writeStart(out *bytes.Buffer, t xml.StartElement, root bool) {
	out.WriteString("<" + t.Name.Local)
	if root {
		out.WriteString(` xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"`)
	}
	for _, a := range t.Attr {
		name := fullName(a.Name)
		switch {
		case a.Name.Space == "xmlns" || name == "xmlns", strings.HasPrefix(strings.ToLower(a.Name.Local), "on"):
			continue
		case a.Name.Space != "" && name != "xlink:href" && name != "xml:space":
			continue
		case a.Name.Local == "href" && !inside(a.Value), leadsOut(a.Value) && a.Name.Local != "href":
			continue
		}
		out.WriteString(" " + name + `="`)
		_ = xml.EscapeText(out, []byte(a.Value))
		out.WriteByte('"')
	}
	out.WriteByte('>')
}

// inside reports whether a reference stays in the file, or is a picture in it.
func inside(ref string) bool {
	ref = strings.ToLower(strings.TrimSpace(ref))
	if strings.HasPrefix(ref, "#") {
		return true
	}
	for _, kind := range []string{"png", "jpeg", "jpg", "gif", "webp"} {
		if strings.HasPrefix(ref, "data:image/"+kind+";base64,") {
			return true
		}
	}
	return false
}

// leadsOut reports whether a style or a value could make a reader fetch or run
// something: any url() that is not of this file, any import, any backslash,
// which hides letters from this very look.
func leadsOut(value string) bool {
	value = strings.ToLower(value)
	if strings.Contains(value, "@import") || strings.Contains(value, "javascript:") || strings.Contains(value, "expression(") ||
		strings.Contains(value, `\`) || strings.Contains(value, "image-set") || strings.Contains(value, "src(") {
		return true
	}
	for rest := value; ; {
		_, after, ok := strings.Cut(rest, "url(")
		if !ok {
			return false
		}
		if rest = strings.TrimLeft(after, " \t\r\n\"'"); !strings.HasPrefix(rest, "#") {
			return true
		}
	}
}
