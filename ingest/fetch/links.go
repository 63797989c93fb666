package fetch

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"iter"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/batch"
)

// linkWorkers is how many pages are fetched at once, each from another host.
const linkWorkers = 8

// Links passes seq on, and puts the page behind it in the place of each clip that
// is only a link to the web. What the container says of the link stays with the
// page. A page that cannot be had is told in a notice behind its link, which
// stays. One host is asked for one page at a time, and not again before pause
// has passed, one second if it is zero.
func Links(ctx context.Context, seq iter.Seq2[ingest.Clip, error], o Options, pause time.Duration) iter.Seq2[ingest.Clip, error] {
	turns := hosts{pause: cmp.Or(pause, time.Second)}
	type result struct {
		clip   ingest.Clip
		notice error
	}
	results := batch.Map(ctx, seq, linkWorkers, func(ctx context.Context, c ingest.Clip) (result, error) {
		if c.Extent != ingest.Link || !strings.HasPrefix(c.URL, "http://") && !strings.HasPrefix(c.URL, "https://") {
			return result{clip: c}, nil
		}
		if err := turns.wait(ctx, c.URL); err != nil {
			return result{clip: c}, err
		}
		page, err := Get(ctx, c.URL, o)
		turns.done(c.URL)
		if err == nil {
			err = page.into(&c)
		}
		return result{c, err}, nil
	})
	return func(yield func(ingest.Clip, error) bool) {
		for r, err := range results {
			if err != nil {
				if !yield(ingest.Clip{}, err) {
					return
				}
				continue
			}
			if !yield(r.clip, nil) {
				return
			}
			if r.notice != nil && !yield(ingest.Clip{}, &ingest.Error{
				Origin: r.clip.Origin, Err: fmt.Errorf("%s: only the link is kept: %w", r.clip.URL, r.notice), Notice: true,
			}) {
				return
			}
		}
	}
}

// into makes a link the page that is behind it.
func (p Page) into(c *ingest.Clip) error {
	mediaType := p.MediaType
	switch mediaType {
	case "application/xhtml+xml", "":
		mediaType = "text/html"
	case "text/html", "text/markdown", "text/plain":
	default:
		return fmt.Errorf("%w: %s", ingest.ErrNotClip, mediaType)
	}
	if len(bytes.TrimSpace(p.Body)) == 0 {
		return ingest.ErrEmpty
	}
	c.URL, c.MediaType, c.Charset, c.Body, c.Extent = p.URL, mediaType, p.Charset, p.Body, ingest.Page
	return nil
}

// A hosts gives each host its turn.
type hosts struct {
	pause time.Duration
	mu    sync.Mutex
	turns map[string]*turn
}

type turn struct {
	busy chan struct{} // holds one token while nobody is at it
	free time.Time     // not to be asked before
}

func (h *hosts) turn(address string) *turn {
	host := address
	if u, err := url.Parse(address); err == nil {
		host = strings.ToLower(u.Host)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.turns == nil {
		h.turns = map[string]*turn{}
	}
	t := h.turns[host]
	if t == nil {
		t = &turn{busy: make(chan struct{}, 1)}
		t.busy <- struct{}{}
		h.turns[host] = t
	}
	return t
}

// wait takes the host's turn.
func (h *hosts) wait(ctx context.Context, address string) error {
	t := h.turn(address)
	select {
	case <-t.busy:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-time.After(time.Until(t.free)):
		return nil
	case <-ctx.Done():
		t.busy <- struct{}{}
		return ctx.Err()
	}
}

func (h *hosts) done(address string) {
	t := h.turn(address)
	t.free = time.Now().Add(h.pause)
	t.busy <- struct{}{}
}
