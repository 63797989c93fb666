// Package llm is a second reader of facts: it asks a server that speaks the
// OpenAI chat protocol (Ollama, llama.cpp, vLLM). It is used only where a
// person names a server.
//
// What a server says is not trusted: a fact is kept only if its quote stands in
// the text, word for word, and the text has the name of its thing. What is kept
// is marked with the server's model as its origin.
package llm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/clipmend/clipmend/annotate"
)

// MaxReply bounds the bytes of an answer that are read, MaxFacts the facts of a
// piece, MaxPieces the requests that one text is read with, and maxTries how
// often one of them is made.
const (
	MaxReply  = 4 << 20
	MaxFacts  = 2000
	MaxPieces = 64
	maxTries  = 3
)

// ErrReply reports an answer that is no list of facts.
var ErrReply = errors.New("the answer is no list of facts")

// A Reader asks one model of one server. It implements annotate.Reader and may
// be used by many goroutines.
type Reader struct {
	BaseURL    string        // such as http://localhost:11434/v1
	Model      string        // the server's name for it
	Key        string        // sent as a bearer token if not empty
	Things     string        // what the facts are about; "" for "AI models"
	Attributes []string      // that facts may have; others are left out. nil for any
	Timeout    time.Duration // of one request; 0 for two minutes
	Wait       time.Duration // before a second try, twice that before the third; 0 for a second
	Client     *http.Client  // nil for one that follows no redirect
}

// New returns a reader, or an error if base is no address of a server.
func New(base, model string) (*Reader, error) {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("llm: %q is no address such as http://localhost:11434/v1", base)
	}
	if model == "" {
		return nil, errors.New("llm: the server's model needs a name")
	}
	return &Reader{BaseURL: base, Model: model}, nil
}

// Read returns the facts of the answers whose quotes stand in the body, marked
// with their origin, in the order of the text; the others are left out. A long
// body is read piece by piece. With an error it returns what it has.
func (r *Reader) Read(ctx context.Context, body []byte) ([]annotate.Fact, error) {
	var facts []annotate.Fact
	for i, p := range pieces(body) {
		if i == MaxPieces {
			return facts, fmt.Errorf("llm: %s: the text is too long: %d bytes were read", r.Model, p.Start)
		}
		answer, err := r.insist(ctx, string(body[p.Start:p.End]))
		if err == nil {
			var found []annotate.Fact
			found, err = r.keep(answer, body, p)
			facts = append(facts, found...)
		}
		if err != nil {
			return facts, fmt.Errorf("llm: %s: %w", r.Model, err)
		}
	}
	sortFacts(facts)
	return facts, nil
}

// A refusal is an answer that is no success. Only some are worth another try.
type refusal struct{ status int }

func (e refusal) Error() string {
	return fmt.Sprintf("the server answers %d %s", e.status, http.StatusText(e.status))
}

func (e refusal) passing() bool {
	return e.status == http.StatusTooManyRequests || e.status >= 500 && e.status != http.StatusNotImplemented
}

// insist asks again what failed in passing, a few times.
func (r *Reader) insist(ctx context.Context, text string) (string, error) {
	wait := r.Wait
	if wait == 0 {
		wait = time.Second
	}
	for try := 1; ; try++ {
		answer, err := r.ask(ctx, text)
		refused, isRefusal := errors.AsType[refusal](err)
		if err == nil || ctx.Err() != nil || try == maxTries || !isRefusal || !refused.passing() {
			return answer, err
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(wait):
		}
		wait *= 2
	}
}

const prompt = `List the facts that the text states about named %s as JSON:
{"facts":[{"model":"","attribute":"","value":null,"unit":"","relation":"","other":"","negated":false,"quote":""}]}
The quote is copied from the text exactly, and the name stands in the text. Numbers are written in full. State nothing that the text does not say.%s`

func (r *Reader) prompt() string {
	things, attributes := r.Things, ""
	if things == "" {
		things = "AI models"
	}
	if len(r.Attributes) > 0 {
		attributes = "\nThe attributes are: " + strings.Join(r.Attributes, ", ") + "."
	}
	return fmt.Sprintf(prompt, things, attributes)
}

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

var sameServer = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

func (r *Reader) ask(ctx context.Context, text string) (string, error) {
	timeout := r.Timeout
	if timeout == 0 {
		timeout = 2 * time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	data, err := json.Marshal(map[string]any{
		"model": r.Model, "temperature": 0, "stream": false,
		"messages": []message{{"system", r.prompt()}, {"user", text}},
	})
	if err != nil {
		return "", err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimRight(r.BaseURL, "/")+"/chat/completions", bytes.NewReader(data))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	if r.Key != "" {
		req.Header.Set("Authorization", "Bearer "+r.Key)
	}
	client := r.Client
	if client == nil {
		client = sameServer
	}
	resp, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", refusal{resp.StatusCode}
	}
	return content(resp.Body)
}

// content reads the text of the first choice.
func content(body io.Reader) (string, error) {
	raw, err := io.ReadAll(io.LimitReader(body, MaxReply+1))
	if err != nil {
		return "", err
	}
	if len(raw) > MaxReply {
		return "", fmt.Errorf("%w: more than %d bytes", ErrReply, MaxReply)
	}
	var reply struct {
		Choices []struct {
			Message message `json:"message"`
		} `json:"choices"`
	}
	if err := json.Unmarshal(raw, &reply); err != nil {
		return "", fmt.Errorf("%w: %w", ErrReply, err)
	}
	if len(reply.Choices) == 0 {
		return "", ErrReply
	}
	return reply.Choices[0].Message.Content, nil
}
