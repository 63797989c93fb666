//go:build !linux

package books

import "os"

// syncOne makes one file durable. These systems have no call for a batch.
func syncOne(file *os.File) error { return file.Sync() }

// SyncTree makes the names in dir durable where the system can. The files'
// bytes were made durable one by one.
func SyncTree(dir string) error {
	file, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer file.Close()
	_ = file.Sync() // Windows refuses to flush a folder; its names are journaled
	return nil
}
