package source

import (
	"bytes"
	"html"
	"net/url"
	"strings"
	"time"

	"github.com/clipmend/clipmend/internal/lazyregexp"
)

// What programs that save a page note in it of where and when.
var (
	singleFile   = lazyregexp.New(`<!--\s+Page saved with SingleFile\s+url: (\S+)\s+saved date: ([^\r\n]*?)\s*(?:\r?\n|-->)`)
	savedFromURL = lazyregexp.New(`(?i)<!--\s*saved from url=\(\d+\)(\S+?)\s*-->`)
	monolith     = lazyregexp.New(`<!-- Saved from (\S+) at (\S+) using monolith`)
	savePageURL  = lazyregexp.New(`(?i)<meta name=["']?savepage-url["']? content="([^"]*)"`)
	savePageDate = lazyregexp.New(`(?i)<meta name=["']?savepage-date["']? content="([^"]*)"`)
)

// savedBy returns the address that a saved page says it came from, and the time
// it was saved at, as far as the head of the page says so: SingleFile, browsers,
// monolith and Save Page WE.
func savedBy(head []byte) (address string, saved time.Time) {
	if m := singleFile.FindSubmatch(head); m != nil {
		return webAddress(m[1]), jsDate(string(m[2]))
	}
	if m := monolith.FindSubmatch(head); m != nil {
		saved, _ = time.Parse(time.RFC3339, string(m[2]))
		return webAddress(m[1]), saved
	}
	if m := savePageURL.FindSubmatch(head); m != nil {
		if d := savePageDate.FindSubmatch(head); d != nil {
			saved = jsDate(string(d[1]))
		}
		return webAddress(m[1]), saved
	}
	if m := savedFromURL.FindSubmatch(head[:min(len(head), 2<<10)]); m != nil {
		return webAddress(m[1]), time.Time{}
	}
	return "", time.Time{}
}

// webAddress takes only addresses of the web: the page is not to be trusted.
func webAddress(raw []byte) string {
	u, err := url.Parse(html.UnescapeString(string(bytes.TrimSpace(raw))))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// jsDate reads a date as JavaScript prints it: "Tue Nov 24 2026 10:00:00
// GMT+0100 (Central European Standard Time)".
func jsDate(s string) time.Time {
	s, _, _ = strings.Cut(s, " (")
	for _, layout := range []string{"Mon Jan 2 2006 15:04:05 GMT-0700", time.RFC3339, time.RFC1123} {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
