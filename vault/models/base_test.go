package models

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

func TestBase(t *testing.T) {
	got, err := Base(schema)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "Models.base", got)
	checkBase(t, got)
}

// TestBaseOfOtherDomains holds that any names of a pack make valid views.
func TestBaseOfOtherDomains(t *testing.T) {
	s := Schema{
		Folder: `Odd "names"`, Order: []string{"cook-time", "Garzeit", "größe", "is: odd", "x"},
		Group: "größe", Largest: "cook-time", Newest: "is: odd",
	}
	got, err := Base(s)
	if err != nil {
		t.Fatal(err)
	}
	checkBase(t, got)
	for _, want := range []string{`!note["cook-time"].isEmpty()`, "name: By größe"} {
		if !strings.Contains(string(got), want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}

// statement is what filters may say here: the functions and operators that the
// documentation of Bases names, on properties of the file and of the note.
var statement = regexp.MustCompile(`^(file\.inFolder\("([^"\\]|\\.)*"\)|file\.ext == "md"|!note(\.[A-Za-z_][A-Za-z0-9_]*|\["([^"\\]|\\.)*"\])\.isEmpty\(\))$`)

// checkBase holds a file of views against the schema that Obsidian documents:
// its keys, filters that are a statement or one of and, or, not, views with a
// type, a name and columns that are properties of the note or of the file.
func checkBase(t *testing.T, text []byte) {
	t.Helper()
	var b map[string]any
	if err := yaml.Load(text, &b); err != nil {
		t.Fatal(err)
	}
	keys := func(m map[string]any, allowed ...string) {
		for k := range m {
			if !slices.Contains(allowed, k) {
				t.Errorf("unknown key %q", k)
			}
		}
	}
	property := func(v any) {
		name, _ := v.(string)
		if !strings.HasPrefix(name, "note.") && !slices.Contains([]string{"file.name", "file.ext", "file.mtime"}, name) {
			t.Errorf("%v is no property", v)
		}
	}
	ordering := func(v any) {
		o, _ := v.(map[string]any)
		keys(o, "property", "direction")
		property(o["property"])
		if d := o["direction"]; d != "ASC" && d != "DESC" {
			t.Errorf("direction %v", d)
		}
	}
	var filter func(v any)
	filter = func(v any) {
		switch v := v.(type) {
		case nil:
		case string:
			if !statement.MatchString(v) {
				t.Errorf("filter %q", v)
			}
		case map[string]any:
			keys(v, "and", "or", "not")
			if len(v) != 1 {
				t.Errorf("a filter with %d keys", len(v))
			}
			for _, list := range v {
				for _, item := range list.([]any) {
					filter(item)
				}
			}
		default:
			t.Errorf("filter %v", v)
		}
	}
	keys(b, "filters", "formulas", "properties", "summaries", "views")
	filter(b["filters"])
	names := map[any]bool{}
	for _, v := range b["views"].([]any) {
		view := v.(map[string]any)
		keys(view, "type", "name", "limit", "filters", "groupBy", "order", "sort", "summaries")
		if view["type"] != "table" || view["name"] == "" || names[view["name"]] {
			t.Errorf("view %v", view)
		}
		names[view["name"]] = true
		filter(view["filters"])
		for _, column := range view["order"].([]any) {
			property(column)
		}
		if g := view["groupBy"]; g != nil {
			ordering(g)
		}
		if list, ok := view["sort"].([]any); ok {
			for _, o := range list {
				ordering(o)
			}
		}
	}
}
