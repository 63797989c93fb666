package main

import "strings"

// A corpus is a family of Debian packages with one kind of text. Leaving one
// out shows what the model owes to it.
type corpus struct {
	name     string
	licence  string
	packages string // separated by spaces
	kind     kind
	lang     string // of files whose path names no language; "" drops those
}

// A kind says how the text of a corpus is read.
type kind int

const (
	prose    kind = iota // .mo, .html, .txt, .po and manual pages, by file name
	words                // "word frequency" lists: inside words only
	quips                // fortune files: entries between lines of "%"
	spelling             // dictionaries of Hunspell: words between spaces
	counted              // language models of Onboard: words between spaces, by how often they came
)

func (c corpus) list() []string { return strings.Fields(c.packages) }

func prefixed(prefix, names string) string {
	var b strings.Builder
	for n := range strings.FieldsSeq(names) {
		b.WriteString(prefix + n + " ")
	}
	return b.String()
}

// corpora are the texts that the model is trained on. Never add here the texts
// that judge it: wesnoth-*-data, gnome-user-docs, translations of the Universal
// Declaration of Human Rights. They are read in this order until a language has
// enough, so that varied text comes first.
func corpora() []corpus {
	return []corpus{
		{name: "crawl", licence: "GPL-2+", packages: "crawl-common"},
		{name: "cataclysm", licence: "CC-BY-SA-3.0", packages: "cataclysm-dda-data"},
		{name: "freeciv", licence: "GPL-2+", packages: "freeciv-data"},
		{name: "widelands", licence: "GPL-2+", packages: "widelands-data"},
		{name: "games", licence: "GPL-2+, GPL-3+, LGPL-2.1+, by game", packages: "freeorion-data lordsawar-data minetest-data"},
		{name: "fortunes", licence: "GPL-2+ and public domain", packages: prefixed("fortunes-", "bg cs de eo es ga it pl ru zh"), kind: quips},
		{name: "stellarium", licence: "GPL-2+", packages: "stellarium-data"},
		{name: "mediawiki", licence: "GPL-2+", packages: "mediawiki"},
		{name: "debian-docs", licence: "GPL-2+", packages: "debian-faq-ko debian-faq-zh-cn debian-faq-ja debian-faq-ru debian-faq-de " +
			"maint-guide-zh-cn maint-guide-zh-tw maint-guide-ja developers-reference-ja debian-edu-doc-zh-cn debian-edu-doc-ja debian-history"},
		{name: "debian-handbook", licence: "GPL-2+ or CC-BY-SA-3.0", packages: "debian-handbook"},
		{name: "debian-reference", licence: "GPL-2+", packages: prefixed("debian-reference-", "de es fr it ja pt zh-cn zh-tw")},
		{name: "installation-guide", licence: "GPL-2", packages: "installation-guide-amd64"},
		{name: "lilypond-doc", licence: "GFDL-1.3+", packages: "lilypond-doc-html-zh lilypond-doc-html-ja"},
		{name: "kicad-doc", licence: "GPL-3+ or CC-BY-3.0+", packages: "kicad-doc-zh"},
		{name: "gimp-help", licence: "GFDL-1.2+", packages: "gimp-help-ko gimp-help-ja gimp-help-zh-cn"},
		{name: "desktops", licence: "GPL-2+, LGPL-2+, BSD-3-Clause, by program", packages: "cinnamon-l10n plasma-desktop-data plasma-workspace-data kdenlive-data python3-django"},
		{name: "programs", licence: "GPL-2+", packages: "apt aptitude-common gramps openttd-data colobot-common vlc-l10n krita-l10n " +
			"evolution-common kmymoney-common inkscape wordpress-l10n digikam-data"},
		{name: "manpages", licence: "GPL-2+ and others", packages: prefixed("manpages-",
			"cs da de el es fi fr hu id it ja ja-dev mk nb nl pl pt-br ro ru sr sv tr uk vi zh")},
		{name: "libreoffice-help", licence: "MPL-2.0", packages: prefixed("libreoffice-help-",
			"ca cs da de el en-us es et fi fr hi hu it ja ko nl pl pt ru si sk sl sv tr vi zh-cn zh-tw")},
		{name: "libreoffice-l10n", licence: "MPL-2.0", packages: prefixed("libreoffice-l10n-",
			"af ar be bg bn br bs ca cs cy da de el eo es et eu fa fi fr ga gl gu he hi hr hu id is it ja ka kk km ko "+
				"lt lv mk ml mn nb ne nl nn pl pt pt-br ro ru si sk sl sr sv ta te th tr uk vi zh-cn zh-tw")},
		{name: "iso-codes", licence: "LGPL-2.1+", packages: "iso-codes"},
		{name: "ipadic", licence: "BSD-3-Clause, parts ICOT Free Software", packages: "mecab-ipadic", kind: words, lang: "ja"},
		{name: "jieba", licence: "MIT", packages: "python3-jieba", kind: words, lang: "zh"},
		{name: "hunspell", licence: "by language", packages: prefixed("hunspell-",
			"ar be bg bn cs de-de-frami el es fr gu he hi hr hu it ko lt lv ml ne nl pl pt-br ro ru si sk sl sr sv te tr uk vi"), kind: spelling},
		{name: "onboard", licence: "GPL-3+", packages: "onboard-data", kind: counted},
		{name: "rime-essay", licence: "LGPL-3", packages: "rime-essay", kind: words, lang: "zh"},
	}
}

// languages are the codes that a path may carry, with the name that the trainer
// gives them. Variants that share a spelling share a name.
var languages = func() map[string]string {
	m := map[string]string{
		"zh-cn": "zh-Hans", "zh-hans": "zh-Hans", "zh": "zh-Hans", "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-hant": "zh-Hant",
		"pt-br": "pt", "pt-pt": "pt", "en-us": "en", "en-gb": "en", "nb-no": "nb", "no": "nb", "nn-no": "nn", "sr-latn": "sr-Latn",
		"sr@latin": "sr-Latn", "fa-ir": "fa", "ar-ma": "ar", "de-de": "de", "el-gr": "el", "es-ar": "es", "cz": "cs", "sr-ec": "sr", "sr-el": "sr-Latn", "es-es": "es", "fr-fr": "fr", "id-id": "id",
		"it-it": "it", "ja-jp": "ja", "ko-kr": "ko", "pl-pl": "pl", "ro-ro": "ro", "ru-ru": "ru", "sv-se": "sv", "tr-tr": "tr",
		"uk-ua": "uk", "vi-vn": "vi", "hr-hr": "hr", "hu-hu": "hu", "cs-cz": "cs", "da-dk": "da", "nl-nl": "nl", "he-il": "he", "iw": "he",
		"hi-in": "hi", "bn-bd": "bn", "bn-in": "bn", "be-by": "be", "gu-in": "gu", "ml-in": "ml", "te-in": "te", "ne-np": "ne", "si-lk": "si", "lt-lt": "lt", "lv-lv": "lv", "bg-bg": "bg", "sk-sk": "sk", "sl-si": "sl",
	}
	for l := range strings.FieldsSeq("af ar be bg bn br bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu " +
		"hy id is it ja ka kk km ko lt lv mk ml mn ms nb ne nl nn pl pt ro ru si sk sl sq sr sv ta te th tr uk ur vi") {
		m[l] = l
	}
	return m
}()
