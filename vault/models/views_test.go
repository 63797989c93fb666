package models

import (
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

func TestDisputed(t *testing.T) {
	row := func(attribute, value, note string) Row {
		return Row{attribute, value, "", "[[Clippings/" + note + "|" + note + "]]"}
	}
	for _, tt := range []struct {
		name string
		rows []Row
		want string
	}{
		{"two sources", []Row{row("parameters", "7B", "a"), row("parameters", "8B", "b")}, "parameters"},
		{"one source", []Row{row("parameters", "7B", "a"), row("parameters", "67B", "a")}, ""},
		{"one agrees in part", []Row{row("parameters", "7B", "a"), row("parameters", "67B", "a"), row("parameters", "67B", "b")}, ""},
		{"a third does not", []Row{row("parameters", "7B", "a"), row("parameters", "7B", "b"), row("parameters", "9B", "c")}, "parameters"},
		{"the month of a day", []Row{row("release_date", "2024-05", "a"), row("release_date", "2024-05-06", "b")}, ""},
		{"two days", []Row{row("release_date", "2024-05-07", "a"), row("release_date", "2024-05-06", "b")}, "release_date"},
		{"within a range", []Row{row("parameters", "2B–145B", "a"), row("parameters", "7B", "b")}, ""},
		{"outside a range", []Row{row("parameters", "2B–145B", "a"), row("parameters", "236B", "b")}, "parameters"},
		{"about", []Row{row("parameters", "≈ 70B", "a"), row("parameters", "67B", "b")}, ""},
		{"not about", []Row{row("parameters", "≈ 70B", "a"), row("parameters", "37B", "b")}, "parameters"},
		{"with a unit", []Row{row("training_compute", "2.8M gpu_hours", "a"), row("training_compute", "3M gpu_hours", "b")}, "training_compute"},
		{"of a part", []Row{row("parameters", "7B", "a"), row("parameters", "8B (encoder)", "b")}, ""},
		{"a person's", []Row{row("parameters", "7B", "a"), {"parameters", "8B", "", "me"}}, ""},
		{"another reader's", []Row{row("parameters", "7B", "a"), {"parameters", "8B", "", "[[b]] (llama)"}}, ""},
		{"of many", []Row{row("architecture", "MoE", "a"), row("architecture", "dense", "b")}, ""},
	} {
		if got := strings.Join(schema.disputed(tt.rows), " "); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestTypes holds that a property has one type in all notes, so that Obsidian
// sorts and filters by it.
func TestTypes(t *testing.T) {
	for value, want := range map[[2]string]string{
		{"parameters", "671B"}:                      "parameters: 671000000000\n",
		{"parameters", "≈ 1.5T"}:                    "parameters: 1500000000000\n",
		{"parameters", "2B–145B"}:                   "parameters_min: 2000000000\nparameters_max: 145000000000\n",
		{"training_compute", "2.788M gpu_hours"}:    "training_compute: 2788000\n",
		{"training_compute", "1500–2000 gpu_hours"}: "training_compute_min: 1500\ntraining_compute_max: 2000\n",
		{"release_date", "2024-05-06"}:              "release_date: 2024-05-06\n",
		{"release_date", "2024-05"}:                 "release_date: \"2024-05\"\n",
		{"release_date", "2024"}:                    "release_date: \"2024\"\n",
		{"architecture", "MoE"}:                     "architecture:\n  - MoE\n",
		{"parameters", "7B (encoder)"}:              "---\n---\n",
		{"parameters", "not 7B"}:                    "---\n---\n",
		{"comparison", "outperforms [[B|B]]"}:       "---\n---\n",
	} {
		note, err := Update(nil, nil, []Row{{value[0], value[1], "w", "[[Clippings/a|a]]"}}, nil, schema)
		if err != nil || !strings.Contains("---\n"+strings.TrimPrefix(string(note), "---\n"), want) && !(want == "---\n---\n" && !strings.HasPrefix(string(note), "---")) {
			t.Errorf("%v: %v\n%s\nwant %q", value, err, note, want)
		}
		var props map[string]any
		head, _, _ := strings.Cut(strings.TrimPrefix(string(note), "---\n"), "\n---")
		if err := yaml.Load([]byte(head), &props); err == nil {
			if _, isText := props["parameters"].(string); isText {
				t.Errorf("%v is text in\n%s", value, note)
			}
		}
	}
}

func TestMostSourcesCount(t *testing.T) {
	row := func(value, note string) Row { return Row{"parameters", value, "", "[[Clippings/" + note + "|n]]"} }
	note, err := Update(nil, nil, []Row{row("7B", "a"), row("8B", "b"), row("8B", "c")}, nil, schema)
	if err != nil || !strings.Contains(string(note), "parameters: 8000000000\n") || strings.Count(string(note), disputedMark) != 3 {
		t.Errorf("%v\n%s", err, note)
	}
}

func TestIndex(t *testing.T) {
	dates := []Dated{
		{"Foo: 2%%", "2024-05-06"}, {"B#1;", "2024-05"}, {"A\n  section x", "2023"}, {"C <b>", "2024-05-06"},
	}
	one := Index(nil, dates, true, schema)
	golden(t, "index.md", one)
	if twice := Index(one, dates, true, schema); string(twice) != string(one) {
		t.Errorf("twice:\n%s", twice)
	}
	mine := "My words.\n\n" + string(one) + "\nMore.\n"
	if got := string(Index([]byte(mine), dates[:1], true, schema)); !strings.HasPrefix(got, "My words.\n") || !strings.HasSuffix(got, "\nMore.\n") || strings.Contains(got, "section x") {
		t.Errorf("got\n%s", got)
	}
	if got := string(Index([]byte("Mine.\n"), dates, true, schema)); got != "Mine.\n" {
		t.Errorf("a person's note became\n%s", got)
	}
	if got := string(Index(nil, nil, false, schema)); strings.Contains(got, "mermaid") || strings.Contains(got, ".canvas") {
		t.Errorf("of nothing:\n%s", got)
	}
}
