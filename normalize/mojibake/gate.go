package mojibake

// suspicious reports whether any part of text may have been misread.
func suspicious(text []byte) bool { return indexWild(text, 0) >= 0 }
