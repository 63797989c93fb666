package mojibake

import (
	"strings"
	"testing"
)

// A piece with a single broken place shows too little to be mended by itself;
// what the first piece was broken by tells.
func TestChunksReadLaterPiecesAsTheFirst(t *testing.T) {
	plain := "It was a long day, and there was nothing more to say about it in the end.\n"
	alone := "AHÅ™, the new sofa\n"
	if res := Fix([]byte(alone), Options{}); len(res.Repairs) != 0 {
		t.Fatalf("%q is mended by itself, as %q", alone, res.Text)
	}
	first := "NÄ›kolik pÅ™Ã\u00adliÅ¡ Å¾luÅ¥ouÄ\u008dkÃ½ch konÃ\u00ad, kteÅ™Ã\u00ad pÅ™iÅ¡li domÅ¯ pozdÄ› veÄ\u008der.\n"
	text := strings.Repeat(first, 20) + strings.Repeat(plain, 2*chunkSize/len(plain)) + alone
	want := strings.Repeat("Několik příliš žluťoučkých koní, kteří přišli domů pozdě večer.\n", 20) +
		strings.Repeat(plain, 2*chunkSize/len(plain)) + "AHř, the new sofa\n"
	var out strings.Builder
	pieces := 0
	for res, err := range Chunks(strings.NewReader(text), Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		out.Write(res.Text)
		pieces++
	}
	if got := out.String(); got != want || pieces < 2 {
		t.Errorf("%d pieces begin with %q and end with %q", pieces, got[:100], got[len(got)-60:])
	}
}
