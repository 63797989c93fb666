package app

import (
	"fmt"

	"github.com/urfave/cli/v2"
)

// The scripts ask the command itself what the word under the cursor can become,
// so they never age. Where it knows nothing, the shells offer files.
var completions = map[string]string{
	"bash": `_clipmend() {
  local word=${COMP_WORDS[COMP_CWORD]}
  [[ $word == = ]] && word=
  local IFS=$'\n'
  COMPREPLY=($("${COMP_WORDS[@]:0:COMP_CWORD}" "$word" ` + completing + ` 2>/dev/null))
}
complete -o bashdefault -o default -F _clipmend clipmend
`,
	"zsh": `#compdef clipmend
_clipmend() {
  local -a offers
  offers=(${(f)"$("${(@Q)words[1,CURRENT]}" ` + completing + ` 2>/dev/null)"})
  compadd -- $offers || _files
}
compdef _clipmend clipmend
`,
	"fish": `function __clipmend_complete
  set -l words (commandline -opc) (commandline -ct)
  $words ` + completing + ` 2>/dev/null
end
complete -c clipmend -a '(__clipmend_complete)'
`,
}

func (s *session) completionVerb() *cli.Command {
	return &cli.Command{
		Name:      "completion",
		Usage:     "print the script that completes clipmend in a shell",
		ArgsUsage: "bash|zsh|fish",
		Description: `Put one of these where your shell starts:

   source <(clipmend completion bash)
   source <(clipmend completion zsh)
   clipmend completion fish | source`,
		Action: func(c *cli.Context) error {
			script, ok := completions[c.Args().First()]
			if !ok {
				return usagef("completion: %q is not one of bash, zsh, fish", c.Args().First())
			}
			_, err := fmt.Fprint(s.out, script)
			return err
		},
	}
}
