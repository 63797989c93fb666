package mojibake

import (
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// What emoji speak for a reading, in nats. The texts that the model was made from
// have hardly any.
const (
	worthEmoji    = 5  // of the most frequent one
	worthJoiner   = 8  // of the joiner between two emoji
	worthColour   = 8  // of the colour of a skin behind one
	costTurning   = -9 // of a mark that turns the direction of text, where none is turned
	worthSelected = 12 // of a sign with the selector behind it, more
	usualSelector = 14 // of the variation selector that asks for a picture
	rareSelector  = 14 // against the others, which hardly any text has
)

const (
	joiner   rune = 0x200D
	selector rune = 0xFE0F // asks for the emoji that a sign is too
)

// emojiRanks are emoji in the order of how often they are written, as the Unicode
// Consortium tells it (unicode.org/emoji/frequency), and some that headings have.
const emojiRanks = "😂 ❤️ 🤣 👍 😭 🙏 😘 🥰 😍 😊 🎉 😁 💕 🥺 😅 🔥 ☺️ 🤦 ♥️ 🤷 🙄 😆 🤗 😉 🎂 🤔 👏 🙂 😳 🥳 😎 👌 💜 😔 💪 ✨ 💖 👀 😋 😏 " +
	"😢 👉 💗 😩 💯 🌹 💞 🎈 💙 😃 😡 💐 😜 🙈 🤞 😄 🤤 🙌 🤪 ❣️ 😀 💋 💀 👇 💔 😌 💓 🤩 🙃 😬 😱 😴 🤭 😐 🌞 😒 😇 🌸 😈 🎶 " +
	"✌️ 🎊 🥵 😞 💚 ☀️ 🖤 💰 😚 👑 🎁 💥 🙋 ☹️ 😑 🥴 👈 💩 ✅ 👋 🤮 😤 🤢 🌟 ❗ 😥 🌈 💛 😝 😫 😲 🔴 🌻 🤯 💃 👊 🤬 🏃 😕 👁️ " +
	"⚡ ☕ 🍀 💦 ⭐ 🦋 🤨 🌺 😹 🤘 🌷 💝 💤 🤝 🐰 😓 💘 🍻 😟 😣 🧐 😠 🤠 😻 🌙 😛 🤙 🙊 🤷‍♀️ 🤦‍♂️ 🤷‍♂️ 🤦‍♀️ 👩‍💻 👨‍💻 👨‍👩‍👧 👨‍👩‍👧‍👦 🏳️‍🌈 ❤️‍🔥 🙋‍♀️ 💁‍♀️ " +
	"🚀 📌 💡 📝 ⚠️ ❌ 🔗 📚 📖 🎯 🛠️ ⚙️ 📦 🐛 🔍 🔒 📅 ⏰ 📷 🎬 🎵 🎮 💻 📱 🌍 🌐 🏠 🚗 ✈️ ☁️ ❄️ ☔ 🍕 🍎 🎄 🐶 🐱 🌱 🌳 🏆 💬 📢 📈 📉 ▶️ ➡️ ⬇️ ⬆️ ℹ️ ✏️ ✔️ ♻️"

// emojiWorth tells what speaks for an emoji by itself.
var emojiWorth = sync.OnceValue(func() map[rune]float32 {
	all := make(map[rune]float32)
	for rank, e := range strings.Fields(emojiRanks) {
		r, _ := utf8.DecodeRuneInString(e)
		if all[r] == 0 {
			all[r] = worthEmoji - float32(math.Log(1+float64(rank)/10))
		}
	}
	return all
})

// selected returns what speaks for r as an emoji by itself: with the look of the
// selector behind it, signs of print are emoji too.
func (x *expander) selected(r rune, end int) float32 {
	if r < 0x2190 || r >= 0x2C00 {
		return 0
	}
	return x.pictured(r, end)
}

// pictured is selected for what may be an emoji.
func (x *expander) pictured(r rune, end int) float32 {
	x.looks(end + len(x.c.selects))
	if !hasPrefix(x.text[end:], x.c.selects) {
		return 0
	}
	if w := emojiWorth()[r]; w > 0 {
		return w + worthSelected
	}
	return 0
}

func hasPrefix(text, prefix []rune) bool {
	return len(prefix) > 0 && len(text) >= len(prefix) && slices.Equal(text[:len(prefix)], prefix)
}

// between returns what the characters on both sides of a place of the answer speak
// for r: for what joins or colours emoji, and against marks that turn the direction
// of text where no letter is written from right to left.
func (u *undoer) between(r rune, at int) float32 {
	var before, after rune
	if at > 0 {
		before = u.answer.runes[at-1]
	}
	if at+1 < len(u.answer.runes) {
		after = u.answer.runes[at+1]
	}
	switch {
	case r == joiner && (pictures(before) || before == selector) && pictures(after):
		return worthJoiner
	case r >= 0x1F3FB && r <= 0x1F3FF && pictures(before):
		return worthColour
	case turns(r) && !invisible(before) && !invisible(after) && !slices.ContainsFunc(endOfLine(u.answer.runes[:at]), fromRight):
		return costTurning
	}
	return 0
}

// telling reports whether the piece at a place of the answer shows nothing and is
// one that between says something of.
func (u *undoer) telling(p *piece, at int) bool {
	return guessed(p) && invisible(p.r) && (u.between(joiner, at) > 0 || u.between(p.r, at) < 0)
}

// turns reports whether r is a mark that turns the direction of text.
func turns(r rune) bool { return r == 0x200E || r == 0x200F }

// fromRight reports whether r is a letter that is written from right to left.
func fromRight(r rune) bool { return r >= 0x590 && r < 0x900 }

// pictures reports whether r is a sign that shows a picture, or the colour of one.
func pictures(r rune) bool { return r >= 0x2190 && unicode.In(r, unicode.So, unicode.Sk) }
