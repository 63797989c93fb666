// Package feishu reads documents of Feishu and Lark as their API gives them:
// the blocks of a docx document in JSON.
//
// It promises the blocks in their order with their nesting. Numbers of lists go
// on where the document has them go on. A kind of block that a note cannot hold,
// such as a sheet, is named where it stands and told of in a notice.
package feishu

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/clipmend/clipmend/ingest"
)

// maxSize bounds a document: JSON takes several times its size in memory.
const maxSize = 16 << 20

// Read yields the document as one clip of HTML. It takes a document with its
// blocks, an answer of the API that lists blocks, and both in a "data" object.
func Read(r io.Reader, o ingest.Origin, limits ingest.Limits) iter.Seq2[ingest.Clip, error] {
	limits = limits.Or()
	return func(yield func(ingest.Clip, error) bool) {
		fail := func(err error, notice bool) bool {
			return yield(ingest.Clip{}, &ingest.Error{Origin: o, Err: fmt.Errorf("feishu: %w", err), Notice: notice})
		}
		data, err := ingest.ReadAll(r, min(limits.Clip, maxSize))
		var d document
		if err == nil {
			err = json.Unmarshal(data, &d)
		}
		if err != nil {
			fail(err, false)
			return
		}
		d.unwrap()
		if len(d.Blocks) == 0 {
			fail(errors.Join(errors.New("no blocks"), ingest.ErrEmpty), false)
			return
		}
		w := newWriter(d.Blocks)
		body := w.page(d.Document.Title)
		if !yield(ingest.Clip{
			Origin: o, MediaType: "text/html", Charset: "utf-8", Extent: ingest.Content, Title: w.title, URL: d.Document.URL, Body: body,
		}, nil) {
			return
		}
		if d.HasMore && !fail(fmt.Errorf("the document goes on after these blocks: %w", ingest.ErrTruncated), true) {
			return
		}
		if len(w.missing) > 0 {
			fail(fmt.Errorf("%w in a note: %s", ingest.ErrUnsupported, strings.Join(slices.Sorted(maps.Keys(w.missing)), ", ")), true)
		}
	}
}

// Looks reports whether text begins a document of this form.
func Looks(head []byte) bool {
	s := string(head)
	return strings.HasPrefix(strings.TrimLeft(s, " \t\r\n"), "{") && strings.Contains(s, `"block_type"`) && strings.Contains(s, `"block_id"`)
}

type document struct {
	Document struct {
		Title string `json:"title"`
		URL   string `json:"url"`
	} `json:"document"`
	Blocks  []*block  `json:"blocks"`
	Items   []*block  `json:"items"`
	HasMore bool      `json:"has_more"`
	Data    *document `json:"data"`
}

// unwrap brings the forms in which an answer comes to one.
func (d *document) unwrap() {
	for depth := 0; d.Data != nil && len(d.Blocks) == 0 && depth < 4; depth++ {
		title := d.Document
		*d = *d.Data
		if d.Document.Title == "" {
			d.Document = title
		}
	}
	if len(d.Blocks) == 0 {
		d.Blocks = d.Items
	}
}

// A block is one of a document, with the content of its kind.
type block struct {
	ID       string   `json:"block_id"`
	Parent   string   `json:"parent_id"`
	Children []string `json:"children"`
	Type     int      `json:"block_type"`

	Page     *text `json:"page"`
	Text     *text `json:"text"`
	Heading1 *text `json:"heading1"`
	Heading2 *text `json:"heading2"`
	Heading3 *text `json:"heading3"`
	Heading4 *text `json:"heading4"`
	Heading5 *text `json:"heading5"`
	Heading6 *text `json:"heading6"`
	Heading7 *text `json:"heading7"`
	Heading8 *text `json:"heading8"`
	Heading9 *text `json:"heading9"`
	Bullet   *text `json:"bullet"`
	Ordered  *text `json:"ordered"`
	Code     *text `json:"code"`
	Quote    *text `json:"quote"`
	Equation *text `json:"equation"`
	Todo     *text `json:"todo"`

	Callout *struct {
		Emoji string `json:"emoji_id"`
	} `json:"callout"`
	File *struct {
		Name  string `json:"name"`
		Token string `json:"token"`
	} `json:"file"`
	Image *struct {
		Token   string `json:"token"`
		Width   int    `json:"width"`
		Height  int    `json:"height"`
		Caption struct {
			Content string `json:"content"`
		} `json:"caption"`
	} `json:"image"`
	Iframe *struct {
		Component struct {
			URL string `json:"url"`
		} `json:"component"`
	} `json:"iframe"`
	Table *struct {
		Cells    []string `json:"cells"`
		Property struct {
			Rows      int    `json:"row_size"`
			Columns   int    `json:"column_size"`
			MergeInfo []span `json:"merge_info"`
		} `json:"property"`
	} `json:"table"`
}

type span struct {
	Rows    int `json:"row_span"`
	Columns int `json:"col_span"`
}

// A text is a run of elements with the style of its block.
type text struct {
	Style struct {
		Language int    `json:"language"`
		Done     bool   `json:"done"`
		Sequence string `json:"sequence"`
	} `json:"style"`
	Elements []element `json:"elements"`
}

type element struct {
	Run *struct {
		Content string `json:"content"`
		Style   style  `json:"text_element_style"`
	} `json:"text_run"`
	MentionDoc  *mention `json:"mention_doc"`
	MentionUser *struct {
		ID   string `json:"user_id"`
		Name string `json:"name"`
	} `json:"mention_user"`
	Equation *struct {
		Content string `json:"content"`
	} `json:"equation"`
}

type style struct {
	Bold          bool `json:"bold"`
	Italic        bool `json:"italic"`
	Strikethrough bool `json:"strikethrough"`
	Underline     bool `json:"underline"`
	Code          bool `json:"inline_code"`
	Link          *struct {
		URL string `json:"url"`
	} `json:"link"`
}

// A mention names another document.
type mention struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}
