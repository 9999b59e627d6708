#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds, and tests.
#   bash tests/run.sh                          everything that CI runs: all below but bench, soak and all of lint
#   bash tests/run.sh unit|ui|integration|acceptance|fuzz    one suite
#   bash tests/run.sh sanitized                unit, ui, integration and fuzz under the sanitizers
#   bash tests/run.sh libfuzzer [SECONDS]      the coverage-guided fuzzers, 20 s each
#   bash tests/run.sh lint [changed]           clang-tidy and clazy over all files, or over what changed
#   bash tests/run.sh bench                    figures only, into build/bench/results.json
#   bash tests/run.sh soak [NAME|--list]       long forms, resumable; without a name: one after the other
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=installer/packages.sh
. installer/packages.sh
# shellcheck source=tests/lint.sh
. tests/lint.sh

usage() {
  sed -n '4,10s/^# \{0,1\}//p' tests/run.sh
}

install_for_tests() {
  install_packages "${packages_build[@]}" "${packages_run[@]}" "${packages_headless[@]}" "${packages_test[@]}" "$@"
  install_node
}

# Optimised a little, with every assertion: the build that the suites run on.
build_tests() {
  say "Building the tests in build/test"
  configure build/test -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -g1"
  build build/test
}

build_sanitized() {
  say "Building with the address and undefined-behaviour sanitizers in build/asan"
  configure build/asan -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -g1" -DRINGSIDE_SANITIZE=ON
  build build/asan
}

# Nothing of a desktop that happens to be there may decide a test: each brings the display, bus and keychain it needs.
run_ctest() {
  env -u DISPLAY -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS LC_ALL=C.UTF-8 \
    ctest --output-on-failure --no-tests=error "$@"
}

run_sanitized() {
  say "All suites but acceptance, under the sanitizers"
  ASAN_OPTIONS="halt_on_error=1:detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1:suppressions=$PWD/tests/support/asan.supp" \
    UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
    LSAN_OPTIONS="suppressions=$PWD/tests/support/lsan.supp:print_suppressions=0" \
    run_ctest --test-dir build/asan -j2 -L '^(unit|ui|integration|fuzz)$'
}

run_libfuzzer() {
  say "The fuzzers, $1 s each"
  CC=clang CXX=clang++ configure build/fuzz -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -g1" -DRINGSIDE_FUZZ=ON \
    "-DRINGSIDE_FUZZ_SECONDS=$1"
  build build/fuzz ringside-fuzzers
  run_ctest --test-dir build/fuzz -j2 -L '^libfuzzer$'
}

# The suites come last, so that the output ends with their summary.
run_everything() {
  install_for_tests "${packages_lint[@]}" "${packages_fuzz[@]}"
  lint_changed
  build_tests
  build_sanitized
  run_sanitized
  run_libfuzzer 20
  say "All suites"
  run_ctest --test-dir build/test -L '^(unit|ui|integration|acceptance|fuzz)$'
}

case "${1:-all}" in
all)
  run_everything
  ;;
unit)
  install_for_tests
  build_tests
  run_ctest --test-dir build/test -j2 -L '^unit$'
  ;;
ui | integration | acceptance | fuzz)
  install_for_tests
  build_tests
  run_ctest --test-dir build/test -L "^$1\$"
  ;;
sanitized)
  install_for_tests
  build_sanitized
  run_sanitized
  ;;
libfuzzer)
  install_packages "${packages_build[@]}" "${packages_test[@]}" "${packages_fuzz[@]}"
  run_libfuzzer "${2:-20}"
  ;;
lint)
  install_packages "${packages_build[@]}" "${packages_test[@]}" "${packages_lint[@]}"
  if [ "${2:-}" = changed ]; then
    lint_changed
  else
    lint_all
  fi
  ;;
bench)
  install_for_tests
  say "Building a release in build/release"
  mkdir -p build/bench
  configure build/release -DCMAKE_BUILD_TYPE=Release
  build build/release ringside-bench
  exec /usr/bin/python3 tests/bench/run.py --build build/release --out build/bench "${@:2}"
  ;;
soak)
  names=()
  for file in tests/soak/*.sh; do
    [ -e "$file" ] && names+=("$(basename "$file" .sh)")
  done
  if [ "${2:-}" = --list ]; then
    printf '%s\n' "${names[@]}"
    exit 0
  fi
  [ $# -lt 2 ] || [ -e "tests/soak/$2.sh" ] || stop "There is no long test \"$2\". There are: ${names[*]}."
  install_for_tests
  build_tests
  for name in "${@:2}" "${names[@]:$((($# > 1) * ${#names[@]}))}"; do
    say "The long test $name"
    bash "tests/soak/$name.sh" build/test
  done
  ;;
-h | --help)
  usage
  ;;
*)
  usage >&2
  stop "\"$1\" is not a part of the tests."
  ;;
esac
