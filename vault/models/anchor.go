package models

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/clipmend/clipmend/internal/lazyregexp"
	"github.com/clipmend/clipmend/normalize/markdown"
	"github.com/clipmend/clipmend/normalize/repair"
)

// AnchorRule names the edits of Anchor.
const AnchorRule = "block-id"

// blockID matches an id at the end of a block, as Obsidian reads it.
var blockID = lazyregexp.New(`(?:^|[ \t\n])\^([A-Za-z0-9-]+)[ \t]*$`)

// Anchor proposes a block id for each block of body in which one of the spans
// begins, so that links can lead there. It returns the edits, in order, and the
// id of the block of each span; an id that the block has already is used. A
// span outside of all blocks gets "".
//
// An id is made of the block's words and so stays when other parts change.
func Anchor(body []byte, spans []repair.Span) (edits []repair.Edit, ids []string) {
	ids = make([]string, len(spans))
	taken := map[string]bool{}
	for _, m := range anyBlockID.FindAllSubmatch(body, -1) {
		taken[string(m[1])] = true
	}
	order := make([]int, len(spans)) // indices of spans, by position
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return spans[i].Start - spans[j].Start })

	blocks := markdown.Blocks(body)
	for i, b := range blocks {
		for len(order) > 0 && spans[order[0]].Start < b.Span.Start {
			order = order[1:]
		}
		if len(order) == 0 {
			break
		}
		if spans[order[0]].Start >= b.Span.End {
			continue
		}
		id, edit := anchorBlock(body, b, next(blocks, i), taken)
		if edit != nil {
			edits = append(edits, *edit)
			taken[id] = true
		}
		for len(order) > 0 && spans[order[0]].Start < b.Span.End {
			ids[order[0]] = id
			order = order[1:]
		}
	}
	return edits, ids
}

// anyBlockID finds ids wherever they end a line.
var anyBlockID = lazyregexp.New(`(?m)(?:^|[ \t])\^([A-Za-z0-9-]+)[ \t]*\r?$`)

func next(blocks []markdown.Block, i int) *markdown.Block {
	if i+1 < len(blocks) {
		return &blocks[i+1]
	}
	return nil
}

// anchorBlock returns the id of a block, and the edit that gives it one unless
// it has one already.
func anchorBlock(body []byte, b markdown.Block, after *markdown.Block, taken map[string]bool) (string, *repair.Edit) {
	text := bytes.TrimRight(body[b.Span.Start:b.Span.End], " \t\r\n")
	if m := blockID.FindSubmatch(text); m != nil {
		return string(m[1]), nil
	}
	end := b.Span.Start + len(text)
	if endsWithText(b.Kind) {
		id := freeID(text, taken)
		// Spaces after an id would hide it from Obsidian: they give way.
		return id, &repair.Edit{Rule: AnchorRule, Span: repair.Span{Start: end, End: b.Span.End}, Now: " ^" + id, Confidence: 1}
	}
	// An id inside a table or a fence would become part of it: it stands in a
	// paragraph of its own.
	if after != nil {
		own := bytes.TrimSpace(body[after.Span.Start:after.Span.End])
		if m := blockID.FindSubmatch(own); m != nil && len(m[0]) == len(own) {
			return string(m[1]), nil
		}
	}
	id := freeID(text, taken)
	newline := lineEnding(body)
	return id, &repair.Edit{Rule: AnchorRule, Span: repair.Span{Start: end, End: end}, Now: newline + newline + "^" + id, Confidence: 1}
}

func endsWithText(k markdown.Kind) bool {
	return k == markdown.Paragraph || k == markdown.ListItem || k == markdown.Heading
}

// freeID makes an id of the text's hash, numbered where another block with the
// same words has it.
func freeID(text []byte, taken map[string]bool) string {
	sum := sha256.Sum256(text)
	base := "cm-" + hex.EncodeToString(sum[:3])
	id := base
	for n := 2; taken[id]; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	return id
}

// lineEnding returns the line ending that the text uses first.
func lineEnding(text []byte) string {
	if i := bytes.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}
