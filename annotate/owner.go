package annotate

import (
	"slices"

	"github.com/clipmend/clipmend/annotate/packs"
	"github.com/clipmend/clipmend/annotate/phrase"
)

// owners states who made a thing: "by X", "X released Y", "X's Y".
func (d *doc) owners(s *sentence) {
	for _, h := range s.hits {
		if h.class != term && h.class != word || !d.owner(h.attr) || s.inMention(h.from) {
			continue
		}
		if things := d.owned(s, h); len(things) > 0 {
			d.state(s, h.from, h.to, things, Fact{Attribute: d.attrs[h.attr].name, Value: Text(h.value), Rule: "owner"})
		}
	}
	for _, h := range s.hits {
		if (h.class == agent || h.class == after) && d.owner(h.attr) && d.attrs[h.attr].Open {
			d.unlistedOwner(s, h)
		}
	}
}

func (d *doc) owner(attr int) bool {
	return d.attrs[attr].Type == packs.Name && d.attrs[attr].Owner
}

func (d *doc) owned(s *sentence, h hit) []*entity {
	if things := d.subjectOwned(s, h); things != nil {
		return things
	}
	for _, o := range s.hits {
		switch {
		case o.class == after && o.attr == h.attr && o.to <= h.from && h.from-o.to <= 4, o.class == label && o.attr == h.attr && o.to <= h.from && h.from-o.to <= 3:
			if d.ofOther(s, o.from) {
				return nil
			}
			return d.about(s, h.from, h.to)
		case o.class == agent && o.attr == h.attr && o.to < h.from && h.from-o.to <= 6 && s.by(o.to, h.from):
			return d.about(s, o.from, h.to)
		case o.class == agent && o.attr == h.attr && o.from >= h.to && o.from-h.to <= 4 && s.sameList(h.to, o.from):
			if things := d.made(s, o); things != nil {
				return things
			}
		}
	}
	if w := s.word(h.to); w != "'" && w != "’" && w != "的" {
		return nil
	}
	for _, m := range s.mentions {
		if m.from >= h.to && m.from-h.to <= 4 {
			return m.things
		}
	}
	return d.ownApposition(s, h)
}

// byAfter returns the token after a "by" that follows the verb that ends at
// token i, 0 without one: "trained from scratch by".
func (s *sentence) byAfter(i int) int {
	for k := i; k < s.to && k <= i+3; k++ {
		if s.word(k) == "by" {
			return k + 1
		}
		if s.tokens[k].Kind != phrase.Word {
			break
		}
	}
	return 0
}

// ofOther reports whether what was made, before the verb at token i, is a set of
// data or a program: "the Foo dataset released by Bar".
func (d *doc) ofOther(s *sentence, i int) bool {
	for _, h := range s.hits {
		if h.to == i && (h.class == tool || d.valueOf(h)) {
			return true
		}
	}
	return false
}

// subjectOwned reads "Foo 是 X 推出的……": the thing is the subject.
func (d *doc) subjectOwned(s *sentence, h hit) []*entity {
	if s.word(h.from-1) != "是" && s.word(h.from-1) != "由" {
		return nil
	}
	for k := h.to; k < s.to && k < h.to+10; k++ {
		if !s.has(k, agent) {
			continue
		}
		for i := len(s.mentions) - 1; i >= 0; i-- {
			if m := s.mentions[i]; m.to < h.from && h.from-m.to <= 6 && !m.object {
				return d.group(s, m)
			}
		}
	}
	return nil
}

// by reports whether "by" stands right before token to, with no more than an
// adverb and a place between it and the verb.
func (s *sentence) by(from, to int) bool {
	for k := to - 1; k >= from && k >= to-2; k-- {
		if s.word(k) == "by" {
			return s.sameList(from, to)
		}
	}
	return false
}

// ownApposition reads "the Foo series, OpenAI's open models": what the owner
// has is what was named before.
func (d *doc) ownApposition(s *sentence, h hit) []*entity {
	if !s.qualifiesNoun(h.to + 2) {
		return nil
	}
	for i := len(s.mentions) - 1; i >= 0; i-- {
		if m := s.mentions[i]; m.to <= h.from {
			if h.from-m.to <= 3 && !m.object {
				return d.group(s, m)
			}
			return nil
		}
	}
	return nil
}

// made returns the things that the verb of making at o has for its object.
func (d *doc) made(s *sentence, o hit) []*entity {
	for _, m := range s.mentions {
		if m.from >= o.to && m.from-o.to <= 8 && !m.object {
			return d.group(s, m)
		}
	}
	return nil
}

// unlistedOwner reads an owner that the pack does not list, before or after the
// verb of making at h.
func (d *doc) unlistedOwner(s *sentence, h hit) {
	from, to := 0, 0
	var things []*entity
	switch {
	case h.class == after && s.word(h.from-1) == "自":
		return
	case h.class == after:
		from, to = s.properAfter(h.to)
		things = d.about(s, h.from, h.to)
	case s.byAfter(h.to) > 0:
		from, to = s.properAfter(s.byAfter(h.to))
		things = d.about(s, h.from, h.to)
	default:
		if things = d.made(s, h); things != nil {
			from, to = s.properBefore(h.from)
		}
	}
	if from >= to || len(things) == 0 || d.ofOther(s, h.from) || s.inMention(from) || s.inMention(to-1) || s.near(term, h.attr, from, to) || s.near(notName, -1, from, to) {
		return
	}
	d.state(s, from, to, things, Fact{Attribute: d.attrs[h.attr].name, Value: Text(s.slice(from, to)), Rule: "owner"})
}

// properAfter returns the proper name that begins at token i; in Chinese it is
// what stands before the verb of making: 由……研发.
func (s *sentence) properAfter(i int) (from, to int) {
	if i < s.to && (s.fold(i) == "the" || s.fold(i) == "researchers" || s.fold(i) == "team") {
		i++
		if w := s.fold(i); w == "at" || w == "from" {
			i++
		}
	}
	if i < s.to && s.tokens[i].Kind == phrase.Han {
		for to = i; to < s.to && to-i <= 14 && s.tokens[to].Kind != phrase.Mark && !s.has(to, agent); to++ {
		}
		to = s.trimHan(i, to)
		if to >= s.to || to == i || !s.orgTail(to) {
			return 0, 0
		}
		return i, to
	}
	for to = i; to < s.to && to-i < 6 && s.properWord(to, to == i); to++ {
	}
	for to > i && !capital(s.word(to-1)) {
		to--
	}
	return i, to
}

// properBefore returns the proper name that ends before the verb at token i.
func (s *sentence) properBefore(i int) (from, to int) {
	to = i
	for to > s.from && between[s.fold(to-1)] {
		to--
	}
	if to > s.from && s.tokens[to-1].Kind == phrase.Han {
		if to = s.trimHan(s.from, to); !s.orgTail(to) {
			return 0, 0
		}
		for from = to; from > s.from && to-from < 10 && (s.tokens[from-1].Kind == phrase.Han || s.tokens[from-1].Kind == phrase.Word) && s.word(from-1) != "的" && s.word(from-1) != "日" && s.word(from-1) != "，"; from-- {
		}
		return from, to
	}
	for from = to; from > s.from && to-from < 5 && s.properWord(from-1, false); from-- {
	}
	for from < to && !s.properWord(from, true) {
		from++
	}
	if from > s.from && s.fold(from-1) == "by" {
		return 0, 0
	}
	return from, to
}

// between are words that may stand between a maker and its verb.
var between = set("has have had today recently just also officially first now 正 式 今 天 近 宣 布 已 首 次 最 也 再")

func (s *sentence) trimHan(from, to int) int {
	for to > from && slices.Contains([]string{"自", "主", "联", "合", "共", "同", "正", "式", "近", "今", "宣", "独", "立"}, s.word(to-1)) {
		to--
	}
	return to
}

// orgTail reports whether the Han before token i end as the names of companies
// and schools do.
func (s *sentence) orgTail(i int) bool {
	if i < 2 {
		return false
	}
	switch s.word(i-2) + s.word(i-1) {
	case "科技", "公司", "大学", "究院", "验室", "集团", "智能", "信息", "团队", "学院", "究所", "网络", "技术", "研院", "软件", "医疗", "汽车":
		return true
	}
	return false
}

// properWord reports whether token i may stand in a proper name.
func (s *sentence) properWord(i int, first bool) bool {
	w := s.word(i)
	if s.tokens[i].Kind != phrase.Word {
		return false
	}
	if capital(w) || inner(w) {
		return !s.isOrdinary(i) && !s.inMention(i) || !first && s.tokens[i].Kind == phrase.Word && !s.inMention(i) && capital(w)
	}
	return !first && (w == "of" || w == "for") && i+1 < s.to && capital(s.word(i+1))
}
