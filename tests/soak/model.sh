#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# model.sh BUILD_FOLDER: every order of events around one log, to depth 8, none taken for another. Minutes.
set -euo pipefail
build=$1
log=$build/soak/model.log
mkdir -p "$build/soak"
if ! RINGSIDE_WHOLE_MODEL=1 QTEST_FUNCTION_TIMEOUT=3600000 "$build/bin/tst_outbox_model" everyOrderOfEventsLogsOnce >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "model: failed"
  exit 1
fi
grep -o 'model: [0-9].*' "$log"
