package safety_test

import (
	"testing"
)

// payloads would each run, reach out or hide something if they were left alone.
var payloads = []string{
	"```dataviewjs\napp.vault.adapter.remove('x')\n```",
	"```dataview\nLIST\n```",
	"~~~~ DataviewJS foo\nx\n~~~~",
	"```plantuml\n!include https://h\n```",
	"``` some-new-plugin\nx\n```",
	"```js\n```\n```jsx:component:A\n<A onload=x/>\n```",
	"````markdown\n```\n````\n~~~leaflet2\nx\n~~~",
	"- a\n\n  - ~~~ZZ-plugin\n    x\n    ~~~",
	"> [!note] a\n> ```dataview-extra\n> x\n> ```",
	"[^1]: a\n\n    ```customjs2\n    x\n    ```",
	"```mermaid\ngraph LR\nA-->B\nclick A call alert(1)\n```",
	"```mermaid\ngraph LR\nA; click A callback\n```",
	"~~~Mermaid\ngraph LR\nclick A href \"javascript:alert(1)\"\n~~~",
	"```mermaid\ngraph LR\nclick A \"&#106;avascript:alert(1)\"\n```",
	"```mermaid\ngraph LR\nA[\"<img src=x onerror=alert(1)>\"]\n```",
	"```mermaid\n%%{init: {'themeCSS': '*{background:url(//h)}'}}%%\ngraph LR\n```",
	"```mermaid\nsequenceDiagram\nlinks A: {\"x\": \"javascript:a\"}\n```",
	"> ```mermaid\n> graph LR\n> click A call f()\n> ```",
	`$\href{javascript:alert(1)}{x}$`,
	"$$\n\\href {obsidian://x} {x}\n$$",
	`$\style{background:url(//h)}{x}$ $\cssId{a}{b}$`,
	`$\require{html}\csname href\endcsname{javascript:a}{b}$`,
	"a \\href{javascript:b}{c} $x$",
	"| a |\n|---|\n| <img src=x onerror=alert(1)> |\n| [a](javascript:b) |",
	"<table><tr><td background=//h onclick=x style=a><a href=obsidian://x>a</a></td></tr></table>",
	"[^a]\n\n[^a]: <img src=x onerror=alert(1)> [b](file:///c)",
	"> [!danger]- <img src=x onerror=y>\n> [a](ObSiDiAn://b)",
	"[a](&#x6f;bsidian://x)",
	"[a](obsidian&#58;//x)",
	"[a](\\obsidian://x)",
	"[a][b]\n\n[b]: OBSIDIAN://x 'y'",
	"![a][b]\n\n[b]: \\\\\\\\host\\x",
	"<OBSIDIAN://x>",
	"[[obsidian://x|a]]",
	"![[file:///etc/passwd]]",
	"![[Private note: ]]",
	"![[Private note]] ![[Private note#^a|b]] ![[x.canvas]] ![[y.base]]",
	"<a href=ms-msdt:/id>a</a> <a href=shell:x>b</a> <a href='\\\\h\\s'>c</a>",
	"> - ```tasks\n>   not done\n>   ```",
	"```{python}\nx\n```",
	"```run-python\nx\n```",
	"```&#100;ataviewjs\nx\n```",
	"```meta-bind-button\nx\n```",
	"1. ```query\n   x\n   ```",
	"text\n```js-engine\nx\n```",
	"a `= this.file.name` b",
	"a `$= dv.pages()` b",
	"a ``  $=dv.x`` b",
	"\t= this.x",
	"```js\n\n  $= dv.x\n```",
	"<code>= this.x</code>",
	"a <code><b>&#61; this.x</b></code>",
	"<% tp.system.prompt() %>",
	"`<%* x %>` [a](<% b %>)",
	"<script>alert(1)</script>",
	"a <SCRIPT src=//h/x></sCript > b",
	"<scr<script></script>ipt>alert(1)</scr<script></script>ipt>",
	"<div><script>\nalert(1)\n\n</script></div>",
	"<img src=x onerror=alert(1)>",
	"<img/src='x'/onerror=alert(1)>",
	"<img src=\"x\" \nonerror=alert(1) >",
	"> <img\n> onerror=alert(1) src=x>",
	"> <a href=\"\n> javascript:alert(1)\">x</a>",
	"<a href=' java\tscript:alert(1)'>x</a>",
	"<a href=&#106;avascript&colon;alert(1)>x</a>",
	"<svg><animate onbegin=alert(1)></svg>",
	"<metA !>",
	"[[<sCript>]]",
	"![[a<img src=x onerror=y>.png]]",
	"<svg/onload=alert(1)>",
	"<math><a xlink:href=javascript:alert(1)>x</a></math>",
	"<iframe src=https://h></iframe>",
	"<iframe srcdoc='<script>alert(1)</script>'>",
	"<object data=file:///etc/passwd></object>",
	"<embed src=x>",
	"<form action=https://h><input name=a><button>b</button></form>",
	"<style>*{background:url(//h)}</style>",
	"<link rel=stylesheet href=//h><meta http-equiv=refresh content=0><base href=//h>",
	"<p style='position:fixed' onclick=x>a</p>",
	"<!--><script>alert(1)</script>-->",
	"<!-- --!><script>alert(1)</script>-->",
	"<![CDATA[><script>alert(1)</script>]]>",
	"<?x ><script>alert(1)</script>?>",
	"<!x ><img onerror=alert(1) src=x>",
	"<div title=\"\n\n<img onerror=alert(1) src=x>",
	"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
	"<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
	"<video src=//h><source src=javascript:x>",
	"<img srcset='//h 2x' src=x>",
	"$<img src=x onerror=alert(1)>$",
	"$`$=`",
	"$$\n$$%%a%%",
	"$$\n`= a`\n$$",
	"$$\n<script>alert(1)</script>\n$$",
	"$[a](javascript:b)$",
	"[a](javascript:alert(1))",
	"[a](<java\tscript:alert(1)>)",
	"[a](JAVASCRIPT&colon;b)",
	"[a](java&Tab;script:b)",
	`[a](javascript\:b)`,
	"[a](\njavascript:b)",
	"> [a](\n> javascript:b)",
	"[![i](file:///c)](vbscript:d)",
	`![a](\\host\share\x.png)`,
	`![a](\\\\host\\share)`,
	"![a](//host/x.png)",
	"![a](%5C%5Chost/x)",
	"[a](%5C%)",
	"![a](data:text/html;base64,PHNjcmlwdD4=)",
	"[a]: file:///etc/passwd\n\n[a]",
	"[a]:\njavascript:b\n\n[a]",
	"> [a]:\n> <javascript:b>\n\n[a]",
	"[a]\n\n[a]: <javascript:b>\n'title'",
	"<obsidian://open?vault=x>",
	"<javascript:alert(1)>",
	"see obsidian://open?vault=x now",
	"%% hidden <script>x</script> %%",
	"%%\nhidden\n\n<iframe src=x>\n%%",
}

func TestPayloadsDie(t *testing.T) {
	for _, p := range payloads {
		for _, wrap := range []struct{ before, after string }{{"", ""}, {"# h\n\n- ", "\n\ntext"}, {"> ", ""}, {"a\n\n", "\n\n```go\nx\n```\n"}} {
			in := wrap.before + p + wrap.after
			out := defuse(t, in)
			if found := alive(t, []byte(out)); len(found) > 0 {
				t.Errorf("%q became %q, in which is %v", in, out, found)
			}
			if again := defuse(t, out); again != out {
				t.Errorf("%q became %q and then %q", in, out, again)
			}
		}
	}
}

// The oracle must see what the rules are to stop, or it proves nothing.
func TestOracleSees(t *testing.T) {
	for _, p := range []string{
		payloads[0], "```plantuml\nx\n```", "```mermaid\nclick A call f()\n```", `$\href{javascript:a}{b}$`, "![[Private note]]", "`= a`", "<% a", "<script>", "<img onerror=x>", "<a href=' java\tscript:b'>", "[a](javascript:b)",
		"[a]:\n<file:b>\n\n[a]", "<javascript:b>", `![a](\\\\host)`, "%% a %%", "<p style=x>",
	} {
		if len(alive(t, []byte(p))) == 0 {
			t.Errorf("nothing in %q", p)
		}
	}
}
