package page

import (
	"regexp"
	"strings"
	"testing"
)

func TestTruncated(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"contents", "目录\n\n- [选土](#a)\n- [烧制](#b)\n- [冷却](#c)\n\n## 1. 选土\n\n黏土要干净。\n", "names 3 sections, 2 of them"},
		{"whole contents", "**Contents**\n\n1. Clay\n2. Fire\n3. Cooling\n\n# Clay\n\na\n\n# Fire\n\nb\n\n# 3. Cooling\n\nc\n", ""},
		{"contents of other things", "Contents\n\n- milk\n- eggs\n- flour\n\n# Method\n\nStir.\n", ""},
		{"announced", "These notes go through nine key papers on kilns:\n\n1.\n\nThe first.\n\n2.\n\nThe second.\n\n3. c\n\n4. d\n\n5. e\n", `"nine key papers", the numbers end at 5`},
		{"all there", "There are three steps.\n\n1. Dig.\n2. Burn.\n3. Wait.\n", ""},
		{"text goes on", "Of nine papers three matter.\n\n1. a\n2. b\n3. c\n4. d\n5. e\n\nx\n\ny\n\nz\n\nv\n\nw\n", ""},
		{"numbers in code", "It takes nine steps.\n\n```\n1. a\n2. b\n3. c\n4. d\n5. e\n```\n", ""},
		{"Chinese", "本文讲解九篇论文。\n\n1. 甲\n2. 乙\n3. 丙\n4. 丁\n5. 戊\n", `"九篇", the numbers end at 5`},
		{"after properties", "---\ntitle: x\ntags:\n  - a\n  - b\n  - c\n  - d\n---\nThree points:\n\n1.\n\na\n\n2.\n\nb\n", `"Three points", the numbers end at 2`},
		{"plain", "Bricks are made of clay.\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Truncated([]byte(tt.src))
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("warning %q, want %q", got, tt.want)
			}
		})
	}
}

var heading = regexp.MustCompile(`^#{1,6}\s+(.+)$`)

// FuzzMay checks that what is passed over without an expression is nothing that
// it would have matched.
func FuzzMay(f *testing.F) {
	for _, s := range []string{
		"## Contents:", "**Table of Contents** ：", "SOMMAIRE", "目录", "content\u017f", "# #contents", "nine key papers", "Seven\tſteps",
		"12 very-long good rules.", "二 十二 部分", "一共 12\n 个步骤", "3篇", "十一章", "一章", "第三 章", "two parts_", "two\vparts", "parts", " four chapterS", "**3.** x", "### 4) y", "\xff二\xff篇",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if contentsLine.MatchString(s) && !mayBeContents(s) {
			t.Errorf("%q is passed over as no table of contents", s)
		}
		if claimWords.MatchString(s) && !mayClaim(s) {
			t.Errorf("%q is passed over as announcing nothing", s)
		}
		if numberLine.MatchString(s) && !mayBeNumber(s) {
			t.Errorf("%q is passed over as no number", s)
		}
		s, _, _ = strings.Cut(s, "\n")
		s = strings.TrimSpace(s)
		want := ""
		if m := heading.FindStringSubmatch(s); m != nil {
			want = m[1]
		}
		if got := headingText(s); got != want {
			t.Errorf("%q is the heading %q, want %q", s, got, want)
		}
	})
}

func BenchmarkTruncated(b *testing.B) {
	prose := strings.Repeat("The kiln stood at the river for the warm months of nine long years, and then it fell, which some say was the fault of its models.", 4)
	for _, c := range []struct{ name, text string }{
		{"prose", strings.Repeat(prose+"\n\n", 6)},
		{"Chinese", strings.Repeat(strings.Repeat("窑炉在河边立了很多年，这一点没有人否认，后来它的一个部分倒塌了。", 8)+"\n\n", 6)},
		{"list", strings.Repeat("- clay is dug in the autumn\n- it rests\n\n## Fire\n\n", 60)},
	} {
		b.Run(c.name, func(b *testing.B) {
			text := []byte(c.text)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Truncated(text)
			}
		})
	}
}
