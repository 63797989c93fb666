package mojibake

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// told returns s written in one encoding and read in another.
func told(t *testing.T, s string, from, read encoding.Encoding) string {
	t.Helper()
	b := []byte(s)
	var err error
	if from != nil {
		if b, err = from.NewEncoder().Bytes(b); err != nil {
			t.Fatal(err)
		}
	}
	if b, err = read.NewDecoder().Bytes(b); err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A word or a line is enough where what it was read as is no text and what it
// was is.
func TestFewWordsInLegacyEncodings(t *testing.T) {
	for _, c := range []struct {
		right      string
		from, read encoding.Encoding
	}{
		{"Неделя началась", charmap.KOI8R, charmap.CodePage866},
		{"Добро пожаловать", charmap.CodePage866, charmap.KOI8R},
		{"Показать следующую страницу", charmap.ISO8859_5, charmap.CodePage437},
		{"보호 능력:", korean.EUCKR, charmap.ISO8859_1},
		{"随机地图设置", simplifiedchinese.GBK, charmap.CodePage437},
		{"Die Größe der Bäume, ihre Höhe und Stärke", charmap.CodePage850, charmap.Windows1252},
		{"Роанок и его жители", charmap.KOI8R, charmap.Windows1251},
	} {
		bad := told(t, c.right, c.from, c.read)
		if res := Fix([]byte(bad), Options{}); string(res.Text) != c.right {
			t.Errorf("%q became %q, want %q (%v)", bad, res.Text, c.right, res.Plan)
		}
	}
}

// A letter or two are enough where they stand where no word has them, or the words are
// fluent only otherwise.
func TestFewLatinLetters(t *testing.T) {
	for _, c := range []struct {
		right      string
		from, read encoding.Encoding
	}{
		{"Si els menús han de tindre acceleradors", charmap.CodePage850, charmap.Windows1252},
		{"alinhar a área principal da caixa de diálogo", charmap.Macintosh, charmap.Windows1252},
		{"Début de la cartouche atteinte ; arrêt du programme.", charmap.Windows1252, charmap.CodePage437},
		{"plik nie może zawierać znaków nowej linii", charmap.Windows1250, charmap.Windows1252},
		{"Odświeżanie indeksu", charmap.Windows1250, charmap.Windows1252},
		{"Skārienpaliktnis ir ieslēgts", charmap.Windows1257, charmap.Windows1252},
	} {
		bad := told(t, c.right, c.from, c.read)
		if res := Fix([]byte(bad), Options{}); string(res.Text) != c.right {
			t.Errorf("%q became %q, want %q (%v)", bad, res.Text, c.right, res.Plan)
		}
	}
}

// Each paragraph of a document is read by what it was broken by.
func TestParagraphsBrokenInDifferentWays(t *testing.T) {
	const (
		french  = "L’équipe a été très contente de la journée passée à la mer."
		polish  = "Przełącz wyświetlanie planet i źródła światła."
		russian = "Откройте настройки и выберите нужный язык из списка."
		chinese = "请打开设置并选择需要的语言。"
	)
	cp1252, mac, cp1251 := charmap.ISO8859_1, charmap.Macintosh, charmap.Windows1251
	for name, parts := range map[string][][2]string{
		"once and twice":         {{french, told(t, french, nil, cp1252)}, {french, told(t, told(t, french, nil, cp1252), nil, cp1252)}},
		"Western and Macintosh":  {{french, told(t, french, nil, cp1252)}, {polish, told(t, polish, nil, mac)}},
		"UTF-8 and Cyrillic":     {{french, told(t, french, nil, cp1252)}, {russian, told(t, russian, cp1251, cp1252)}},
		"Cyrillic, and right":    {{russian, told(t, russian, cp1251, cp1252)}, {russian, russian}, {russian, russian}},
		"Chinese, UTF-8, right":  {{chinese, told(t, chinese, simplifiedchinese.GBK, cp1252)}, {french, told(t, french, nil, cp1252)}, {french, french}},
		"two ways, Cyrillic all": {{russian, told(t, russian, charmap.KOI8R, cp1251)}, {russian, told(t, russian, nil, cp1252)}, {russian, russian}},
	} {
		var want, bad []string
		for _, p := range parts {
			want, bad = append(want, p[0]), append(bad, p[1])
		}
		in := strings.Join(bad, "\n\n")
		if res := Fix([]byte(in), Options{}); string(res.Text) != strings.Join(want, "\n\n") {
			t.Errorf("%s: %q\n became %q (%v)", name, in, res.Text, res.Plan)
		}
	}
}

// What is left over of a chain shows by less than what begins one.
func TestOneLayerHereAndTwoThere(t *testing.T) {
	for in, want := range map[string]string{
		"CafÃƒÂ© and Ã©tÃ© en France": "Café and été en France",
		"CafÃ© et thÃƒÂ©":             "Café et thé",
		"Ã¢â‚¬â„¢$x$Ã¢â‚¬â„¢ hÃƒÂ¶rt auf\n\nÃ¼ber alles": "’$x$’ hört auf\n\nüber alles",
	} {
		if res := Fix([]byte(in), Options{}); string(res.Text) != want {
			t.Errorf("%q became %q, want %q (%v)", in, res.Text, want, res.Plan)
		}
	}
}

// A sign that stands where its kind belongs, a letter alone with a sign that
// follows none, and a capital before a blank that was half of it.
func TestLittleEvidence(t *testing.T) {
	for in, want := range map[string]string{
		"┬┐que diferencia hay?":                                       "¿que diferencia hay?",
		"hotel $49 $Ì¶6Ì¶3Ì¶ updated 2018":                            "hotel $49 $̶6̶3̶ updated 2018",
		"Å veices baÅ†Ä·ieri gaida konkrÄ“tus investÄ«ciju projektus": "Šveices baņķieri gaida konkrētus investīciju projektus",
		"GÃ\u00a0idhlig": "Gàidhlig",
		"hundimiento de barco tur\u0092stico en Acapulco": "hundimiento de barco turístico en Acapulco",
		"no cargar el ãºltimo archivo":                    "no cargar el último archivo",
		"NICIODATĂ™":                                      "NICIODATĂ™",
		"É SUA IRMÃ?":                                     "É SUA IRMÃ?",
		"1.54Å±0.02Å and later 2Å–4Å":                     "1.54Å±0.02Å and later 2Å–4Å",
		"┌┬┐\n├┼┤ a\n└┴┘ b":                               "┌┬┐\n├┼┤ a\n└┴┘ b",
		"Å andra sidan är det så":                         "Å andra sidan är det så",
	} {
		if res := Fix([]byte(in), Options{}); string(res.Text) != want {
			t.Errorf("%q became %q, want %q (%v)", in, res.Text, want, res.Plan)
		}
	}
}

// Right text that other encodings make something of.
func TestRightTextOfNoLegacyEncoding(t *testing.T) {
	for _, text := range []string{
		"áíűőüöúóé", "èòàì", "ÈÒÀÌ", "æøå", "qxàáâãéêíóôõúç", "åçî", "ABCDE ÅÇÉÈÎÔÛ", "נײַ",
		"АаБбВвГгДдЃѓЕеЖжЗзЅѕИиЈјКкЛлЉљМмНнЊњОоПпРрСсТтЌќУуФфХхЦцЧчЏџШш0123456789",
		"Kiviröykkiö", "זײַט", "קלײן",
		"GNOME 暗\nGNOME 亮\nGPL-3.0+ 或 GFDL\nTango 暗\nTango 亮\n終端機",
		"캄포바소", "캅오묄", "헤이룽장 두샨베", "★★★+ рейтинг", "––––––––––––––", "mm.åååå", "[√] n", "Ω≈ç√∫˜µ≤≥÷", "┌─┐│└┘├┤┬┴┼ ╔═╗║╚╝ ░▒▓█ ▀▄▌▐",
		"Tu dixwazî vî pelî têxe arşîva heyî yan jî dixwazî wekî arşîveke nû veke?",
		"Vostede pode ´Recompor´ se a imaxe activa se produciu por ´Descompor´",
		"L'alfîr neri in abilitâ la modalitât slargjade\nUne opzion par abilitâ la numerazion\nL'alfîr blanc al cjape",
		"╔══════════╤══════╗\n║ Go type  │ Kind ║\n╠══════════╪══════╣\n║ bool     │ Bool ║\n╚══════════╧══════╝\n",
		"Etsi viestejä…\nLadataan tekstityksiä…\nEtsitään tekstityksiä…\nEtsi viestistä…\nKansiota siirretään…\nEtsi osia…\nTietoja…\nLisää osiä…\n",
		"енглеска (УК)\nенглеска (УК, Колемак)\nенглеска (УК, Колемак-DH)\nенглеска (УК, Дворак)\nенглеска (УК, Мекинтош)\nенглеска (САД, УК)\n",
		"asteεfu", "Leεmer 15", "Isem n umaγnu", "Yal aceqquf yesεa idisan uzligen", "Skаpijuj adras email", "Dodaj poteѕ",
		"Hеllo wоrld", "Му name is Jоhn", "Plеase verify your aсcount.", "gооgle.com, micrоsoft.com, fаcebook.com", "BORДT", "hdrд",
		"Clоud Sеrvices™ Inc. ® ©2024\nClоud Sеrvices™ Inc. ® ©2024", "Compute sinα and cosβ.", "Bragg's law: nλ = 2d sinθ.",
		"NFκB is sequestered by IκBα", "The function sinθ has period 2π; cosθ is even; tanφ = sinφ/cosφ.", "%liη %liω %liλ %liδ",
		"Îstatîstîk", "Lîstîk", "Pîrîstin", "Hâfiz, Sa'dî, Rûmî, Nizâmî, Firdausî, Khayyâm", "Rakovnìk",
		"Boton in emulazion cun la rudiele dal mouse. 0 par disabilitâ la funzionalitât.",
		"Mesto za prikaѕ novih razgovora:", "%dР x %dС", "%dР x %dК",
		"nivîsandinê tu hêman nîne", "DE àèìòù ÀÈÌÒÙ €", "abcde ABCDE àèìòù €", "àèìòù",
		"æceras nu forþberaþ .farming.gold gold.", "Dèan suaip air nì paileid beulaibh/cùlaibh", "Ji dil dixwazî derkevî?", "Kosta Rîka",
		"Briog is slaod an luchag gus èifeachd mosàig sia-cheàrnach a chur ri pàirt dhen dealbh agad.", "dδ (segundos de arco)", "See note† and table‡.", "The word† has a footnote‡ and another§.",
	} {
		if res := Fix([]byte(text), Options{}); string(res.Text) != text {
			t.Errorf("%q became %q by %v", text, res.Text, res.Plan)
		}
	}
}

// What is right beside a few broken places stays: three letters of Cyrillic may be
// one of a script that nobody wrote, and a sign by itself a letter that lost a byte.
func TestRightBesideBroken(t *testing.T) {
	for _, test := range []struct{ text, broken, right string }{
		{
			"Можете да подесите да се одговарајући програм самостално покрене када прикључите уређај или уметнете диск или медијску картицу. На пример, можете пожелети да се\n" +
				"Притисните СуперТаб да прикажете пребацивач прозора. Наставите да држите тастер Супер и притисните Таб да кружите по отвореним прозорима, или ПомакТаб да кружит\n" +
				"Изаберите ваш екран.\nКликните на Блутут да отворите ╨┐╨░╨╜╨╡╨╗.\n" +
				"Простор боје је одређени опсег боја. Добро познати простори боје укључују сРГБ, АдобеРГБ и ПроФотоРГБ.\n",
			"╨┐╨░╨╜╨╡╨╗", "панел",
		},
		{"Klik op ×. Nu kunt u. Het is goed geĂŻnstalleerd.\nKlik op ×. Nu.\n", "geĂŻn", "geïn"},
	} {
		if got := Fix([]byte(test.text), Options{}); string(got.Text) != strings.ReplaceAll(test.text, test.broken, test.right) {
			t.Errorf("Fix(%q) = %q", test.text, got.Text)
		}
	}
}

// A document broken by ISO 8859-1 may have a part that the web's default for it broke.
func TestLatin1AndWebDefault(t *testing.T) {
	const most = "ఉపయోగకరమైన కీబోర్డు అడ్డదారులు\nబాహ్య డ్రైవు సురక్షితంగా తీసివేయి\nసహాయ విహారకాన్ని ఆరంభించు\n" +
		"నేను నాఅంతటనేనే కాలిబ్రేషన్ ఎందుకు చేయాలి?\nవాడుకరి ఖాతాలను నిర్వహించండి\nపరిచయం కొరకు అన్వేషించండి\n\n"
	const part = "చెత్తబుట్ట నుండి ఫైలును తిరిగిపొందుము\n"
	bad := breakText(channelOf([]Layer{{Encoding: "iso-8859-1"}}), most) + breakText(channelOf([]Layer{{Encoding: "windows-1252", Lost: lostKept}}), part)
	if got := Fix([]byte(bad), Options{}); string(got.Text) != most+part {
		t.Errorf("%q became %q", bad, got.Text)
	}
}

// What is long because it was misread twice is read to its end in text that is right
// otherwise.
func TestLongSpansBesideRight(t *testing.T) {
	const title, right = "The café’s guide to crème brûlée", "\nVisit São Paulo, Zürich, or Kraków. Copyright © 2023 Café™. 👍 Here’s the naïve résumé of Beyoncé’s tour—a “must”.\n"
	cp1252 := []Layer{{Encoding: "windows-1252", Lost: lostKept}}
	bad := breakText(channelOf(append(cp1252, cp1252...)), title) + right
	if got := Fix([]byte(bad), Options{}); string(got.Text) != title+right {
		t.Errorf("%q became %q", bad, got.Text)
	}
}

// A few broken words behind much right text that looks odd are found: a word in two
// scripts is proof enough.
func TestFewBrokenAmongMuchRight(t *testing.T) {
	var ukrainian strings.Builder
	const inside = "Перевірка кабелів"
	for i := range 200 {
		if i == 120 {
			ukrainian.WriteString(inside + "\n")
		}
		fmt.Fprintf(&ukrainian, "Відкрийте огляд Діяльності %d і почніть вводити слово Параметри.\n", i)
	}
	const french = "Avant d’être prêt, il s’éteint. Aussi, gérer vos profils l’âge venu.\n"
	for _, test := range []struct {
		right, part string
		read        encoding.Encoding
	}{
		{ukrainian.String(), inside, charmap.Macintosh},
		{french, "gérer", charmap.Windows1251},
	} {
		bad := strings.Replace(test.right, test.part, told(t, test.part, nil, test.read), 1)
		if got := Fix([]byte(bad), Options{}); string(got.Text) != test.right {
			t.Errorf("%q behind right text became %q", test.part, got.Text[max(0, len(got.Text)-100):])
		}
	}
}
