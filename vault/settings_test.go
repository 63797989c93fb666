package vault_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/clipmend/clipmend/vault"
)

func TestAttachmentFolder(t *testing.T) {
	for settings, want := range map[string]string{
		``:                                 "Clippings/attachments",
		`{}`:                               "Clippings/attachments",
		`{"attachmentFolderPath":"/"}`:     "",
		`{"attachmentFolderPath":"./"}`:    "Clippings",
		`{"attachmentFolderPath":"./img"}`: "Clippings/img",
		`{"attachmentFolderPath":"Files/Pictures"}`: "Files/Pictures",
		`{"attachmentFolderPath":"../out"}`:         "Clippings/attachments",
		`{"attachmentFolderPath":".obsidian/x"}`:    "Clippings/attachments",
		`{"attachmentFolderPath":7`:                 "Clippings/attachments",
	} {
		dir := t.TempDir()
		if settings != "" {
			if err := os.Mkdir(filepath.Join(dir, ".obsidian"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, ".obsidian", "app.json"), []byte(settings), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		v, err := vault.Open(dir, vault.Options{State: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		if got := v.AttachmentFolder("Clippings"); got != want {
			t.Errorf("%s: %q, want %q", settings, got, want)
		}
		v.Close()
	}
}
