package frontmatter

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/clipmend/clipmend/internal/lazyregexp"
)

// dateKeys are the properties whose values are taken for dates.
const dateKeys = " created date date-created date-modified date_created date_modified datepublished due end last_modified modified " +
	"publish_date published published_at publisheddate start updated updated_at "

var (
	yearFirst  = lazyregexp.New(`^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?` + clock)
	dayFirst   = lazyregexp.New(`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})` + clock)
	monthNamed = lazyregexp.New(`(?i)^(?:[a-z]{3,9}, )?(\pL{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})` + clock)
	dayNamed   = lazyregexp.New(`(?i)^(?:[a-z]{3,9}, )?(\d{1,2})(?:st|nd|rd|th)?[ -](\pL{3,9})\.?,?[ -](\d{4})` + clock)
)

const clock = `(?:[ T](\d{1,2}:\d\d)(:\d\d)?)?$`

func isDateKey(key string) bool {
	return strings.Contains(dateKeys, " "+strings.ToLower(strings.ReplaceAll(key, " ", "-"))+" ")
}

// dayMonth returns the date of two numbers and a year, as isoOf does, the way
// that a person says it is meant.
func dayMonth(s string, order DateOrder) string {
	m := dayFirst.FindStringSubmatch(strings.TrimSpace(s))
	switch {
	case m == nil:
		return ""
	case order == DayFirst:
		return isoDay(m[3], m[2], m[1], m[4], m[5])
	case order == MonthFirst:
		return isoDay(m[3], m[1], m[2], m[4], m[5])
	}
	return ""
}

// isoOf returns the date, with its time if it has one, as Obsidian writes it;
// "" if s is none or more than one day can be meant.
func isoOf(s string) string {
	s = strings.TrimSpace(s)
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		return isoDay(m[1], m[2], m[3], m[4], m[5])
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil {
		dayMonth := isoDay(m[3], m[2], m[1], m[4], m[5])
		monthDay := isoDay(m[3], m[1], m[2], m[4], m[5])
		if dayMonth == "" || monthDay == "" || dayMonth == monthDay {
			return max(dayMonth, monthDay)
		}
		return ""
	}
	if m := monthNamed.FindStringSubmatch(s); m != nil {
		return isoDay(m[3], month(m[1]), m[2], m[4], m[5])
	}
	if m := dayNamed.FindStringSubmatch(s); m != nil {
		return isoDay(m[3], month(m[2]), m[1], m[4], m[5])
	}
	return ""
}

// month returns the number of an English month, or of its first three letters
// or more; "" if it is none.
func month(name string) string {
	for m := time.January; m <= time.December; m++ {
		if len(name) >= 3 && len(name) <= len(m.String()) && strings.EqualFold(m.String()[:len(name)], name) || m == time.September && strings.EqualFold(name, "sept") {
			return strconv.Itoa(int(m))
		}
	}
	return ""
}

// isoDay writes a date, or nothing if the calendar has no such day.
func isoDay(year, month, day, hours, seconds string) string {
	if len(month) == 1 {
		month = "0" + month
	}
	if len(day) == 1 {
		day = "0" + day
	}
	iso := fmt.Sprintf("%s-%s-%s", year, month, day)
	layout := time.DateOnly
	if hours != "" {
		if len(hours) == len("1:00") {
			hours = "0" + hours
		}
		if seconds == "" {
			seconds = ":00"
		}
		iso += "T" + hours + seconds
		layout = "2006-01-02T15:04:05"
	}
	if _, err := time.Parse(layout, iso); err != nil {
		return ""
	}
	return iso
}
