package mojibake_test

import (
	"fmt"

	"github.com/clipmend/clipmend/normalize/mojibake"
	"github.com/clipmend/clipmend/normalize/repair"
)

func ExampleFix() {
	res := mojibake.Fix([]byte("SchÃ¶ne GrÃ¼ÃŸe"), mojibake.Options{})
	before, err := repair.Undo(res.Text, res.Repairs)
	fmt.Printf("%s\n%s %v\n", res.Text, before, err)
	// Output:
	// Schöne Grüße
	// SchÃ¶ne GrÃ¼ÃŸe <nil>
}
