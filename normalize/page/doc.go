// Package page turns a web page into its main content, its metadata and
// Markdown.
package page
