// Package frontmatter reads, mends and edits a note's properties without
// touching any other byte.
//
// An edit replaces the bytes of one property; comments, order, quoting, line
// endings and blank lines around it stay. The result is parsed again and
// compared before it is returned. What cannot be proven safe is refused with
// one of the package's errors, and the text stays as it was.
package frontmatter
