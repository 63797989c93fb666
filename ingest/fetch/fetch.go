// Package fetch gets a page by its address.
//
// It promises not to reach addresses that are private unless told so: every
// connection is checked at the moment of dialing, on the resolved address, so
// neither a redirect nor a name server can lead it there. Time, size and
// redirects are bounded.
package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"

	"github.com/clipmend/clipmend/ingest"
	"github.com/clipmend/clipmend/ingest/contentcoding"
)

// ErrPrivate is why an address was refused.
var ErrPrivate = errors.New("a private address")

// Options bound a fetch. The zero value works.
type Options struct {
	AllowPrivate bool          // reach private, loopback and link-local addresses too
	Timeout      time.Duration // for the whole of it; 30 s
	Redirects    int           // 10
	Size         int64         // bytes of the body, unpacked; 64 MiB
	Accept       string        // media types that are asked for; pages and text
	UserAgent    string        // names clipmend and where to read of it
	Resolver     *net.Resolver // nil means the system's
}

// A Page is what an address gave.
type Page struct {
	URL       string // after redirects
	MediaType string // lower case, without parameters
	Charset   string // as the header says, "" if it does not
	Body      []byte // content codings undone
}

// Get fetches a page over http or https. A status other than success is an
// error.
func Get(ctx context.Context, address string, o Options) (Page, error) {
	o.Timeout = cmp.Or(o.Timeout, 30*time.Second)
	o.Redirects = cmp.Or(o.Redirects, 10)
	o.Size = cmp.Or(o.Size, 64<<20)
	o.UserAgent = cmp.Or(o.UserAgent, "clipmend/0.1 (+https://github.com/clipmend/clipmend)")
	ctx, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return Page{}, fmt.Errorf("fetch: %w", err)
	}
	if err := checkScheme(request.URL); err != nil {
		return Page{}, err
	}
	request.Header.Set("User-Agent", o.UserAgent)
	request.Header.Set("Accept", cmp.Or(o.Accept, "text/html, application/xhtml+xml, text/markdown, text/plain;q=0.8, */*;q=0.1"))
	request.Header.Set("Accept-Encoding", contentcoding.Accept)
	client := o.client()
	defer client.CloseIdleConnections()
	response, err := client.Do(request)
	if err != nil {
		return Page{}, fmt.Errorf("fetch: %w", withoutURL(err))
	}
	defer response.Body.Close()
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return Page{}, fmt.Errorf("fetch: status %s", response.Status)
	}
	if response.ContentLength > o.Size {
		return Page{}, fmt.Errorf("fetch: %w", ingest.TooLarge(o.Size))
	}
	body, err := contentcoding.Decode(http.MaxBytesReader(nil, response.Body, o.Size), response.Header.Get("Content-Encoding"), o.Size)
	if err != nil {
		return Page{}, fmt.Errorf("fetch: %w", err)
	}
	contentType := response.Header.Get("Content-Type")
	_, params, _ := mime.ParseMediaType(contentType)
	return Page{response.Request.URL.String(), ingest.BaseMediaType(contentType), params["charset"], body}, nil
}

// client makes a client for one fetch. It uses no proxy: behind one, the
// address could not be checked.
func (o Options) client() *http.Client {
	dialer := &net.Dialer{Timeout: o.Timeout, Resolver: o.Resolver}
	if !o.AllowPrivate {
		dialer.Control = func(_, address string, _ syscall.RawConn) error { return checkDial(address) }
	}
	return &http.Client{
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			ForceAttemptHTTP2:      true,
			DisableCompression:     true, // codings are undone under a limit
			TLSHandshakeTimeout:    10 * time.Second,
			MaxResponseHeaderBytes: 1 << 20,
		},
		CheckRedirect: func(next *http.Request, via []*http.Request) error {
			if len(via) > o.Redirects {
				return fmt.Errorf("more than %d redirects", o.Redirects)
			}
			return checkScheme(next.URL)
		},
	}
}

func checkScheme(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("fetch: addresses of scheme %q: %w", u.Scheme, ingest.ErrUnsupported)
	}
	if u.Host == "" {
		return errors.New("fetch: the address names no host")
	}
	return nil
}

func checkDial(address string) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("address %q: %w", address, err)
	}
	if !Public(to.Addr()) {
		return fmt.Errorf("%s: %w", to.Addr(), ErrPrivate)
	}
	return nil
}

// Public reports whether an address is one of the public Internet: not private,
// loopback, link-local, shared, multicast or reserved, nor one of IPv6 that
// carries an address of IPv4 in it.
func Public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	for _, reserved := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
		"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
		"3fff::/20", "5f00::/16", "fec0::/10",
	} {
		if netip.MustParsePrefix(reserved).Contains(a) {
			return false
		}
	}
	return true
}

// withoutURL takes the address out of a client's error: the origin has it.
func withoutURL(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}
