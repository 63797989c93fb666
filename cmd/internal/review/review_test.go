package review

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// A fakeDesk has two items and remembers what was decided.
type fakeDesk struct{ decided []string }

func (d *fakeDesk) Items() ([]Item, error) {
	return []Item{
		{Name: "a<b>.md", Path: "a<b>.md", About: "x", Choices: []Choice{{ID: "mine", Label: "Mine", Key: "m"}, {ID: "merged", Label: "Own", Key: "w", Text: true}}},
		{Name: "b.md", Path: "b.md", About: "y"},
	}, nil
}

func (d *fakeDesk) View(string) (View, error) {
	return View{Left: []byte("<script>alert(1)</script>\none two\n"), Right: []byte("one \u202etwo\n"), Draft: []byte("</textarea>\r\n"), Seen: "s"}, nil
}

func (d *fakeDesk) Decide(name, choice string, text []byte, seen string) error {
	if seen != "s" {
		return errors.New("seen something else")
	}
	d.decided = append(d.decided, name+" "+choice+" "+string(text))
	return nil
}

func serve(t *testing.T) (*Server, *fakeDesk) {
	t.Helper()
	d := &fakeDesk{}
	s, err := Listen(d)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.listener.Close() })
	return s, d
}

func (s *Server) ask(method, target, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
		if header[i] == "Host" {
			r.Host = header[i+1]
		}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func TestOnlyThePersonDecides(t *testing.T) {
	s, d := serve(t)
	form := url.Values{"item": {"b.md"}, "choice": {"mine"}, "seen": {"s"}}.Encode()
	for _, test := range []struct {
		name, method, target string
		header               []string
		status               int
	}{
		{"another name that leads here", "POST", s.URL() + "decide", []string{"Host", "evil.example"}, http.StatusMisdirectedRequest},
		{"localhost is another name too", "GET", s.URL(), []string{"Host", "localhost"}, http.StatusMisdirectedRequest},
		{"no token", "POST", "http://" + s.host + "/decide", nil, http.StatusNotFound},
		{"half a token", "GET", "http://" + s.host + "/" + s.token[:10] + "/", nil, http.StatusNotFound},
		{"another site", "POST", s.URL() + "decide", []string{"Origin", "https://evil.example"}, http.StatusForbidden},
		{"a sandboxed frame", "POST", s.URL() + "decide", []string{"Origin", "null"}, http.StatusForbidden},
		{"a link from another site", "GET", s.URL(), []string{"Sec-Fetch-Site", "cross-site"}, http.StatusForbidden},
		{"a decision by address", "GET", s.URL() + "decide?" + form, nil, http.StatusNotFound},
		{"typed in", "GET", s.URL(), []string{"Sec-Fetch-Site", "none"}, http.StatusOK},
		{"the page itself", "POST", s.URL() + "decide", []string{"Origin", "http://" + s.host, "Sec-Fetch-Site", "same-origin"}, http.StatusSeeOther},
	} {
		body := ""
		if test.method == "POST" {
			body = form
		}
		if got := s.ask(test.method, test.target, body, test.header...); got.Code != test.status {
			t.Errorf("%s: %d, want %d", test.name, got.Code, test.status)
		}
	}
	if len(d.decided) != 1 {
		t.Errorf("decided %q", d.decided)
	}
}

func TestPage(t *testing.T) {
	s, _ := serve(t)
	w := s.ask("GET", s.URL(), "")
	body, _ := io.ReadAll(w.Body)
	page := string(body)
	for _, never := range []string{"<script>alert", "</textarea>\r", "\u202e", "a<b>", "http:", "https:", "//"} {
		if strings.Contains(page, never) {
			t.Errorf("the page has %q", never)
		}
	}
	for _, want := range []string{"U&#43;202E", "a&lt;b&gt;.md", `name="crlf"`, `data-key="m"`, `id="next"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	policy := w.Header().Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy %q", policy)
	}
}

func TestDecide(t *testing.T) {
	s, d := serve(t)
	form := url.Values{"item": {"a<b>.md"}, "choice": {"merged"}, "seen": {"s"}, "text": {"one\r\ntwo\r\n"}}
	w := s.ask("POST", s.URL()+"decide", form.Encode())
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/"+s.token+"/?item=b.md" {
		t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	form.Set("crlf", "1")
	s.ask("POST", s.URL()+"decide", form.Encode())
	if len(d.decided) != 2 || d.decided[0] != "a<b>.md merged one\ntwo\n" || d.decided[1] != "a<b>.md merged one\r\ntwo\r\n" {
		t.Errorf("decided %q", d.decided)
	}
	form.Set("seen", "other")
	if w := s.ask("POST", s.URL()+"decide", form.Encode()); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "seen something else") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := s.ask("POST", s.URL()+"done", "x=y"); w.Code != http.StatusOK {
		t.Errorf("done: %d", w.Code)
	}
	if err := s.Serve(t.Context()); err != nil {
		t.Errorf("serving ended with %v", err)
	}
}

func TestRows(t *testing.T) {
	left := strings.Repeat("same\n", 20) + "one two\n" + strings.Repeat("same\n", 20)
	all := rows([]byte(left), []byte(strings.Replace(left, "two", "three", 1)))
	if len(all) != 2*around+3 { // the change, what is around it, and dots at both ends
		t.Errorf("%d rows", len(all))
	}
	if rows(nil, nil) != nil {
		t.Error("rows of nothing")
	}
}
