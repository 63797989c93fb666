package app

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/vault/books"
)

// A farm is sources, and two vaults that get them: in one what is as before is
// passed over, in the other all is made anew.
type farm struct {
	t      *testing.T
	r      *rand.Rand
	dir    string
	vaults [2]string
	flags  []string
	next   int
}

func newFarm(t *testing.T, seed uint64) *farm {
	f := &farm{t: t, r: rand.New(rand.NewPCG(seed, 1)), dir: t.TempDir()}
	f.vaults = [2]string{filepath.Join(f.dir, "a"), filepath.Join(f.dir, "b")}
	for range 6 {
		f.addSource()
	}
	return f
}

func (f *farm) write(path, text string) {
	f.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		f.t.Fatal(err)
	}
	when := time.Unix(1700000000+int64(f.next), 0)
	if err := os.Chtimes(path, when, when); err != nil {
		f.t.Fatal(err)
	}
}

// says is a sentence about one of a few models, whose names are spelt in ways.
func (f *farm) says() string {
	name := []string{"Kestrel-2", "Kestrel 2", "Heron-1", "Egret-7B"}[f.r.IntN(4)]
	return fmt.Sprintf("%s is a language model with %dB parameters. It outperforms Heron-1.", name, 7+f.r.IntN(3))
}

const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABXvMqOgAAAABJRU5ErkJggg=="

// addSource makes a clip of one of several kinds; some are of the same page.
func (f *farm) addSource() {
	f.next++
	page := fmt.Sprintf("https://example.org/%d", f.r.IntN(8))
	text := fmt.Sprintf("---\ntitle: Page %d\nsource: %s\n---\n%s\n\nItâ€™s café number %d.\n", f.next, page, f.says(), f.next)
	at := filepath.Join(f.dir, "src", fmt.Sprintf("s%02d", f.next))
	switch f.r.IntN(4) {
	case 0:
		f.write(at+".html", fmt.Sprintf("<html><head><title>Page %d</title></head><body><article><h1>Page %d</h1><p>%s</p><img src=\"data:image/png;base64,%s\"></article></body></html>",
			f.next, f.next, f.says(), dot))
	case 1:
		var packed bytes.Buffer
		z := zip.NewWriter(&packed)
		for i := range 3 {
			w, err := z.Create(fmt.Sprintf("in%d.md", i))
			if err != nil {
				f.t.Fatal(err)
			}
			fmt.Fprintf(w, "# In %d of %d\n\n%s\n", i, f.next, f.says())
		}
		if err := z.Close(); err != nil {
			f.t.Fatal(err)
		}
		f.write(at+".zip", packed.String())
	default:
		f.write(at+".md", text)
	}
}

// files lists what is in a folder, but for other folders.
func (f *farm) files(dir string) []string {
	var list []string
	_ = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			relative, _ := filepath.Rel(dir, path)
			list = append(list, relative)
		}
		return nil
	})
	slices.Sort(list)
	return list
}

// disturb changes something, in both vaults alike if it is there.
func (f *farm) disturb() string {
	f.next++
	notes := f.files(f.vaults[0])
	at := ""
	if len(notes) > 0 {
		at = notes[f.r.IntN(len(notes))]
	}
	inBoth := func(do func(path string) error) {
		for _, v := range f.vaults {
			if err := do(filepath.Join(v, at)); err != nil {
				f.t.Fatal(err)
			}
		}
	}
	change := func(edit func(text string) string) {
		inBoth(func(path string) error {
			text, err := os.ReadFile(path)
			if err == nil {
				err = os.WriteFile(path, []byte(edit(string(text))), 0o644)
			}
			return err
		})
	}
	switch kind := f.r.IntN(9); {
	case kind == 0:
		f.addSource()
		return "source added"
	case kind == 1:
		sources := f.files(filepath.Join(f.dir, "src"))
		one := filepath.Join(f.dir, "src", sources[f.r.IntN(len(sources))])
		if strings.HasSuffix(one, ".md") {
			text, _ := os.ReadFile(one)
			f.write(one, string(text)+"\n"+f.says()+"\n")
		}
		return "source changed: " + one
	case kind == 2:
		f.flags = [][]string{nil, {"--no-facts"}, {"--highlight"}, {"--no-callout"}, {"--images", "drop"}, {"--strict"}}[f.r.IntN(6)]
		return fmt.Sprint("flags ", f.flags)
	case kind == 3:
		for _, v := range f.vaults {
			journals, _ := filepath.Glob(v + "-state/vaults/*/journal")
			for _, j := range journals {
				os.Remove(j)
			}
		}
		return "journal lost"
	case at == "":
		return "nothing"
	case kind == 4:
		inBoth(os.Remove)
	case kind == 5:
		inBoth(func(path string) error {
			return os.Rename(path, filepath.Join(filepath.Dir(path), "Moved "+filepath.Base(path)))
		})
	case kind == 6 && strings.HasSuffix(at, ".md"):
		change(func(text string) string { return text + "\nMine.\n" })
	case kind == 7 && strings.HasSuffix(at, ".md"):
		change(func(text string) string { return strings.Replace(text, "parameters", "grains of sand", 1) })
	}
	return "vault changed: " + at
}

// run brings the sources into a vault and returns the code and what was said.
func (f *farm) run(i int, more ...string) (code int, out, errs string) {
	args := slices.Concat([]string{"clipmend", "clip", filepath.Join(f.dir, "src"), "--vault", f.vaults[i], "--state", f.vaults[i] + "-state", "--json"}, f.flags, more)
	var stdout, stderr bytes.Buffer
	code = Main(args, strings.NewReader(""), &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

// same fails unless both vaults hold the same.
func (f *farm) same() {
	f.t.Helper()
	a, b := f.files(f.vaults[0]), f.files(f.vaults[1])
	if !slices.Equal(a, b) {
		f.t.Fatalf("files differ:\n%v\n%v", a, b)
	}
	for _, at := range a {
		x, _ := os.ReadFile(filepath.Join(f.vaults[0], at))
		y, _ := os.ReadFile(filepath.Join(f.vaults[1], at))
		if !bytes.Equal(x, y) {
			f.t.Fatalf("%s differs:\n%s\n---\n%s", at, x, y)
		}
	}
}

// TestPassedOverAsMadeAnew holds runs that pass over what is as before against
// runs that make everything anew: the plan, the code and the vault are the same.
func TestPassedOverAsMadeAnew(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	seeds := uint64(2)
	if more, err := strconv.ParseUint(os.Getenv("CLIPMEND_SEEDS"), 10, 64); err == nil {
		seeds = more
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			f := newFarm(t, seed)
			var done []string
			for range 8 {
				code, out, _ := f.run(0)
				wantCode, want, _ := f.run(1, "--again")
				if code != wantCode || out != want {
					t.Fatalf("after %v: code %d, want %d;\n%s\nwant\n%s", done, code, wantCode, out, want)
				}
				f.same()
				for range 1 + f.r.IntN(3) {
					done = append(done, f.disturb())
				}
			}
		})
	}
}

func TestOutcomesKnowWhatDecides(t *testing.T) {
	memory, err := books.OpenMemory(filepath.Join(t.TempDir(), "memory"), false)
	if err != nil {
		t.Fatal(err)
	}
	clip := ingest.Clip{Origin: ingest.Origin{Path: "a.md"}, Body: []byte("a"), Attachments: []ingest.Attachment{ingest.NewAttachment("n", "r", "t/t", []byte("d"))}}
	known := &outcomes{memory: memory, means: [32]byte{1}}
	if err := known.keep(known.markOf(clip, false), &outcome{Title: "A"}); err != nil {
		t.Fatal(err)
	}
	if _, before := known.find(clip, false); before == nil || before.Title != "A" {
		t.Fatal("the same clip is not known")
	}
	for name, change := range map[string]func(c *ingest.Clip, o *outcomes, inPlace *bool){
		"body":   func(c *ingest.Clip, _ *outcomes, _ *bool) { c.Body = []byte("b") },
		"title":  func(c *ingest.Clip, _ *outcomes, _ *bool) { c.Title = "b" },
		"saved":  func(c *ingest.Clip, _ *outcomes, _ *bool) { c.Saved = time.Unix(1, 0) },
		"extent": func(c *ingest.Clip, _ *outcomes, _ *bool) { c.Extent = ingest.Content },
		"origin": func(c *ingest.Clip, _ *outcomes, _ *bool) { c.Origin.Path = "b.md" },
		"record": func(c *ingest.Clip, _ *outcomes, _ *bool) { c.Origin.Record = "1" },
		"attachment": func(c *ingest.Clip, _ *outcomes, _ *bool) {
			c.Attachments = []ingest.Attachment{ingest.NewAttachment("n", "r", "t/t", []byte("e"))}
		},
		"in place": func(_ *ingest.Clip, _ *outcomes, in *bool) { *in = true },
		"program":  func(_ *ingest.Clip, o *outcomes, _ *bool) { o.means[0] = 2 },
		"again":    func(_ *ingest.Clip, o *outcomes, _ *bool) { o.anew = true },
	} {
		other, state, inPlace := clip, *known, false
		change(&other, &state, &inPlace)
		if _, before := state.find(other, inPlace); before != nil {
			t.Errorf("%s: what was made of another clip is taken for it", name)
		}
	}
}
