package plausible

import (
	"sync"
	"sync/atomic"
)

// N-grams are packed in groups, so that a text asks for those of its letters only:
// pairs by their first character, longer ones by their second. A group is that of one
// letter that many of them have, or of several whose code points follow each other.
const numGroups = 256

// A part is a share of the n-grams, each group of which is unpacked when it is first
// asked.
type part struct {
	tables [numOrders][numGroups]atomic.Pointer[table]
	mu     sync.Mutex
	open   func() *grams // what is needed to unpack the tables; nil if it makes no sense
	grams  *grams        // that, once it was
}

// load unpacks a table of a model that is known to make sense. Step looks for it before
// it calls, as that is a tenth faster than a call for each table.
//
//go:noinline
func (p *part) load(order int, group uint8) *table {
	t := p.table(order, group)
	if t == nil {
		panic(errAsset)
	}
	return t
}

// table returns a table, nil if it makes no sense.
func (p *part) table(order int, group uint8) *table {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := &p.tables[order][group]
	if t := at.Load(); t != nil {
		return t
	}
	if p.grams == nil {
		p.grams = p.open()
	}
	if p.grams == nil {
		return nil
	}
	t := p.grams.table(order, group)
	at.Store(t)
	return t
}

// sound unpacks all tables and reports whether they make sense.
func (p *part) sound() bool {
	for order := range numOrders {
		for group := range numGroups {
			if p.table(order, uint8(group)) == nil {
				return false
			}
		}
	}
	p.grams = nil
	return true
}
