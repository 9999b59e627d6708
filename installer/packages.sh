# SPDX-License-Identifier: Apache-2.0
# What Ringside needs from Debian 12, by purpose, and how to get it. Sourced by installer/try.sh and tests/run.sh.
# shellcheck shell=bash disable=SC2034

# To build the console and the sandbox.
packages_build=(
  g++ cmake ninja-build ccache pkg-config
  qt6-base-dev qt6-declarative-dev qt6-websockets-dev qt6-svg-dev qtkeychain-qt6-dev
  libphonenumber-dev libsqlcipher-dev libssl-dev libzip-dev libcpp-httplib-dev
)

# To run the console on a desktop that brings its own browser and keychain.
packages_run=(
  libqt6svg6 xdg-utils fonts-dejavu-core
)

# To run it where there is no desktop: a display, a window manager, a session bus, a keychain, a browser, and what
# presses the keys and takes the pictures.
packages_headless=(
  xvfb xauth openbox xdotool imagemagick x11-utils
  dbus-daemon dbus-bin gnome-keyring
  chromium chromium-driver python3
)

# To run the tests: a real softphone besides, and what the tests look at from outside.
packages_test=(
  baresip-core libsecret-tools libxcb1-dev libxcb-xtest0-dev
)

# Only where there is no Node.js with npm yet: for the acceptance tests that run Zoho's own client.
packages_node=(
  nodejs npm
)

# For the coverage-guided fuzzers.
packages_fuzz=(
  clang libclang-rt-14-dev
)

packages_lint=(
  clang-tidy clazy clang git
)

# Prints one sentence and ends the script.
stop() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

# Prints what is being done now.
say() {
  printf '\n== %s\n' "$*"
}

# Installs those of the named packages that are missing. Asks for nothing, downloads through apt alone.
# RINGSIDE_NO_INSTALL=1 leaves the system alone: then the tools are expected to be there.
install_packages() {
  [ "${RINGSIDE_NO_INSTALL:-}" = 1 ] && return 0
  local package missing=()
  command -v apt-get >/dev/null ||
    stop "This system has no apt. Install the packages that installer/packages.sh lists by hand and set RINGSIDE_NO_INSTALL=1."
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0

  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      stop "These packages are missing, and installing them needs root or sudo: ${missing[*]}. Install them, then start this again."
    as_root=(sudo)
  fi
  say "Installing ${#missing[@]} packages: ${missing[*]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 update ||
    say "apt could not renew its package lists; going on with those that are there."
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 \
    -o Dpkg::Use-Pty=0 install "${missing[@]}" ||
    stop "apt could not install all of: ${missing[*]}. What it said stands above. Correct that, then start this again."
}

# Node.js 18 or later with npm, from wherever it may have come.
install_node() {
  if command -v node >/dev/null && command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)'; then
    return 0
  fi
  install_packages "${packages_node[@]}"
}

# configure FOLDER [CMAKE OPTIONS...]: quietly, unless it fails.
configure() {
  local folder=$1 said
  shift
  mkdir -p "$folder"
  said=$(cmake -S . -B "$folder" -G Ninja -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DCMAKE_C_COMPILER_LAUNCHER=ccache "$@" 2>&1) ||
    stop "$said
The build could not be configured; what cmake said stands above."
}

# build FOLDER [TARGETS...]: no targets = all of them.
build() {
  local folder=$1
  shift
  cmake --build "$folder" -j "$(nproc)" ${@:+--target "$@"} ||
    stop "The build in $folder failed; what the compiler said stands above."
}
