package attachment

import (
	"encoding/base64"
	"net/url"
	"strings"
)

// DecodeURL reads a data: URL. It forgives white space and missing padding.
func DecodeURL(address string) (data []byte, ok bool) {
	if len(address) < 5 || !strings.EqualFold(address[:5], "data:") {
		return nil, false
	}
	head, body, ok := strings.Cut(address[5:], ",")
	if !ok {
		return nil, false
	}
	if strings.HasSuffix(strings.ToLower(strings.TrimSpace(head)), ";base64") {
		return decodeBase64(body)
	}
	text, err := url.PathUnescape(body)
	if err != nil {
		text = body // drawings are often written without any escapes
	}
	return []byte(text), true
}

func decodeBase64(body string) ([]byte, bool) {
	clean := make([]byte, 0, len(body))
	for i := 0; i < len(body); i++ {
		switch b := body[i]; {
		case b == '%' && i+2 < len(body):
			switch strings.ToUpper(body[i+1 : i+3]) {
			case "2B":
				clean = append(clean, '+')
			case "2F":
				clean = append(clean, '/')
			case "3D", "0A", "0D", "20":
			default:
				return nil, false
			}
			i += 2
		case b == '-':
			clean = append(clean, '+')
		case b == '_':
			clean = append(clean, '/')
		case b == '=' || b == ' ' || b == '\t' || b == '\r' || b == '\n':
		default:
			clean = append(clean, b)
		}
	}
	n, err := base64.RawStdEncoding.Decode(clean, clean)
	return clean[:n], err == nil
}

// URL gives a file as a data: URL, for notes that carry their pictures.
func (f File) URL() string {
	return "data:" + f.MediaType + ";base64," + base64.StdEncoding.EncodeToString(f.Data)
}
