package app

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// chat is a server that says the same of every text.
func chat(t *testing.T, status int, facts string, requests *atomic.Int32) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		body, _ := io.ReadAll(r.Body)
		if r.Header.Get("Authorization") != "Bearer secret" || !bytes.Contains(body, []byte(`"model":"small"`)) {
			t.Errorf("request with %q: %s", r.Header.Get("Authorization"), body)
		}
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{"message": map[string]any{"content": facts}}}})
	}))
	t.Cleanup(s.Close)
	return s.URL + "/v1"
}

// clipmend runs the command and returns its code and what it printed.
func clipmend(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = Main(append([]string{"clipmend"}, args...), strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

func TestSecondReader(t *testing.T) {
	t.Setenv(readerKey, "secret")
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	dir := t.TempDir()
	note := filepath.Join(dir, "note.md")
	if err := os.WriteFile(note, []byte("Kestrel-2 is a language model with 70B parameters that sees pictures.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var asked atomic.Int32
	url := chat(t, 200, `{"facts":[
		{"model":"kestrel 2","attribute":"parameters","value":70000000000,"quote":"70B parameters"},
		{"model":"Kestrel-2","attribute":"modality","value":"image","quote":"sees pictures"},
		{"model":"Kestrel-2","attribute":"license","value":"MIT","quote":"is under MIT"}]}`, &asked)

	if code, out, _ := clipmend("facts", "--json", note); code != 0 || strings.Contains(out, "modality") || asked.Load() != 0 {
		t.Errorf("a server was asked that nobody named: %d requests, code %d\n%s", asked.Load(), code, out)
	}
	code, out, errs := clipmend("facts", "--json", "--reader", url, "--reader-model", "small", note)
	if code != 0 || asked.Load() != 1 || strings.Count(out, `"attribute":"parameters"`) != 1 || strings.Contains(out, "MIT") ||
		!strings.Contains(out, `"attribute":"modality","value":"image","origin":"small"`) {
		t.Errorf("code %d, %d requests\n%s%s", code, asked.Load(), out, errs)
	}
	vault := filepath.Join(dir, "v")
	if code, out, errs := clipmend("clip", note, "--vault", vault, "--reader", url, "--reader-model", "small"); code != 0 {
		t.Errorf("code %d\n%s%s", code, out, errs)
	}
	model, err := os.ReadFile(filepath.Join(vault, "Models", "Kestrel-2.md"))
	if err != nil || !strings.Contains(string(model), "| modality | image | sees pictures | [[Clippings/") || !strings.Contains(string(model), "]] (small) |") {
		t.Errorf("%v\n%s", err, model)
	}
	if strings.Contains(string(model), "\nmodality:") {
		t.Errorf("what a server says became a property:\n%s", model)
	}

	for _, wrong := range [][]string{
		{"--reader", "nowhere", "--reader-model", "small"}, {"--reader", url}, {"--reader-model", "small"},
	} {
		if code, _, errs := clipmend(append([]string{"facts", note}, wrong...)...); code != exitUsage {
			t.Errorf("%v: code %d\n%s", wrong, code, errs)
		}
	}
}

// TestSecondReaderFails holds that the engine's facts stand when a server does
// not answer, that it is said, and that the server is soon left alone.
func TestSecondReaderFails(t *testing.T) {
	t.Setenv(readerKey, "secret")
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	dir := t.TempDir()
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		if err := os.WriteFile(filepath.Join(dir, name+".md"), []byte("Kestrel-2 is a language model with 70B parameters.\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var asked atomic.Int32
	url := chat(t, 400, "no", &asked)
	code, out, errs := clipmend("facts", "--json", "-j", "1", "--reader", url, "--reader-model", "small", dir)
	if code != exitPartial || strings.Count(out, "70000000000") != 6 || asked.Load() != maxFailures ||
		!strings.Contains(errs, "a.md: reader: llm: small: the server answers 400 Bad Request") || !strings.Contains(errs, "not asked any more") {
		t.Errorf("code %d, %d requests\n%s%s", code, asked.Load(), out, errs)
	}
}
