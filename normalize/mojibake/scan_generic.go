//go:build !amd64

package mojibake

// plainBlocks returns the number of bytes that b begins with, in blocks of 64,
// that are all printable ASCII, newlines or tabs.
func plainBlocks(b []byte) int { return plainBlocksGo(b) }

// pairBlocks returns the number of bytes that b begins with, in blocks of 16,
// that the survey need not look at, and whether some of them are not ASCII. It
// looks at one byte more than those.
func pairBlocks(b []byte) (n int, wild bool) { return pairBlocksGo(b) }
