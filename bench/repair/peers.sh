#!/usr/bin/env bash
# Compares mending with ftfy in one run, chain by chain: the lines that come out
# exactly, and megabytes a second of processor time.
#
#     bench/repair/peers.sh FILE.jsonl [MEGABYTES]
#
# Ours is built as the command is. The file has lines {"chain", "orig", "bad"}; those of a chain are repeated until
# there are so many megabytes (2). Without a Python that has ftfy our own figures are
# all there is, and a message says so. $PYTHON names another than python3.
set -euo pipefail
[ $# = 1 ] || [ $# = 2 ] || { echo "usage: peers.sh FILE.jsonl [MEGABYTES]" >&2; exit 2; }
file=$(realpath "$1")
size=${2:-2}
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-python3}

ours=$(mktemp)
trap 'rm -f "$ours"' EXIT
(cd "$here/../.." && GOMAXPROCS=1 go run -pgo=cmd/clipmend/default.pgo ./normalize/mojibake/score -corrupted "$file" -speed "$file" -size "$size") | tee "$ours"

if command -v "$python" >/dev/null && "$python" -c 'import ftfy' 2>/dev/null; then
	"$python" "$here/ftfy_peer.py" "$file" "$size" "$ours"
else
	echo "no Python that has ftfy is there: skipped" >&2
fi
