package metadata

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/clipmend/clipmend/internal/lazyregexp"
)

// dates finds when the page was published and changed. A date is taken only
// where something says that it is the page's.
func (h *Hints) dates(f *Fields, pageURL string) {
	pub := func(v, source string) { f.Set("published", &f.Published, ISODate(v), source) }
	pub(h.LD.Published, "json-ld")
	for _, k := range []string{
		"article:published_time", "og:published_time", "og:article:published_time", "article:published", "datepublished", "citation_publication_date", "citation_online_date",
		"citation_date", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.issued", "dcterms.date", "dc.date",
		"pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "published_date", "published-date", "publication-date", "article_date_original", "date", "article.published", "cxenseparse:recs:publishtime", "og:pubdate",
	} {
		pub(h.Meta[k], "meta "+k)
	}
	for _, k := range []string{"datepublished", "datecreated"} {
		if v := h.props[k]; len(v) > 0 {
			pub(v[0], "itemprop "+k)
		}
	}
	h.shownDates(f)
	f.Published = localDay(f.Published, dateInURL(pageURL))
	pub(dateInURL(pageURL), "url")
	// A page that shows no other date is dated by its last change.
	pub(h.changed, "date shown, of an update")
	mod := func(v, source string) { f.Set("modified", &f.Modified, ISODate(v), source) }
	mod(h.LD.Modified, "json-ld")
	mod(h.Meta["article:modified_time"], "meta article:modified_time")
	mod(h.Meta["og:updated_time"], "meta og:updated_time")
	mod(h.changed, "date shown")
}

// shownDates reads <time> and elements whose class speaks of a date.
func (h *Hints) shownDates(f *Fields) {
	if slices.ContainsFunc(h.LD.Subject, func(t string) bool { return strings.HasSuffix(t, "Event") }) {
		return // what such a page shows is when it takes place
	}
	pub := func(v, source string) { f.Set("published", &f.Published, ISODate(v), source) }
	for _, t := range h.times {
		if strings.Contains(t.words, "publish") || strings.Contains(t.words, "entry-date") || strings.Contains(t.words, "post-date") || strings.Contains(t.words, "posted") {
			if !strings.Contains(t.words, "updated") || strings.Contains(t.words, "published") {
				pub(t.datetime, "time")
				pub(dateText(t.text), "date shown")
			}
		}
	}
	for _, near := range []bool{true, false} {
		for _, t := range h.times {
			if !notPublished(t) && (h.near(t.at) || !near) {
				pub(t.datetime, "time")
				pub(dateText(t.text), "date shown")
			}
		}
		pub(h.dateByTitle(), "date shown")
	}
}

// updateStems begin words that speak of the last change.
var updateStems = []string{
	"updated", "update:", "modified", "last edited", "reviewed", "revised", "aktualisiert", "geändert", "mis à jour", "mise à jour", "modifié",
	"actualizad", "aggiornat", "atualizad", "bijgewerkt", "更新", "修改", "編集日", "수정",
}

// speaksOfUpdate reports whether a short text speaks of the last change.
func speaksOfUpdate(t string) bool { return len(t) <= 60 && hasStem(t, updateStems) }

// hasStem reports whether one of the stems is in a text, in whatever case. It
// is asked of every short text of a page.
func hasStem(t string, stems []string) bool {
	for i := range len(t) {
		for _, s := range stems {
			if t[i]|0x20 == s[0]|0x20 && len(t)-i >= len(s) && strings.EqualFold(t[i:i+len(s)], s) {
				return true
			}
		}
	}
	return false
}

// How many texts may stand between the title, or the byline, and the date.
const (
	datesAfterTitle  = 16
	datesBeforeTitle = 8
	besideByline     = 4
)

// dateByTitle is the date that stands alone beside the byline, or nearest to
// the title, after it if there is one.
func (h *Hints) dateByTitle() string {
	if s, ok := h.byTitle(); ok {
		for _, d := range h.shown {
			if gap := d.at - s.at; gap > -besideByline && gap <= besideByline {
				return d.iso
			}
		}
	}
	if h.titleAt < 0 {
		return ""
	}
	before := ""
	for _, d := range h.shown {
		switch gap := d.at - h.titleAt; {
		case gap > datesAfterTitle:
			return before
		case gap > 0:
			return d.iso
		case gap > -datesBeforeTitle:
			before = d.iso
		}
	}
	return before
}

// loneDate is the date in a text that has nothing else but words that lead to
// it and a time, else "".
func loneDate(s string) string {
	s = strings.TrimLeft(dateText(s), "|•·-–—,:： ")
	if len(s) > 40 || afterDate.MatchString(s) {
		return ""
	}
	return s
}

// afterDate finds words of which a lone date has none.
var afterDate = lazyregexp.New(`\d{4}\D*\pL{4,}|\d[-–—]\s*\pL+\s+\d+|\d\s*[-–—]\s*\d{1,2},`)

func notPublished(t timeHint) bool {
	if t.other {
		return true
	}
	for _, w := range []string{"update", "modif", "changed", "comment", "related", "event", "countdown", "copyright", "expire", "delivery", "reading", "read-time", "duration"} {
		if strings.Contains(t.words, w) {
			return true
		}
	}
	lower := strings.ToLower(t.text)
	return strings.Contains(lower, "updated") || strings.Contains(lower, "modified")
}

var dateWords = lazyregexp.New(`(?i)^\W*(?:(?:first\s+)?published|posted|date|on|created|publication date|veröffentlicht|publié|publicado|pubblicato|发布(?:时间|于)?|发表(?:时间|于)?|时间|日期|投稿日|公開日)?\s*(?:on|am|le|el|il)?\s*[:：]?\s*`)

// dateText strips what stands before a shown date.
func dateText(s string) string { return dateWords.ReplaceAllString(s, "") }

var (
	isoForm     = lazyregexp.New(`^(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?)?`)
	compactForm = lazyregexp.New(`^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{4})?)?$`)
	slashYMD    = lazyregexp.New(`^(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?`)
	hanForm     = lazyregexp.New(`^(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일])?(?:\s*(\d{1,2}):(\d{2})(?::(\d{2}))?)?`)
	dotDMY      = lazyregexp.New(`^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})`)
	slashDMY    = lazyregexp.New(`^(\d{1,2})[/-](\d{1,2})[/-](\d{4})`)
	monthFirst  = lazyregexp.New(`^(?:\pL+,?\s+)?(\pL{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})`)
	dayFirst    = lazyregexp.New(`^(?:\pL+,?\s+)?(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s-]+(?:de\s+|of\s+)?(\pL{3,10})\.?,?[\s-]+(?:de\s+|del\s+)?(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(Z|GMT|UTC|[+-]\d{4})?)?`)
	yearFirst   = lazyregexp.New(`^(\d{4})\s+(\pL{3,10})\.?\s+(\d{1,2})\b`)
	monthYear   = lazyregexp.New(`^(\pL{3,10})\.?,?\s+(\d{4})$`)
	epoch       = lazyregexp.New(`^1\d{9}(\d{3})?$`)
	urlDate     = lazyregexp.New(`/((?:19|20)\d{2})[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/_.-]|$)`)
)

// ISODate reads a date in any of the forms that pages use and returns it in
// ISO 8601, as precise as it was stated, or "" when it is none or could be
// two different days.
func ISODate(s string) string {
	s = strings.TrimSpace(s)
	if m := isoForm.FindStringSubmatch(s); m != nil {
		return iso(m[1], m[2], m[3], m[4], m[5], m[6], m[7])
	}
	if m := compactForm.FindStringSubmatch(s); m != nil {
		return iso(m[1], m[2], m[3], m[4], m[5], m[6], m[7])
	}
	for _, form := range []*lazyregexp.Regexp{slashYMD, hanForm} {
		if m := form.FindStringSubmatch(s); m != nil {
			return iso(m[1], m[2], m[3], m[4], m[5], m[6], "")
		}
	}
	if m := dotDMY.FindStringSubmatch(s); m != nil {
		return iso(m[3], m[2], m[1], "", "", "", "")
	}
	if m := slashDMY.FindStringSubmatch(s); m != nil {
		return unambiguous(m[1], m[2], m[3])
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil && month(m[2]) != "" {
		return iso(m[3], month(m[2]), m[1], m[4], m[5], m[6], m[7])
	}
	if m := monthFirst.FindStringSubmatch(s); m != nil && month(m[1]) != "" {
		return iso(m[3], month(m[1]), m[2], "", "", "", "")
	}
	if m := yearFirst.FindStringSubmatch(s); m != nil && month(m[2]) != "" {
		return iso(m[1], month(m[2]), m[3], "", "", "", "")
	}
	if m := monthYear.FindStringSubmatch(s); m != nil && month(m[1]) != "" {
		return iso(m[2], month(m[1]), "", "", "", "", "")
	}
	if epoch.MatchString(s) {
		n, _ := strconv.ParseInt(s[:10], 10, 64)
		return time.Unix(n, 0).UTC().Format(time.RFC3339)
	}
	return ""
}

// unambiguous reads day/month/year and month/day/year where only one of them
// is a date.
func unambiguous(a, b, year string) string {
	x, _ := strconv.Atoi(a)
	y, _ := strconv.Atoi(b)
	switch {
	case x > 12, x == y:
		return iso(year, b, a, "", "", "", "")
	case y > 12:
		return iso(year, a, b, "", "", "", "")
	}
	return ""
}

// iso puts a date together and checks that there is such a day.
func iso(year, mon, day, hour, minute, sec, zone string) string {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(mon)
	d, _ := strconv.Atoi(day)
	if y < 1900 || y > 2100 || m < 1 || m > 12 {
		return ""
	}
	if day == "" {
		return fmt.Sprintf("%04d-%02d", y, m)
	}
	if t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC); t.Day() != d || d < 1 {
		return ""
	}
	date := fmt.Sprintf("%04d-%02d-%02d", y, m, d)
	if hh, err := strconv.Atoi(hour); err != nil || hh > 23 {
		return date
	}
	if sec == "" {
		sec = "00"
	}
	switch {
	case zone == "GMT" || zone == "UTC":
		zone = "Z"
	case len(zone) == 5:
		zone = zone[:3] + ":" + zone[3:]
	}
	return fmt.Sprintf("%sT%02s:%s:%s%s", date, hour, minute, sec, zone)
}

// localDay is the day that an address names where a time in UTC is that day
// on the site's own clock.
func localDay(published, day string) string {
	t, err := time.Parse(time.RFC3339, published)
	if err != nil || day == "" || !strings.HasSuffix(published, "Z") && !strings.HasSuffix(published, "+00:00") {
		return published
	}
	if noon, err := time.Parse(time.DateOnly, day); err == nil && t.Format(time.DateOnly) != day && t.Sub(noon.Add(12*time.Hour)).Abs() < 26*time.Hour {
		return day
	}
	return published
}

var publishStems = []string{"published", "posted"}

// statedAt finds the date in a text that says when the page was published or
// changed among other things.
var statedAt = lazyregexp.New(`(?i)\b(?:published|posted|updated|modified|reviewed)(?:\s+on)?\s*:?\s+([^|•·]{8,32}?)\s*(?:[|•·]|$)`)

// dateInURL is the day that a path like /2025/03/05/ names.
func dateInURL(pageURL string) string {
	m := urlDate.FindStringSubmatch(pageURL)
	if m == nil {
		return ""
	}
	return m[1] + "-" + m[2] + "-" + m[3]
}
