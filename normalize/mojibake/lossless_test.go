package mojibake

import (
	"strings"
	"testing"
)

// foreignTexts are sentences in languages with letters of which the model knows little or
// nothing.
var littleKnown = map[string]string{
	"Hausa":       "Wannan suna bai da inganci don yana ƙunsa da baƙi, kuma waɗannan ɓangarori ba a ɓoye suke ba.",
	"Bambara":     "Kilike, i ka ɲinɛnin cɛɛnɛ ka kɔnɔ kalakisɛw ci, dɔ bɛ fara ciw kan.",
	"Akan":        "Kleeke kɔna no na twe kɔ baabea wo pɛsɛ wo trɛɛ nfonyin no mu.",
	"Fula":        "Dobo, ndaasaa doombel ngam waɗtude natal ngal, daɓɓe fayde les ngam toowɗe, ñaamo ngam juutɗe.",
	"Uzbek":       "Jildning nomini oʻzgartirish uchun maxfiy soʻzni toʻgʻri kiriting.",
	"Azerbaijani": "Rhythmbox bütün mahnılarınızı idarə edir və sizə musiqinizi rahatlıqla axtarma imkanı verir.",
	"Kabyle":      "Ma teffeɣeḍ, tugna-inek ad truḥ! Ad tt-teskelseḍ deg usekles-nniḍen neɣ ala?",
	"Venetian":    "Clica e strasina vèrso indove che te vol strucar ƚa prospetiva de ƚa pàgina.",
	"Old English": "Þā wæs on burgum Bēowulf Scyldinga, lēof lēodcyning, longe þrāge folcum ġefrǣġe.",
	"Maltese":     "Il-ħin kollu għandek tiċċekkja l-messaġġi ġodda li ġew mibgħuta lilek.",
	"Shavian":     "𐑜𐑦𐑝 𐑜𐑴𐑤𐑛 𐑑 𐑞 𐑒𐑳𐑮𐑩𐑯𐑑 𐑐𐑤𐑱𐑻.",
}

func TestUnseenLetters(t *testing.T) {
	for _, name := range []string{latin1, webDefault, "windows-1250", "windows-1251", "macintosh", "ibm437", "ibm850"} {
		c := channelOf([]Layer{{Encoding: name, Lost: lostKept}})
		for language, want := range littleKnown {
			bad := breakText(c, want)
			res := Fix([]byte(bad), Options{})
			if string(res.Text) != want {
				t.Errorf("%s by %s: %q became %q", language, name, bad, res.Text)
			}
			if again, err := res.Plan.Apply([]byte(bad)); err != nil || string(again.Text) != want {
				t.Errorf("%s by %s: the plan gave %q, %v", language, name, again.Text, err)
			}
		}
	}
}

// What is proven of a text's beginning is true of all of it, and of what was misread twice.
func TestUnseenLettersOfNotes(t *testing.T) {
	for language, line := range littleKnown {
		want := strings.Repeat(line+"\n", 100)
		c := channelOf([]Layer{{Encoding: latin1, Lost: lostKept}})
		if res := Fix([]byte(breakText(c, want)), Options{}); string(res.Text) != want {
			t.Errorf("%s: a note became %.200q", language, res.Text)
		}
		if res := Fix([]byte(breakText(c, breakText(c, line))), Options{}); string(res.Text) != line {
			t.Errorf("%s: misread twice, it became %q", language, res.Text)
		}
	}
}

// Right text of which all that is outside ASCII may have been UTF-8.
func TestMayBeUTF8ByChance(t *testing.T) {
	for _, right := range []string{
		"CAFÉ™", "Visit CAFÉ™ or the NESTLÉ® shop, CAFÉ™'s best.", "AHÅ™, the new sofa", "L'É™ET", "QUEM É¿", "voce vai lá´´",
		"Die Bohrung hat Ø±0,05 mm Toleranz.", "É—disse ele.", "Oui…étrange.", "a┼┐a┼┐a┼┐a", "├─┤ a ├─┤", "  ├été", "C9 99 É™ Й™ …ô",
		"Changer l’échelle du chemin, l’économie d’énergie.", "Caccia u rimusciu cum’è quelli.", "n’à l’ús",
		"PÓŁNOCNA KORONA, OGON WĘŻA", "Çık", "Įžambi juosta", "ČŪSKA", "Đóng", "yarıçap", "Wuměłc",
		"36 дБ", "100 кБ", "Ні", "тіні", "секунд", "дД нН оО", "สถานะของ %s", "อนุญาต", "أ، ب، ج، ...", "جست\u200cوجو",
		"Rìoghachd na h-Alba", "ẹ̀kọ́ Yorùbá", "Asụsụ Igbo", "Eʋegbe nye gbe", "[ˈwɔːtə] and [ɹɪˈdʒɔɪs]",
	} {
		if res := Fix([]byte(right), Options{}); string(res.Text) != right {
			t.Errorf("%q became %q by %v", right, res.Text, res.Plan)
		}
	}
}

// Lines that were misread are proven among others that are right.
func TestUnseenLettersAmongRightLines(t *testing.T) {
	const right = "“Right” signs — as typed… 20 °C, café"
	for _, name := range []string{latin1, webDefault, "windows-1250", "windows-1251", "ibm437"} {
		c := channelOf([]Layer{{Encoding: name, Lost: lostKept}})
		for language, line := range littleKnown {
			want := right + "\n\n" + line + "\n" + line + "\n" + right + "\n"
			bad := strings.ReplaceAll(want, line, breakText(c, line))
			if res := Fix([]byte(bad), Options{}); string(res.Text) != want {
				t.Errorf("%s by %s: %q became %q", language, name, bad, res.Text)
			}
		}
	}
}

// A reading that puts capitals in the midst of words gives way to one that does not.
func TestCapitalsWithinWords(t *testing.T) {
	const want = "Nautilus ya kasa ƙiƙira waɗannan shamis da ake buƙata."
	bad := breakText(channelOf([]Layer{{Encoding: "windows-1250", Lost: lostKept}}), want)
	if res := Fix([]byte(bad), Options{}); string(res.Text) != want {
		t.Errorf("%q became %q by %v", bad, res.Text, res.Plan)
	}
}

// Letters that the model does not know are read in a text of which other letters lost bytes.
func TestUnseenLettersBesideLost(t *testing.T) {
	const want = "Ssed u selḥu taɣerdayt iwakken ad terreḍ unuɣ-inek merra d uzdir.\nBeqqeḍ ifuyla yettwaẓergen yerna ɛreḍ ad tsiliḍ."
	bad := breakText(channelOf([]Layer{{Encoding: webDefault, Lost: lostDropped}}), want)
	if res := Fix([]byte(bad), Options{}); string(res.Text) != want {
		t.Errorf("%q became %q by %v", bad, res.Text, res.Plan)
	}
}
