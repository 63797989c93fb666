package main

import (
	"math"
	"path"
	"strings"
)

const boardMargin = 60.0

// drawBoard draws the canvas with its nodes where they lie.
func drawBoard(b board, t theme) string {
	p := &picture{}
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	at := map[string]int{}
	for i, n := range b.Nodes {
		at[n.ID] = i
		left, top = math.Min(left, float64(n.X)), math.Min(top, float64(n.Y))
		right, bottom = math.Max(right, float64(n.X+n.Width)), math.Max(bottom, float64(n.Y+n.Height))
	}
	dx, dy := boardMargin-left, boardMargin-top
	var labels []func() // above the lines
	for _, e := range b.Edges {
		from, okFrom := at[e.FromNode]
		to, okTo := at[e.ToNode]
		if !okFrom || !okTo {
			continue
		}
		x1, y1, out1 := b.side(from, e.FromSide)
		x2, y2, out2 := b.side(to, e.ToSide)
		x1, y1, x2, y2 = x1+dx, y1+dy, x2+dx, y2+dy
		color := t.canvas[e.Color]
		pull := math.Max(60, math.Hypot(x2-x1, y2-y1)/2.4)
		c1x, c1y, c2x, c2y := x1+out1[0]*pull, y1+out1[1]*pull, x2+out2[0]*pull, y2+out2[1]*pull
		p.add(`<path d="M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f" fill="none" stroke="%s" stroke-width="3"/>`, x1, y1, c1x, c1y, c2x, c2y, x2+out2[0]*9, y2+out2[1]*9, color)
		p.arrow(x2, y2, out2, color)
		mx, my := (x1+3*c1x+3*c2x+x2)/8, (y1+3*c1y+3*c2y+y2)/8
		labels = append(labels, func() {
			w := widthOf(e.Label, 19) + 20
			p.rect(mx-w/2, my-16, w, 32, 8, t.page, "none")
			p.text(mx, my+6, 19, color, `text-anchor="middle" font-weight="600"`, e.Label)
		})
	}
	for _, label := range labels {
		label()
	}
	for _, n := range b.Nodes {
		x, y, w, h := float64(n.X)+dx, float64(n.Y)+dy, float64(n.Width), float64(n.Height)
		name := strings.TrimSuffix(path.Base(n.File), ".md")
		if n.File == "" {
			p.rect(x, y, w, h, 10, t.page, t.border)
			p.text(x+w/2, y+h/2+8, 23, t.faint, `text-anchor="middle"`, cut(n.Text, 23, w-24))
			continue
		}
		p.rect(x, y, w, h, 10, t.card, t.accent)
		p.text(x+18, y+36, 23, t.text, `font-weight="700"`, cut(name, 23, w-36))
		for i, line := range wrap(b.gists[n.File], 18, w-36, 2) {
			p.text(x+18, y+62+float64(i)*23, 18, t.faint, "", line)
		}
	}
	return p.whole(right-left+2*boardMargin, bottom-top+2*boardMargin, "The canvas Models.canvas", t)
}

// side returns the middle of a node's side, and which way leads out of it.
func (b board) side(i int, side string) (x, y float64, out [2]float64) {
	n := b.Nodes[i]
	x, y = float64(n.X)+float64(n.Width)/2, float64(n.Y)+float64(n.Height)/2
	switch side {
	case "left":
		return float64(n.X), y, [2]float64{-1, 0}
	case "top":
		return x, float64(n.Y), [2]float64{0, -1}
	case "bottom":
		return x, float64(n.Y + n.Height), [2]float64{0, 1}
	}
	return float64(n.X + n.Width), y, [2]float64{1, 0}
}

// arrow draws the head of a line that comes in against out.
func (p *picture) arrow(x, y float64, out [2]float64, color string) {
	bx, by := x+out[0]*15, y+out[1]*15
	p.add(`<path d="M%.1f %.1fL%.1f %.1fL%.1f %.1fZ" fill="%s"/>`, x, y, bx+out[1]*8, by+out[0]*8, bx-out[1]*8, by-out[0]*8, color)
}
