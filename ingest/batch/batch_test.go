package batch_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/clipmend/clipmend/ingest/batch"
)

func count(n int) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		for i := range n {
			if !yield(i, nil) {
				return
			}
		}
	}
}

func ExampleMap() {
	square := func(_ context.Context, n int) (int, error) { return n * n, nil }
	for n, err := range batch.Map(context.Background(), count(4), 2, square) {
		fmt.Println(n, err)
	}
	// Output:
	// 0 <nil>
	// 1 <nil>
	// 4 <nil>
	// 9 <nil>
}

// The slowest item comes first, and still comes out first.
func TestOrderAtAnyNumberOfWorkers(t *testing.T) {
	for _, workers := range []int{-1, 0, 1, 2, 3, 16, 200} {
		synctest.Test(t, func(t *testing.T) {
			const n = 100
			slowFirst := func(_ context.Context, i int) (int, error) {
				time.Sleep(time.Duration(n-i) * time.Second)
				return i, nil
			}
			want := 0
			for got, err := range batch.Map(t.Context(), count(n), workers, slowFirst) {
				if err != nil || got != want {
					t.Fatalf("workers %d: got %d, %v; want %d", workers, got, err, want)
				}
				want++
			}
			if want != n {
				t.Errorf("workers %d: %d results, want %d", workers, want, n)
			}
		})
	}
}

func TestErrorsKeepTheirPlace(t *testing.T) {
	bad, worse := errors.New("bad input"), errors.New("bad work")
	seq := func(yield func(int, error) bool) {
		_ = yield(0, nil) && yield(1, bad) && yield(2, nil) && yield(3, nil)
	}
	var got []string
	for v, err := range batch.Map(t.Context(), seq, 3, func(_ context.Context, i int) (int, error) {
		if i == 2 {
			return 0, worse
		}
		return i + 10, nil
	}) {
		got = append(got, fmt.Sprintf("%d %v", v, err))
	}
	want := []string{"10 <nil>", "0 bad input", "0 bad work", "13 <nil>"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPanicStopsOnlyItsItem(t *testing.T) {
	var bad []int
	i := 0
	for _, err := range batch.Map(t.Context(), count(6), 2, func(_ context.Context, i int) (int, error) {
		if i%3 == 1 {
			panic(context.DeadlineExceeded)
		}
		return i, nil
	}) {
		if p, ok := errors.AsType[*batch.PanicError](err); ok {
			bad = append(bad, i)
			if len(p.Stack) == 0 || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("item %d: %v lacks its stack or its cause", i, err)
			}
		}
		i++
	}
	if i != 6 || !slices.Equal(bad, []int{1, 4}) {
		t.Errorf("%d results, panics at %v", i, bad)
	}
}

func TestPanicOfTheSequenceIsItsLastError(t *testing.T) {
	seq := func(yield func(int, error) bool) {
		yield(1, nil)
		panic("broken reader")
	}
	var errs []error
	for _, err := range batch.Map(t.Context(), seq, 2, func(_ context.Context, i int) (int, error) { return i, nil }) {
		errs = append(errs, err)
	}
	if len(errs) != 2 || errs[0] != nil || errs[1] == nil {
		t.Errorf("got %v, want a result and an error", errs)
	}
}

// synctest fails the test if a goroutine is left behind.
func TestEarlyBreakStopsEverything(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var stopped atomic.Bool
		endless := func(yield func(int, error) bool) {
			defer stopped.Store(true)
			for i := 0; yield(i, nil); i++ {
			}
		}
		wait := func(ctx context.Context, i int) (int, error) {
			if i == 0 {
				return 0, nil
			}
			<-ctx.Done() // only the break can end this
			return 0, ctx.Err()
		}
		for range batch.Map(t.Context(), endless, 4, wait) {
			break
		}
		if !stopped.Load() {
			t.Error("the sequence still runs")
		}
	})
}

func TestCancelYieldsTheReasonLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		n, last := 0, error(nil)
		for _, err := range batch.Map(ctx, count(1000), 2, func(_ context.Context, i int) (int, error) { return i, nil }) {
			n, last = n+1, err
			if n == 10 {
				cancel()
			}
		}
		if n != 11 || !errors.Is(last, context.Canceled) {
			t.Errorf("%d results, last error %v; want 10 and the reason", n, last)
		}
	})
}

// A consumer that is slower than the workers must not let results pile up.
func TestWorkInFlightIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const workers = 4
		var taken, most atomic.Int64
		seq := func(yield func(int, error) bool) {
			for i := range 200 {
				most.Store(max(most.Load(), taken.Add(1)))
				if !yield(i, nil) {
					return
				}
			}
		}
		for range batch.Map(t.Context(), seq, workers, func(_ context.Context, i int) (int, error) { return i, nil }) {
			taken.Add(-1)
			time.Sleep(time.Second)
			synctest.Wait()
		}
		if most.Load() > 2*workers+2 {
			t.Errorf("%d items in flight with %d workers", most.Load(), workers)
		}
	})
}

func BenchmarkMap(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for range batch.Map(b.Context(), count(1000), 2, func(_ context.Context, i int) (int, error) { return i, nil }) {
		}
	}
}
