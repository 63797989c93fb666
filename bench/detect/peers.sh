#!/usr/bin/env bash
# Compares detection with other libraries in one run: those of Go, and jschardet
# and chardetng (npm).
#
#     bench/detect/peers.sh FILE.jsonl
#
# The file has lines {"enc", "len", "b": base64}. What is not there is skipped
# with a message. Packages of npm are installed into a folder of their own,
# $PEERS, by default under the cache folder.
set -euo pipefail
[ $# = 1 ] || { echo "usage: peers.sh FILE.jsonl" >&2; exit 2; }
file=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
peers=${PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/clipmend-peers}

(cd "$here" && GOMAXPROCS=1 go run . "$file")

if command -v node >/dev/null && command -v npm >/dev/null; then
	mkdir -p "$peers"
	(cd "$peers" && { [ -f package.json ] || npm init -y >/dev/null; } &&
		{ [ -d node_modules/jschardet ] || npm install --silent jschardet >/dev/null || echo "jschardet cannot be installed, skipped" >&2; } &&
		{ [ -d node_modules/chardetng-wasm ] || npm install --silent chardetng-wasm >/dev/null || echo "chardetng-wasm cannot be installed, skipped" >&2; } &&
		node "$here/peers.mjs" "$file")
else
	echo "node and npm are not there: jschardet and chardetng skipped" >&2
fi
