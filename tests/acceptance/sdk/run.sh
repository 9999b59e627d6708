#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# run.sh SANDBOX FOLDER SCRIPT: installs the official SDK into FOLDER through npm, starts that ringside-sandbox and runs SCRIPT
# (records.mjs, …) against it. The SDK is what npm gives for package-lock.json; not one line of it is changed.
set -euo pipefail
sandbox=$(realpath "$1")
mkdir -p "$2"
folder=$(realpath "$2")
script=$3
here=$(cd "$(dirname "$0")" && pwd)
command -v node >/dev/null && command -v npm >/dev/null || {
  echo "Node.js (18 or later) and npm are needed for this test. tests/run.sh installs them." >&2
  exit 1
}
# The scripts lie beside node_modules, since that is where imports are looked for.
exec 9> "$folder/lock"
flock 9
if ! cmp -s "$here/package-lock.json" "$folder/installed-lock.json"; then
  cp "$here/package.json" "$here/package-lock.json" "$folder/"
  (cd "$folder" && npm ci --no-audit --no-fund --silent) || {
    echo "npm could not install the SDK. Is its registry reachable?" >&2
    exit 1
  }
  cp "$here/package-lock.json" "$folder/installed-lock.json"
fi
cp "$here"/*.mjs "$folder/"
flock -u 9
fifo=$(mktemp -u)
mkfifo "$fifo"
trap 'kill "${server:-}" 2>/dev/null || true; wait "${server:-}" 2>/dev/null || true; rm -f "$fifo"' EXIT
"$sandbox" --records 50 "${@:4}" > "$fifo" 9>&- &
server=$!
read -r base _ < "$fifo"
cd "$folder"
node "$script" "$base"
