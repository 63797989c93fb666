package app

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/annotate/llm"
	"github.com/clipmend/clipmend/annotate/packs"
	"github.com/clipmend/clipmend/vault/models"
)

// readerKey is where the key of the second reader's server stands: in the
// environment alone, since others can see the command line.
const readerKey = "CLIPMEND_READER_KEY"

// readerFlags are those of the second reader, which is off unless it is named.
func readerFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{
			Name: "reader", EnvVars: []string{"CLIPMEND_READER"},
			Usage: "also ask the server at `URL` for facts, by the OpenAI chat protocol, such as http://localhost:11434/v1; the texts go there; a key stands in $" + readerKey,
		},
		&cli.StringFlag{Name: "reader-model", Usage: "the server's model is `NAME`", EnvVars: []string{"CLIPMEND_READER_MODEL"}},
		&cli.DurationFlag{Name: "reader-timeout", Usage: "give up a request after `TIME`", DefaultText: "2m"},
	}
}

// factReader reads the facts of notes: the engine does, and a second reader if a
// person named one.
type factReader struct {
	engine *annotate.Engine
	second annotate.Reader // nil for none

	mu       sync.Mutex
	failures int // in a row
}

// maxFailures is how often the second reader may fail in a row before it is not
// asked any more: a server that is down would hold up each of many notes.
const maxFailures = 3

func newFactReader(c *cli.Context, pack *packs.Pack) (*factReader, error) {
	r := &factReader{engine: annotate.NewEngine(pack)}
	base, model := c.String("reader"), c.String("reader-model")
	if base == "" {
		if model != "" && c.IsSet("reader-model") {
			return nil, usagef("--reader-model: say also which server: --reader URL")
		}
		return r, nil
	}
	second, err := llm.New(base, model)
	if err != nil {
		return nil, usagef("--reader: %w; --reader-model NAME names the model", err)
	}
	second.Key, second.Timeout = os.Getenv(readerKey), c.Duration("reader-timeout")
	second.Attributes = slices.Sorted(maps.Keys(pack.Attributes))
	if pack.Name != packs.Default().Name {
		second.Things = pack.Name
	}
	r.second = second
	return r, nil
}

// read returns the facts of a note's body. An error is the second reader's; the
// engine's facts stand all the same.
func (r *factReader) read(ctx context.Context, body []byte) ([]annotate.Fact, error) {
	body = models.Readable(body)
	facts := r.engine.Annotate(body)
	if r.second == nil || r.givenUp() {
		return facts, nil
	}
	more, err := r.second.Read(ctx, body)
	if err != nil && ctx.Err() == nil {
		if r.failed() == maxFailures {
			err = fmt.Errorf("%w; the reader is not asked any more in this run", err)
		}
	} else {
		r.worked()
	}
	return joinFacts(facts, more), err
}

func (r *factReader) givenUp() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.failures >= maxFailures
}

func (r *factReader) failed() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failures++
	return r.failures
}

func (r *factReader) worked() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failures < maxFailures {
		r.failures = 0
	}
}

// joinFacts adds the facts of the second reader that the engine did not find, in
// the order of the text.
func joinFacts(facts, more []annotate.Fact) []annotate.Fact {
	key := func(f annotate.Fact) string {
		return strings.Join([]string{
			models.FoldName(f.Model), f.Attribute, strings.ToLower(f.Value.String()), f.Relation, models.FoldName(f.Other),
			strings.ToLower(f.Benchmark), fmt.Sprint(f.Negated),
		}, "\x00")
	}
	known := map[string]bool{}
	for _, f := range facts {
		known[key(f)] = true
	}
	added := 0
	for _, f := range more {
		if k := key(f); !known[k] {
			known[k] = true
			facts = append(facts, f)
			added++
		}
	}
	if added > 0 {
		slices.SortStableFunc(facts, func(a, b annotate.Fact) int {
			return cmp.Or(cmp.Compare(a.Evidence.Span.Start, b.Evidence.Span.Start), cmp.Compare(a.Evidence.Span.End, b.Evidence.Span.End))
		})
	}
	return facts
}
