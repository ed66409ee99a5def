# scripts/test bare [--emcc] : whether a machine that has nothing can build, serve and test Yuanyue. Makes a Debian 12 with
# nothing but git and certificates in the cache, clones HEAD into it, runs scripts/run there until it serves, then the quick
# test steps. With --emcc a usable emcc with a python of its own is on the PATH, as from an emsdk. Sourced after setup.sh.
#
# What is downloaded is kept between runs, what is installed never is; the compiler cache is this machine's. All mounts are
# made in a namespace of their own and end with it.

packages_bare=(debootstrap util-linux mount)
bare_suite=bookworm
bare_steps=(format i18n tree scripts core wasm parity backend)
bare_tree=/srv/yuanyue

# Leaves in `in_bare` what a command is put behind to run as root of the bare machine, in the clone, with nothing of this
# machine's environment but how it reaches registries, and the language, by which ccache tells compilations apart.
enter_bare() {
  local -a kept=()
  mapfile -t kept < <(env | grep -iE '^([a-z]+_proxy|npm_config_[a-z_]*|[a-z_]*(ca_certs|ca_bundle|cainfo)|ssl_cert_(file|dir)|lang)=')
  in_bare=(env -i "${kept[@]}" HOME=/root PATH="$bare_path" TERM=dumb YUANYUE_JOBS="$jobs" "${bare_environment[@]}"
    unshare --mount --propagation private --pid --fork --kill-child
    bash "$lib/bare_mounts.sh" "$bare_root" "$cache" "$bare_tree")
}

# Debian's own mirrors and how apt reaches them, as this machine is set up.
bare_apt_configuration() {
  local mirror security
  mirror=$(debian_mirror)
  security=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | awk '/\/debian-security\/$/ && !n++')
  {
    echo "deb $mirror $bare_suite main"
    echo "deb $mirror $bare_suite-updates main"
    [ -z "$security" ] || echo "deb $security $bare_suite-security main"
  } >"$bare_root/etc/apt/sources.list"
  apt-config dump Acquire | grep '^Acquire::' >"$bare_root/etc/apt/apt.conf.d/90machine" || true
  [ ! -f /etc/apt/auth.conf ] || cp /etc/apt/auth.conf "$bare_root/etc/apt/"
  [ ! -d /etc/apt/auth.conf.d ] || cp -r /etc/apt/auth.conf.d "$bare_root/etc/apt/"
}

# Names, certificates and the npm registry.
bare_network_configuration() {
  local file
  cp -L /etc/resolv.conf /etc/hosts "$bare_root/etc/"
  mkdir -p "$bare_root/usr/local/share/ca-certificates" "$bare_root/root"
  find /usr/local/share/ca-certificates -name '*.crt' -exec cp -L -t "$bare_root/usr/local/share/ca-certificates" {} +
  chroot "$bare_root" update-ca-certificates
  if ! command -v npm >/dev/null; then return; fi
  for file in "$(npm config get globalconfig)" "$(npm config get userconfig)"; do
    [ ! -f "$file" ] || grep -vE '^(prefix|cache|nodedir)\b' "$file" >>"$bare_root/root/.npmrc" || true
  done
}

make_bare_root() {
  local mirror
  mirror=$(debian_mirror)
  rm -rf --one-file-system "$bare_root"
  mkdir -p "$bare_root" "$cache/bare/archives" "$cache/bare/npm" "$cache/ccache"
  run_logged "$bare_logs/bare-debootstrap.log" "debootstrap could not make a bare machine" \
    unshare --mount --propagation private debootstrap --variant=minbase --include=ca-certificates,git \
    --cache-dir="$cache/bare/archives" "$bare_suite" "$bare_root" "$mirror"
  bare_apt_configuration
  # The tests start nginx and haproxy themselves; installing them shall not.
  printf '#!/bin/sh\nexit 101\n' >"$bare_root/usr/sbin/policy-rc.d"
  chmod +x "$bare_root/usr/sbin/policy-rc.d"
  run_logged "$bare_logs/bare-network.log" "the bare machine could not be given this machine's certificates" \
    bare_network_configuration
  { git clone --quiet --no-local --no-checkout "$top" "$bare_root$bare_tree" &&
    git -C "$bare_root$bare_tree" checkout --quiet --detach "$(git -C "$top" rev-parse HEAD)"; } ||
    fail "this checkout could not be cloned into the bare machine"
}

# An Emscripten that needs nothing of the bare machine but node: its python is its own, as an emsdk's is.
put_emcc_on_bare_path() {
  local home=/opt/emscripten pattern
  local -a left_out=()
  for pattern in "${emscripten_left_out[@]}"; do
    [ "$pattern" = './usr/lib/python3*' ] || left_out+=("$pattern")
  done
  local -a emscripten_left_out=("${left_out[@]}")
  private_apt_update
  run_logged "$bare_logs/bare-emcc.log" "an emcc for the bare machine could not be fetched" fetch_emscripten_packages
  run_logged "$bare_logs/bare-emcc.log" "an emcc for the bare machine could not be unpacked" \
    unpack_emscripten_packages "$bare_root$home"
  run_logged "$bare_logs/bare-emcc.log" "an emcc for the bare machine could not be prepared" \
    node "$lib/toolchain.mjs" prepare "$bare_root$home" "$home"
  write_emscripten_config "$bare_root$home" "$home"
  bare_path=$home/usr/share/emscripten:$bare_path
  bare_environment+=("EMSDK_PYTHON=$home/usr/bin/python3")
}

# bare_get PORT PATH : the whole answer.
bare_get() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$2" "$1" >&3
    timeout 10 cat <&3
  ) 2>/dev/null
}

free_port() {
  local port
  for port in $(seq 18080 18180); do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo "$port" && return; fi
  done
  fail "no free port for the bare machine's server"
}

# Ends with the server stopped again: what the tests need, they must ask for themselves.
run_until_it_serves() {
  local port began=$SECONDS server page=""
  port=$(free_port)
  "${in_bare[@]}" scripts/run --port "$port" > >(tee "$bare_logs/bare-run.log" >&2) 2>&1 </dev/null &
  server=$!
  until bare_get "$port" /readyz | grep -q '^HTTP/1.1 200'; do
    kill -0 "$server" 2>/dev/null || fail "scripts/run ended on a bare machine before it served (build/logs/bare-run.log)"
    [ $((SECONDS - began)) -lt "${YUANYUE_BARE_SECONDS:-5400}" ] || { kill -KILL "$server"; fail "scripts/run did not serve in time on a bare machine"; }
    sleep 1
  done
  page=$(bare_get "$port" /)
  kill -KILL "$server"
  wait "$server" 2>/dev/null || true
  grep -q '^HTTP/1.1 200' <<<"$page" && grep -qi '<!doctype html' <<<"$page" || fail "the server of a bare machine does not serve the page"
  say "ok: a bare machine serves after $((SECONDS - began)) s"
}

test_bare() {
  local variant=plain
  [ "${1:-}" != --emcc ] || { variant=emcc && shift; }
  [ $# -eq 0 ] || fail "usage: scripts/test bare [--emcc]"
  [ "$(id -u)" -eq 0 ] || fail "scripts/test bare makes a machine of its own (chroot) and must be run as root"
  bare_root=$cache/bare/$variant
  bare_logs=$top/build/logs
  bare_path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  bare_environment=()
  need_node
  need_packages "${packages_bare[@]}" patchelf
  [ -z "$(git -C "$top" status --porcelain)" ] || say "only what is committed is tested on the bare machine"
  say "making a bare Debian ($bare_suite)"
  make_bare_root
  if [ "$variant" = emcc ]; then
    say "giving it an emcc"
    put_emcc_on_bare_path
    enter_bare
    "${in_bare[@]}" emcc -dumpversion >"$bare_logs/bare-emcc.log" 2>&1 || fail "the emcc of the bare machine does not run (build/logs/bare-emcc.log)"
  fi
  enter_bare
  say "scripts/run on the bare machine"
  run_until_it_serves
  [ "$variant" != emcc ] || [ ! -e "$bare_root/root/.cache/yuanyue/emscripten" ] || fail "the emcc on the PATH was not used"
  say "scripts/test ${bare_steps[*]} on the bare machine"
  "${in_bare[@]}" scripts/test "${bare_steps[@]}" </dev/null || fail "these tests fail on a bare machine, see above; it is kept in $bare_root"
  rm -rf --one-file-system "$bare_root"
}
