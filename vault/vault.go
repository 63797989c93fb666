// Package vault keeps notes on disk as Obsidian expects them and never loses a
// person's edit: every write is planned, compared with what is there, and can
// be taken back.
package vault
