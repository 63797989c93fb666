// Package llm is a second reader of facts: it asks a server that speaks the
// OpenAI chat protocol (Ollama, llama.cpp, vLLM). It is used only where a
// person names a server.
package llm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/clipmend/clipmend/annotate"
	"github.com/clipmend/clipmend/normalize"
)

// MaxReply bounds the bytes of an answer that are read, MaxFacts the facts.
const (
	MaxReply = 4 << 20
	MaxFacts = 2000
)

// ErrReply reports an answer that is no list of facts.
var ErrReply = errors.New("llm: the answer is no list of facts")

// A Reader asks one model of one server. It implements annotate.Reader and may
// be used by many goroutines.
type Reader struct {
	BaseURL string        // such as http://localhost:11434/v1
	Model   string        // the server's name for it
	Key     string        // sent as a bearer token if not empty
	Timeout time.Duration // of one request; 0 for two minutes
	Client  *http.Client  // nil for http.DefaultClient
}

const prompt = `List the facts that the text states about named AI models as JSON:
{"facts":[{"model":"","attribute":"","value":null,"quote":""}]}
The quote is copied from the text exactly. State nothing that the text does not say.`

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// Read returns the facts of the answer whose quotes stand in the body, marked
// with their origin; the others are left out.
func (r *Reader) Read(ctx context.Context, body []byte) ([]annotate.Fact, error) {
	timeout := r.Timeout
	if timeout == 0 {
		timeout = 2 * time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	answer, err := r.ask(ctx, string(body))
	if err != nil {
		return nil, fmt.Errorf("llm: %s: %w", r.Model, err)
	}
	return r.keep(answer, body)
}

func (r *Reader) ask(ctx context.Context, text string) (string, error) {
	data, err := json.Marshal(map[string]any{
		"model": r.Model, "temperature": 0, "stream": false,
		"messages": []message{{"system", prompt}, {"user", text}},
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
		client = http.DefaultClient
	}
	resp, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("the server answers %s", resp.Status)
	}
	var reply struct {
		Choices []struct {
			Message message `json:"message"`
		} `json:"choices"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, MaxReply)).Decode(&reply); err != nil {
		return "", fmt.Errorf("%w: %w", ErrReply, err)
	}
	if len(reply.Choices) == 0 {
		return "", ErrReply
	}
	return reply.Choices[0].Message.Content, nil
}

type said struct {
	Model     string `json:"model"`
	Attribute string `json:"attribute"`
	Value     any    `json:"value"`
	Unit      string `json:"unit"`
	Relation  string `json:"relation"`
	Other     string `json:"other"`
	Benchmark string `json:"benchmark"`
	Negated   bool   `json:"negated"`
	Quote     string `json:"quote"`
}

// keep turns the answer into facts. Servers often put JSON into a code block.
func (r *Reader) keep(answer string, body []byte) ([]annotate.Fact, error) {
	start, end := strings.IndexByte(answer, '{'), strings.LastIndexByte(answer, '}')
	if start < 0 || end < start {
		return nil, ErrReply
	}
	var list struct {
		Facts []said `json:"facts"`
	}
	if err := json.Unmarshal([]byte(answer[start:end+1]), &list); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrReply, err)
	}
	var out []annotate.Fact
	for _, s := range list.Facts[:min(len(list.Facts), MaxFacts)] {
		at := bytes.Index(body, []byte(s.Quote))
		value, ok := valueOf(s.Value)
		if s.Quote == "" || at < 0 || s.Model == "" || s.Attribute == "" || !ok && s.Relation == "" {
			continue
		}
		out = append(out, annotate.Fact{
			Model: s.Model, Attribute: s.Attribute, Value: value, Unit: s.Unit, Relation: s.Relation, Other: s.Other,
			Benchmark: s.Benchmark, Negated: s.Negated, Origin: r.Model, Rule: "llm", Confidence: 0.5,
			Evidence: annotate.Evidence{Span: normalize.Span{Start: at, End: at + len(s.Quote)}, Quote: s.Quote},
		})
	}
	return out, nil
}

func valueOf(v any) (annotate.Value, bool) {
	switch v := v.(type) {
	case string:
		return annotate.Text(v), v != ""
	case float64:
		return annotate.Number(v), true
	case map[string]any:
		least, ok1 := v["min"].(float64)
		most, ok2 := v["max"].(float64)
		return annotate.Range(least, most), ok1 && ok2
	}
	return annotate.Value{}, false
}
