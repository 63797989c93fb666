package mojibake

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/clipmend/clipmend/normalize/mojibake/internal/mangle"
	"github.com/clipmend/clipmend/normalize/repair"
)

// UTF-8 that strict decoders read in pairs comes back whatever they put in the place of the bytes
// that are none, and what was found comes back from that.
func TestPairsThatLostBytes(t *testing.T) {
	for _, tt := range []struct {
		name  string
		codec encoding.Encoding
		text  string
	}{
		{"gbk", simplifiedchinese.GBK, "文件的大小不能超过您的磁盘空间。请检查是否有足够的权限，然后重新启动系统。"},
		{"gbk", simplifiedchinese.GBK, "このファイルを開くことができません。システム管理者に問い合わせてください。"},
		{"shift_jis", japanese.ShiftJIS, "ファイルを保存してから、もう一度お試しください。設定は変更されません。"},
		{"shift_jis", japanese.ShiftJIS, "文件的大小不能超过您的磁盘空间。请检查是否有足够的权限。"},
		{"euc-kr", korean.EUCKR, "사용자 계정을 만들고 암호를 바꿉니다."},
	} {
		for _, mark := range []string{string(replacement), "?", ""} {
			broken := mangle.Pairs(tt.codec, []byte(tt.text), mark)
			if mark == "" && tt.name == "euc-kr" {
				continue // first bytes are lost, and nothing tells where
			}
			r := Fix([]byte(broken), Options{})
			if string(r.Text) != tt.text {
				t.Errorf("%s, %q for what is lost: %s\n became %s\nwant    %s", tt.name, mark, broken, r.Text, tt.text)
			}
			if again := Fix(r.Text, Options{}); len(again.Repairs) > 0 {
				t.Errorf("%s, %q for what is lost: fixed again: %v", tt.name, mark, again.Repairs)
			}
			back, err := repair.Undo(r.Text, r.Repairs)
			if err != nil || string(back) != broken {
				t.Errorf("%s, %q for what is lost: undone to %s, %v\nwant %s", tt.name, mark, back, err, broken)
			}
		}
	}
}

// The certificate takes what was misread, and nothing else: not another byte in the place of one
// that was lost, unless a decoder gives up that too.
func TestItemsAreLeftOf(t *testing.T) {
	gbk := newPairs(multibytes()[1])
	right := "请检查文件"
	broken := mangle.Pairs(simplifiedchinese.GBK, []byte(right), string(replacement))
	x, ok := itemsOf(gbk, broken)
	if !ok || x.signs == 0 {
		t.Fatalf("itemsOf(%q) = %+v, %v", broken, x, ok)
	}
	for text, want := range map[string]bool{right: true, "请怪查文件": true, "请梼查文件": false, "请检查文": false, right + "。": false, "请检杏文件": false} {
		if got := x.leftOf([]byte(text), false); got != want {
			t.Errorf("leftOf(%s) = %v", text, got)
		}
	}
}

// What is lost of a character may be all of it, or so much that nothing tells what it was.
func TestHoleOptions(t *testing.T) {
	gbk := newPairs(multibytes()[1])
	for broken, want := range map[string]rune{"\uFFFD": 'é', "涓\uFFFD": '一', "涓?": '一'} {
		x, _ := itemsOf(gbk, broken)
		h := holeReader{x: x}
		h.options(0)
		if got := slices.ContainsFunc(h.out, func(o holeOption) bool { return o.r == want }); got != (want == '一') {
			t.Errorf("options of %q have %c: %v", broken, want, got)
		}
	}
}

// FuzzHoles shows that a reading of items is one that leaves them.
func FuzzHoles(f *testing.F) {
	for _, s := range []string{"文件的大小", "é ? ��", "사용자", "ファイル?", "\xff\xe4\xb8"} {
		f.Add([]byte(s), true, "x")
		f.Add([]byte(s), false, string(replacement)+"涓�?鐨")
	}
	all := multibytes()
	f.Fuzz(func(t *testing.T, right []byte, marked bool, broken string) {
		mark := ""
		if marked {
			mark = string(replacement)
		}
		for _, m := range []multibyte{all[1], all[2], all[5]} {
			p := newPairs(m)
			for _, text := range []string{mangle.Pairs(m.codec, right, mark), broken} {
				x, ok := itemsOf(p, text)
				end := 0
				for _, row := range x.rows() {
					if row.Start < end || row.End <= row.Start || row.End > len(text) {
						t.Fatalf("%s: %q: a row at %v behind %d", m.name, text, row, end)
					}
					end = row.End
				}
				if !ok || len(x.all) > 400 {
					continue
				}
				h := holeReader{m: byClass{}, x: x, dropped: !marked}
				if h.read() {
					for _, l := range h.places() {
						if l.span.Start < 0 || l.span.End > len(text) || l.span.Start >= l.span.End && marked {
							t.Fatalf("%s: %q: a place at %v", m.name, text, l.span)
						}
					}
				}
			}
		}
	})
}

// Decoders of browsers give up both bytes that are no pair, for one sign.
func TestPairsThatLostBoth(t *testing.T) {
	for _, tt := range []struct {
		codec encoding.Encoding
		text  string
	}{
		{simplifiedchinese.GBK, "文件的大小不能超过您的磁盘空间。请检查是否有足够的权限，然后重新启动系统。"},
		{simplifiedchinese.GB18030, "如果难以使用鼠标或其他指针设备，则可通过键盘上的数字键盘控制鼠标指针。"},
		{japanese.ShiftJIS, "ファイルを保存してから、もう一度お試しください。"},
	} {
		broken, err := tt.codec.NewDecoder().Bytes([]byte(tt.text))
		if err != nil {
			t.Fatal(err)
		}
		if got := Fix(broken, Options{}); string(got.Text) != tt.text {
			t.Errorf("%s\n became %s\nwant    %s", broken, got.Text, tt.text)
		}
	}
}

// Where a line is misread in part, that part comes back.
func TestRowsOfPairs(t *testing.T) {
	right := "请检查是否有足够的权限，然后重新启动系统。"
	for _, mark := range []string{string(replacement), "?"} {
		broken := "标题：" + mangle.Pairs(simplifiedchinese.GBK, []byte(right), mark) + "\n这是正常的文字，没有什么问题。"
		want := "标题：" + right + "\n这是正常的文字，没有什么问题。"
		if got := Fix([]byte(broken), Options{}); string(got.Text) != want {
			t.Errorf("%s\n became %s\nwant    %s", broken, got.Text, want)
		}
	}
}

// A row that ends nowhere between two characters of the text is none.
func TestRowWithoutEnd(t *testing.T) {
	x, _ := itemsOf(newPairs(multibytes()[3]), "蠅蟻畏蟿喂魏蠈蟿畏蟿伪 纬喂")
	if rows := x.rows(); len(rows) > 0 {
		t.Errorf("rows = %v", rows)
	}
	marks, _ := itemsOf(newPairs(multibytes()[1]), strings.Repeat("\uFFFD a", 1<<17)) // for minutes, if each began a row
	if rows := marks.rows(); len(rows) > 0 {
		t.Errorf("%d rows of marks", len(rows))
	}
}

// What is right stays beside what is misread: characters of whose bytes two are UTF-8, and lists of
// rare ones.
func TestRightBesidePairs(t *testing.T) {
	for text, want := range map[string]string{
		"请注鎰忔枃浠�":                "请注意文件",
		"取娑堟枃浠�":                 "取消文件",
		"鏃ュ巻浜嬩欢通知":               "日历事件通知",
		"鎻掍欢 %s 娉ㄥ唽绫诲瀷 %s 失败":    "插件 %s 注册类型 %s 失败",
		"小\n鏂囦欢宸茬粡":              "小\n文件已经",
		"| 楼 | 10 |\n\n鏂囦欢宸茬粡\n": "| 楼 | 10 |\n\n文件已经\n",
		"氡\n氙\n氪\n":              "氡\n氙\n氪\n",
		"氡?氙?氪?":                 "氡?氙?氪?",
		"婀婧婊婕":                   "婀婧婊婕",
		"蜻蜥蜩蜚蝠蝟蝸蝌蝎蝴蝗蝨蝮蝙":         "蜻蜥蜩蜚蝠蝟蝸蝌蝎蝴蝗蝨蝮蝙",
	} {
		if got := Fix([]byte(text), Options{}); string(got.Text) != want {
			t.Errorf("%q became %q, want %q", text, got.Text, want)
		}
	}
}
