package mojibake

import (
	"errors"
	"fmt"
	"slices"

	"github.com/clipmend/clipmend/normalize/repair"
)

// ErrPlan reports a plan that names a rule or an encoding that there is not.
var ErrPlan = errors.New("unknown rule or encoding in plan")

// plannedGain stands for the evidence that a plan brings with it.
const plannedGain = 100

// Apply takes the steps of p, each once, on text. The input is not changed.
func (p Plan) Apply(text []byte) (Result, error) {
	return p.applyWith(embedded{}, text)
}

func (p Plan) applyWith(m scorer, text []byte) (Result, error) {
	res := Result{Text: text}
	for i, step := range p.Steps {
		f := fixer{m: m}
		edits, err := f.take(step, res.Text)
		if err != nil {
			return Result{Text: text}, fmt.Errorf("mojibake: step %d: %w", i, err)
		}
		out, repairs, err := repair.Apply(res.Text, i, edits)
		if err != nil {
			return Result{Text: text}, fmt.Errorf("mojibake: step %d: %w", i, err)
		}
		res.Text = out
		res.Repairs = append(res.Repairs, repairs...)
		res.Plan.Steps = append(res.Plan.Steps, step)
	}
	return res, nil
}

// take returns the edits of one step.
func (f *fixer) take(step Step, text []byte) ([]repair.Edit, error) {
	if step.Rule == ruleMisread {
		return f.takeChain(step, text)
	}
	rules := Rules()
	i := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == step.Rule && r.run != nil })
	if i < 0 {
		return nil, fmt.Errorf("%q: %w", step.Rule, ErrPlan)
	}
	_, edits := rules[i].run(f, text)
	return edits, nil
}

func (f *fixer) takeChain(step Step, text []byte) ([]repair.Edit, error) {
	if step.From == "" {
		c := channelOf(step.Chain)
		if c == nil || len(step.Chain) == 0 || len(step.Chain) > maxDepth {
			return nil, fmt.Errorf("%v: %w", step.Chain, ErrPlan)
		}
		if len(step.Chain) == maxDepth {
			if p := nesting(text, whole(text)); p != nil && step.Chain[0].Encoding == p.name {
				if edits := p.innermost(text); len(edits) > 0 {
					return edits, nil
				}
			}
		}
		return f.undo(text, &finding{g: guess{c: c, gain: plannedGain, count: 1}}), nil
	}
	named := func(all []charset, name string) (charset, error) {
		i := slices.IndexFunc(all, func(c charset) bool { return c.name == name })
		if i < 0 {
			return charset{}, fmt.Errorf("%q: %w", name, ErrPlan)
		}
		return all[i], nil
	}
	if len(step.Chain) != 1 {
		return nil, fmt.Errorf("%v: %w", step.Chain, ErrPlan)
	}
	from, err := named(sources(), step.From)
	if err != nil {
		return nil, err
	}
	read, err := named(misreaders(), step.Chain[0].Encoding)
	if err != nil {
		return nil, err
	}
	return f.transcode(text, transcoding{from: from, read: read, gain: plannedGain}), nil
}
