package merge_test

import (
	"fmt"

	"github.com/clipmend/clipmend/vault/merge"
)

func ExampleMerge() {
	base := []byte("Its raining.\nTake a coat.\n")
	ours := []byte("It's raining.\nTake a coat.\n")
	theirs := []byte("Its raining again.\nTake a coat.\n")
	merged, conflicts := merge.Merge(base, ours, theirs)
	fmt.Printf("%s%d conflicts\n", merged, len(conflicts))
	// Output:
	// It's raining again.
	// Take a coat.
	// 0 conflicts
}
