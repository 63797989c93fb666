// Package ftfy offers the functions and options of ftfy, the Python library, on
// the repair engine of package mojibake.
//
//	ftfy (Python)                 here                       in mojibake
//	fix_text                      Text                       Fix
//	fix_and_explain               TextAndExplain             Fix, Result.Plan
//	fix_encoding                  Encoding                   Options.Only
//	fix_encoding_and_explain      EncodingAndExplain         Options.Only, Result.Plan
//	fix_text_segment              Segment                    Fix
//	fix_file                      Lines                      Chunks
//	guess_bytes                   GuessBytes                 package charset guesses better
//	apply_plan                    ApplyPlan                  Plan.Apply
//	explain_unicode               ExplainUnicode             —
//	unescape_html                 Config.UnescapeHTML        rule html-entities
//	remove_terminal_escapes       Config.RemoveTerminalEscapes  rule terminal-escapes
//	fix_encoding                  Config.FixEncoding         rule misread
//	restore_byte_a0               Config.RestoreByteA0       part of rule misread
//	replace_lossy_sequences       Config.ReplaceLossySequences  Options.NoGuess; else lost-bytes
//	decode_inconsistent_utf8      Config.DecodeInconsistentUTF8  part of rule misread
//	fix_c1_controls               Config.FixC1Controls       rule c1-controls
//	fix_latin_ligatures           Config.FixLatinLigatures   rule ligatures
//	fix_character_width           Config.FixCharacterWidth   rule width
//	uncurl_quotes                 Config.UncurlQuotes        rule quotes
//	fix_line_breaks               Config.FixLineBreaks       rule line-endings
//	fix_surrogates                Config.FixSurrogates       rule surrogates
//	remove_control_chars          Config.RemoveControlChars  rule controls
//	normalization                 Config.Normalization       rule nfc
//	max_decode_length             Config.MaxDecodeLength     —
//	explain                       Config.Explain             Result.Plan
//
// Where ftfy looks at each line by itself, the engine looks at the document
// first. RestoreByteA0 goes for blanks that were trimmed or merged with others
// too, which ftfy does not look for.
package ftfy

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/runenames"

	"github.com/clipmend/clipmend/normalize/mojibake"
)

// A Choice is yes, no or left to the text.
type Choice uint8

// The choices of UnescapeHTML.
const (
	Auto Choice = iota // up to the first line with a <
	Always
	Never
)

// A Config has the options of ftfy's TextFixerConfig. The zero value switches
// everything off but what Auto does; Default returns ftfy's own.
type Config struct {
	UnescapeHTML           Choice
	RemoveTerminalEscapes  bool
	FixEncoding            bool
	RestoreByteA0          bool
	ReplaceLossySequences  bool
	DecodeInconsistentUTF8 bool
	FixC1Controls          bool
	FixLatinLigatures      bool
	FixCharacterWidth      bool
	UncurlQuotes           bool
	FixLineBreaks          bool
	FixSurrogates          bool
	RemoveControlChars     bool
	Normalization          string // NFC, NFD, NFKC, NFKD or nothing
	MaxDecodeLength        int    // bytes that are read as one document; 0 means 1,000,000
	Explain                bool
}

// Default returns the options that ftfy has by default.
func Default() Config {
	return Config{
		UnescapeHTML: Auto, RemoveTerminalEscapes: true, FixEncoding: true, RestoreByteA0: true,
		ReplaceLossySequences: true, DecodeInconsistentUTF8: true, FixC1Controls: true,
		FixLatinLigatures: true, FixCharacterWidth: true, UncurlQuotes: true, FixLineBreaks: true,
		FixSurrogates: true, RemoveControlChars: true, Normalization: "NFC",
		MaxDecodeLength: 1_000_000, Explain: true,
	}
}

// Text is fix_text: it mends s as c says.
func Text(s string, c Config) string {
	return string(Fix(s, c).Text)
}

// TextAndExplain is fix_and_explain: it mends s as one document and says how.
// The plan is empty unless c.Explain is set.
func TextAndExplain(s string, c Config) (string, mojibake.Plan) {
	if c.UnescapeHTML == Auto && strings.Contains(s, "<") {
		c.UnescapeHTML = Never
	}
	res := Fix(s, c)
	return string(res.Text), res.Plan
}

// documents cuts s at line ends into parts of about size bytes.
func documents(s string, size int) func(func(string) bool) {
	if size <= 0 {
		size = 1_000_000
	}
	return func(yield func(string) bool) {
		for len(s) > size {
			n := len(s)
			if k := strings.IndexByte(s[size:], '\n'); k >= 0 {
				n = size + k + 1
			}
			if !yield(s[:n]) {
				return
			}
			s = s[n:]
		}
		if s != "" {
			yield(s)
		}
	}
}

// options returns what c asks of the engine.
func options(c Config) mojibake.Options {
	rules := map[string]bool{
		"html-entities":    c.UnescapeHTML != Never,
		"terminal-escapes": c.RemoveTerminalEscapes,
		"misread":          c.FixEncoding,
		"lost-bytes":       c.FixEncoding && c.ReplaceLossySequences,
		"c1-controls":      c.FixC1Controls,
		"ligatures":        c.FixLatinLigatures,
		"width":            c.FixCharacterWidth,
		"quotes":           c.UncurlQuotes,
		"surrogates":       c.FixSurrogates,
		"controls":         c.RemoveControlChars,
	}
	o := mojibake.Options{NoGuess: true, KeepBlanks: !c.RestoreByteA0, Consistent: !c.DecodeInconsistentUTF8}
	for _, r := range mojibake.Rules() {
		if rules[r.ID] {
			o.Also = append(o.Also, r.ID)
		} else {
			o.Skip = append(o.Skip, r.ID)
		}
	}
	return o
}

// Encoding is fix_encoding: it undoes wrong decodings and nothing else.
func Encoding(s string, c Config) string {
	now, _ := EncodingAndExplain(s, c)
	return now
}

// EncodingAndExplain is fix_encoding_and_explain.
func EncodingAndExplain(s string, c Config) (string, mojibake.Plan) {
	only := Config{
		UnescapeHTML: Never, FixEncoding: c.FixEncoding, RestoreByteA0: c.RestoreByteA0,
		ReplaceLossySequences: c.ReplaceLossySequences, DecodeInconsistentUTF8: c.DecodeInconsistentUTF8,
		FixC1Controls: c.FixC1Controls, MaxDecodeLength: c.MaxDecodeLength, Explain: c.Explain,
	}
	return TextAndExplain(s, only)
}

// ApplyPlan is apply_plan: it mends s by the steps of plan.
func ApplyPlan(s string, plan mojibake.Plan) (string, error) {
	res, err := plan.Apply([]byte(s))
	if err != nil {
		return s, fmt.Errorf("ftfy: %w", err)
	}
	return string(res.Text), nil
}

// GuessBytes is guess_bytes: it decodes b by the few encodings that it can tell
// apart, as ftfy does, and names the one that it took.
func GuessBytes(b []byte) (text, encoding string) {
	switch {
	case len(b) >= 2 && (b[0] == 0xFE && b[1] == 0xFF || b[0] == 0xFF && b[1] == 0xFE):
		s, err := utf16.UTF16(utf16.BigEndian, utf16.ExpectBOM).NewDecoder().Bytes(b)
		if err == nil {
			return string(s), "utf-16"
		}
	case utf8.Valid(b):
		return string(b), "utf-8"
	case strings.Contains(string(b), "\xED") || strings.Contains(string(b), "\xC0\x80"):
		res := mojibake.Fix([]byte(strings.ReplaceAll(string(b), "\xC0\x80", "\x00")), mojibake.Options{Only: []string{"surrogates"}})
		if utf8.Valid(res.Text) {
			return string(res.Text), "utf-8-variants"
		}
	}
	if strings.Contains(string(b), "\r") && !strings.Contains(string(b), "\n") {
		return decode(charmap.Macintosh, b), "macroman"
	}
	return decode(charmap.Windows1252, b), "sloppy-windows-1252"
}

func decode(c *charmap.Charmap, b []byte) string {
	var out strings.Builder
	for _, x := range b {
		r := c.DecodeByte(x)
		if r == unicode.ReplacementChar {
			r = rune(x)
		}
		out.WriteRune(r)
	}
	return out.String()
}

// ExplainUnicode is explain_unicode: it writes a line for each character of s,
// with its code point, itself, its category and its name.
func ExplainUnicode(w io.Writer, s string) error {
	for _, r := range s {
		shown := string(r)
		if !unicode.IsPrint(r) {
			shown = fmt.Sprintf("\\x%02x", r)
		}
		if _, err := fmt.Fprintf(w, "U+%04X  %-7s [%s] %s\n", r, shown, category(r), runenames.Name(r)); err != nil {
			return fmt.Errorf("ftfy: %w", err)
		}
	}
	return nil
}

// category returns the two letters of r's general category.
func category(r rune) string {
	best := "Cn"
	for name, table := range unicode.Categories {
		if len(name) == 2 && name != "LC" && name != "Cn" && unicode.Is(table, r) {
			best = name
		}
	}
	return best
}
