package app

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/fetch"
	"github.com/clipmend/clipmend/normalize"
)

// imageModes are the values of --images.
var imageModes = []string{"keep", "save", "link", "drop"}

func imagesFlag() cli.Flag {
	return &cli.StringFlag{Name: "images", Value: "keep", Usage: "pictures and files: `keep|save|link|drop`: keep what the clip carries and leave " +
		"pictures on the web there, save those too, link to what has an address and store nothing, or drop all pictures"}
}

// pictures says what becomes of pictures, and how those on the web are fetched
// if they are to be saved.
type pictures struct {
	mode  string
	fetch fetch.Options
}

func picturesOf(c *cli.Context) (pictures, error) {
	p := pictures{mode: c.String("images"), fetch: fetchOptions(c)}
	switch {
	case !slices.Contains(imageModes, p.mode):
		return p, usagef("--images: %q is none of keep, save, link, drop", p.mode)
	case p.mode == "save" && c.Bool("stdout"):
		return p, usagef("--images save needs a vault to save them in")
	}
	p.fetch.Size, p.fetch.Accept = maxPicture, "image/*"
	return p, nil
}

func fetchOptions(c *cli.Context) fetch.Options {
	return fetch.Options{AllowPrivate: c.Bool("allow-private")}
}

func (p pictures) apply(o *normalize.Options) {
	switch p.mode {
	case "link", "drop":
		o.Images = normalize.Images(p.mode)
	}
}

// What is fetched for one note at most.
const (
	maxPicture  = 32 << 20
	maxPictures = 200
	maxFetched  = 128 << 20
)

// fetched returns the clip with the pictures on the web that its note shows,
// and what went wrong with some of them.
func (p pictures) fetched(ctx context.Context, clip ingest.Clip, note *normalize.Note) (ingest.Clip, []string) {
	var warnings []string
	size, got := 0, slices.Clone(clip.Attachments)
	for n, address := range note.Pictures() {
		if n == maxPictures || size > maxFetched {
			warnings = append(warnings, fmt.Sprintf("more than %d pictures, or %d MiB of them: the rest stays on the web", maxPictures, maxFetched>>20))
			break
		}
		page, err := fetch.Get(ctx, address, p.fetch)
		if err != nil {
			warnings = append(warnings, fmt.Sprintf("picture %s: %v", address, err))
			continue
		}
		size += len(page.Body)
		got = append(got, ingest.NewAttachment(path.Base(address), address, page.MediaType, page.Body))
	}
	clip.Attachments = got
	return clip, warnings
}

// targetIn returns how a note in the folder notes links to a file in the folder
// files, both relative to the vault.
func targetIn(notes, files string) func(normalize.File) string {
	relative, err := filepath.Rel(filepath.FromSlash("/"+notes), filepath.FromSlash("/"+files))
	if err != nil {
		relative = files
	}
	prefix := (&url.URL{Path: filepath.ToSlash(relative)}).EscapedPath()
	return func(f normalize.File) string { return path.Join(prefix, f.Name) }
}
