//go:build !amd64

package mojibake

// plainBlocks returns the number of bytes that b begins with, in blocks of 64,
// that are all printable ASCII, newlines or tabs.
func plainBlocks(b []byte) int { return plainBlocksGo(b) }
