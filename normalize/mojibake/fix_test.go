package mojibake

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/clipmend/clipmend/normalize/plausible"
	"github.com/clipmend/clipmend/normalize/repair"
)

// byClass is a model that knows no more than which characters are common. What
// the tests here ask of the engine must hold under any model.
type byClass struct{}

func (byClass) Step(s plausible.State, r rune) (float32, plausible.State) {
	switch {
	case r >= 0x20 && r < 0x7F:
		return -3, s
	case r < 0x250 && unicode.IsLower(r), r >= 0x3040 && r < 0x9FFF, r >= 0x400 && r < 0x460:
		return -6, s
	}
	return -13, s
}

func TestFixUndoesMisreadings(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"once", "dÃ©jÃ\u00a0 trÃ¨s tÃ´t", "déjà très tôt"},
		{"twice", "dÃƒÂ©jÃƒÂ\u00a0 trÃƒÂ¨s tÃƒÂ´t", "déjà très tôt"},
		{"macintosh", "tr√®s t√¥t, d√©j√†", "très tôt, déjà"},
		{"a span only", "très tôt, mais dÃ©jÃ\u00a0 fÃªtÃ©", "très tôt, mais déjà fêté"},
	} {
		res := fixWith(byClass{}, []byte(c.in), Options{})
		if string(res.Text) != c.want {
			t.Errorf("%s: %q became %q, want %q (%v)", c.name, c.in, res.Text, c.want, res.Plan)
		}
	}
}

// A dropped byte leaves a letter that looks like one that was meant; what else
// is broken in the text tells.
func TestDroppedBytesWithoutTheirLook(t *testing.T) {
	for in, want := range map[string]string{
		"Nu se pot prelua jucÄtorii conectaĹŁi la acest joc.": "Nu se pot prelua jucătorii conectaţi la acest joc.",
	} {
		if res := Fix([]byte(in), Options{}); string(res.Text) != want {
			t.Errorf("%q became %q, want %q by %v", in, res.Text, want, res.Plan)
		}
	}
}

// Right texts that look misread, and broken ones that hardly do. All of them
// are of kinds that were met in the wild.
func TestEvidence(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Enregistrement programmé…", ""},
		{"Faut-il créer un certificat autosigné\u00a0? (o/N)", ""},
		{"Boĺš nie pytacca", ""},
		{"Mezipaměť HTTP", ""},
		{"C’è chi si trova a proprio agio", ""},
		{"ΑΝΑΤΟΛΙΚΟΣ ΔΡΟΜΟΣ", ""},
		{"ΚΟΠΕΡΝΙΚΟΣ", ""},
		{"Se metût a vêr, chest al comute il stât atîf predefinît", ""},
		{"The quick brown fox jumps over the lazy dog æøåÆØÅ", ""},
		{"ðéíóúþæö", ""},
		{"АаБбВвГгДдЕеЖжЗзИиЙйКкЛлМмНнОоПпРрСсТтУуФфХхЦцЧчШшЩщ", ""},
		{"짹짹", ""},
		{"Pelekî veke", ""},
		{"Side ôfdrukke", ""},
		{"ถ้าเธอออก ภาพของเธอจะหาย", ""},
		{"Offering 5×£35 pin ups", ""},
		{"(-1/2)! = √π", ""},
		{"├┤a┼┐a┼┐a┼┐a┼┐a", ""},
		{"AHÅ™, the new sofa", ""},
		{"On a bien parlé\u0085 Tu sais", "On a bien parlé… Tu sais"},
		{"âœ” No problems", "✔ No problems"},
		{"mice IL2RÎ³cKO.NOD", "mice IL2RγcKO.NOD"},
		{"voilÃ le travail", "voilà le travail"},
		{"l'ã©tã© est trã¨s bien passã©", "l'été est très bien passé"},
		{"Ïðèâåò, ìèð", "Привет, мир"},
	} {
		want := c.want
		if want == "" {
			want = c.in
		}
		if res := Fix([]byte(c.in), Options{}); string(res.Text) != want {
			t.Errorf("%q became %q, want %q (%v)", c.in, res.Text, want, res.Plan)
		}
	}
}

func TestCodeStaysUnlessAllIsBroken(t *testing.T) {
	in := "Write `dÃ©jÃ\u00a0` and see.\n"
	if res := fixWith(byClass{}, []byte(in), Options{}); string(res.Text) != in {
		t.Errorf("code was changed: %q", res.Text)
	}
	in = "Il a dÃ©jÃ\u00a0 trÃ¨s tÃ´t fÃªtÃ© `dÃ©jÃ\u00a0` et rÃ©pÃ©tÃ©.\n"
	want := "Il a déjà très tôt fêté `déjà` et répété.\n"
	if res := fixWith(byClass{}, []byte(in), Options{}); string(res.Text) != want {
		t.Errorf("%q, want %q", res.Text, want)
	}
}

func TestLongRunsAreLinear(t *testing.T) {
	for _, unit := range []string{"Ã©", "ã", "\xff", "a", "€", "\u200b"} {
		text := []byte(strings.Repeat(unit, 20_000))
		res := fixWith(byClass{}, text, Options{})
		if back, err := repair.Undo(res.Text, res.Repairs); err != nil || !bytes.Equal(back, text) {
			t.Errorf("%q: undo: %v", unit, err)
		}
	}
}

func TestChunksGiveTheWholeText(t *testing.T) {
	text := strings.Repeat("a plain line\n", 200_000)
	var out strings.Builder
	n := 0
	for res, err := range Chunks(strings.NewReader(text), Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		out.Write(res.Text)
		n++
	}
	if out.String() != text || n < 2 {
		t.Errorf("%d bytes in %d pieces, want %d in several", out.Len(), n, len(text))
	}
}

// One line without an end is mended in pieces too, none of which cuts a
// character.
func TestChunksOfOneLine(t *testing.T) {
	for _, unit := range []string{"a", "語"} {
		text := strings.Repeat(unit, 3<<20/len(unit))
		var out strings.Builder
		for res, err := range Chunks(strings.NewReader(text), Options{}) {
			if err != nil {
				t.Fatalf("%q: %v", unit, err)
			}
			if utf8.ValidString(text) && !utf8.Valid(res.Text) {
				t.Errorf("%q: a piece cuts a character", unit)
			}
			out.Write(res.Text)
		}
		if out.String() != text {
			t.Errorf("%q: %d bytes of %d", unit, out.Len(), len(text))
		}
	}
}

func FuzzFix(f *testing.F) {
	for _, s := range []string{
		"", "plain", "VoilÃ  le cafÃ©", "ã¨ã\uFFFD¨ã?", "РґРѕСЂРѕ", "\xff\xff\xff", "\xc3\x28\xed\xa0\xbd",
		"É»\u200b\u200c", "├⌐\x00\x1b[0m", "ÃƒÆ’Ã‚Â©", "閼戞柤鏈夊繀瑕佷績", "`Ã©` and $Ã©$", "ğ‘€ğ‘ğ",
		"Привет, мир", "âââââââââââââââ", "\r\n\r",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		was := bytes.Clone(text)
		res := fixWith(byClass{}, text, Options{})
		if !bytes.Equal(text, was) {
			t.Fatal("the input was changed")
		}
		back, err := repair.Undo(res.Text, res.Repairs)
		if err != nil || !bytes.Equal(back, was) {
			t.Fatalf("undo gave %q, %v for %q", back, err, was)
		}
		if again := fixWith(byClass{}, res.Text, Options{}); !bytes.Equal(again.Text, res.Text) {
			t.Fatalf("%q\n became %q\n then %q\n by %v then %v", was, res.Text, again.Text, res.Plan, again.Plan)
		}
	})
}

// What comes together when a watermark goes is looked at once more.
func TestWatermarkWithinMisreadText(t *testing.T) {
	for in, want := range map[string]string{
		"dÃ\u200b\u2062\u200b© et tÃ\u200b\u2062\u200b´t": "dé et tôt",
		"un mot\u2062\u2063\u2064 et un autre, déjà dit":  "un mot et un autre, déjà dit",
	} {
		if res := Fix([]byte(in), Options{}); string(res.Text) != want {
			t.Errorf("%q became %q, want %q by %v", in, res.Text, want, res.Plan)
		}
	}
}

// Text is judged anew when something was removed near what looks misread.
func TestTwiceIsOnceAfterRemovals(t *testing.T) {
	for _, misread := range []string{"├⌐", "Ã©", "Ã\u00a0", "╨Я", "Ð¼"} {
		for _, removed := range []string{"\x1b", "\x1b[0m", "\x00", "\u2062\u2063\u2064"} {
			for _, after := range []string{"", "t", "té", "A", "б", ".", "\n", " A"} {
				once := Fix([]byte("r"+misread+removed+after), Options{})
				if twice := Fix(once.Text, Options{}); string(twice.Text) != string(once.Text) {
					t.Errorf("%q and %q and %q: %q, then %q", misread, removed, after, once.Text, twice.Text)
				}
			}
		}
	}
}

// A window that is cut for its length used to cut a character too, which was left
// broken, or made into another one, or had a pass of its own.
func TestLongWindows(t *testing.T) {
	line := "いろはにほへと、ちりぬるを。わかよたれそ、つねならむ。うゐのおくやま、けふこえて。\n"
	for _, l := range []Layer{{Encoding: "windows-1252", Lost: lostKept}, {Encoding: "iso-8859-1", Lost: lostKept}, {Encoding: "macintosh", Lost: lostKept}} {
		want := strings.Repeat(line, 200)
		res := Fix([]byte(breakText(channelOf([]Layer{l}), want)), Options{})
		if string(res.Text) != want || len(res.Plan.Steps) != 1 {
			t.Errorf("%v: %d steps, right is %v", l, len(res.Plan.Steps), string(res.Text) == want)
		}
	}
}
