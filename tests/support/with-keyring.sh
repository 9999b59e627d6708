#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs a command in a D-Bus session of its own, with a HOME of its own, and
#   with-keyring.sh COMMAND...            an unlocked gnome-keyring
#   with-keyring.sh --none COMMAND...     no Secret Service at all, and nothing that could be started as one
#   with-keyring.sh --locked COMMAND...   a keyring whose only collection is locked; nobody answers its prompt
# Exits with the command's status.
set -euo pipefail

mode=unlocked
case "${1:-}" in
--none | --locked)
  mode="${1#--}"
  shift
  ;;
esac

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
  option=()
  [ "$mode" = unlocked ] || option=("--$mode")
  env -u DISPLAY -u WAYLAND_DISPLAY RINGSIDE_KEYRING_HOME="$home" HOME="$home" XDG_RUNTIME_DIR="$home/run" \
    XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache" \
    dbus-run-session --config-file="$home/session.conf" -- bash "${BASH_SOURCE[0]}" "${option[@]}" "$@"
  exit
fi

if [ "$mode" = none ]; then
  "$@"
  exit
fi

# An empty line would make no login collection, and writing would fail.
echo 'only for tests' | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
daemon=$!
trap 'kill "$daemon" 2>/dev/null || true; wait "$daemon" 2>/dev/null || true' EXIT
secrets=(dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets)
for ((attempt = 0; ; ++attempt)); do
  if "${secrets[@]}" org.freedesktop.Secret.Service.ReadAlias string:default 2>/dev/null | grep -q collection/; then
    break
  fi
  [ "$attempt" -lt 100 ] || { echo 'gnome-keyring did not start' >&2; exit 1; }
  sleep 0.1
done
if [ "$mode" = locked ]; then
  "${secrets[@]}" org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login >/dev/null
fi
"$@"
