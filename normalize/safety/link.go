package safety

import (
	"bytes"
	"html"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/clipmend/clipmend/internal/lazyregexp"
	"github.com/clipmend/clipmend/normalize/markdown"
)

var (
	scheme       = lazyregexp.New(`^([a-z][a-z0-9+.-]*):`)
	dataPicture  = lazyregexp.New(`^data:image/(png|jpe?g|gif|webp|avif|bmp);base64,[a-z0-9+/=]*$`)
	percent      = lazyregexp.New(`%[0-9A-Fa-f]{2}`)
	escapedASCII = lazyregexp.New("\\\\([!-/:-@\\[-`{-~])")
)

// safeTarget says whether a link may keep its target: a web or mail address, a
// note, or a place in one. A picture may hold its own bytes. The target is
// judged as written and as any reader may decode it.
func safeTarget(target string, picture bool) bool {
	target = strings.Trim(target, "<>")
	for _, t := range []string{target, escapedASCII.ReplaceAllString(target, "$1")} {
		t = html.UnescapeString(t)
		if !safeAddress(t, picture) || !safeAddress(percentDecode(t), picture) {
			return false
		}
	}
	return true
}

// percentDecode decodes what is right, also where the rest is not.
func percentDecode(s string) string {
	return percent.ReplaceAllStringFunc(s, func(esc string) string {
		b, err := strconv.ParseUint(esc[1:], 16, 8)
		if err != nil {
			return esc
		}
		return string([]byte{byte(b)})
	})
}

// safeAddress is safeTarget for an address without escapes.
func safeAddress(t string, picture bool) bool {
	t = strings.ToLower(strings.Map(func(r rune) rune { // as browsers do
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, t))
	t = strings.TrimLeft(t, "\u00a0\u200b\u200c\u200d\u2060\ufeff")
	if strings.HasPrefix(t, `\`) || strings.HasPrefix(t, "//") || strings.HasPrefix(t, `/\`) {
		return false
	}
	m := scheme.FindStringSubmatch(t)
	return m == nil || m[1] == "http" || m[1] == "https" || m[1] == "mailto" || picture && dataPicture.MatchString(t)
}

func (d *defuser) inline(in markdown.Inline) {
	target := string(d.body[in.Target.Start:in.Target.End])
	switch in.Kind {
	case markdown.CodeSpan:
		d.codeSpan(in)
	case markdown.InlineMath:
		d.math(in.Span)
	case markdown.Link:
		d.link(in, in.Span.Start, in.Span.Start+1)
	case markdown.Image:
		d.link(in, in.Span.Start, in.Span.Start+2)
	case markdown.WikiLink:
		d.wiki(in, target)
	case markdown.Embed:
		named := strings.Contains(target, ": ") // a note, if it is anything
		if (named || safeTarget(target, false)) && !slices.Contains(strings.Fields(media), strings.ToLower(path.Ext(target))) {
			d.edit(RuleEmbed, in.Span.Start, in.Span.Start+1, "")
		}
		d.wiki(in, target)
	case markdown.Autolink:
		if inner := target[1 : len(target)-1]; !safeTarget(inner, false) {
			d.edit(RuleLink, in.Span.Start, in.Span.End, codeSpan(inner))
		}
	case markdown.URL:
		if !safeTarget(target, false) {
			d.edit(RuleLink, in.Span.Start, in.Span.End, codeSpan(target))
		}
	}
}

// media are the files that an embed can only show.
const media = ".png .jpg .jpeg .gif .webp .avif .bmp .svg .mp3 .wav .m4a .ogg .flac .3gp .mp4 .webm .ogv .mov .mkv .pdf"

// codeSpan writes an address as code, which no reader makes a link.
func codeSpan(address string) string {
	return "`" + strings.ReplaceAll(address, "`", "") + "`"
}

// link shows a link or an image as its text, which begins at text, if its
// target is not safe.
func (d *defuser) link(in markdown.Inline, start, text int) {
	picture := in.Kind == markdown.Image
	if safeTarget(string(d.body[in.Target.Start:in.Target.End]), picture) {
		return
	}
	closing := bytes.LastIndex(d.body[:in.Target.Start], []byte("]("))
	if d.escape || closing < text {
		d.edit(RuleLink, in.Target.Start, in.Target.End, "#")
		return
	}
	d.edit(RuleLink, start, text, "")
	d.edit(RuleLink, closing, in.Span.End, "")
}

// wiki shows a wiki link to no note as its text. A tag in one is a tag for
// readers who know no wiki links.
func (d *defuser) wiki(in markdown.Inline, target string) {
	for at := in.Span.Start; at+1 < in.Span.End; at++ {
		if next := d.body[at+1]; d.body[at] == '<' && next != ' ' && next != '%' {
			d.edit(RuleHTML, at, at+1, "&lt;")
		}
	}
	if safeTarget(target, false) || strings.Contains(target, ": ") {
		return
	}
	text := string(d.body[in.Target.Start : in.Span.End-len("]]")])
	if i := strings.LastIndexByte(text, '|'); i >= 0 {
		text = text[i+1:]
	}
	d.edit(RuleLink, in.Span.Start, in.Span.End, codeSpan(text))
}
