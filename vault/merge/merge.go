// Package merge holds the vault's pure decisions: what to do given three
// hashes, and how to join three texts.
package merge
