package vault

import (
	"os"
	"path/filepath"
)

func systemStateDir() (string, error) {
	dir, err := os.UserConfigDir() // ~/Library/Application Support
	return filepath.Join(dir, "clipmend"), err
}
