#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The coverage-guided fuzzers, a minute each. Resumable: each goes on from the corpus that it found before.
set -euo pipefail
exec bash tests/run.sh libfuzzer 60
