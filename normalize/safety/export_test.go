package safety

// PlainLanguages lets the oracle hold a library's reading of fences against the
// list.
var PlainLanguages = plainLanguages
