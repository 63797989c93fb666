package annotate

import "strings"

// tails are words that stand behind a hyphen without being part of the name.
var tails = map[string]bool{
	"like": true, "based": true, "style": true, "level": true, "class": true, "powered": true, "sized": true, "family": true, "compatible": true,
	"in": true, "out": true, "generated": true, "only": true, "specific": true, "source": true, "scale": true,
}

// isTail reports whether the word at token i, behind a hyphen, is no part of a
// name: of the language or of the pack.
func (v *view) isTail(i int) bool { return tails[v.fold(i)] || v.has(i, tailWord) }

// isOrdinary reports whether the word at token i is no name, of the language or
// of the pack.
func (v *view) isOrdinary(i int) bool { return ordinary[v.fold(i)] || v.has(i, plainWord) }

// numbered are words that a number counts, with or without a hyphen.
var numbered = set(`top pass step stage phase part level type class tier table fig figure section head epoch week day year month round rank version v stage no covid best first last
half f rouge bleu hit hits recall precision p at k n x cuda sm python utf iso mp l lr gen usb wifi vol ch chapter appendix eq equation task group type zero one sub pre mid post top over under non`)

// ordinary words begin sentences or qualify what follows; they are no names.
var ordinary = set(`up details a an the this that these those it its we our they their in on at of for from to by with as and or but if while when where which who what how why
is are was were be been has have had do does did can could may might will would should not no yes all any each both some most many other more new first second third
one two three here there then than so such also only just now today after before since during despite although though however compared unlike like using used based
large small base open generative pre value main table figure section chapter part step
stage note version versions release released releases update news license licence overview introduction paper papers report technical blog post link download see please click
january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday
key high low full deep long short multi single our another best top recent latest current previous english chinese french german japanese korean spanish
following carbon cli lastly additionally furthermore moreover finally specifically meanwhile similarly next instead overall developed built designed input output inputs outputs length size type name
api pdf url id faq readme todo no. vs via et al`)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}
