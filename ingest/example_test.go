package ingest_test

import (
	"fmt"

	"github.com/clipmend/clipmend/ingest"
)

func ExampleOrigin() {
	fmt.Println(ingest.Origin{Path: "saved.html"})
	fmt.Println(ingest.Origin{Path: "crawl.warc.gz", Record: "record 7", Offset: 81920})
	// Output:
	// saved.html
	// crawl.warc.gz: record 7
}

func ExampleBaseMediaType() {
	fmt.Println(ingest.BaseMediaType("Text/HTML; charset=GBK"))
	// Output: text/html
}
