// Package batch maps a sequence in parallel and keeps its order.
//
// It promises that the results come in the order of the input at any number of
// workers, that the work in flight is bounded by that number, that a panic
// stops only the item that caused it, and that no goroutine outlives the loop
// over the results.
package batch

import (
	"context"
	"fmt"
	"iter"
	"runtime/debug"
	"sync"
)

// A PanicError is a panic of the mapping function, as the item's error.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("internal error: %v", e.Value) }

// Unwrap returns the value of the panic if it was an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// Map yields f of each item of seq, in seq's order, computed by up to workers
// goroutines (one if workers is less). An error of seq is passed on in its
// place, without a call of f, and the sequence goes on after it, as it does
// after an error of f.
//
// At most 2×workers items are held between seq and the consumer. When the
// consumer stops early or ctx ends, f's context is cancelled, seq is told to
// stop, and Map returns once they have; in the case of ctx, after yielding
// ctx's error last.
func Map[In, Out any](
	ctx context.Context, seq iter.Seq2[In, error], workers int,
	f func(context.Context, In) (Out, error),
) iter.Seq2[Out, error] {
	workers = max(workers, 1)
	return func(yield func(Out, error) bool) {
		inner, cancel := context.WithCancel(ctx)
		var running sync.WaitGroup
		defer running.Wait()
		defer cancel()

		tasks := make(chan *task[In, Out])
		order := make(chan *task[In, Out], workers)
		running.Go(func() { feed(inner, seq, tasks, order) })
		for range workers {
			running.Go(func() {
				for t := range tasks {
					t.out, t.err = call(inner, f, t.in)
					close(t.done)
				}
			})
		}
		for t := range order {
			<-t.done
			if ctx.Err() != nil {
				break
			}
			if !yield(t.out, t.err) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			var none Out
			yield(none, err)
		}
	}
}

type task[In, Out any] struct {
	in   In
	out  Out
	err  error
	done chan struct{} // closed when out and err are set
}

// feed hands each item of seq to the workers and, in the same order, to the
// consumer. The capacity of order is what bounds the items in flight.
func feed[In, Out any](
	ctx context.Context, seq iter.Seq2[In, error], tasks, order chan<- *task[In, Out],
) {
	defer close(order)
	defer close(tasks)
	fail := func(err error) bool {
		t := &task[In, Out]{err: err, done: make(chan struct{})}
		close(t.done)
		return send(ctx, order, t)
	}
	defer func() {
		if v := recover(); v != nil {
			fail(&PanicError{v, debug.Stack()})
		}
	}()
	for in, err := range seq {
		if err != nil {
			if !fail(err) {
				return
			}
			continue
		}
		t := &task[In, Out]{in: in, done: make(chan struct{})}
		if !send(ctx, order, t) {
			return
		}
		if !send(ctx, tasks, t) {
			close(t.done) // the consumer may be waiting for it already
			return
		}
	}
}

func send[T any](ctx context.Context, to chan<- T, v T) bool {
	select {
	case to <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

func call[In, Out any](
	ctx context.Context, f func(context.Context, In) (Out, error), in In,
) (out Out, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{v, debug.Stack()}
		}
	}()
	return f(ctx, in)
}
