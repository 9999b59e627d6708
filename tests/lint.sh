# SPDX-License-Identifier: Apache-2.0
# clang-tidy and clazy over the project's own sources. Sourced by tests/run.sh.
# shellcheck shell=bash

# A build folder that is configured and never built: its compile commands name the precompiled headers' plain text, which
# clang reads as it is. The few generated files that sources include by name are made here.
prepare_lint() {
  local moc source
  say "Preparing lint in build/lint"
  mkdir -p build/lint/moc
  configure build/lint -DCMAKE_BUILD_TYPE=Debug
  moc=$(command -v /usr/lib/qt6/libexec/moc || command -v moc) || stop "Qt's moc was not found; install qt6-base-dev-tools."
  for source in $(compiled_sources | xargs grep -l '#include ".*\.moc"'); do
    "$moc" -I "$(dirname "$source")" "$source" -o "build/lint/moc/$(basename "$source" .cpp).moc" || return 1
  done
}

# Every source of ours that is compiled, as the compile commands name it.
compiled_sources() {
  /usr/bin/python3 - "$PWD" <<'EOF'
import json, sys
root = sys.argv[1] + "/"
files = {entry["file"] for entry in json.load(open("build/lint/compile_commands.json"))}
print(*sorted(f[len(root):] for f in files if f.startswith(root) and not f.startswith(root + "build/")), sep="\n")
EOF
}

# What changed since the branch left its upstream, or in the last commit where there is no upstream to compare with. Where there
# is neither, as in a copy without history, nothing but what is not committed yet.
changed_files() {
  local base
  base=$(git merge-base HEAD '@{upstream}' 2>/dev/null) || base=
  if [ -z "$base" ] || [ "$base" = "$(git rev-parse HEAD 2>/dev/null)" ]; then
    base=$(git rev-parse --verify --quiet 'HEAD^1') || base=HEAD
  fi
  git diff --name-only --diff-filter=d "$base" -- '*.cpp' '*.h'
  git ls-files --others --exclude-standard -- '*.cpp' '*.h'
}

# The compiled sources among the named files, and for a header the source beside it.
sources_for() {
  local compiled
  compiled=$(compiled_sources)
  sed 's/\.h$/.cpp/' | sort -u | grep -Fxf <(printf '%s\n' "$compiled") || true
}

# One file, quietly when it is clean.
tidy_one() {
  local said
  said=$(clang-tidy --quiet -p build/lint --extra-arg="-I$PWD/build/lint/moc" "$1" 2>&1) && return 0
  printf '%s\n' "$said" | grep -vE '^[0-9]+ warnings? (treated as errors|generated)|^Suppressed |^Use -header-filter' >&2
  return 1
}

# clazy ends with 0 whatever it finds. Mixed iterators are the compiler's business here (QT_STRICT_ITERATORS); clazy takes
# erase() of an iterator for one.
clazy_one() {
  local said
  said=$(clazy-standalone -p build/lint --checks=level1,no-strict-iterators --ignore-dirs='(/usr/|/build/)' \
    --extra-arg="-I$PWD/build/lint/moc" --extra-arg=-Wno-everything "$1" 2>&1) &&
    ! printf '%s' "$said" | grep -qE '(warning|error):' && return 0
  printf '%s\n' "$said" >&2
  return 1
}

lint_sources() {
  local sources=("$@") status=0
  if [ ${#sources[@]} -eq 0 ]; then
    echo "No source to lint."
    return 0
  fi
  export -f tidy_one clazy_one
  # shellcheck disable=SC2016 # the inner shell expands it
  local one='"$0" "$1"'
  say "clang-tidy on ${#sources[@]} files"
  printf '%s\0' "${sources[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c "$one" tidy_one || status=1
  say "clazy, level 1, on ${#sources[@]} files"
  printf '%s\0' "${sources[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c "$one" clazy_one || status=1
  [ $status -eq 0 ] || printf '\nlint found what stands above.\n' >&2
  return $status
}

lint_changed() {
  local sources
  prepare_lint
  mapfile -t sources < <(changed_files | sources_for)
  lint_sources "${sources[@]}"
}

lint_all() {
  local sources
  prepare_lint
  mapfile -t sources < <(compiled_sources)
  lint_sources "${sources[@]}"
}
