# The commands of the project, one line each. Everything else is `go`.

GOFUMPT := mvdan.cc/gofumpt@v0.12.0
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: test race lint golden fuzz torture corpus cross pictures profile

test: ## all tests, in minutes
	go test ./...

race:
	go test -race ./...

lint: ## formatting, vet, staticcheck, newer Go idioms
	@test -z "$$(go run $(GOFUMPT) -l .)" || { go run $(GOFUMPT) -d .; exit 1; }
	go vet ./...
	go run $(STATICCHECK) ./...
	@test -z "$$(go fix -diff ./... 2>&1)" || { go fix -diff ./...; exit 1; }

golden: ## write the golden files again; read the diff before committing
	go test ./cmd/... ./normalize/... ./annotate/... ./vault/... -update

FUZZTIME ?= 30s
fuzz: ## every fuzz target for FUZZTIME, little of which goes into making what is found smaller
	@go list ./... | while read pkg; do \
	  for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    echo "$$pkg $$target"; go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$pkg || exit 1; \
	  done; done

RACES ?= 10000
KILLS ?= 500
SCALE ?= 10000
torture: ## RACES with each editor, KILLS, full and broken disks, a vault of SCALE notes; the disks need root
	CLIPMEND_RACES=$(RACES) CLIPMEND_KILLS=$(KILLS) CLIPMEND_SCALE=$(SCALE) go test -timeout 60m -count 1 -v \
	  -run 'TestEditors|TestKills|TestStopped|TestBrokenDisk|TestFullDisk|TestScale' ./vault

CORPUS ?= $(HOME)/go/pkg/mod
corpus: ## what is done twice to all notes and pages below CORPUS is done once, and undo gives every byte back
	CLIPMEND_CORPUS=$(CORPUS) go test -timeout 60m -count 1 -v -run TestTwiceIsOnce ./cmd/internal/app

cross: ## that the command builds, without cgo, for the systems people have (its profile would build all of it anew)
	@for os in linux darwin windows; do for arch in amd64 arm64; do \
	  echo "$$os/$$arch"; CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch go build -pgo=off -o /dev/null ./cmd/clipmend || exit 1; \
	done; done

pictures: ## draw what a vault shows, for the README
	@dir=$$(mktemp -d) && go run ./cmd/clipmend clip -q testdata/feishu-deepseek-notes.md --vault $$dir/vault --state $$dir/state && \
	  go run ./vault/models/draw -vault $$dir/vault -note DeepSeek-V3 -out docs; rm -r $$dir

# The packages whose benchmarks show where the command spends its time.
PROFILED := ./normalize ./normalize/mojibake ./normalize/plausible ./normalize/charset ./normalize/markdown \
  ./normalize/frontmatter ./normalize/page/render ./annotate ./vault/merge

profile: ## measure where the time goes, of which `go build` makes a faster command
	@dir=$$(mktemp -d) && for pkg in $(PROFILED); do \
	  go test -trimpath -run '^$$' -bench . -skip 'Doubling|Hostile' -benchtime .5s \
	    -cpuprofile $$dir/$$(basename $$pkg).prof -o $$dir/test $$pkg || exit 1; \
	done && go tool pprof -proto $$dir/*.prof >cmd/clipmend/default.pgo && rm -r $$dir
