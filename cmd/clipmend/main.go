// Command clipmend mends web clippings and keeps them in a note vault.
package main

import (
	"os"

	"github.com/clipmend/clipmend/cmd/internal/app"
)

func main() {
	os.Exit(app.Main(os.Args, os.Stdin, os.Stdout, os.Stderr))
}
