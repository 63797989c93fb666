package app

import (
	"fmt"
	"time"
)

// progress shows on a terminal how far a long run has come. Elsewhere it is
// silent. It is used by one goroutine.
type progress struct {
	session *session
	verb    string
	shown   time.Time
	on      bool
	count   int
}

// progressEvery keeps the terminal readable and the cost of showing small.
const progressEvery = 100 * time.Millisecond

func (s *session) progress(verb string) *progress {
	return &progress{session: s, verb: verb, on: isTerminal(s.err) && !s.quiet, shown: time.Now()}
}

// step counts one clip and, now and then, shows the count and the clip's name.
func (p *progress) step(name string) {
	p.count++
	if !p.on || time.Since(p.shown) < progressEvery {
		return
	}
	p.shown = time.Now()
	fmt.Fprintf(p.session.err, "\r\x1b[K%s %d  %.60s", p.verb, p.count, name)
}

// stepOf counts one of a known number.
func (p *progress) stepOf(all int) {
	if p.on {
		p.step(fmt.Sprintf("of %d", all))
	}
}

// clear takes the line away, before a message or at the end.
func (p *progress) clear() {
	if p.on {
		fmt.Fprint(p.session.err, "\r\x1b[K")
	}
}
