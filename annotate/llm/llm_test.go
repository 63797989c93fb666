package llm

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/clipmend/clipmend/annotate"
)

var _ annotate.Reader = (*Reader)(nil)

func serve(t *testing.T, status int, answer string, wait time.Duration) *Reader {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1/chat/completions" || r.Header.Get("Authorization") != "Bearer key" {
			t.Errorf("request to %s with %q", r.URL.Path, r.Header.Get("Authorization"))
		}
		_, _ = io.Copy(io.Discard, r.Body)
		select {
		case <-time.After(wait):
		case <-r.Context().Done():
		}
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{"message": map[string]any{"role": "assistant", "content": answer}}}})
	}))
	t.Cleanup(s.Close)
	return &Reader{BaseURL: s.URL + "/v1/", Model: "small", Key: "key", Timeout: time.Second}
}

func TestRead(t *testing.T) {
	r := serve(t, 200, "```json\n"+`{"facts":[
		{"model":"Foo","attribute":"parameters","value":7e9,"quote":"7B"},
		{"model":"Foo","attribute":"license","value":"MIT","quote":"an invented quote"},
		{"model":"Foo","attribute":"modality","value":null,"quote":"7B"}]}`+"\n```", 0)
	facts, err := r.Read(t.Context(), []byte("Foo has 7B parameters"))
	if err != nil || len(facts) != 1 || facts[0].Origin != "small" || facts[0].Evidence.Span.Start != 8 {
		t.Fatalf("%+v, %v", facts, err)
	}
}

func TestReadFails(t *testing.T) {
	for _, test := range []struct {
		name string
		r    *Reader
		want error
	}{
		{"no JSON", serve(t, 200, "Sure! Here are the facts.", 0), ErrReply},
		{"broken JSON", serve(t, 200, `{"facts":[{]}`, 0), ErrReply},
		{"an error", serve(t, 500, "{}", 0), nil},
	} {
		if _, err := test.r.Read(t.Context(), []byte("Foo")); err == nil || test.want != nil && !errors.Is(err, test.want) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	slow := serve(t, 200, "{}", time.Second)
	slow.Timeout = 20 * time.Millisecond
	if _, err := slow.Read(t.Context(), []byte("Foo")); err == nil {
		t.Error("no timeout")
	}
}
