package metadata

import "strings"

// monthStems are the beginnings of month names in the languages that pages
// write out; the first that fits wins, so longer stems stand first.
var monthStems = []struct{ stem, month string }{
	{"ja", "01"},
	{"ene", "01"},
	{"gen", "01"},
	{"янв", "01"},
	{"f", "02"},
	{"фев", "02"},
	{"mars", "03"},
	{"mar", "03"},
	{"mär", "03"},
	{"maa", "03"},
	{"мар", "03"},
	{"ap", "04"},
	{"av", "04"},
	{"ab", "04"},
	{"апр", "04"},
	{"may", "05"},
	{"mai", "05"},
	{"mag", "05"},
	{"mei", "05"},
	{"мая", "05"},
	{"май", "05"},
	{"maj", "05"},
	{"jun", "06"},
	{"juin", "06"},
	{"giu", "06"},
	{"июн", "06"},
	{"jul", "07"},
	{"juil", "07"},
	{"lug", "07"},
	{"июл", "07"},
	{"au", "08"},
	{"ao", "08"},
	{"ag", "08"},
	{"авг", "08"},
	{"sep", "09"},
	{"set", "09"},
	{"сен", "09"},
	{"oct", "10"},
	{"okt", "10"},
	{"ott", "10"},
	{"out", "10"},
	{"окт", "10"},
	{"nov", "11"},
	{"ноя", "11"},
	{"dec", "12"},
	{"dez", "12"},
	{"déc", "12"},
	{"dic", "12"},
	{"дек", "12"},
}

func month(name string) string {
	name = strings.ToLower(name)
	for _, m := range monthStems {
		if strings.HasPrefix(name, m.stem) {
			return m.month
		}
	}
	return ""
}
