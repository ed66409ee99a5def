# Debian packages of this machine, by what they are needed for. Sourced after messages.sh.

packages_native=(g++ cmake ninja-build ccache libsqlite3-dev nlohmann-json3-dev libspdlog-dev libfmt-dev
  libcli11-dev libsodium-dev libbrotli-dev zlib1g-dev libboost-dev robin-map-dev googletest
  dpkg-dev ca-certificates)
packages_web=(cmake ninja-build ccache nlohmann-json3-dev robin-map-dev googletest
  dpkg-dev ca-certificates)
# python3 reads the stores that tests look into, patchelf the programs of the compiler.
packages_test=(clang-format-19 clang-tidy-19 clang-19 libclang-rt-19-dev chromium fonts-noto-cjk nginx-light haproxy python3 patchelf)

# packages_missing PACKAGE... : the names of those that are not installed.
packages_missing() {
  local installed
  installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
    sed -n 's/ installed$//p') || true
  comm -13 <(sort -u <<<"$installed") <(printf '%s\n' "$@" | sort -u)
}

# without_services COMMAND... : runs it while Debian starts no service that it installs: the tests start nginx and haproxy
# themselves, and nobody else wants them to listen.
without_services() (
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  "$@"
)

# need_packages PACKAGE... : installs the missing ones; does not touch the network when none is.
need_packages() {
  command -v dpkg-query >/dev/null || fail "this needs a Debian system, because packages come from apt"
  local missing
  mapfile -t missing < <(packages_missing "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    fail "as root, run first: apt-get install --no-install-recommends ${missing[*]}"
  fi
  say "installing ${#missing[@]} Debian packages: ${missing[*]}"
  run_logged "$cache/logs/apt-update.log" "apt-get update failed" apt-get update
  run_logged "$cache/logs/apt-install.log" "apt could not install ${missing[*]}" \
    without_services env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "${missing[@]}"
}

# Node of Debian 12 is 18; anything newer that is already there is kept.
need_node() {
  local major=0
  if command -v node >/dev/null; then major=$(node -p 'process.versions.node.split(".")[0]'); fi
  if [ "$major" -lt 18 ]; then need_packages nodejs npm; fi
  command -v npm >/dev/null || need_packages npm
}
