package mojibake

import "testing"

// The ends of the areas that GB 18030-2005 leaves to users, and of two runs
// between its characters.
func TestPrivateCharacters(t *testing.T) {
	gb := multibytes()[0].charset()
	for bytes, want := range map[string]rune{
		"\xAA\xA1": 0xE000, "\xAF\xFE": 0xE233, "\xF8\xA1": 0xE234, "\xFE\xFE": 0xE4C5,
		"\xA1\x40": 0xE4C6, "\xA1\x7E": 0xE504, "\xA1\x80": 0xE505, "\xA7\xA0": 0xE765,
		"\xA2\xAB": 0xE766, "\xA6\xF3": 0xE796, "\xFE\xA0": 0xE864,
	} {
		text := "中" + string(want) + "文"
		broken := "\xD6\xD0" + bytes + "\xCE\xC4"
		if got, ok := gb.decode(nil, []byte(broken)); !ok || string(got) != text {
			t.Errorf("decode(% x) = %+q, %v, want %+q", broken, got, ok, text)
		}
		if got, ok := gb.encode(nil, []rune(text)); !ok || string(got) != broken {
			t.Errorf("encode(%+q) = % x, %v, want % x", text, got, ok, broken)
		}
	}
	if got, ok := gb.encode(nil, []rune("\uF000")); ok {
		t.Errorf("encode of a character that has no pair = % x", got)
	}
}
