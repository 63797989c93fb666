// Package review shows a person in the browser what waits for a decision, and
// takes the decisions. It serves the person at this machine alone: on a loopback
// address, under a path that nobody can guess, for a browser that was sent there
// by no other site. Its pages load nothing from elsewhere.
package review

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// An Item waits for a decision.
type Item struct {
	Name    string // unique and lasting; how the command names it
	Path    string // of the note
	About   string // one line: what is to be decided
	Choices []Choice
}

// A Choice is one way to decide an item.
type Choice struct {
	ID    string // what Decide is told
	Label string
	Key   string // a letter that chooses it
	Text  bool   // the person may write the text
}

// A View is what there is to see of an item.
type View struct {
	Left, Right           []byte // side by side
	LeftLabel, RightLabel string
	Draft                 []byte // what the person begins to write from
	Seen                  string // tells this state of the item from later ones
}

// A Desk has the items and carries decisions out.
type Desk interface {
	Items() ([]Item, error)
	View(name string) (View, error)
	// Decide carries a decision out on an item that is as seen, or says why not.
	Decide(name, choice string, text []byte, seen string) error
}

const (
	// maxDecision bounds what a browser sends, in bytes.
	maxDecision = 80 << 20
	// patience is how long a browser may take for one request.
	patience = time.Minute
)

// A Server serves one desk.
type Server struct {
	desk     Desk
	token    string
	host     string
	listener net.Listener
	done     chan struct{}
	one      sync.Mutex // a desk is for one at a time
}

// Listen begins to listen on a free port of the loopback address.
func Listen(desk Desk) (*Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("review: %w", err)
	}
	return &Server{desk: desk, token: rand.Text(), host: listener.Addr().String(), listener: listener, done: make(chan struct{}, 1)}, nil
}

// URL is the address to open. Whoever knows it may decide.
func (s *Server) URL() string { return "http://" + s.host + "/" + s.token + "/" }

// Serve answers until the person is done or ctx ends.
func (s *Server) Serve(ctx context.Context) error {
	server := &http.Server{Handler: s, ReadTimeout: patience, WriteTimeout: patience, MaxHeaderBytes: 16 << 10}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(s.listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("review: %w", err)
	case <-ctx.Done():
	case <-s.done:
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if err := server.Shutdown(ending); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("review: %w", err)
	}
	return ctx.Err()
}

// ServeHTTP answers one request, if it comes from the page that the person was
// shown.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.one.Lock()
	defer s.one.Unlock()
	nonce := rand.Text()
	protect(w.Header(), nonce)
	token, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch {
	case r.Host != s.host: // another name that leads here
		http.Error(w, "not this host", http.StatusMisdirectedRequest)
	case subtle.ConstantTimeCompare([]byte(token), []byte(s.token)) != 1:
		http.NotFound(w, r)
	case !s.ownPage(r):
		http.Error(w, "not from this page", http.StatusForbidden)
	case r.Method == http.MethodGet && rest == "":
		s.show(w, r.URL.Query().Get("item"), "", nonce)
	case r.Method == http.MethodPost && rest == "decide":
		s.decide(w, r, nonce)
	case r.Method == http.MethodPost && rest == "done":
		fmt.Fprintln(w, "Done. This page can be closed.")
		select {
		case s.done <- struct{}{}:
		default:
		}
	default:
		http.NotFound(w, r)
	}
}

// ownPage reports whether what the browser says of where a request comes from
// is this server, or nothing.
func (s *Server) ownPage(r *http.Request) bool {
	origin, site := r.Header.Get("Origin"), r.Header.Get("Sec-Fetch-Site")
	if origin != "" && origin != "http://"+s.host {
		return false
	}
	return site == "" || site == "same-origin" || site == "none" && r.Method == http.MethodGet
}

// protect keeps the page from loading or running anything but its own, and from
// being framed, kept or told of to others.
func protect(h http.Header, nonce string) {
	h.Set("Content-Security-Policy", fmt.Sprintf("default-src 'none'; style-src 'nonce-%s'; script-src 'nonce-%s'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", nonce, nonce))
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cache-Control", "no-store")
}

func (s *Server) decide(w http.ResponseWriter, r *http.Request, nonce string) {
	r.Body = http.MaxBytesReader(w, r.Body, maxDecision)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "the decision could not be read", http.StatusBadRequest)
		return
	}
	name, choice := r.PostForm.Get("item"), r.PostForm.Get("choice")
	// A browser sends the ends of lines as CR LF, whatever they were.
	text := strings.ReplaceAll(r.PostForm.Get("text"), "\r\n", "\n")
	if r.PostForm.Get("crlf") != "" {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	next := s.after(name)
	if err := s.desk.Decide(name, choice, []byte(text), r.PostForm.Get("seen")); err != nil {
		w.WriteHeader(http.StatusConflict)
		s.show(w, name, err.Error(), nonce)
		return
	}
	target := "./"
	if next != "" {
		target = "./?item=" + queryEscape(next)
	}
	http.Redirect(w, r, target, http.StatusSeeOther)
}

// after returns the item behind the one with this name, "" if it is the last.
func (s *Server) after(name string) string {
	items, err := s.desk.Items()
	if err != nil {
		return ""
	}
	for i := range items[:max(0, len(items)-1)] {
		if items[i].Name == name {
			return items[i+1].Name
		}
	}
	return ""
}
