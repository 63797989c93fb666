package mojibake

// plainBlocks returns the number of bytes that b begins with, in blocks of 64,
// that are all printable ASCII, newlines or tabs.
//
//go:noescape
func plainBlocks(b []byte) int
