package mojibake

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/clipmend/clipmend/normalize/repair"
)

// What encodings of the East make of text, and what is made of them.
func TestTranscodings(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"UTF-8 as GBK", "鍚嶅墠澶夋洿銇\ue1ba偑銉椼偡銉с兂", "名前変更のオプション"},
		{"one quote in English", "You may want it if the others don鈥檛 help.", "You may want it if the others don’t help."},
		{"two letters in French", "Deviner les donn茅es de l'objet 脿 partir du texte", "Deviner les données de l'objet à partir du texte"},
		{"a span in a right text", "他说：可以。\n\n鍒嗘瀽涓€涓嬬粨鏋溿€?\n\n再看看。\n", "他说：可以。\n\n分析一下结果。\n\n再看看。\n"},
		{"a whole span in a right text", "他说：可以。\n\n鍒嗘瀽涓€涓嬬粨鏋滃惂\n\n再看看。\n", "他说：可以。\n\n分析一下结果吧\n\n再看看。\n"},
		{"quotes of GBK as Latin-1", "When it won¡¯t start, press ¡°Reset¡±.", "When it won’t start, press “Reset”."},
		{"signs of GBK by themselves", "Pages ¡°1,3,5-7¡± ¡ª and more ¡\u00ad 9", "Pages “1,3,5-7” — and more … 9"},
		{"quotes of Shift-JIS as Latin-1", "if you\u0081fre away", "if you’re away"},
		{"a backtick that is half a character", "’nŒ`ƒR\u0081[ƒh‚ð•`‰æ", "地形コードを描画"},
		{"Spanish, which begins so", "¡Ay, no! ¡Vaya! ¿Qué?", "¡Ay, no! ¡Vaya! ¿Qué?"},
		{"code that shows the mistake", "It prints `don鈥檛` for it.", "It prints `don鈥檛` for it."},
	} {
		res := Fix([]byte(c.in), Options{})
		if string(res.Text) != c.want {
			t.Errorf("%s: %q became %q, want %q (%v)", c.name, c.in, res.Text, c.want, res.Plan)
		}
		if back, err := repair.Undo(res.Text, res.Repairs); err != nil || string(back) != c.in {
			t.Errorf("%s: undo gave %q, %v", c.name, back, err)
		}
	}
}

// A word broken in a text that is right otherwise, most of it outside ASCII.
func TestSpansInRightText(t *testing.T) {
	for in, want := range map[string]string{
		"Проверите да ли Ð¼Ð¸Ñˆ заправо ради": "Проверите да ли миш заправо ради",
		"A gravaĂ§ĂŁo ĂŠ mais confiĂĄvel.":    "A gravação é mais confiável.",
	} {
		if res := Fix([]byte(in), Options{}); string(res.Text) != want {
			t.Errorf("%q became %q, want %q (%v)", in, res.Text, want, res.Plan)
		}
	}
}

// A text that was misread twice here and once there.
func TestUnevenMisreadings(t *testing.T) {
	for in, want := range map[string]string{
		"CafÃƒÂ© dÃƒÂ©jÃƒÂ\u00a0 vu, lâ€™Ã©tÃ© fut long.\n":              "Café déjà vu, l’été fut long.\n",
		"CafÃƒÂ© dÃƒÂ©jÃƒÂ\u00a0 vu\n\nEn France, lâ€™Ã©tÃ© fut long.\n": "Café déjà vu\n\nEn France, l’été fut long.\n",
	} {
		if res := Fix([]byte(in), Options{}); string(res.Text) != want {
			t.Errorf("%q became %q, want %q (%v)", in, res.Text, want, res.Plan)
		}
	}
}

// What is right stays: of a language that the model has not seen, in capitals,
// said again and again, or with signs that encodings part but letters that they
// share.
func TestRightTextStays(t *testing.T) {
	for _, text := range []string{
		"אױב מען װיל אַז די צאַמרינע זאָל זיך װײַזן",
		"געװײנטלעכע װײַזונג",
		"●●● Команди ●●●",
		"A capital de %1 é…",
		"Use † for the first footnote, ‡ for the second, § for the third and ¶ for the fourth.\n",
		"| Sign | Name |\n|---|---|\n| € | euro |\n| ƒ | florin |\n| † | dagger |\n| ‡ | double dagger |\n| ‰ | per mille |\n| • | bullet |\n",
		"Letters with accents: à á â ã ä å æ ç è é ê ë ì í î ï\n",
		"The Portuguese vowels with a tilde or circumflex: ã õ ç â ê ô\n",
		"à è é ì ò ù\n",
		"unit cell volume: 160 Å³",
		"Surface 64Å², volume 1200Å².",
		"Die Bohrung hat Ø±0,05 mm Toleranz, die Welle Ø±0,10 mm.",
		"Питание: 220 В±10 %, 50 Гц.",
		"--lines=БРЈ  чува БРЈ редова\n--tabsize=БРЈ     величина БРЈ (почетно 8)\n-w БРЈ\n--width=БРЈ      ширина\n",
		"Fáìlì tó ń jẹ́ orúkọ yìí ti wà nílẹ̀ tẹ́lẹ̀, o kò sì ní ìyànda láti kọ̀wé lé e",
		"АаБбВвГгДдЃѓЕеЖжЗзЅѕИиЈјКкЛлЉљМмНнЊњОоПпРрСсТтЌќУуФфХхЦцЧчЏџШш0123456789",
		"  -A LISTĂ   ce se ia\n  -B ADRESĂ   de unde\n  -C CLARĂ   cum\n",
		strings.Repeat("O DECLARAȚIE UNIVERSALĂ A DREPTURILOR OMULUI\n", 9),
	} {
		if res := Fix([]byte(text), Options{}); string(res.Text) != text {
			t.Errorf("%q became %q by %v", text, res.Text, res.Plan)
		}
	}
}

// A word or two that another program misread, in text that is right and has
// characters of its own.
func TestWordsMisreadInRightText(t *testing.T) {
	for in, want := range map[string]string{
		"هر کس حق دارد که شخصیت حقوقی او در همه جا شناخته شود. انجام Ø¹Ù…Ù„ÛŒ که جرم نبوده است": "هر کس حق دارد که شخصیت حقوقی او در همه جا شناخته شود. انجام عملی که جرم نبوده است",
		"Объект addon_title –∏–º–µ–µ—Ç некорректное имя, проверьте его":                         "Объект addon_title имеет некорректное имя, проверьте его",
		"Няколко рицари Ñ\u0081Ð° тук, а другите ги няма":                                       "Няколко рицари са тук, а другите ги няма",
	} {
		if res := Fix([]byte(in), Options{}); string(res.Text) != want {
			t.Errorf("%q became %q, want %q by %v", in, res.Text, want, res.Plan)
		}
	}
}

func TestCased(t *testing.T) {
	for text, want := range map[string]bool{
		"Съешь же ещё этих мягких булок": true,
		"ШифтСуперКрај и США":            true,
		"«Да» — сказал он. Ёлка’с":       true,
		"фПЦЗм д' фПераЗргтшшечерв":      false,
		"пРИВЕТ, мИР":                    false,
		"ornÉ a javÉ li":                 false,
		"вт‘÷римтлт ‘÷«жерв":             false,
		"天地玄黄，宇宙洪荒":                      true,
	} {
		if got := cased(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// Of a long line without a blank only a part is looked at, and all of it is mended.
func TestLongLineInAnotherEncoding(t *testing.T) {
	want := strings.Repeat("模型的参数很多，训练数据也很多。", 400)
	b, err := simplifiedchinese.GBK.NewEncoder().String(want)
	if err != nil {
		t.Fatal(err)
	}
	var bad strings.Builder
	for _, c := range []byte(b) {
		bad.WriteRune(rune(c))
	}
	for _, before := range []string{"", "a"} {
		if res := Fix([]byte(before+bad.String()), Options{}); string(res.Text) != before+want {
			t.Errorf("after %q: %.60q by %v", before, res.Text, res.Plan)
		}
	}
}
