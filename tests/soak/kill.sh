#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# kill.sh BUILD_FOLDER: the console is killed at 500 random moments while a robot types into the notes of two calls, changes
# between them and logs them; each time all but the last 250 ms is there, and in the end each call is in the CRM once.
# Resumable: how many are done is kept in BUILD_FOLDER/soak. RINGSIDE_SOAK_SEED repeats a run.
set -euo pipefail
build=$1
runs=${RINGSIDE_SOAK_RUNS:-500}
office=50 # kills in one office: then everything is made anew
kept=$build/soak/kill
mkdir -p "$build/soak"
passed=$(cat "$kept" 2>/dev/null || echo 0)
while [ "$passed" -lt "$runs" ]; do
  kills=$((runs - passed < office ? runs - passed : office))
  seed=${RINGSIDE_SOAK_SEED:-$RANDOM}
  if ! /usr/bin/python3 tests/acceptance/killed_at_random.py --programs "$build/bin" --pictures "$build/pictures/soak_kill" \
    --kills "$kills" --seed "$seed" >"$build/soak/kill.log" 2>&1; then
    tail -n 60 "$build/soak/kill.log" >&2
    echo "kill: failed with seed $seed; $passed of $runs passed before it"
    exit 1
  fi
  passed=$((passed + kills))
  echo "$passed" >"$kept"
done
rm -f "$kept"
echo "kill: $runs runs, 0 lost, 0 twice"
