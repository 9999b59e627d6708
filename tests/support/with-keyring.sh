#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs a command in a D-Bus session of its own, with a HOME of its own, and
#   with-keyring.sh COMMAND...            an unlocked gnome-keyring
#   with-keyring.sh --none COMMAND...     no Secret Service at all, and nothing that could be started as one
# Exits with the command's status.
set -euo pipefail

option=()
if [ "${1:-}" = --none ]; then
  option=(--none)
  shift
fi

if [ -z "${RINGSIDE_KEYRING_HOME:-}" ]; then
  home=$(mktemp -d "${TMPDIR:-/tmp}/ringside-keyring.XXXXXX")
  trap 'rm -rf "$home"' EXIT
  mkdir -m 700 "$home/run" "$home/data"
  # Without service folders: the bus must not start a keyring of its own.
  cat >"$home/session.conf" <<'CONFIG'
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
CONFIG
  env -u DISPLAY -u WAYLAND_DISPLAY RINGSIDE_KEYRING_HOME="$home" HOME="$home" XDG_RUNTIME_DIR="$home/run" \
    XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache" \
    dbus-run-session --config-file="$home/session.conf" -- bash "${BASH_SOURCE[0]}" "${option[@]}" "$@"
  exit
fi

if [ ${#option[@]} -gt 0 ]; then
  "$@"
  exit
fi

# An empty line would make no login collection, and writing would fail.
echo 'only for tests' | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
daemon=$!
trap 'kill "$daemon" 2>/dev/null || true; wait "$daemon" 2>/dev/null || true' EXIT
for ((attempt = 0; ; ++attempt)); do
  answer=$(dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets/aliases/default \
    org.freedesktop.DBus.Properties.Get string:org.freedesktop.Secret.Collection string:Locked 2>/dev/null || true)
  case "$answer" in *'boolean false'*) break ;; esac
  [ "$attempt" -lt 100 ] || { echo 'gnome-keyring did not start' >&2; exit 1; }
  sleep 0.1
done
"$@"
