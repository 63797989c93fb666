package vault

import (
	"net/url"
	"strings"
)

// CanonicalURL returns the form of an address by which two clips of one page
// are recognised: without fragment, default port, tracking parameters, the
// difference of http and https, and the slash at the end. It is for comparison
// only; a note's source keeps the address as it was. What is no absolute
// address is returned as it is, but for blanks around it.
func CanonicalURL(address string) string {
	address = strings.TrimSpace(address)
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	scheme := strings.ToLower(u.Scheme)
	if scheme == "http" {
		scheme = "https"
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := u.Port(); port != "" && !(scheme == "https" && (port == "80" || port == "443")) {
		host += ":" + port
	}
	canonical := scheme + "://" + host + strings.TrimRight(u.EscapedPath(), "/")
	if query := stripTracking(u.RawQuery); query != "" {
		canonical += "?" + query
	}
	// A fragment that begins like this is a page of its own.
	if strings.HasPrefix(u.Fragment, "!") || strings.HasPrefix(u.Fragment, "/") {
		canonical += "#" + u.EscapedFragment()
	}
	return canonical
}

// stripTracking drops the parameters that say how a reader came to a page, and
// keeps the others in their order.
func stripTracking(query string) string {
	var kept []string
	for parameter := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(parameter, "=")
		if parameter != "" && !isTracking(strings.ToLower(name)) {
			kept = append(kept, parameter)
		}
	}
	return strings.Join(kept, "&")
}

func isTracking(name string) bool {
	for _, prefix := range []string{"utm_", "mtm_", "pk_", "hsa_", "__hs", "vero_", "oly_", "spm_"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	switch name {
	case "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "li_fat_id",
		"igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "_openstat", "_ga", "_gl", "s_cid", "icid",
		"ncid", "cmpid", "srsltid", "wt_mc", "wickedid", "zanpid", "ref_src", "ref_url", "share_token", "spm", "scm",
		"from_copylink", "share_from", "share_source", "share_medium", "vd_source":
		return true
	}
	return false
}
