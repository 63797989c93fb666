//go:build !linux

package vault

// rootIdentity is not told here: a folder made anew at the path of a vault is
// taken for that vault.
func rootIdentity(string) string { return "" }
