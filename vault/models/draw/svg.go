package main

import (
	"fmt"
	"html"
	"strings"
)

// A theme is the colours of a page.
type theme struct {
	name                                                string
	page, card, border, line, text, faint, accent, pill string
	canvas                                              map[string]string // the colours of a canvas, by number; "" for none
}

var light = theme{
	name: "light", page: "#ffffff", card: "#fafafa", border: "#d8d8de", line: "#e6e6ec", text: "#222226", faint: "#6a6a75", accent: "#6d4ad6", pill: "#ece8fa",
	canvas: map[string]string{"": "#8a8a95", "1": "#d3222f", "2": "#c96a00", "3": "#a08500", "4": "#0a8f3f", "5": "#00878a", "6": "#6d4ad6"},
}

var dark = theme{
	name: "dark", page: "#1e1e22", card: "#28282d", border: "#45454d", line: "#36363d", text: "#e3e3e8", faint: "#a0a0ab", accent: "#b09bff", pill: "#3a3452",
	canvas: map[string]string{"": "#8d8d98", "1": "#ff6b70", "2": "#f0a050", "3": "#e0de71", "4": "#4fd67a", "5": "#58dcda", "6": "#b09bff"},
}

const fonts = `font-family="Inter, 'Segoe UI', system-ui, -apple-system, Helvetica, Arial, 'Noto Sans CJK SC', sans-serif"`

// A picture is an SVG in the making.
type picture struct{ b strings.Builder }

func (p *picture) add(format string, args ...any) { fmt.Fprintf(&p.b, format+"\n", args...) }

func (p *picture) rect(x, y, w, h, r float64, fill, stroke string) {
	p.add(`<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="%.1f" fill="%s" stroke="%s"/>`, x, y, w, h, r, fill, stroke)
}

func (p *picture) text(x, y, size float64, fill, more, s string) {
	p.add(`<text x="%.1f" y="%.1f" font-size="%.1f" fill="%s" %s>%s</text>`, x, y, size, fill, more, html.EscapeString(s))
}

// whole returns the picture with a frame and a background, so that it can be
// read on any page.
func (p *picture) whole(w, h float64, title string, t theme) string {
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" role="img" %s>
<title>%s</title>
<rect x="0.5" y="0.5" width="%.1f" height="%.1f" rx="12" fill="%s" stroke="%s"/>
%s</svg>
`, w, h, w, h, fonts, html.EscapeString(title), w-1, h-1, t.page, t.border, p.b.String())
}

// margin is what fonts are wider than the narrowest of those that are asked for.
const margin = 1.09

// widthOf is about the width of a text in a sans-serif font.
func widthOf(s string, size float64) float64 {
	sum := 0.0
	for _, r := range s {
		switch {
		case r >= 0x2E80:
			sum += 1
		case strings.ContainsRune("iljtfrI.,:;'|!()[]- ·", r):
			sum += 0.31
		case strings.ContainsRune("mwMW—…", r):
			sum += 0.86
		case r >= 'A' && r <= 'Z':
			sum += 0.67
		default:
			sum += 0.56
		}
	}
	return sum * size * margin
}

// cut shortens a text to a width.
func cut(s string, size, width float64) string {
	if widthOf(s, size) <= width {
		return s
	}
	r := []rune(s)
	for len(r) > 0 && widthOf(string(r)+"…", size) > width {
		r = r[:len(r)-1]
	}
	return strings.TrimRight(string(r), " ,;·") + "…"
}

// wrap breaks a text into at most n lines of a width.
func wrap(s string, size, width float64, n int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(s) {
		if next := strings.TrimSpace(line + " " + word); line == "" || widthOf(next, size) <= width {
			line = next
			continue
		}
		lines, line = append(lines, line), word
	}
	lines = append(lines, line)
	if len(lines) > n {
		lines[n-1] = strings.Join(lines[n-1:], " ")
		lines = lines[:n]
	}
	for i := range lines {
		lines[i] = cut(lines[i], size, width)
	}
	return lines
}
