// Package lazyregexp compiles regular expressions when they are first used: a
// command starts sooner that does not compile those that it has no use for.
package lazyregexp

import (
	"os"
	"regexp"
	"strings"
	"sync"
)

// A Regexp is a regular expression. Its methods are those of package regexp.
type Regexp struct{ compiled func() *regexp.Regexp }

// New returns the regular expression that s says. Tests compile it at once, so that
// they find one that is none.
func New(s string) *Regexp {
	re := &Regexp{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(s) })}
	if len(os.Args) > 0 && strings.HasSuffix(strings.TrimSuffix(os.Args[0], ".exe"), ".test") {
		re.compiled()
	}
	return re
}

func (re *Regexp) Match(b []byte) bool { return re.compiled().Match(b) }

func (re *Regexp) MatchString(s string) bool { return re.compiled().MatchString(s) }

func (re *Regexp) FindIndex(b []byte) []int { return re.compiled().FindIndex(b) }

func (re *Regexp) FindSubmatch(b []byte) [][]byte { return re.compiled().FindSubmatch(b) }

func (re *Regexp) FindSubmatchIndex(b []byte) []int { return re.compiled().FindSubmatchIndex(b) }

func (re *Regexp) FindStringSubmatch(s string) []string { return re.compiled().FindStringSubmatch(s) }

func (re *Regexp) FindStringSubmatchIndex(s string) []int {
	return re.compiled().FindStringSubmatchIndex(s)
}

func (re *Regexp) FindAllIndex(b []byte, n int) [][]int { return re.compiled().FindAllIndex(b, n) }

func (re *Regexp) FindAllSubmatch(b []byte, n int) [][][]byte {
	return re.compiled().FindAllSubmatch(b, n)
}

func (re *Regexp) FindAllSubmatchIndex(b []byte, n int) [][]int {
	return re.compiled().FindAllSubmatchIndex(b, n)
}

func (re *Regexp) FindAllStringIndex(s string, n int) [][]int {
	return re.compiled().FindAllStringIndex(s, n)
}

func (re *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return re.compiled().FindAllStringSubmatchIndex(s, n)
}

func (re *Regexp) ReplaceAllLiteral(src, with []byte) []byte {
	return re.compiled().ReplaceAllLiteral(src, with)
}

func (re *Regexp) ReplaceAllString(src, with string) string {
	return re.compiled().ReplaceAllString(src, with)
}

func (re *Regexp) ReplaceAllStringFunc(src string, f func(string) string) string {
	return re.compiled().ReplaceAllStringFunc(src, f)
}
