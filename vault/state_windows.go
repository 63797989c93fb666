package vault

import (
	"os"
	"path/filepath"
)

func systemStateDir() (string, error) {
	dir, err := os.UserCacheDir() // %LocalAppData%
	return filepath.Join(dir, "clipmend", "state"), err
}
