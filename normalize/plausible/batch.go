package plausible

// StepAll is Step for each of many characters after one state. It writes to as many
// elements of logP and next.
func (m *Model) StepAll(s State, rs []rune, logP []float32, next []State) {
	logP, next = logP[:len(rs)], next[:len(rs)]
	for i, r := range rs {
		logP[i], next[i] = m.Step(s, r)
	}
}

// StepEach is Step for one character after each of many states. It writes to as many
// elements of logP and next, which may be the states themselves.
func (m *Model) StepEach(ss []State, r rune, logP []float32, next []State) {
	logP, next = logP[:len(ss)], next[:len(ss)]
	for i, s := range ss {
		logP[i], next[i] = m.Step(s, r)
	}
}
