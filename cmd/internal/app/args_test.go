package app

import (
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

func TestFlagsFirst(t *testing.T) {
	commands := []*cli.Command{
		{Name: "clip", Flags: []cli.Flag{
			&cli.StringFlag{Name: "vault"},
			&cli.BoolFlag{Name: "dry-run", Aliases: []string{"n"}},
			&cli.IntFlag{Name: "jobs", Aliases: []string{"j"}},
		}},
		{Name: "completion", Subcommands: []*cli.Command{{Name: "bash"}}},
	}
	for _, tt := range []struct{ in, want string }{
		{"clipmend", "clipmend"},
		{"clipmend clip a.html --vault v", "clipmend clip --vault v a.html"},
		{"clipmend clip a --vault=v b", "clipmend clip --vault=v a b"},
		{"clipmend clip a -n b -j 4", "clipmend clip -n -j 4 a b"},
		{"clipmend clip a -nj 4 b", "clipmend clip -nj 4 a b"},
		{"clipmend clip a -j4 b", "clipmend clip -j 4 a b"},
		{"clipmend clip a -nj4 b", "clipmend clip -nj 4 a b"},
		{"clipmend clip a -x4 b", "clipmend clip -x4 a b"},
		{"clipmend clip - --vault v", "clipmend clip --vault v -"},
		{"clipmend clip a -- --vault", "clipmend clip -- a --vault"},
		{"clipmend clip clip", "clipmend clip clip"},
		{"clipmend clip a --nonsense", "clipmend clip --nonsense a"},
		{"clipmend completion bash", "clipmend completion bash"},
		{"clipmend clip a --vault", "clipmend clip --vault a"},
	} {
		got := flagsFirst(strings.Fields(tt.in), commands, nil)
		if !slices.Equal(got, strings.Fields(tt.want)) {
			t.Errorf("%s\n got %s\nwant %s", tt.in, strings.Join(got, " "), tt.want)
		}
	}
}
