// Command draw draws what a vault shows, as pictures for a page: the note of a
// model and the canvas, each for a light and a dark page.
//
//	go run ./cmd/clipmend clip testdata/feishu-deepseek-notes.md --vault DIR
//	go run ./vault/models/draw -vault DIR -note DeepSeek-V3 -out docs
//
// What is drawn is read from the vault's files; the look follows Obsidian's.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/clipmend/clipmend/normalize/frontmatter"
	"github.com/clipmend/clipmend/vault/models"
)

func main() {
	vault := flag.String("vault", "", "the vault's `folder`")
	note := flag.String("note", "", "the `name` of a model's note")
	out := flag.String("out", ".", "`folder` for the pictures")
	flag.Parse()
	if err := run(*vault, *note, *out); err != nil {
		fmt.Fprintln(os.Stderr, "draw:", err)
		os.Exit(1)
	}
}

func run(vault, note, out string) error {
	page, err := readPage(filepath.Join(vault, "Models", note+".md"), note)
	if err != nil {
		return err
	}
	board, err := readBoard(vault)
	if err != nil {
		return err
	}
	for _, t := range []theme{light, dark} {
		for name, text := range map[string]string{"note": drawPage(page, t), "canvas": drawBoard(board, t)} {
			file := filepath.Join(out, "vault-"+name+"-"+t.name+".svg")
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// A page is the note of a model.
type page struct {
	title      string
	properties []frontmatter.Property
	gist       string
	rows       []models.Row
}

func readPage(file, title string) (page, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return page{}, err
	}
	doc, err := frontmatter.Parse(text)
	if err != nil {
		return page{}, err
	}
	return page{title, doc.Properties, models.GistOf(text), models.Rows(text)}, nil
}

// A board is the canvas, with what the notes on it say first.
type board struct {
	Nodes []struct {
		ID, Type, Text, File string
		X, Y, Width, Height  int
	}
	Edges []struct {
		FromNode, FromSide, ToNode, ToSide, Color, Label string
	}
	gists map[string]string // by file
}

func readBoard(vault string) (board, error) {
	var b board
	text, err := os.ReadFile(filepath.Join(vault, "Models.canvas"))
	if err == nil {
		err = json.Unmarshal(text, &b)
	}
	b.gists = map[string]string{}
	for _, n := range b.Nodes {
		if n.File == "" {
			continue
		}
		note, err := os.ReadFile(filepath.Join(vault, filepath.FromSlash(n.File)))
		if err != nil {
			return b, err
		}
		b.gists[n.File] = models.GistOf(note)
	}
	return b, err
}
