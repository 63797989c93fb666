package mojibake

import "testing"

// A letter of which one byte was lost shows by nothing but a capital in a small
// word; so do names in camel case, whose second half is a word.
func TestCapitalWithinWord(t *testing.T) {
	for broken, want := range map[string]string{
		"OmogoÄi ali onemogoÄi zaslonski bralnik":   "Omogoči ali onemogoči zaslonski bralnik",
		"RaÄunalo se jako zagrijava":                "Računalo se jako zagrijava",
		"Promjena naziva ili lokacije pisaÄa":       "Promjena naziva ili lokacije pisača",
		"UÃ„estalost sigurnosnog kopiranja":         "Učestalost sigurnosnog kopiranja",
		"Neesi saglabÄjis?":                         "Neesi saglabājis?",
		"Ãrvore de cogumelos vermelhos":             "Árvore de cogumelos vermelhos",
		"Ãndice B - V":                              "Índice B - V",
		"Habilitar Ãudio":                           "Habilitar Áudio",
		"Ãslenska":                                  "Íslenska",
		"Sprememba Äasovnega pasu":                  "Sprememba časovnega pasu",
		"Ãga che aha":                               "",
		"Åaberg, Åe und Äasa":                       "",
		"kÄyttÄjÄ, hyvÄ pÄivÄ":                      "",
		"letzteÄnderung ist Pflicht":                "",
		"The field istÄltester is set":              "",
		"const antalÅr = 5":                         "",
		"minÄpple och dinÄpple":                     "",
		"isÄrlig returns true":                      "",
		"IKEA smÅland":                              "",
		"The McÄrthur file":                         "",
		"BioÄpfel aus der Region, StudentÄnnen":     "",
		"nyÅterförsäljare, GmbHÄ, 5 nmÅ, fooÐbar":   "",
		"Tuaisceart na hÉireann agus an tÚdarás":    "",
		"XÄnderung, AÄnderung und MÄrz bei KÄrnten": "",
	} {
		if want == "" {
			want = broken
		}
		if got := string(Fix([]byte(broken), Options{}).Text); got != want {
			t.Errorf("Fix(%q) = %q, want %q", broken, got, want)
		}
	}
}

// Accents as characters of their own, as macOS writes them in names of files, are told by
// the letters that they make.
func TestAccentsByThemselves(t *testing.T) {
	for broken, want := range map[string]string{
		"Mover la ventana al aÌrea de trabajo": "Mover la ventana al a\u0301rea de trabajo",
		"Mover la ventana al aĚrea de trabajo": "Mover la ventana al a\u0301rea de trabajo",
		"repeticioÌn de teclas":                "repeticio\u0301n de teclas",
		"pulsaÃÅndolo una sola vez":            "pulsa\u0301ndolo una sola vez",
		"El nin\u0303o comio\u0301":            "El nin\u0303o comio\u0301",
	} {
		if got := string(Fix([]byte(broken), Options{}).Text); got != want {
			t.Errorf("Fix(%q) = %q, want %q", broken, got, want)
		}
	}
}
