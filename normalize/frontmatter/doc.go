// Package frontmatter reads, mends and edits a note's properties without
// touching any other byte.
package frontmatter
