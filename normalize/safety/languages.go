package safety

import "strings"

// plainLanguages are names of languages that are only ever shown in colours, as
// highlighters know them. Names that a plugin of Obsidian's is known to act on
// are left out: plantuml, dot, svg, tikz, abc, vega, chart and their like.
var plainLanguages = func() map[string]bool {
	set := map[string]bool{}
	for name := range strings.FieldsSeq(`
1c abap abnf accesslog actionscript as3 ada adoc asciidoc agda ahk autohotkey al alloy angular antlr4 apache apacheconf apex apl apib
applescript aql arcade arduino ino arff armasm asm asm6502 asmatmel asn1 aspnet astro autoit avisynth avs awk gawk mawk nawk axapta
babel ballerina bash bas basic bat batch cmd bbcode beancount bicep bib bibtex bison yacc blade bnf ebnf brainfuck bf brightscript bro bsl
c h c++ cpp cc cxx hh hpp hxx h++ c# cs csharp cairo capnproto capnp carbon cbl cobol ceylon cfc cfm cfml chaiscript chuck cil cilk cisco
clean clj cljc cljs clojure edn clike cmake code codeowners coffee coffeescript common-lisp commonlisp conf config console consol
coq v-coq cos cpp-objdump cql cr crystal crmsh crontab cron csp css css-extras csv csound cshtml razor cuda cu cue curl cypher cython pyx
d dart dax default delphi pascal objectpascal desktop diff patch django jinja jinja2 j2 dns bind zone docker dockerfile containerfile dhall
docker-compose dos dotenv env dsconfig dts dust dtd dyalog
eex heex leex eiffel ejs elisp emacs-lisp emacs elixir ex exs elm elvish erb erlang erl erlang-repl etlua excel xls xlsx
f# fs fsharp f90 f95 f03 fortran factor false fennel fga firestore fish fix flix flow fluent ftl freemarker forth
gams gap gas gcode nc gd gdscript gdresource gdshader gdb gedcom genie gettext po gherkin cucumber feature git gitattributes gitconfig git-commit
git-rebase gitignore gleam glimmer gjs gts glsl gml gms gn go golang gomod go-mod gosum gosu gradle grammarkdown graphql gql groovy
hack hacklang haml handlebars hbs htmlbars haskell hs haxe hx hcl hjson hlsl hlsplaylist hocon hoon hosts hsp hsts htaccess html htm xhtml
html+erb http httpspec https hurl hy hylang
i7 inform7 icon ichigojam idl idris igor ini iecst imba ipython ipython3 ical icalendar ics io irc irpf90 ispc isabelle ignore
j janet java javadoc javadoclike javascript js cjs mjs javastacktrace javascriptreact jboss-cli jexl jison jl jolie jq jsdoc json json5 jsonc
jsonl ndjson jsonld jsonnet jsonp jsp jssm jsstacktrace jsx jte julia julia-repl juliarepl just justfile juttle
kdl keepalived keyman kotlin kt kts kumir kusto kql
lark lasso latex latte tex ldap ldif leaf lean lean4 less ledger hledger leo lilypond ly liquid lisp litcoffee literate livescript ls lkml llvm
llvm-mir ll log lolcode logo logos logtalk lua luau log4j
macaulay2 m2 magma make makefile mk mak mf maple markdown md mdx mkd markup mathematica mma wl wolfram matlab maxima max maxscript mediawiki wiki
mel mercury mermaid meson metafont metal mikrotik mips mipsasm mint mirc mizar mojo mojolicious monkey monkeyc moonscript moon move motoko
mscgen msgpack mustache muf modelica mojom
n1ql n4js nasm nand2tetris-hdl naniscript navi neon nestedtext netlogo nevod newlisp nextflow nginx nginxconf nim nimrod nimble ninja nix nmake nohighlight
no-highlight none nqp nsis nu nushell numpy
objc obj-c objectivec objective-c objc++ objectivec++ objective-c++ mm objdump objectscript ocaml ml mli odin ocl ol onec opencl openqasm qasm
openscad scad openssl org orgmode osl output oxygene oz
p4 pandas parigp parser parser3 pcss pcmk peg pegjs pem perl pl pm raku perl6 pf pgsql plpgsql postgres postgresql php php3 php4 php5 php-template phpdoc
plain plaintext plain-text txt text pkl pl1 plsql po pony postcss postscript ps pov povray powerquery pq powershell ps1 psm1 pwsh powerbasic
prisma proc processing procfile prolog promql properties prompt proto protobuf protocol-buffers proverif psl pug jade puppet pp purebasic purescript purs
py py2 py3 py-con pycon python python2 python3 python-repl pytb pypy py3tb pytest
q kdb qml qore qsharp q# quarto qbasic quakec
r rs rsplus ragel rc racket rkt raml raw rb ruby irb rbs re reason rebol reg regex regexp regedit renpy rescript rest restructuredtext rst rego riscript
rip riscv roboconf robot robotframework roff man groff ron rpm rpm-spec rtf rust rustdoc rtl ruleslanguage
s sas sass scala scaml scheme scm scilab scss sed self sgml sh sh-session shell shellscript shell-session shellsession bash-session zsh-session
slim slint smali smalltalk st smarty sml smt smtlib snakemake snobol sol solidity soy sparql rq splunk spl sqf sql sqlite sqlite3 mysql mariadb tsql
mssql transact-sql plsql squirrel nut ssh ssh-config stan starlark bzl stata do styl stylus stylesheet subunit supercollider sc surql surrealql svelte sv
swift swiftinterface switcher sway systemd systemverilog sy syslog
t4 tact tads3 tads tap tape tcl tk tcsh csh tei template-toolkit tera teraterm terminal terminfo terraform tf tfvars tftpl test textile textproto thrift toit toml
tp tree trace trig trac tremor ts tsx tt2 ttl turtle twig typescript typescriptreact typespec typoscript tsconfig typst typ
ucode unrealscript uc unlang uri url unicode
v vlang vala vapi vb vba vb-net vbnet vb.net visual-basic vbs vbscript vbscript-html velocity verilog verse vhdl vhd vim viml vimscript viper visual-basic
vtt vue vue-html vyper vy
warpscript wasm wat wast wgsl web-idl webidl wdl wit wolfram-language wren
x++ x86asm x86 nasm-x86 xacro xaml xbase xeora xl xml xsd xsl xslt rss atom plist xojo xonsh xorg xpath xquery xq xtend xtlang xul
yaml yml yaml-frontmatter yang yara yarn yul
zenscript zephir zep zig zimpl zsh zone
`) {
		set[name] = true
	}
	return set
}()
