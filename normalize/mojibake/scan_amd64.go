package mojibake

import "golang.org/x/sys/cpu"

// plainBlocks returns the number of bytes that b begins with, in blocks of 64,
// that are all printable ASCII, newlines or tabs.
//
//go:noescape
func plainBlocks(b []byte) int

// pairBlocks returns the number of bytes that b begins with, in blocks of 16,
// that the survey need not look at, and whether some of them are not ASCII. It
// looks at one byte more than those.
func pairBlocks(b []byte) (n int, wild bool) {
	if cpu.X86.HasSSSE3 {
		return pairBlocksSSSE3(b)
	}
	return pairBlocksGo(b)
}

//go:noescape
func pairBlocksSSSE3(b []byte) (n int, wild bool)
