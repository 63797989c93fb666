package render

import "strings"

// mayHoldTeX tells whether text could hold TeX between delimiters.
func mayHoldTeX(s string) bool {
	return strings.Contains(s, `\(`) || strings.Contains(s, `\[`) || strings.Count(s, "$") > 1
}

// texText writes text that holds formulas as a page keeps them for a script
// to show: `\(x\)`, `$x$`, `$$x$$`. It reports false if there are none.
func (r *renderer) texText(s string) bool {
	from, found := 0, false
	for i := 0; i < len(s); {
		end, body, display := formulaAt(s, i)
		if end == 0 {
			i++
			continue
		}
		r.text(s[from:i])
		alone := display && strings.TrimSpace(s[:i]) == "" && strings.TrimSpace(s[end:]) == "" && !r.para.visible
		r.formula(body, alone)
		i, from, found = end, end, true
	}
	if found {
		r.text(s[from:])
	}
	return found
}

// maxInlineTeX bounds how far the end of a formula is looked for, so that the
// work stays linear.
const maxInlineTeX = 2000

// formulaAt returns the formula that begins at s[i] and where it ends, 0 if
// none does.
func formulaAt(s string, i int) (end int, body string, display bool) {
	if s[i] != '$' && s[i] != '\\' {
		return 0, "", false
	}
	for _, d := range texDelimiters {
		if !strings.HasPrefix(s[i:], d.open) {
			continue
		}
		from := i + len(d.open)
		window := s[from:min(len(s), from+maxInlineTeX)]
		n := strings.Index(window, d.end)
		if n <= 0 {
			return 0, "", false
		}
		body, end = window[:n], from+n+len(d.end)
		if d.open == "$" && !dollarsHoldTeX(body, s[end:]) || d.open == "$$" && !hasTeXSigns(body) {
			return 0, "", false
		}
		return end, body, d.display
	}
	return 0, "", false
}

// dollarsHoldTeX tells whether what stands between two dollars is a formula
// rather than two prices or names of variables in a shell.
func dollarsHoldTeX(body, after string) bool {
	if body[0] == ' ' || body[len(body)-1] == ' ' || after != "" && isAlnum(after[0]) || strings.Contains(body, "\n\n") {
		return false
	}
	if len(body) == 1 {
		return isLetter(body[0])
	}
	if strings.Contains(body, `\`) {
		return hasTeXSigns(body)
	}
	return longestWord(body) <= 2 && !isDigit(body[0]) && (hasTeXSigns(body) || len(body) <= 20 && strings.ContainsAny(body, "=+<>()-"))
}

func hasTeXSigns(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case '^', '_', '{':
			return true
		case '\\':
			if i+1 < len(s) && (isLetter(s[i+1]) || strings.IndexByte("{}|,;!\\", s[i+1]) >= 0) {
				return true
			}
		}
	}
	return strings.Contains(s, "=")
}

// longestWord returns the length of the longest run of letters in s.
func longestWord(s string) int {
	longest, n := 0, 0
	for i := range len(s) {
		if !isLetter(s[i]) {
			n = 0
			continue
		}
		n++
		longest = max(longest, n)
	}
	return longest
}
