package page

import (
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
