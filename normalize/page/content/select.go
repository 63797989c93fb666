package content

// Select decides which blocks are main content.
func (x *Index) Select() []bool {
	keep := make([]bool, len(x.Blocks))
	top, _ := x.topBox()
	for i := range x.Blocks {
		b := &x.Blocks[i]
		f := x.boxes[b.box].flags
		inside := int32(i) >= x.boxes[top].from && int32(i) < x.boxes[top].to
		linked := b.stats.words > 0 && b.stats.linkWords*3 > b.stats.words*2
		keep[i] = inside && f&(inNav|inAside|inFooter|inForm|inHidden|inButton|inDialog) == 0 && (!linked || f&inHeading != 0)
	}
	return keep
}

// topBox is the box with the best candidate score.
func (x *Index) topBox() (top int32, score float32) {
	for i := range x.boxes {
		if x.boxes[i].score > score {
			top, score = int32(i), x.boxes[i].score
		}
	}
	return top, score
}
