package app

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"clipmend": func() { os.Exit(Main(os.Args, os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// TestScripts drives the command as a user would, one behaviour a file.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			seed, err := os.ReadFile("../../../testdata/feishu-deepseek-notes.md")
			if err != nil {
				return err
			}
			env.Setenv("XDG_STATE_HOME", env.Getenv("WORK")+"/.state")
			env.Setenv("XDG_CONFIG_HOME", env.Getenv("WORK")+"/.config")
			return os.WriteFile(env.Getenv("WORK")+"/seed.md", seed, 0o644)
		},
	})
}
