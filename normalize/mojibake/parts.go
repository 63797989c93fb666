package mojibake

import "strings"

// A part is what a window was, if it was misread by itself.
type part struct {
	right string
	gain  float32 // nats
	ok    bool
}

// A partKey is what parts depend on: many encodings read the same bytes as a
// window.
type partKey struct{ from, bytes string }

// explainParts is explain for a transcoding of some windows of the sample.
func (t transcoding) explainParts(m scorer, sample []oddWindow) (e explanation) {
	var all strings.Builder
	for _, w := range sample {
		if p := t.part(m, w); p.ok {
			e.gain += p.gain
			e.odd += w.odd
			e.used = append(e.used, w)
			all.WriteString(p.right)
		}
	}
	e.right = all.String()
	return e
}

// part returns what w was by t, if t explains it much better than that it is meant
// as it stands.
func (t transcoding) part(m scorer, w oddWindow) part {
	b, ok := w.unread(t.read)
	if !ok {
		return part{}
	}
	if p, ok := w.last.parts[partKey{t.from.name, string(b)}]; ok {
		return p
	}
	var p part
	if runes, ok := t.from.decode(nil, b); ok {
		right := string(runes)
		g, ok := caselessAbove(m, right, w.best+perPart*float32(w.odd))
		p = part{right: right, gain: g - w.best, ok: ok && g-w.best >= perPart*float32(w.odd)}
	}
	if w.last.parts == nil {
		w.last.parts = make(map[partKey]part)
	}
	w.last.parts[partKey{t.from.name, string(b)}] = p
	return p
}
