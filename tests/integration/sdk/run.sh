#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# run.sh SANDBOX: starts that ringside-sandbox and drives the official SDK against it. Needs node and npm.
set -euo pipefail
sandbox=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cp "$here/package.json" "$here/probe.mjs" "$folder/"
cd "$folder"
npm install --no-audit --no-fund --silent
mkfifo address
"$sandbox" --records 50 > address &
server=$!
read -r base _ < address
node probe.mjs "$base"
