package render

import (
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// media writes a video, a sound or a page within the page as a link to it;
// what Obsidian can show in the note is embedded.
func (r *renderer) media(n *html.Node) {
	src := mediaSource(n)
	target := destination(r.resolve(src))
	if target == "" || strings.HasPrefix(target, "data:") {
		return
	}
	if n.DataAtom == atom.Iframe {
		r.iframe(n, target)
		return
	}
	r.flush()
	r.raw(rawItem, "["+altText(mediaTitle(n, target))+"]("+target+")")
	r.flush()
}

func (r *renderer) iframe(n *html.Node, target string) {
	if e := embedded(target); e != "" {
		r.flush()
		r.raw(imageItem, "![]("+e+")")
		r.flush()
		return
	}
	if !isPlayer(target) {
		return
	}
	r.flush()
	r.raw(rawItem, "["+altText(mediaTitle(n, target))+"]("+target+")")
	r.flush()
}

func mediaSource(n *html.Node) string {
	for _, key := range []string{"src", "data-src", "data-lazy-src", "data-url"} {
		if s := attr(n, key); s != "" && !strings.HasPrefix(s, "about:") && !strings.HasPrefix(s, "blob:") {
			return s
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Source && attr(c, "src") != "" {
			return attr(c, "src")
		}
	}
	return ""
}

// mediaTitle returns words for a link to a medium.
func mediaTitle(n *html.Node, target string) string {
	for _, key := range []string{"title", "aria-label"} {
		if s := attr(n, key); s != "" {
			return s
		}
	}
	u, err := url.Parse(target)
	if err != nil {
		return target
	}
	if name := path.Base(u.Path); n.DataAtom != atom.Iframe && name != "." && name != "/" {
		return name
	}
	return u.Host
}

// embedded returns the address under which Obsidian shows a frame's content.
func embedded(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return ""
	}
	host := strings.TrimPrefix(u.Hostname(), "www.")
	switch host {
	case "youtube.com", "youtube-nocookie.com", "m.youtube.com":
		if id, ok := strings.CutPrefix(u.Path, "/embed/"); ok && id != "" {
			return "https://www.youtube.com/watch?v=" + url.QueryEscape(id)
		}
	case "youtu.be":
		return "https://www.youtube.com/watch?v=" + url.QueryEscape(strings.Trim(u.Path, "/"))
	case "platform.twitter.com":
		if id := u.Query().Get("id"); id != "" {
			return "https://x.com/i/status/" + url.QueryEscape(id)
		}
	case "twitter.com", "x.com":
		if strings.Contains(u.Path, "/status/") {
			return "https://x.com" + u.EscapedPath()
		}
	}
	return ""
}

// isPlayer tells whether a frame shows a video or a sound, or something else
// that an article is about; advertising and forms are not written.
func isPlayer(target string) bool {
	u, err := url.Parse(target)
	if err != nil {
		return false
	}
	host := u.Hostname()
	for _, h := range []string{
		"vimeo.com", "bilibili.com", "dailymotion.com", "soundcloud.com", "spotify.com", "ted.com", "twitch.tv", "loom.com", "wistia",
		"youku.com", "v.qq.com", "iqiyi.com", "codepen.io", "codesandbox.io", "jsfiddle.net", "streamable.com", "archive.org",
		"podcasts.apple.com", "ximalaya.com", "music.163.com", "figma.com", "observablehq.com", "brightcove",
	} {
		if strings.Contains(host, h) {
			return true
		}
	}
	return false
}
