// Package charset turns bytes into text: it finds the encoding by byte order
// mark, declared label and likelihood, and decodes.
package charset
