#include "textflag.h"

DATA spaces<>+0(SB)/8, $0x2020202020202020
DATA spaces<>+8(SB)/8, $0x2020202020202020
GLOBL spaces<>(SB), RODATA|NOPTR, $16
DATA newlines<>+0(SB)/8, $0x0A0A0A0A0A0A0A0A
DATA newlines<>+8(SB)/8, $0x0A0A0A0A0A0A0A0A
GLOBL newlines<>(SB), RODATA|NOPTR, $16
DATA tabs<>+0(SB)/8, $0x0909090909090909
DATA tabs<>+8(SB)/8, $0x0909090909090909
GLOBL tabs<>(SB), RODATA|NOPTR, $16
DATA deletes<>+0(SB)/8, $0x7F7F7F7F7F7F7F7F
DATA deletes<>+8(SB)/8, $0x7F7F7F7F7F7F7F7F
GLOBL deletes<>(SB), RODATA|NOPTR, $16

// Bytes below a space by signed comparison are control characters and all that
// is not ASCII. X becomes 0xFF where a byte of it is neither printable ASCII nor
// a newline nor a tab.
#define ODD(X) \
	MOVOA X8, X4    \
	PCMPGTB X, X4   \
	MOVOA X, X5     \
	PCMPEQB X9, X5  \
	MOVOA X, X6     \
	PCMPEQB X10, X6 \
	POR X6, X5      \
	PANDN X4, X5    \
	PCMPEQB X11, X  \
	POR X5, X

// func plainBlocks(b []byte) int
TEXT ·plainBlocks(SB), NOSPLIT, $0-32
	MOVQ b_base+0(FP), SI
	MOVQ b_len+8(FP), CX
	XORQ AX, AX
	MOVOU spaces<>(SB), X8
	MOVOU newlines<>(SB), X9
	MOVOU tabs<>(SB), X10
	MOVOU deletes<>(SB), X11

block:
	SUBQ $64, CX
	JLT  done
	MOVOU (SI)(AX*1), X0
	MOVOU 16(SI)(AX*1), X1
	MOVOU 32(SI)(AX*1), X2
	MOVOU 48(SI)(AX*1), X3
	ODD(X0)
	ODD(X1)
	ODD(X2)
	ODD(X3)
	POR X1, X0
	POR X3, X2
	POR X2, X0
	PMOVMSKB X0, DX
	TESTL DX, DX
	JNE  done
	ADDQ $64, AX
	JMP  block

done:
	MOVQ AX, ret+24(FP)
	RET

// The tables of pairBlocks: each of their bits is a kind of pair. Bits 0 to 5 are
// those of firsts and seconds, 6 and 7 control characters.
DATA firstHigh<>+0(SB)/8, $0x0000000000004080
DATA firstHigh<>+8(SB)/8, $0x1036080100000000
GLOBL firstHigh<>(SB), RODATA|NOPTR, $16
DATA firstLow<>+0(SB)/8, $0xC0C0C0C0D0C5D0C0
DATA firstLow<>+8(SB)/8, $0xE0C04240C04040C8
GLOBL firstLow<>(SB), RODATA|NOPTR, $16
DATA secondHigh<>+0(SB)/8, $0xC1C1C1C1C1C1C1C1
DATA secondHigh<>+8(SB)/8, $0xC2C2C2C2E2D2C9C5
GLOBL secondHigh<>(SB), RODATA|NOPTR, $16
DATA secondLow<>+0(SB)/8, $0xC3C3C3C3C3C3C7D7
DATA secondLow<>+8(SB)/8, $0xC3C3C3CBE3C3C3C3
GLOBL secondLow<>(SB), RODATA|NOPTR, $16
DATA nibbles<>+0(SB)/8, $0x0F0F0F0F0F0F0F0F
DATA nibbles<>+8(SB)/8, $0x0F0F0F0F0F0F0F0F
GLOBL nibbles<>(SB), RODATA|NOPTR, $16

// NIBBLES leaves the upper halves of the bytes of X in HIGH and the lower ones in X.
#define NIBBLES(X, HIGH) \
	MOVOA X, HIGH   \
	PSRLW $4, HIGH  \
	PAND  X14, HIGH \
	PAND  X14, X

// LOOKUP keeps those bits of KINDS that TABLE has for the bytes of X.
#define LOOKUP(TABLE, X, KINDS) \
	MOVOA  TABLE, X6 \
	PSHUFB X, X6     \
	PAND   X6, KINDS

// func pairBlocksSSSE3(b []byte) (n int, wild bool)
TEXT ·pairBlocksSSSE3(SB), NOSPLIT, $0-33
	MOVQ  b_base+0(FP), SI
	MOVQ  b_len+8(FP), CX
	XORQ  AX, AX
	PXOR  X8, X8
	PXOR  X7, X7
	MOVOU deletes<>(SB), X9
	MOVOU firstHigh<>(SB), X10
	MOVOU firstLow<>(SB), X11
	MOVOU secondHigh<>(SB), X12
	MOVOU secondLow<>(SB), X13
	MOVOU nibbles<>(SB), X14
	DECQ  CX

pairs:
	SUBQ   $16, CX
	JLT    end
	MOVOU  (SI)(AX*1), X0
	MOVOU  1(SI)(AX*1), X1
	MOVOA  X0, X4
	MOVOA  X0, X2
	PCMPEQB X9, X2
	NIBBLES(X0, X3)
	MOVOA  X10, X5
	PSHUFB X3, X5
	LOOKUP(X11, X0, X5)
	NIBBLES(X1, X3)
	LOOKUP(X12, X3, X5)
	LOOKUP(X13, X1, X5)
	POR    X2, X5
	PCMPEQB X7, X5
	PMOVMSKB X5, DX
	CMPL   DX, $0xFFFF
	JNE    end
	POR    X4, X8
	ADDQ   $16, AX
	JMP    pairs

end:
	MOVQ     AX, n+24(FP)
	PMOVMSKB X8, DX
	TESTL    DX, DX
	SETNE    wild+32(FP)
	RET
