package page

import (
	"strings"
	"testing"
)

// A page that a script would draw is made of what it states for machines; one
// that shows its text is left as it is, however little it has.
func TestFill(t *testing.T) {
	long := strings.Repeat("Fire the bricks slowly, over two days, and let the kiln cool. ", 8)
	ld := func(s string) string { return `<script type="application/ld+json">` + s + `</script>` }
	app := `<body><div id=root></div><p>Please enable JavaScript.</p>`
	for _, tt := range []struct {
		name, src  string
		want, lack string
	}{
		{"article", ld(`{"@type":"Article","articleBody":"`+long+`\n\nThe *end*."}`) + app, "cool.\n\nThe \\*end*.", ""},
		{"product in HTML", ld(`{"@type":"Product","description":"&lt;p&gt;`+long+`&lt;/p&gt;&lt;p&gt;A &amp;amp; B&lt;/p&gt;"}`) + app, "\n\nA & B\n", "<p>"},
		{"question", ld(`{"@type":"QAPage","mainEntity":{"@type":"Question","text":"How long?","acceptedAnswer":{"@type":"Answer","text":"`+long+`"},"suggestedAnswer":[{"text":"Three days."}]}}`) + app, "Three days.", ""},
		{"thread", ld(`{"@type":"DiscussionForumPosting","text":"`+long+`","comment":[{"@type":"Comment","text":"Too hot."}]}`) + app, "Too hot.", ""},
		{"description", `<meta property=og:description content="A kiln that cools by itself, slowly."><body><div id=root></div>`, "cools by itself", ""},
		{"a word", `<meta name=description content="` + long + `"><p>Closed.</p>`, "Closed.", "slowly"},
		{"little text", `<meta name=description content="` + long + `"><article><p>The kiln is closed today, from noon.</p></article>`, "closed today", "slowly"},
		{"ideographs", `<meta name=description content="烧砖的方法，请看全文。"><article><p>好砖要慢烧，两天才成。</p></article>`, "好砖要慢烧", "方法"},
		{"text beside it", ld(`{"@type":"Article","articleBody":"`+long+`"}`) + `<article>` + strings.Repeat("<p>Bricks are made of clay that was dug in autumn and lay in the frost all winter.</p>", 6) + `</article>`, "dug in autumn", "slowly"},
		{"a list of questions", ld(`{"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"How long?","acceptedAnswer":{"text":"`+long+`"}},{"@type":"Question","name":"How hot?","acceptedAnswer":{"text":"Red."}}]}`) + app, "\n\nHow hot?\n\nRed.", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, err := Convert([]byte(tt.src), Options{URL: "https://kilnworks.example/x"})
			if err != nil {
				t.Fatal(err)
			}
			md := string(p.Markdown)
			if !strings.Contains(md, tt.want) || tt.lack != "" && strings.Contains(md, tt.lack) {
				t.Errorf("Markdown %q, warnings %q", md, p.Warnings)
			}
			if filled := tt.lack == "" || tt.lack == "<p>"; filled != (len(p.Warnings) == 1) {
				t.Errorf("warnings %q", p.Warnings)
			}
		})
	}
}
