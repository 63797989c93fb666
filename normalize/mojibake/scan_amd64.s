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
