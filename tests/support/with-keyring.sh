#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs a command in a D-Bus session of its own, with a HOME of its own, and
#   with-keyring.sh COMMAND...            an unlocked gnome-keyring
#   with-keyring.sh --locked COMMAND...   a gnome-keyring with a login collection that nobody has unlocked, nor can
#   with-keyring.sh --none COMMAND...     no Secret Service at all, and nothing that could be started as one
#   with-keyring.sh --no-bus COMMAND...   not even a session bus
# Exits with the command's status. RINGSIDE_KEYCHAIN tells the command which of the four it was.
set -euo pipefail

if [ -z "${RINGSIDE_KEYRING_HOME:-}" ]; then
  kind=unlocked
  case "${1:-}" in
  --locked | --none | --no-bus)
    kind=${1#--}
    shift
    ;;
  esac
  home=$(mktemp -d "${TMPDIR:-/tmp}/ringside-keyring.XXXXXX")
  trap 'rm -rf "$home"' EXIT
  mkdir -m 700 "$home/run" "$home/data" "$home/tmp"
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
  apart=(env -u DISPLAY -u WAYLAND_DISPLAY RINGSIDE_KEYCHAIN="$kind" RINGSIDE_KEYRING_HOME="$home" HOME="$home" TMPDIR="$home/tmp"
    XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache")
  if [ "$kind" = no-bus ]; then
    # An address where nobody listens: without any, one would be looked for.
    "${apart[@]}" DBUS_SESSION_BUS_ADDRESS="unix:path=$home/no-bus" "$@"
  else
    "${apart[@]}" dbus-run-session --config-file="$home/session.conf" -- bash "${BASH_SOURCE[0]}" "$@"
  fi
  exit
fi

daemon=
end_daemon() {
  [ -n "$daemon" ] || return 0
  kill "$daemon" 2>/dev/null || true
  wait "$daemon" 2>/dev/null || true
  daemon=
}
trap end_daemon EXIT

# wait_until_locked_is true|false: the login collection is there, and in this state.
wait_until_locked_is() {
  local answer attempt
  for ((attempt = 0; ; ++attempt)); do
    answer=$(dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets/aliases/default \
      org.freedesktop.DBus.Properties.Get string:org.freedesktop.Secret.Collection string:Locked 2>/dev/null || true)
    case "$answer" in *"boolean $1"*) return ;; esac
    [ "$attempt" -lt 100 ] || { echo 'gnome-keyring did not start' >&2; exit 1; }
    sleep 0.1
  done
}

if [ "$RINGSIDE_KEYCHAIN" != none ]; then
  # An empty line would make no login collection, and writing would fail.
  gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 <<<'only for tests' &
  daemon=$!
  wait_until_locked_is false
fi
if [ "$RINGSIDE_KEYCHAIN" = locked ]; then
  # As after a login without a password: the collection is there, and its password has not been given.
  end_daemon
  gnome-keyring-daemon --foreground --components=secrets >/dev/null 2>&1 </dev/null &
  daemon=$!
  wait_until_locked_is true
fi
"$@"
