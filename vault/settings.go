package vault

import (
	"encoding/json"
	"io"
	"path"
	"strings"

	"github.com/clipmend/clipmend/vault/place"
)

// attachments is the folder for attachments beside the notes, where the vault's
// own settings do not say another.
const attachments = "attachments"

// AttachmentFolder returns the folder for the attachments of notes that lie in
// the folder notes: the one that the vault's settings in Obsidian name, or
// else "attachments" below notes. It only reads. Both paths are relative to
// the vault's folder, with slashes; "" is the vault's folder itself.
func (v *Vault) AttachmentFolder(notes string) string {
	setting := v.attachmentSetting()
	folder := path.Join(notes, attachments)
	switch {
	case setting == "/":
		return ""
	case setting == "." || setting == "./":
		return notes
	case strings.HasPrefix(setting, "./"):
		folder = path.Join(notes, setting)
	case setting != "":
		folder = path.Clean(setting)
	}
	if place.CheckName(folder) != nil {
		return path.Join(notes, attachments)
	}
	return folder
}

// attachmentSetting reads attachmentFolderPath of .obsidian/app.json, "" if it
// is not set.
func (v *Vault) attachmentSetting() string {
	file, err := v.tree.FS().Open(".obsidian/app.json")
	if err != nil {
		return ""
	}
	defer file.Close()
	var settings struct {
		Folder string `json:"attachmentFolderPath"`
	}
	if json.NewDecoder(io.LimitReader(file, 1<<20)).Decode(&settings) != nil {
		return ""
	}
	return strings.TrimSpace(settings.Folder)
}
