#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# kill.sh BUILD_FOLDER: the console is killed in the middle of a word during a real call, 100 times over; each time every
# letter of 250 ms before is there, and the call is in the CRM once. Resumable: what has passed is kept in BUILD_FOLDER/soak.
set -euo pipefail
build=$1
runs=${RINGSIDE_SOAK_RUNS:-100}
kept=$build/soak/kill
mkdir -p "$build/soak"
passed=$(cat "$kept" 2>/dev/null || echo 0)
while [ "$passed" -lt "$runs" ]; do
  if ! /usr/bin/python3 tests/acceptance/killed_while_typing.py --programs "$build/bin" --pictures "$build/pictures/soak_kill" \
    >"$build/soak/kill.log" 2>&1; then
    tail -n 60 "$build/soak/kill.log" >&2
    echo "kill: run $((passed + 1)) of $runs failed; $passed passed before it"
    exit 1
  fi
  passed=$((passed + 1))
  echo "$passed" >"$kept"
done
rm -f "$kept"
echo "kill: $runs runs, 0 lost, 0 twice"
