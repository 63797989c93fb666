package main

import (
	"strings"

	"github.com/clipmend/clipmend/normalize/frontmatter"
)

const (
	pageWidth  = 1100.0
	pageMargin = 44.0
	textSize   = 17.0
)

// columns of the table: where each begins, and how wide its text may be.
var columns = []struct {
	head     string
	x, width float64
}{{"attribute", 14, 156}, {"value", 184, 190}, {"words", 388, 420}, {"source", 826, 176}}

// drawPage draws a model's note as Obsidian's reading view shows it.
func drawPage(g page, t theme) string {
	p := &picture{}
	y := 70.0
	p.text(pageMargin, y, 34, t.text, `font-weight="700"`, g.title)
	y += 46
	p.text(pageMargin, y, textSize, t.faint, `font-weight="600"`, "Properties")
	y += 14
	for _, prop := range g.properties {
		y += 30
		p.text(pageMargin+14, y, textSize, t.faint, "", prop.Key)
		drawValue(p, pageMargin+210, y, prop.Value, t)
	}
	y += 46
	if g.gist != "" {
		p.text(pageMargin, y, textSize+1, t.text, "", cut(g.gist, textSize+1, pageWidth-2*pageMargin))
		y += 28
	}
	y = drawTable(p, g, y, t)
	return p.whole(pageWidth, y+pageMargin, "The note Models/"+g.title+".md", t)
}

func drawValue(p *picture, x, y float64, v frontmatter.Value, t theme) {
	if v.Kind != frontmatter.List {
		p.text(x, y, textSize, t.text, "", v.Text)
		return
	}
	for _, item := range v.Items {
		w := widthOf(item, textSize-1) + 24
		if x+w > pageWidth-pageMargin {
			return
		}
		p.rect(x, y-19, w, 26, 13, t.pill, "none")
		p.text(x+12, y, textSize-1, t.accent, "", item)
		x += w + 8
	}
}

func drawTable(p *picture, g page, y float64, t theme) float64 {
	const pad = 12.0
	top, width := y, pageWidth-2*pageMargin
	p.rect(pageMargin, y, width, 40, 0, t.card, "none")
	for _, c := range columns {
		p.text(pageMargin+c.x, y+26, textSize, t.text, `font-weight="700"`, c.head)
	}
	y += 40
	for _, r := range g.rows {
		cells := []string{r.Attribute, plain(r.Value), r.Words, plain(r.Source)}
		words := wrap(cells[2], textSize-1, columns[2].width, 2)
		h := float64(len(words))*22 + pad + 6
		p.add(`<path d="M%.1f %.1fH%.1f" stroke="%s"/>`, pageMargin, y, pageMargin+width, t.line)
		for i, c := range columns {
			switch i {
			case 2:
				for k, line := range words {
					p.text(pageMargin+c.x, y+pad+12+float64(k)*22, textSize-1, t.faint, "", line)
				}
			case 3:
				p.text(pageMargin+c.x, y+pad+12, textSize-1, t.accent, `text-decoration="underline"`, cut(cells[i], textSize-1, c.width))
			default:
				p.text(pageMargin+c.x, y+pad+12, textSize, t.text, "", cut(cells[i], textSize, c.width))
			}
		}
		y += h
	}
	p.add(`<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="none" stroke="%s"/>`, pageMargin, top, width, y-top, t.border)
	return y
}

// plain shows links by their text.
func plain(s string) string {
	for {
		before, link, ok := strings.Cut(s, "[[")
		if !ok {
			return s
		}
		link, after, _ := strings.Cut(link, "]]")
		if _, text, ok := strings.Cut(link, "|"); ok {
			link = text
		}
		s = before + link + after
	}
}
