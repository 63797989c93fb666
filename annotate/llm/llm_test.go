package llm

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/clipmend/clipmend/annotate"
)

var _ annotate.Reader = (*Reader)(nil)

func reply(answer string) []byte {
	b, _ := json.Marshal(map[string]any{"choices": []any{map[string]any{"message": map[string]any{"role": "assistant", "content": answer}}}})
	return b
}

// serve answers each request by what handle writes, after it was looked at.
func serve(t *testing.T, handle func(w http.ResponseWriter, text string)) *Reader {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1/chat/completions" || r.Header.Get("Authorization") != "Bearer key" {
			t.Errorf("request to %s with %q", r.URL.Path, r.Header.Get("Authorization"))
		}
		var req struct{ Messages []message }
		_ = json.NewDecoder(r.Body).Decode(&req)
		handle(w, req.Messages[len(req.Messages)-1].Content)
	}))
	t.Cleanup(s.Close)
	r, err := New(s.URL+"/v1/", "small")
	if err != nil {
		t.Fatal(err)
	}
	r.Key, r.Timeout, r.Wait = "key", 5*time.Second, time.Millisecond
	return r
}

func answer(t *testing.T, text string) *Reader {
	return serve(t, func(w http.ResponseWriter, _ string) { _, _ = w.Write(reply(text)) })
}

func TestRead(t *testing.T) {
	r := answer(t, "```json\n"+`{"facts":[
		{"model":"Foo","attribute":"parameters","value":7e9,"quote":"7B"},
		{"model":"Foo","attribute":"license","value":"MIT","quote":"an invented quote"},
		{"model":"Invented","attribute":"parameters","value":7e9,"quote":"7B"},
		{"model":"Foo","attribute":"colour","value":"red","quote":"7B"},
		{"model":"Foo","attribute":"license","value":"`+strings.Repeat("x", 300)+`","quote":"7B"},
		{"model":"Foo","attribute":"comparison","relation":"outperforms","other":"Nowhere","quote":"7B"},
		{"model":"Foo","attribute":"license","value":null,"quote":"7B"}]}`+"\n```")
	r.Attributes = []string{"parameters", "license", "comparison"}
	facts, err := r.Read(t.Context(), []byte("Foo has 7B parameters"))
	if err != nil || len(facts) != 1 || facts[0].Origin != "small" || facts[0].Evidence.Span.Start != 8 || facts[0].Evidence.Prefix != "Foo has " {
		t.Fatalf("%+v, %v", facts, err)
	}
}

// TestLongText holds that a long text is asked about piece by piece, that a
// quote is looked for in its own piece, and that there is an end to it.
func TestLongText(t *testing.T) {
	var requests atomic.Int32
	r := serve(t, func(w http.ResponseWriter, text string) {
		requests.Add(1)
		if len(text) > pieceSize {
			t.Errorf("a piece of %d bytes", len(text))
		}
		_, _ = w.Write(reply(`{"facts":[{"model":"Foo","attribute":"a","value":1,"quote":"7B"}]}`))
	})
	body := []byte(strings.Repeat("Foo has 7B parameters, 参数.\n\n", 2000))
	facts, err := r.Read(t.Context(), body)
	if err != nil || len(facts) != int(requests.Load()) || len(facts) < 3 {
		t.Fatalf("%d facts of %d requests, %v", len(facts), requests.Load(), err)
	}
	for _, f := range facts {
		if s := f.Evidence.Span; string(body[s.Start:s.End]) != f.Evidence.Quote {
			t.Errorf("%q at %v", f.Evidence.Quote, s)
		}
	}
	requests.Store(0)
	if _, err := r.Read(t.Context(), []byte(strings.Repeat("x", (MaxPieces+9)*pieceSize))); err == nil || requests.Load() != MaxPieces {
		t.Errorf("%d requests, %v", requests.Load(), err)
	}
}

func TestReadFails(t *testing.T) {
	status := func(code int) *Reader {
		return serve(t, func(w http.ResponseWriter, _ string) { w.WriteHeader(code) })
	}
	for _, test := range []struct {
		name string
		r    *Reader
		want error
	}{
		{"no JSON", answer(t, "Sure! Here are the facts."), ErrReply},
		{"broken JSON", answer(t, `{"facts":[{]}`), ErrReply},
		{"JSON of another form", answer(t, `{"facts":{"model":1}}`), ErrReply},
		{"no choices", serve(t, func(w http.ResponseWriter, _ string) { _, _ = io.WriteString(w, "{}") }), ErrReply},
		{"a page", serve(t, func(w http.ResponseWriter, _ string) { _, _ = io.WriteString(w, "<html>") }), ErrReply},
		{"a huge answer", serve(t, func(w http.ResponseWriter, _ string) {
			_, _ = io.Copy(w, io.LimitReader(zeros{}, MaxReply+10))
		}), ErrReply},
		{"not found", status(404), refusal{404}},
		{"an error", status(500), refusal{500}},
	} {
		if _, err := test.r.Read(t.Context(), []byte("Foo")); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestTries(t *testing.T) {
	var requests atomic.Int32
	r := serve(t, func(w http.ResponseWriter, _ string) {
		if requests.Add(1) < maxTries {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write(reply(`{"facts":[]}`))
	})
	if _, err := r.Read(t.Context(), []byte("Foo")); err != nil || requests.Load() != maxTries {
		t.Errorf("%d requests, %v", requests.Load(), err)
	}
	requests.Store(-1000)
	if _, err := r.Read(t.Context(), []byte("Foo")); err == nil || requests.Load() != maxTries-1000 {
		t.Errorf("%d requests, %v", requests.Load()+1000, err)
	}
}

func TestSlowServer(t *testing.T) {
	slow := serve(t, func(http.ResponseWriter, string) { time.Sleep(300 * time.Millisecond) })
	slow.Timeout = 20 * time.Millisecond
	if _, err := slow.Read(t.Context(), []byte("Foo")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("no timeout: %v", err)
	}
	slow.Timeout = time.Minute
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := slow.Read(ctx, []byte("Foo")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the context's end is not heard: %v", err)
	}
}

// TestRedirect holds that the text and the key go to no server but the one that
// the person named.
func TestRedirect(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("another server was asked") }))
	defer other.Close()
	r := serve(t, func(w http.ResponseWriter, _ string) {
		w.Header().Set("Location", other.URL)
		w.WriteHeader(http.StatusTemporaryRedirect)
	})
	if _, err := r.Read(t.Context(), []byte("Foo")); !errors.Is(err, refusal{307}) {
		t.Errorf("error %v", err)
	}
}

func TestNew(t *testing.T) {
	for _, base := range []string{"", "localhost:11434", "file:///etc/passwd", "http://"} {
		if _, err := New(base, "m"); err == nil {
			t.Errorf("%q is accepted", base)
		}
	}
	if _, err := New("http://localhost", ""); err == nil {
		t.Error("no model is accepted")
	}
}

// FuzzKeep holds that whatever a server says, a fact that is kept has a quote
// that is the text at its span.
func FuzzKeep(f *testing.F) {
	f.Add(`{"facts":[{"model":"Foo","attribute":"a","value":{"min":1,"max":2},"quote":"7B"}]}`, "Foo has 7B")
	f.Add(`{"facts":[{"model":"Foo","attribute":"a","relation":"r","other":"Foo","quote":"\u00ff"}]}`, "Foo \xff")
	f.Fuzz(func(t *testing.T, answer, body string) {
		r := &Reader{Model: "small"}
		for _, p := range pieces([]byte(body)) {
			facts, _ := r.keep(answer, []byte(body), p)
			for _, fact := range facts {
				if s := fact.Evidence.Span; body[s.Start:s.End] != fact.Evidence.Quote || fact.Origin == "" {
					t.Errorf("%+v", fact)
				}
			}
		}
	})
}
