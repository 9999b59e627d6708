#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# power.sh BUILD_FOLDER: the power fails after every single thing that the store asks of the disk, over 5 shifts; what was not
# synced is there, is not, or is in part. Each time the shipping code opens what is left, and every note that it had said was
# kept is there. Resumable: what has passed is kept in BUILD_FOLDER/soak.
set -euo pipefail
build=$1
rounds=${RINGSIDE_SOAK_RUNS:-5}
kept=$build/soak/power
mkdir -p "$build/soak"
read -r passed states <<<"$(cat "$kept" 2>/dev/null || echo "0 0")"
while [ "$passed" -lt "$rounds" ]; do
  if ! found=$("$build/bin/tst_storepower" --soak $((passed + 1))); then
    read -r _ lost unreadable <<<"$found"
    echo "power: in round $((passed + 1)) of $rounds ${lost:-?} notes lost, ${unreadable:-?} unreadable"
    exit 1
  fi
  passed=$((passed + 1))
  states=$((states + ${found%% *}))
  echo "$passed $states" >"$kept"
done
rm -f "$kept"
echo "power: $states states, 0 notes lost, 0 unreadable"
