package app

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/cmd/internal/review"
)

// The ways to decide: the note as it is now, what would take its place, or a
// text of the person's own.
const (
	takeMine   = "mine"
	takeTheirs = "theirs"
	takeMerged = "merged"
)

func (s *session) reviewVerb() *cli.Command {
	return &cli.Command{
		Name:      "review",
		Usage:     "see and decide plans, merges and doubtful repairs in the browser",
		ArgsUsage: "[PATH...]",
		Description: `Shows what waits for a decision in the vault: pages that were clipped again
while you edited their notes, best guesses at lost characters, texts that found
no place. With PATHs it shows what clean would do to the notes there, one by one.
It prints an address to open in a browser on this machine. Every decision is a
run of its own, which undo takes back.

For scripts, --list names what waits and --take decides: "mine" leaves the note
as it is, "theirs" takes the other side, "merged" a text of your own. A NAME is
what --list shows, or a note, for all that waits in it.

   clipmend review --vault ~/Notes
   clipmend review ~/Notes/Clippings
   clipmend review --vault ~/Notes --list --json
   clipmend review --vault ~/Notes --take theirs "Clippings/A page.md"
   clipmend review --vault ~/Notes --take merged --text new.md "Clippings/A page.md"`,
		Flags: slices.Concat(booksFlags(), []cli.Flag{
			&cli.BoolFlag{Name: "list", Usage: "print what waits, one a line"},
			&cli.StringFlag{Name: "take", Usage: "decide without a browser: `mine|theirs|merged`; the arguments are NAMEs"},
			&cli.BoolFlag{Name: "all", Usage: "with --take: decide all that waits"},
			&cli.PathFlag{Name: "text", Usage: "with --take merged: the text is in `FILE`, '-' for standard input"},
			&cli.PathFlag{Name: "plan", Usage: "with --list or --take: decide on what clean would do to the notes in `PATH`"},
		}, ruleFlags(), styleFlags()),
		Action: s.review,
	}
}

func (s *session) review(c *cli.Context) error {
	if c.Bool("list-rules") {
		return s.listRules()
	}
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	s.writes.Store(!c.Bool("list"))
	switch {
	case c.Bool("list"):
		err = s.listItems(c, d)
	case c.String("take") != "":
		err = s.take(c, d)
	default:
		err = s.serve(c, d)
	}
	if err != nil {
		return err
	}
	return s.waiting(d)
}

// A desk is what review decides on.
type desk interface {
	review.Desk
	// waiting is how many items wait that somebody must decide.
	waiting() (int, error)
}

// desk returns the desk that the arguments ask for.
func (s *session) desk(c *cli.Context) (desk, error) {
	var paths []string
	if c.String("take") == "" && !c.Bool("list") {
		paths = c.Args().Slice()
	}
	if c.Path("plan") != "" {
		paths = append(paths, c.Path("plan"))
	}
	if len(paths) > 0 {
		return s.newPlanDesk(c, paths)
	}
	if c.Path("vault") == "" {
		return nil, usagef("review: say where the vault is: --vault DIR, or CLIPMEND_VAULT; or name the notes to clean")
	}
	return &booksDesk{ctx: c.Context, dir: c.Path("vault"), state: c.Path("state")}, nil
}

// waiting makes what still waits the verdict.
func (s *session) waiting(d desk) error {
	n, err := d.waiting()
	if err == nil && n > 0 {
		err = conflictsError(n)
	}
	return err
}

// A listedItem is a line of review --list --json.
type listedItem struct {
	Name    string   `json:"name"`
	Path    string   `json:"path"`
	About   string   `json:"about"`
	Choices []string `json:"choices"`
	Mine    string   `json:"mine"`
	Theirs  string   `json:"theirs"`
}

func (s *session) listItems(c *cli.Context, d desk) error {
	items, err := d.Items()
	if err == nil && len(items) == 0 && !s.quiet {
		fmt.Fprintln(s.err, "nothing waits for a decision")
	}
	for i := 0; i < len(items) && err == nil; i++ {
		err = s.listItem(c, d, items[i])
	}
	return err
}

func (s *session) listItem(c *cli.Context, d desk, item review.Item) error {
	if !c.Bool("json") {
		_, err := fmt.Fprintf(s.out, "%s  %s\n", oneLine(errors.New(item.Name)), oneLine(errors.New(item.About)))
		return err
	}
	view, err := d.View(item.Name)
	if err != nil {
		return err
	}
	line := listedItem{Name: item.Name, Path: item.Path, About: item.About, Mine: string(view.Left), Theirs: string(view.Right)}
	for _, choice := range item.Choices {
		line.Choices = append(line.Choices, choice.ID)
	}
	return s.printJSON(line)
}

// take decides the items that the arguments name.
func (s *session) take(c *cli.Context, d desk) error {
	var text []byte
	var err error
	if c.String("take") == takeMerged {
		if text, err = s.readText(c.Path("text")); err != nil {
			return err
		}
	}
	names, err := s.named(c, d)
	if err != nil {
		return err
	}
	for _, name := range names {
		view, err := d.View(name)
		if err == nil {
			err = d.Decide(name, c.String("take"), text, view.Seen)
		}
		if err != nil {
			return err
		}
		if !s.quiet {
			fmt.Fprintf(s.out, "decided %s: %s\n", name, c.String("take"))
		}
	}
	return nil
}

func (s *session) readText(path string) ([]byte, error) {
	switch path {
	case "":
		return nil, usagef("review: --take merged needs --text FILE, or --text - for standard input")
	case "-":
		return io.ReadAll(io.LimitReader(s.in, maxText))
	}
	return readBounded(path, maxText)
}

// maxText bounds a text that a person decides on, in bytes.
const maxText = 64 << 20

// named returns the names of the items that the arguments name: each by its
// name, or all of a note by its path.
func (s *session) named(c *cli.Context, d desk) ([]string, error) {
	if take := c.String("take"); !slices.Contains([]string{takeMine, takeTheirs, takeMerged}, take) && !isReading(take) {
		return nil, usagef("review: --take is mine, theirs or merged, not %q", c.String("take"))
	}
	items, err := d.Items()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, arg := range c.Args().Slice() {
		before := len(names)
		for _, item := range items {
			if (item.Name == arg || item.Path == arg) && !slices.Contains(names, item.Name) {
				names = append(names, item.Name)
			}
		}
		if len(names) == before {
			return nil, fmt.Errorf("review: nothing waits that is called %q; --list shows what does", arg)
		}
	}
	if c.Bool("all") {
		names = names[:0]
		for _, item := range items {
			names = append(names, item.Name)
		}
	} else if len(names) == 0 {
		return nil, usagef("review: name what to decide, or --all; --list shows what waits")
	}
	return names, nil
}

// serve shows the desk in the browser until the person is done.
func (s *session) serve(c *cli.Context, d desk) error {
	items, err := d.Items()
	if err != nil {
		return err
	}
	if len(items) == 0 {
		fmt.Fprintln(s.err, "nothing waits for a decision")
		return nil
	}
	server, err := review.Listen(d)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.err, "%d to decide. Open this address in a browser on this machine; it is for you alone:\n", len(items))
	if _, err := fmt.Fprintln(s.out, server.URL()); err != nil {
		return err
	}
	return server.Serve(c.Context)
}
