#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# typing.sh BUILD_FOLDER: 10,000 calls pop while a robot types into the notes of the call it is in; every key arrives there, in
# order, and the window never loses the keyboard. Resumable: how many are done is kept in BUILD_FOLDER/soak.
# RINGSIDE_SOAK_SEED repeats a run.
set -euo pipefail
build=$1
pops=${RINGSIDE_SOAK_RUNS:-10000}
office=600 # pops in one office: then everything is made anew
kept=$build/soak/typing
mkdir -p "$build/soak"
passed=$(cat "$kept" 2>/dev/null || echo 0)
while [ "$passed" -lt "$pops" ]; do
  now=$((pops - passed < office ? pops - passed : office))
  seed=${RINGSIDE_SOAK_SEED:-$RANDOM}
  if ! /usr/bin/python3 tests/acceptance/typing_while_it_pops.py --programs "$build/bin" \
    --pictures "$build/pictures/soak_typing" --pops "$now" --seed "$seed" >"$build/soak/typing.log" 2>&1; then
    tail -n 60 "$build/soak/typing.log" >&2
    echo "typing: failed with seed $seed; $passed of $pops pops passed before it"
    exit 1
  fi
  passed=$((passed + now))
  echo "$passed" >"$kept"
done
rm -f "$kept"
echo "typing: $pops pops, 0 keys lost, 0 misplaced"
