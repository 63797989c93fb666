#!/usr/bin/env bash
# Scores `clipmend facts --json` on labelled documents.
#
#   bench/facts.sh GOLD.jsonl SCORE.py
#
# GOLD has a document a line with "id" and "text"; SCORE.py is called with GOLD
# and a file of predictions, one object a line with "id" and "facts".
set -euo pipefail
gold=$(realpath "$1") score=$(realpath "$2")
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

go build -o "$dir/clipmend" ./cmd/clipmend
mkdir "$dir/docs"
python3 - "$gold" "$dir/docs" <<'PY'
import json, sys
for n, line in enumerate(open(sys.argv[1], encoding="utf8")):
    with open("%s/%06d.md" % (sys.argv[2], n), "w", encoding="utf8", newline="") as f:
        f.write(json.loads(line)["text"])
PY
"$dir/clipmend" facts --json "$dir/docs" > "$dir/facts.jsonl"
python3 - "$gold" "$dir/facts.jsonl" > "$dir/pred.jsonl" <<'PY'
import json, os, sys
ids = [json.loads(line)["id"] for line in open(sys.argv[1], encoding="utf8")]
for line in open(sys.argv[2], encoding="utf8"):
    doc = json.loads(line)
    n = int(os.path.basename(doc.pop("path"))[:6])
    print(json.dumps({"id": ids[n], "facts": doc["facts"]}, ensure_ascii=False))
PY
python3 "$score" "$gold" "$dir/pred.jsonl"
