package ingest

import "strings"

// LinkBody writes the body of a clip of extent Link: the link in Markdown, its
// description and the note that a person made to it, as paragraphs of text.
func LinkBody(c Clip, note string) string {
	title := c.Title
	if title == "" {
		title = c.URL
	}
	address := strings.NewReplacer(" ", "%20", "<", "%3C", ">", "%3E", "\n", "", "\r", "").Replace(c.URL)
	var body strings.Builder
	body.WriteString("[" + escapeText(strings.Join(strings.Fields(title), " ")) + "](<" + address + ">)\n")
	for _, text := range []string{c.Description, note} {
		if text = strings.TrimSpace(text); text != "" {
			body.WriteString("\n" + escapeText(text) + "\n")
		}
	}
	return body.String()
}

// escapeText keeps brackets in a title from closing the link, and tags of HTML
// from being any.
func escapeText(s string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "<", `\<`).Replace(s)
}
