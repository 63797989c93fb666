package mojibake

// What became of the bytes that an encoding leaves undefined.
const (
	lostKept     = "kept"       // as C1 control characters
	lostDropped  = "dropped"    // without a trace
	lostReplaced = "replaced"   // by U+FFFD
	lostQuestion = "questioned" // by a question mark
)

// caseLower says that a misread text was put in lower case, but for the first
// letters of words perhaps.
const caseLower = "lower"

// Many programs take ISO 8859-1 for the default of the web, so that parts of a document
// may be broken by the one and parts by the other.
const (
	latin1     = "iso-8859-1"
	webDefault = "windows-1252"
)

// A Layer is one misreading: bytes of UTF-8 read as another encoding. Of ISO 8859-1, which
// leaves no byte undefined, the control characters may be dropped.
type Layer struct {
	Encoding string `json:"encoding"`
	Lost     string `json:"lost,omitempty"` // kept, dropped, replaced or questioned
	Case     string `json:"case,omitempty"` // lower: the result was put in lower case
}

// LostBytes says in English which bytes were lost, if some were.
func (l Layer) LostBytes() string {
	if l.stripped() {
		return "control characters"
	}
	return "undefined bytes"
}

// stripped reports whether l dropped the control characters that bytes became.
func (l Layer) stripped() bool { return l.Encoding == latin1 && l.Lost == lostDropped }
