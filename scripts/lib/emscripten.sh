# The WebAssembly compiler: an emcc >= 3.1.60 on PATH, or else Debian 13's emscripten packages unpacked into the
# cache. Their programs and libraries are made to use the libraries beside them (patchelf), so that they run on this
# machine as they are, whatever it has installed: no root rights, no chroot, no mounts. Sourced after private_apt.sh.

emscripten_minimum=3.1.60
emscripten_pin=3.1.69
# Raise when the way the folder is built changes; a new name makes every cache build a new one.
emscripten_recipe=2
emscripten_dir=$cache/emscripten-$emscripten_pin-$emscripten_recipe

packages_emscripten=(patchelf python3 dpkg-dev)

emcc_on_path_is_usable() {
  local version
  command -v emcc >/dev/null && command -v em-config >/dev/null || return 1
  version=$(emcc -dumpversion 2>/dev/null) || return 1
  printf '%s\n' "$emscripten_minimum" "${version%%-*}" | sort -V -C
}

# Of the libraries that Debian ships for every variant only the plain ones are kept: 1.4 GB less.
emscripten_left_out=(
  './usr/share/doc/*' './usr/share/man/*' './usr/share/locale/*' './usr/share/info/*' './usr/share/perl5/*'
  './usr/share/emscripten/test/*' './usr/share/emscripten/docs/*'
  './usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/pic/*'
  './usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/lto-pic/*'
  './usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/*-mt*.a'
  './usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/*-ww*.a'
  './usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/lto/*-mt*.a'
  './usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/lto/*-ww*.a'
  './usr/lib/gcc/*' './usr/lib/linux/*' './usr/lib/python3*' './usr/include/*' '*.a.keep'
  # Loaded on demand from where Debian puts them, never from here.
  './usr/lib/*/gconv/*' './usr/lib/*/gprofng/*' './usr/lib/*/audit/*' './usr/lib/*/bfd-plugins/*' './usr/lib/*/krb5/*'
  './usr/lib/*/sasl2/*' './usr/lib/*/engines-3/*' './usr/lib/*/ossl-modules/*'
)

fetch_emscripten_packages() {
  private_apt apt-get clean
  private_apt apt-get install --download-only --yes emscripten
}

unpack_emscripten_packages() {
  local target=$1 package pattern
  local -a exclude=()
  for pattern in "${emscripten_left_out[@]}"; do exclude+=(--exclude="$pattern"); done
  mkdir -p "$target"
  for package in "$cache"/apt/cache/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" |
      tar -x -C "$target" --no-same-owner --no-same-permissions --wildcards "${exclude[@]}" -f -
  done
}

# prepare_emscripten_programs UNPACKED FINAL : FINAL is where UNPACKED will be renamed to.
prepare_emscripten_programs() {
  # Of all the packages' commands Emscripten starts only these; python3 and node are this machine's.
  find "$1/usr/bin" "$1/usr/sbin" -mindepth 1 ! -name 'wasm*' -delete
  node "$lib/toolchain.mjs" prepare "$1" "$2"
}

write_emscripten_config() {
  local root=$1 final=$2 llvm
  llvm=$(basename "$(echo "$root"/usr/lib/llvm-*)")
  cat >"$root/usr/share/emscripten/.emscripten" <<CONFIG
LLVM_ROOT = '$final/usr/lib/$llvm/bin'
BINARYEN_ROOT = '$final/usr'
NODE_JS = 'node'
FROZEN_CACHE = True
CONFIG
  # em++ --cflags, which clang-tidy needs, compiles this file of the tests that were left out.
  mkdir -p "$root/usr/share/emscripten/test"
  echo 'int main(void) { return 0; }' >"$root/usr/share/emscripten/test/hello_world.c"
}

check_emscripten() {
  local version
  version=$("$emscripten_dir/usr/share/emscripten/emcc" -dumpversion) && [ "$version" = "$emscripten_pin" ]
}

check_emscripten_programs() { node "$lib/toolchain.mjs" check "$emscripten_dir"; }

build_emscripten() {
  [ -d "$emscripten_dir" ] && return
  say "fetching Emscripten $emscripten_pin (once for all checkouts, about a minute)"
  private_apt_update
  run_logged "$cache/logs/emscripten-download.log" "the Emscripten packages could not be fetched" fetch_emscripten_packages
  local work
  work=$(mktemp -d "$cache/.emscripten.XXXXXX")
  run_logged "$cache/logs/emscripten-unpack.log" "the Emscripten packages could not be unpacked" \
    unpack_emscripten_packages "$work"
  run_logged "$cache/logs/emscripten-patch.log" "the Emscripten programs could not be prepared" \
    prepare_emscripten_programs "$work" "$emscripten_dir"
  write_emscripten_config "$work" "$emscripten_dir"
  chmod go+rx "$work"
  mv -T "$work" "$emscripten_dir"
  private_apt apt-get clean
  if ! check_emscripten; then
    rm -rf "$emscripten_dir"
    fail "Debian's Emscripten is not $emscripten_pin any more, put an emcc >= $emscripten_minimum on PATH"
  fi
  local foreign
  if ! foreign=$(check_emscripten_programs 2>&1); then
    rm -rf "$emscripten_dir"
    fail "the unpacked compiler would use what lies outside of it: $(head -n 1 <<<"$foreign")"
  fi
  remove_old_emscriptens
}

# Another checkout may still build with another one: only what nobody used for two weeks goes.
remove_old_emscriptens() {
  local other
  touch "$emscripten_dir/.used"
  for other in "$cache"/emscripten-*-* "$cache"/.emscripten.*; do
    [ -n "$(find "$other/.used" -mtime -14 2>/dev/null)" ] || rm -rf "$other"
  done
}

# Leaves the folder that holds emcc in YUANYUE_EMSCRIPTEN_ROOT, where scripts/cmake/emscripten.cmake finds it.
need_emscripten() {
  if emcc_on_path_is_usable; then
    YUANYUE_EMSCRIPTEN_ROOT=$(em-config EMSCRIPTEN_ROOT)
  else
    unset EM_CONFIG EM_CACHE
    need_packages "${packages_emscripten[@]}"
    [ -d "$emscripten_dir" ] || with_lock emscripten build_emscripten
    touch "$emscripten_dir/.used"
    YUANYUE_EMSCRIPTEN_ROOT=$emscripten_dir/usr/share/emscripten
    ln -sfn "$(basename "$emscripten_dir")" "$cache/emscripten"
  fi
  export YUANYUE_EMSCRIPTEN_ROOT
}
