package mojibake

import (
	"slices"
	"sync"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// none marks a byte that an encoding leaves undefined.
const none rune = -1

// A codepage is an encoding of one byte a character.
type codepage struct {
	name  string
	runes [256]rune
	bytes runeBytes
	boxed bool    // it has box drawings where UTF-8 has its bytes, so that drawings look misread
	alien bool    // its letters are not Latin: of what it misread, few characters stay as they are
	holes bool    // it leaves continuation bytes of UTF-8 undefined
	prior float32 // nats: how much rarer a misreading by it is than by windows-1252
}

func newCodepage(name string, c *charmap.Charmap, undefined string, prior float32) *codepage {
	p := &codepage{name: name, prior: prior}
	for b := range 256 {
		r := c.DecodeByte(byte(b))
		// The web's tables map the holes of windows code pages to C1 controls;
		// as misreadings those bytes are undefined.
		hole := r == unicode.ReplacementChar || (r >= 0x80 && r < 0xA0 && undefined != "c1")
		if hole && b >= 0x80 {
			p.runes[b] = none
			continue
		}
		p.runes[b] = r
		p.bytes.set(r, byte(b))
	}
	for r := rune(0x80); r < 0xA0; r++ {
		if p.bytes.of(r) == 0 {
			p.bytes.set(r, byte(r)) // a C1 control that was kept
		}
	}
	p.holes = slices.Contains(p.runes[0x80:0xC0], none)
	p.boxed, p.alien = p.byteOf('├') != 0, p.foreignLetters() >= 32
	return p
}

// byteOf returns the byte that p reads as r, or keeps as such a C1 control; 0 if
// there is none.
func (p *codepage) byteOf(r rune) byte { return p.bytes.of(r) }

// losses returns those of all that make a difference to texts read as p: it may
// leave no byte undefined.
func (p *codepage) losses(all []string) []string {
	if slices.Contains(p.runes[:], none) {
		return all
	}
	if p.name == latin1 && len(all) > 1 && all[1] == lostDropped {
		return all[:2] // with its control characters
	}
	return all[:min(1, len(all))]
}

// lossLike returns lost, or what stands for it where p leaves no byte undefined.
func (p *codepage) lossLike(lost string, all []string) string {
	if own := p.losses(all); !slices.Contains(own, lost) {
		return own[0]
	}
	return lost
}

// foreignLetters counts the letters that are not Latin.
func (p *codepage) foreignLetters() (n int) {
	for _, r := range p.runes {
		if r >= 0x80 && unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
			n++
		}
	}
	return n
}

// codepages returns the single-byte encodings that text is taken for by
// mistake, the commonest first.
var codepages = sync.OnceValue(func() []*codepage {
	return []*codepage{
		newCodepage("windows-1252", charmap.Windows1252, "", 0),
		newCodepage("iso-8859-1", charmap.ISO8859_1, "c1", .5),
		newCodepage("windows-1251", charmap.Windows1251, "", 2),
		newCodepage("windows-1250", charmap.Windows1250, "", 2),
		newCodepage("windows-1254", charmap.Windows1254, "", 2),
		newCodepage("macintosh", charmap.Macintosh, "", 2),
		newCodepage("ibm437", charmap.CodePage437, "", 3),
		newCodepage("windows-1253", charmap.Windows1253, "", 3),
		newCodepage("windows-1257", charmap.Windows1257, "", 3),
		newCodepage("windows-1255", charmap.Windows1255, "", 5),
		newCodepage("windows-1256", charmap.Windows1256, "", 5),
		newCodepage("windows-1258", charmap.Windows1258, "", 5),
		newCodepage("windows-874", charmap.Windows874, "", 5),
		newCodepage("iso-8859-2", charmap.ISO8859_2, "c1", 6),
		newCodepage("iso-8859-5", charmap.ISO8859_5, "c1", 7),
		newCodepage("iso-8859-7", charmap.ISO8859_7, "c1", 7),
		newCodepage("iso-8859-9", charmap.ISO8859_9, "c1", 6),
		newCodepage("iso-8859-15", charmap.ISO8859_15, "c1", 7),
		newCodepage("koi8-r", charmap.KOI8R, "", 6),
		newCodepage("koi8-u", charmap.KOI8U, "", 6.5),
		newCodepage("ibm850", charmap.CodePage850, "", 5),
		newCodepage("ibm852", charmap.CodePage852, "", 6),
		newCodepage("ibm866", charmap.CodePage866, "", 6),
		newCodepage("x-mac-cyrillic", charmap.MacintoshCyrillic, "", 6),
		newCodepage("iso-8859-13", charmap.ISO8859_13, "c1", 8),
		newCodepage("iso-8859-4", charmap.ISO8859_4, "c1", 8),
		newCodepage("iso-8859-16", charmap.ISO8859_16, "c1", 8),
		newCodepage("iso-8859-3", charmap.ISO8859_3, "c1", 9),
		newCodepage("iso-8859-10", charmap.ISO8859_10, "c1", 9),
		newCodepage("iso-8859-14", charmap.ISO8859_14, "c1", 9),
		newCodepage("iso-8859-6", charmap.ISO8859_6, "c1", 9),
		newCodepage("iso-8859-8", charmap.ISO8859_8, "c1", 9),
	}
})

// codepageByName returns nil for a name that is not in codepages.
func codepageByName(name string) *codepage {
	all := codepages()
	if i := slices.IndexFunc(all, func(p *codepage) bool { return p.name == name }); i >= 0 {
		return all[i]
	}
	return nil
}

// A multibyte is an encoding that takes one to four bytes a character.
type multibyte struct {
	name  string
	codec encoding.Encoding
}

func multibytes() []multibyte {
	return []multibyte{
		{"gb18030", simplifiedchinese.GB18030},
		{"gbk", simplifiedchinese.GBK},
		{"shift_jis", japanese.ShiftJIS},
		{"euc-jp", japanese.EUCJP},
		{"big5", traditionalchinese.Big5},
		{"euc-kr", korean.EUCKR},
	}
}
