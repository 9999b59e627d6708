#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs a test under a real X server with a window manager: only there is the keyboard focus a matter between windows.
set -euo pipefail
exec xvfb-run --auto-servernum --server-args="-screen 0 1600x1000x24" bash -c '
  openbox & manager=$!
  for _ in $(seq 100); do xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q "window id" && break; sleep 0.05; done
  status=0; "$@" || status=$?
  kill "$manager"; wait "$manager" || true
  exit "$status"' on_x11 "$@"
