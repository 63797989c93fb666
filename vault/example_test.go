package vault_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/clipmend/clipmend/vault"
)

// Example brings one page into a vault, twice.
func Example() {
	folder, err := os.MkdirTemp("", "example-")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	notes := filepath.Join(folder, "notes")
	if err := os.Mkdir(notes, 0o755); err != nil {
		log.Fatal(err)
	}
	v, err := vault.Open(notes, vault.Options{State: filepath.Join(folder, "state")})
	if err != nil {
		log.Fatal(err)
	}
	defer v.Close()
	wanted := func(yield func(vault.Wanted, error) bool) {
		yield(vault.Wanted{
			Folder: "Clippings", Title: "Tea: a history", URL: "https://example.org/tea",
			Text: []byte("---\nsource: https://example.org/tea\n---\nTea is old.\n"),
		}, nil)
	}
	for range 2 {
		plan, err := v.Plan(context.Background(), wanted)
		if err != nil {
			log.Fatal(err)
		}
		report, err := v.Apply(context.Background(), plan, nil)
		plan.Close()
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(&report.Changes[0])
	}
	// Output:
	// create Clippings/Tea - a history.md
	// unchanged Clippings/Tea - a history.md
}

func ExampleFileName() {
	fmt.Println(vault.FileName("What is a/b testing?"))
	fmt.Println(vault.FileName("[Draft] C# 12: what's new"))
	fmt.Println(vault.FileName("..."))
	// Output:
	// What is a-b testing.md
	// (Draft) C- 12 - what's new.md
	// Untitled.md
}
