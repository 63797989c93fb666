package app

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/clipmend/clipmend/"

// stages in the order in which data flows through them.
var stages = []string{"ingest", "normalize", "annotate", "vault", "cmd"}

// stageOf returns the position of the stage that a package belongs to.
func stageOf(pkg string) int {
	first, _, _ := strings.Cut(pkg, "/")
	return slices.Index(stages, first)
}

// TestImportArrows holds the design: data flows one way, a stage imports no
// stage but the one before it, a leaf imports no stage at all, and cmd wires
// them.
func TestImportArrows(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, module+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) < len(stages) {
		t.Fatalf("go list names only %d packages", len(lines))
	}
	for _, line := range lines {
		fields := strings.Fields(line)
		pkg := strings.TrimPrefix(fields[0], module)
		for _, imported := range fields[1:] {
			if dep, ours := strings.CutPrefix(imported, module); ours {
				if why := wrongArrow(pkg, dep); why != "" {
					t.Errorf("%s imports %s: %s", pkg, dep, why)
				}
			}
		}
	}
}

func wrongArrow(pkg, dep string) string {
	from, to := stageOf(pkg), stageOf(dep)
	depIsStage := dep == stages[max(to, 0)]
	switch {
	case strings.HasPrefix(dep, "internal/") && from >= 0:
		return "" // a measure, which imports nothing of ours
	case from < 0 || to < 0:
		return "it is in no stage"
	case stages[from] == "cmd":
		return ""
	case to > from:
		return "data flows the other way"
	case depIsStage && pkg == stages[from] && to != from-1:
		return "a stage imports only the stage before it"
	case depIsStage && pkg != stages[from] && !mayImportStage(pkg, dep):
		return "a leaf imports no stage"
	}
	return ""
}

// parts are packages below a stage that are no leaves: they share the stage's
// words, and what it may import they may import too.
var parts = []string{"annotate/llm", "vault/models"}

// mayImportStage lets parts, a reader that yields Clips, and a command that
// trains or scores name the stages they are about.
func mayImportStage(pkg, dep string) bool {
	last := pkg[strings.LastIndexByte(pkg, '/')+1:]
	return dep == "ingest" && strings.HasPrefix(pkg, "ingest/") ||
		slices.Contains(parts, pkg) || slices.Contains([]string{"train", "score", "torture"}, last)
}

func TestWrongArrow(t *testing.T) {
	for _, tt := range []struct {
		pkg, dep string
		ok       bool
	}{
		{"normalize", "ingest", true},
		{"ingest", "normalize", false},
		{"vault", "normalize", false},
		{"vault", "normalize/frontmatter", true},
		{"annotate", "ingest", false},
		{"normalize/page", "normalize/repair", true},
		{"normalize/page", "normalize", false},
		{"normalize/page", "vault/merge", false},
		{"ingest/warc", "ingest", true},
		{"cmd/internal/app", "ingest", true},
		{"bench", "ingest", false},
	} {
		if got := wrongArrow(tt.pkg, tt.dep); (got == "") != tt.ok {
			t.Errorf("wrongArrow(%s, %s) = %q", tt.pkg, tt.dep, got)
		}
	}
}
