package render_test

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"github.com/clipmend/clipmend/normalize/page/render"
)

func ExampleMarkdown() {
	doc, err := html.Parse(strings.NewReader(`<h1>Kilns</h1><p>A <b>kiln</b> is <a href="/hot">hot</a>; <math><msup><mi>x</mi><mn>2</mn></msup></math>.</p>`))
	if err != nil {
		panic(err)
	}
	fmt.Printf("%s", render.Markdown(doc, render.Options{BaseURL: "https://example.com/kilns", Title: "Kilns"}))
	// Output: A **kiln** is [hot](https://example.com/hot); $x^{2}$.
}

func ExampleNotes() {
	doc, err := html.Parse(strings.NewReader(`<article>Fired<sup><a href="#fn1">1</a></sup>.</article><ol><li id="fn1">At 1,000 °C.</li></ol>`))
	if err != nil {
		panic(err)
	}
	for _, n := range render.Notes(doc) {
		fmt.Println(n.Data, n.FirstChild.Data)
	}
	// Output: li At 1,000 °C.
}
