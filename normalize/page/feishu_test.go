package page

import "testing"

// A document of Feishu or Lark is made of <div>: what is a heading, a list,
// code or a callout is told by classes alone. Numbers stay, and the signs
// without width that end each line and carry watermarks go.
func TestFeishu(t *testing.T) {
	line := func(s string) string {
		return `<div class="zone-container text-editor"><div class="ace-line"><span data-string="true">` + s + `</span><span data-enter="true">` + "\u200b" + `</span></div></div>`
	}
	src := `<title>窑 - 飞书云文档</title><div class="page-block-header"><h1>窑</h1></div><div class="page-block-children"><div class="render-unit-wrapper">` +
		`<div class="block docx-heading1-block" data-block-type="heading1"><div class="heading heading-h1"><button class="heading-order">1.</button><div class="heading-content">` + line("砖") + `</div></div></div>` +
		`<div class="block docx-text-block">` + line("好\u200b\u200c\u200d\u200b砖 👩‍🔧") + `</div>` +
		`<div class="block docx-ordered-block"><div class="list"><div class="order button">3.</div><div class="list-content">` + line("先晒") + `</div></div><div class="list-children"><div class="render-unit-wrapper">` +
		`<div class="block docx-bullet-block"><div class="list"><div class="bullet"><div class="bullet-dot-style">•</div></div><div class="list-content">` + line("三天") + `</div></div></div></div></div></div>` +
		`<div class="block docx-ordered-block"><div class="list"><div class="order button">4.</div><div class="list-content">` + line("后烧") + `</div></div></div>` +
		`<div class="block docx-todo-block task-done"><div class="list"><div class="todo-checkbox"><span>x</span></div><div class="list-content">` + line("关门") + `</div></div></div>` +
		`<div class="block docx-code-block"><div class="code-block-header">Plain Text</div><div class="code-block-content"><div class="ace-line">a = 1</div><div class="ace-line">b = 2</div></div></div>` +
		`<div class="block docx-callout-block"><div class="callout-emoji-container">🔥</div><div class="callout-block-children">` + line("小心") + `</div></div>` +
		`<div class="block docx-quote_container-block">` + line("古语") + `</div></div></div>`
	want := "## 1. 砖\n\n好砖 👩‍🔧\n\n3. 先晒\n   - 三天\n4. 后烧\n\n- [x] 关门\n\n```\na = 1\nb = 2\n```\n\n> [!note]\n> 小心\n\n> 古语\n"
	p, err := Convert([]byte(src), Options{URL: "https://kiln.feishu.cn/docx/x"})
	if err != nil {
		t.Fatal(err)
	}
	if got := string(p.Markdown); got != want {
		t.Errorf("Markdown:\n%s\nwant:\n%s", got, want)
	}
	if p.Meta.Title != "窑" {
		t.Errorf("title %q", p.Meta.Title)
	}
}
