// Package mojibake undoes wrong decodings of text and restores the bytes that
// were lost on the way.
package mojibake
