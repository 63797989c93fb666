package page_test

import (
	"fmt"

	"github.com/clipmend/clipmend/normalize/page"
)

func ExampleSplitTitle() {
	title, site := page.SplitTitle("Notes on Kilns - Feishu Docs", "https://clay.feishu.cn/wiki/x")
	fmt.Printf("%q by %q\n", title, site)
	// Output: "Notes on Kilns" by "Feishu Docs"
}
