# An apt of our own: the machine's mirror and apt.conf, but our own release lists, so that newer sources and
# the compiler's packages can be fetched without touching the system. Sourced after messages.sh and paths.sh.

debian_keyring=/usr/share/keyrings/debian-archive-keyring.gpg

private_apt() {
  local tool=$1
  shift
  local dir=$cache/apt
  "$tool" -o Dir::State="$dir/state" -o Dir::State::status="$dir/state/status" -o Dir::Cache="$dir/cache" \
    -o Dir::Etc::sourcelist="$dir/sources.list" -o Dir::Etc::sourceparts=- -o Dir::Etc::preferencesparts=- \
    -o Dir::Etc::preferences=- -o APT::Sandbox::User="$(id -un)" -o APT::Install-Recommends=false \
    -o APT::Install-Suggests=false -o Acquire::Check-Valid-Until=false -o Acquire::Languages=none \
    -o Acquire::Retries=3 "$@"
}

# The mirror this machine already uses for Debian itself; none is written down in the tree. After an
# `apt-get update` apt knows it, before one (fresh images) only the source lists do.
debian_mirror() {
  local mirror
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | awk '/\/debian\/$/ && !n++')
  if [ -z "$mirror" ]; then
    mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
      grep -oE '^(URIs:|deb ).*' | grep -oE '[a-z+]+://[^ ]*/debian/?( |$)' | awk '!n++ { sub(/\/?$/, "/", $1); print $1 }')
  fi
  [ -n "$mirror" ] || fail "no Debian mirror found in this machine's apt sources"
  echo "$mirror"
}

# private_apt_update : idempotent within one run; release lists are renewed each time something must be fetched.
private_apt_update() {
  [ "${private_apt_is_fresh:-}" = yes ] && return
  [ -r "$debian_keyring" ] || fail "the package debian-archive-keyring is missing"
  local mirror
  mirror=$(debian_mirror)
  mkdir -p "$cache/apt/state/lists/partial" "$cache/apt/cache/archives/partial"
  : >"$cache/apt/state/status"
  local signed="[signed-by=$debian_keyring]"
  {
    echo "deb $signed $mirror trixie main"
    echo "deb-src $signed $mirror trixie main"
    echo "deb-src $signed $mirror forky main"
  } >"$cache/apt/sources.list"
  run_logged "$cache/logs/private-apt-update.log" "the Debian release lists could not be read" \
    private_apt apt-get update
  private_apt_is_fresh=yes
}
