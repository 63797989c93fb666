// Command clipmend mends web clippings and keeps them in a note vault.
package main

import (
	"os"
	"runtime"
	"runtime/debug"

	"github.com/clipmend/clipmend/cmd/internal/app"
)

func main() {
	collectLater()
	os.Exit(app.Main(os.Args, os.Stdin, os.Stdout, os.Stderr))
}

// collectLater puts the first collection of garbage off until the heap has 16 MB: a
// run that mends a line ends before, and would spend a good part of its time on
// several. All after it come as Go has them.
func collectLater() {
	if os.Getenv("GOGC") != "" {
		return
	}
	const usual, first = 100, 400
	debug.SetGCPercent(first)
	runtime.AddCleanup(new([64]byte), func(percent int) { debug.SetGCPercent(percent) }, usual)
}
