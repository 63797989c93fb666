package mojibake

import (
	"slices"

	"github.com/clipmend/clipmend/normalize/repair"
)

// Names of the rules.
const (
	ruleMisread   = "misread"
	ruleLost      = "lost-bytes"
	ruleC1        = "c1-controls"
	ruleSurrogate = "surrogates"
	ruleWatermark = "watermark"
	ruleTerminal  = "terminal-escapes"
	ruleControl   = "controls"
	ruleEntity    = "html-entities"
	ruleUnicode   = "unicode-escapes"
	rulePercent   = "percent-escapes"
	ruleQuoted    = "quoted-printable"
	ruleEnding    = "line-endings"
	ruleNFC       = "nfc"
	ruleQuote     = "quotes"
	ruleWidth     = "width"
	ruleLigature  = "ligatures"
)

// A Rule is one kind of repair.
type Rule struct {
	ID          string // as in Repair.Rule, Options.Only and Options.Skip
	Explanation string // one line
	Default     bool   // whether it runs unless asked not to
	run         func(*fixer, []byte) (Step, []repair.Edit)
	idle        func(survey) bool // whether the survey shows that it has nothing to do; nil is never
}

// Rules returns the rules in the order in which they are tried.
func Rules() []Rule {
	return []Rule{
		{ruleEntity, "read HTML entities", false, unescaping(ruleEntity, entityRun, unescapeEntities), nil},
		{ruleUnicode, `read \uXXXX escapes of characters outside ASCII`, false, unescaping(ruleUnicode, unicodeRun, unescapeUnicode), nil},
		{rulePercent, "read percent escapes of UTF-8 outside of links", false, unescaping(rulePercent, percentRun, unescapeBytes), nil},
		{ruleQuoted, "read quoted-printable escapes of UTF-8", false, unescaping(ruleQuoted, quotedRun, unescapeBytes), nil},
		{ruleSurrogate, "join pairs of surrogates (CESU-8), replace single ones by U+FFFD", true, (*fixer).surrogates, func(s survey) bool { return !s.surrogate }},
		{ruleMisread, "undo text that was read in a wrong encoding", true, (*fixer).misreading, func(s survey) bool { return !s.wild }},
		{ruleLost, "restore bytes that were lost when text was misread (with misread)", true, nil, nil},
		{ruleC1, "read C1 control characters as the letters and signs that they were", true, (*fixer).c1, func(s survey) bool { return !s.c1 }},
		{ruleWatermark, "remove invisible characters that no script and no emoji needs", true, (*fixer).watermark, func(s survey) bool { return !s.invisible }},
		{ruleTerminal, "remove the escape sequences of terminals", true, (*fixer).terminal, func(s survey) bool { return !s.escape }},
		{ruleControl, "remove control characters", true, (*fixer).controls, func(s survey) bool { return !s.control }},
		{ruleEnding, "give mixed line endings the form of the first", false, (*fixer).lineEndings, nil},
		{ruleLigature, "spell out Latin ligatures", false, replacing(ruleLigature, spelledLigature), nil},
		{ruleWidth, "give fullwidth and halfwidth characters their usual width", false, replacing(ruleWidth, usualWidth), nil},
		{ruleQuote, "make curly quotes straight", false, replacing(ruleQuote, straightQuote), nil},
		{ruleNFC, "compose characters (NFC)", false, (*fixer).nfc, nil},
	}
}

func (o Options) runs(r Rule) bool {
	switch {
	case slices.Contains(o.Skip, r.ID):
		return false
	case len(o.Only) > 0:
		return slices.Contains(o.Only, r.ID)
	}
	return r.Default || slices.Contains(o.Also, r.ID)
}

// runsID reports whether the rule of that name runs.
func (o Options) runsID(id string) bool {
	i := slices.IndexFunc(Rules(), func(r Rule) bool { return r.ID == id })
	return i >= 0 && o.runs(Rules()[i])
}
