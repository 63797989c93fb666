//go:build !windows && !darwin

package vault

import (
	"os"
	"path/filepath"
)

func systemStateDir() (string, error) {
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".local", "state", "clipmend"), err
}
