package app

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"
	"golang.org/x/text/unicode/norm"

	"github.com/clipmend/clipmend/normalize"
	"github.com/clipmend/clipmend/normalize/charset"
	"github.com/clipmend/clipmend/normalize/mojibake"
	"github.com/clipmend/clipmend/normalize/mojibake/ftfy"
)

// A mender mends texts as the flags of fix say.
type mender struct {
	options       normalize.Options
	encoding      string
	json, explain bool
	plan          *mojibake.Plan // steps to take instead of looking for what is broken
	ftfy          *ftfy.Config   // to do as ftfy does
	form          string         // Unicode's normalization form, "" for none
	bom           bool           // whether the output begins with a byte order mark if the first input does
}

// maxPlan bounds a plan's file, in bytes.
const maxPlan = 16 << 20

func newMender(c *cli.Context) (*mender, error) {
	o, err := ruleOptions(c)
	if err != nil {
		return nil, err
	}
	m := &mender{
		options: o, encoding: c.String("encoding"), json: c.Bool("json"), explain: c.Bool("explain"),
		bom: !c.Bool("no-bom") && !c.Bool("ftfy"), // which ftfy drops
	}
	if c.Bool("guess") {
		m.encoding = ""
	}
	if m.encoding != "" {
		if _, err := charset.Encode(nil, m.encoding); err != nil {
			return nil, usagef("--encoding: %q is no encoding that is known", m.encoding)
		}
	}
	switch m.form = strings.ToUpper(c.String("normalization")); m.form {
	case "NONE":
		m.form = ""
	case "", "NFC", "NFD", "NFKC", "NFKD":
	default:
		return nil, usagef("--normalization: %q is none of NFC, NFD, NFKC, NFKD and none", c.String("normalization"))
	}
	if c.Bool("preserve-entities") {
		m.options.Skip = append(m.options.Skip, "html-entities")
	}
	if c.Bool("ftfy") {
		config := ftfy.Default()
		if c.Bool("preserve-entities") {
			config.UnescapeHTML = ftfy.Never
		}
		if c.IsSet("normalization") {
			config.Normalization = m.form
		}
		m.ftfy = &config
	}
	if path := c.Path("plan"); path != "" {
		if m.ftfy != nil {
			return nil, usagef("--plan and --ftfy exclude each other")
		}
		if m.plan, err = readPlan(path); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// readPlan reads a plan, or what fix --json printed about a text, which has one.
// The steps of a text that was right are null.
func readPlan(path string) (*mojibake.Plan, error) {
	data, err := readBounded(path, maxPlan)
	if err != nil {
		return nil, fmt.Errorf("--plan: %w", err)
	}
	var file struct {
		Plan  *struct{ Steps json.RawMessage }
		Steps json.RawMessage
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("--plan: %s: not one object of JSON: %w", path, err)
	}
	steps := file.Steps
	if file.Plan != nil {
		steps = file.Plan.Steps
	}
	if steps == nil {
		return nil, fmt.Errorf(`--plan: %s: not a plan: there is no "steps" in it, nor in "plan", as fix --json prints them`, path)
	}
	var plan mojibake.Plan
	if err := json.Unmarshal(steps, &plan.Steps); err != nil {
		return nil, fmt.Errorf("--plan: %s: steps: %w", path, err)
	}
	if _, err := plan.Apply(nil); err != nil {
		return nil, fmt.Errorf("--plan: %s: %w", path, err)
	}
	return &plan, nil
}

// mend decodes and mends one text.
func (m *mender) mend(path string, data []byte) (fixed, error) {
	text, guess, err := charset.Decode(data, charset.Options{Label: m.encoding, Sure: m.encoding != ""})
	if err != nil {
		return fixed{}, err
	}
	var res mojibake.Result
	switch {
	case m.ftfy != nil:
		res = ftfy.Fix(string(text), *m.ftfy)
		return fixed{path, guess.Encoding, string(res.Text), res.Plan, res.Repairs, guess}, nil
	case m.plan != nil:
		if res, err = m.plan.Apply(text); err != nil {
			return fixed{}, err
		}
	default:
		res = mojibake.Fix(text, m.options.Mojibake())
	}
	return fixed{path, guess.Encoding, string(m.normal(res.Text)), res.Plan, res.Repairs, guess}, nil
}

// normal puts text in the normalization form that was asked for.
func (m *mender) normal(text []byte) []byte {
	switch m.form {
	case "NFC":
		return norm.NFC.Bytes(text)
	case "NFD":
		return norm.NFD.Bytes(text)
	case "NFKC":
		return norm.NFKC.Bytes(text)
	case "NFKD":
		return norm.NFKD.Bytes(text)
	}
	return text
}

// mark is what the output begins with: the byte order mark of the first input, if
// that had one. UTF-16 has one too, which says that it is UTF-16.
func (m *mender) mark(guess charset.Guess) []byte {
	keep := m.bom && guess.Source == "bom" && guess.Encoding == "utf-8"
	m.bom = false
	if keep {
		return byteOrderMark
	}
	return nil
}

// piecewise reports whether nothing that was asked for needs the whole text.
func (m *mender) piecewise() bool { return !m.json && !m.explain && m.plan == nil && m.ftfy == nil }

// A writeError is one of writing the result, which ends the run.
type writeError struct{ error }

// stream mends what in holds piece by piece.
func (m *mender) stream(in io.Reader, out io.Writer) error {
	text, guess, err := charset.NewReader(in, charset.Options{Label: m.encoding, Sure: m.encoding != ""})
	if err != nil {
		return err
	}
	if _, err := out.Write(m.mark(guess)); err != nil {
		return writeError{err}
	}
	for res, err := range mojibake.Chunks(text, m.options.Mojibake()) {
		if err != nil {
			return err
		}
		if _, err := out.Write(m.normal(res.Text)); err != nil {
			return writeError{err}
		}
	}
	return nil
}
