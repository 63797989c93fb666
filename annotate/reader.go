package annotate

import "context"

// A Reader finds facts in a note by other means than the engine. Its facts name
// it as their Origin, and each has a quote that stands in the body.
type Reader interface {
	Read(ctx context.Context, body []byte) ([]Fact, error)
}
