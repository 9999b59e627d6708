#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tries Ringside without Zoho and without a phone: installs what is missing, builds a release, starts the demo.
#   bash installer/try.sh                  on a desktop: the demo, in the desktop's own browser
#   bash installer/try.sh --headless DIR   on a display of its own: plays a whole script, leaves a picture of every step in DIR
# Without a display, the second form is taken by itself.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=installer/packages.sh
. installer/packages.sh

pictures=
case "${1:-}" in
"") ;;
--headless)
  [ $# -eq 2 ] || stop "--headless needs one folder for the pictures: bash installer/try.sh --headless DIR"
  mkdir -p "$2" || stop "The folder $2 for the pictures cannot be made. Name another one."
  pictures=$(cd "$2" && pwd)
  ;;
-h | --help)
  sed -n '3,6s/^# \{0,1\}//p' installer/try.sh
  exit 0
  ;;
*) stop "\"$1\" is not an option. There is one: --headless DIR." ;;
esac
if [ -z "$pictures" ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  pictures=$(mktemp -d "${TMPDIR:-/tmp}/ringside-try-XXXX")
  chmod 755 "$pictures"
  say "There is no display, so the demo plays by itself on one of its own. Pictures go to $pictures"
fi

if [ -n "$pictures" ]; then
  install_packages "${packages_build[@]}" "${packages_run[@]}" "${packages_headless[@]}"
else
  install_packages "${packages_build[@]}" "${packages_run[@]}"
fi

say "Building a release in build/try"
configure build/try -DCMAKE_BUILD_TYPE=Release -DRINGSIDE_BUILD_TESTS=OFF
build build/try ringside ringside-sandbox

if [ -n "$pictures" ]; then
  say "Playing the demo"
  exec /usr/bin/python3 installer/play_demo.py --programs build/try/bin --pictures "$pictures"
fi
say "Starting the demo. Sign in on the page that your browser opens; close the window to end."
exec build/try/bin/ringside --demo
