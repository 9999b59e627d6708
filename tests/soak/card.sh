#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# card.sh BUILD_FOLDER: published test card numbers in every form that people write, and 20 million other figures: no card number
# is missed, and no telephone number, IBAN, date or CRM id is taken for one. Resumable: what has passed is kept in
# BUILD_FOLDER/soak.
set -euo pipefail
build=$1
runs=${RINGSIDE_SOAK_RUNS:-20}
figures=${RINGSIDE_CARD_FIGURES:-200000} # of each kind, in each run
kept=$build/soak/card
mkdir -p "$build/soak"
passed=$(cat "$kept" 2>/dev/null || echo 0)
log=$build/soak/card.log
totals=$build/soak/card.totals
[ "$passed" -gt 0 ] || : >"$totals"
while [ "$passed" -lt "$runs" ]; do
  if ! RINGSIDE_CARD_FIGURES=$figures RINGSIDE_CARD_SEED=$((passed + 1)) "$build/bin/tst_card_proof" >"$log" 2>&1; then
    tail -n 60 "$log" >&2
    echo "card: run $((passed + 1)) of $runs failed; $passed passed before it"
    exit 1
  fi
  grep '^card:' "$log" >>"$totals"
  passed=$((passed + 1))
  echo "$passed" >"$kept"
done
# "card: false alarms: KIND A of B (C %)" of every run, added up; then "card: F forms, W written, M missed, A false alarms among B figures".
awk '
  /^card: false alarms: / {
    match($0, /[0-9]+ of [0-9]+ /)
    kind = substr($0, 21, RSTART - 22)
    split(substr($0, RSTART, RLENGTH), parts, " ")
    if (!(kind in all)) order[++kinds] = kind
    alarms[kind] += parts[1]
    all[kind] += parts[3]
    next
  }
  { forms = $2; written = $4; missed += $6; wrong += $8; figures += $12 }
  END {
    for (i = 1; i <= kinds; ++i)
      printf "card: false alarms: %s: %d of %d (%.4f %%)\n", order[i], alarms[order[i]], all[order[i]], 100 * alarms[order[i]] / all[order[i]]
    printf "card: %d forms, %d missed, %d false alarms among %d figures\n", forms, missed, wrong, figures
    exit missed > 0
  }' "$totals"
rm -f "$kept" "$totals"
