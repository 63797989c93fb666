package app

import (
	"fmt"

	"github.com/urfave/cli/v2"
)

// The scripts ask the command itself what can follow, so they never age.
var completions = map[string]string{
	"bash": `_clipmend() {
  local word=${COMP_WORDS[COMP_CWORD]} words
  if [[ $word == -* ]]; then
    words=$("${COMP_WORDS[@]:0:COMP_CWORD}" "$word" --generate-bash-completion 2>/dev/null)
  else
    words=$("${COMP_WORDS[@]:0:COMP_CWORD}" --generate-bash-completion 2>/dev/null)
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o bashdefault -o default -F _clipmend clipmend
`,
	"zsh": `#compdef clipmend
_clipmend() {
  local -a words
  words=("${(@f)$(${words[1,CURRENT-1]} ${(M)words[CURRENT]:#-*} --generate-bash-completion 2>/dev/null)}")
  if [[ -n ${words[1]} ]]; then _describe 'clipmend' words; fi
  _files
}
compdef _clipmend clipmend
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
		BashComplete: func(*cli.Context) { fmt.Fprintln(s.out, "bash\nzsh\nfish") },
		Action: func(c *cli.Context) error {
			shell := c.Args().First()
			if shell == "fish" {
				script, err := c.App.ToFishCompletion()
				if err != nil {
					return err
				}
				_, err = fmt.Fprint(s.out, script)
				return err
			}
			script, ok := completions[shell]
			if !ok {
				return usagef("completion: %q is not one of bash, zsh, fish", shell)
			}
			_, err := fmt.Fprint(s.out, script)
			return err
		},
	}
}
