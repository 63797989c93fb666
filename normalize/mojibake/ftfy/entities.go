package ftfy

import (
	"slices"
	"strings"

	"github.com/clipmend/clipmend/normalize/mojibake"
)

// fixPart mends a part of a text. If entities are read unless the text is HTML,
// those of the lines before the first < are, and no more in c's later parts: ftfy,
// which goes line by line, does so too.
func fixPart(part string, c *Config) mojibake.Result {
	at := strings.IndexByte(part, '<')
	if c.UnescapeHTML != Auto || at < 0 {
		return mojibake.Fix([]byte(part), options(*c))
	}
	c.UnescapeHTML = Never
	before := part[:strings.LastIndexByte(part[:at], '\n')+1]
	read := mojibake.Fix([]byte(before), mojibake.Options{Only: []string{"html-entities"}})
	res := mojibake.Fix(slices.Concat(read.Text, []byte(part[len(before):])), options(*c))
	if len(read.Repairs) > 0 {
		for i := range res.Repairs {
			res.Repairs[i].Pass++
		}
		res.Repairs = append(read.Repairs, res.Repairs...)
		res.Plan.Steps = append(read.Plan.Steps, res.Plan.Steps...)
	}
	return res
}
