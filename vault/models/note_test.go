package models

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

var schema = Schema{
	Order:   []string{"organization", "parameters", "training_tokens", "architecture"},
	Single:  map[string]bool{"organization": true, "parameters": true, "training_compute": true, "release_date": true},
	Dates:   map[string]bool{"release_date": true},
	Units:   map[string]string{"parameters": "parameters", "training_compute": "gpu_hours"},
	Links:   map[string]bool{"base_model": true},
	Tabled:  map[string]bool{"comparison": true, "benchmark_result": true},
	Kinds:   []string{"comparable_to", "outperforms", "worse_than"},
	Columns: []string{"organization", "parameters", "architecture", "release_date"},
	Group:   "organization", Largest: "parameters", Newest: "release_date",
}

func rowsOf(note string) []Row {
	source := "[[Clippings/" + note + "#^cm-1|" + note + "]]"
	return []Row{
		{"architecture", "MoE", "a MoE model", source},
		{"parameters", "236B", "236B parameters", source},
		{"comparison", "outperforms [[Models/B|B]]", "beats B", source},
		{"release_date", "2024-05-06", "released on May 6, 2024", source},
	}
}

func is(note string) func(string) bool {
	return func(target string) bool { return target == "Clippings/"+note }
}

func updated(t *testing.T, existing []byte, rows []Row, touched func(string) bool) []byte {
	t.Helper()
	out, err := Update(existing, []string{"A 2"}, rows, touched, schema)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s: got\n%s", name, got)
	}
}

func TestUpdate(t *testing.T) {
	one := updated(t, nil, rowsOf("one"), is("one"))
	golden(t, "new.md", one)

	t.Run("twice is once", func(t *testing.T) {
		if again := updated(t, one, rowsOf("one"), is("one")); string(again) != string(one) {
			t.Errorf("became\n%s", again)
		}
	})
	t.Run("another note adds its rows", func(t *testing.T) {
		other := rowsOf("two")
		other[1].Value = "230B"
		two := updated(t, one, other, is("two"))
		golden(t, "disputed.md", two)
		if back := updated(t, two, nil, is("two")); string(back) != string(one) {
			t.Errorf("without the second note again:\n%s", back)
		}
	})
	t.Run("a person's words, properties and rows stay", func(t *testing.T) {
		mine := strings.Replace(string(one), "parameters: 236000000000", "parameters: 240000000000\nrating: 5", 1)
		mine = strings.Replace(mine, regionBegin, "My own view.\n\n"+regionBegin, 1)
		mine = strings.Replace(mine, "| architecture", "| mood | sunny | | |\n| architecture", 1)
		got := string(updated(t, []byte(mine), rowsOf("one")[:1], is("one")))
		for _, want := range []string{"parameters: 240000000000\n", "rating: 5\n", "My own view.\n", "| mood | sunny |"} {
			if !strings.Contains(got, want) {
				t.Errorf("%q is lost in\n%s", want, got)
			}
		}
		if strings.Contains(got, "release_date") {
			t.Errorf("a fact that is no longer stated stays:\n%s", got)
		}
	})
	t.Run("nothing left", func(t *testing.T) {
		golden(t, "empty.md", updated(t, one, nil, is("one")))
		if got := updated(t, nil, nil, is("one")); got != nil {
			t.Errorf("a note about nothing:\n%s", got)
		}
	})
	t.Run("a person's note without a table", func(t *testing.T) {
		got := string(updated(t, []byte("Mine.\n"), rowsOf("one"), is("one")))
		if !strings.Contains(got, "Mine.\n\n"+regionBegin) || !strings.HasPrefix(got, "---\n") {
			t.Errorf("got\n%s", got)
		}
	})
}
