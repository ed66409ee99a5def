# Configure and build one CMake preset. Sourced after messages.sh and paths.sh.

# Whether PRESET's build folder is for the tools that are used now.
is_configured() {
  local preset=$1 folder=$top/build/$1
  [ -f "$folder/build.ninja" ] && grep -qx "YUANYUE_CACHE:PATH=$cache" "$folder/CMakeCache.txt" || return 1
  [ "$preset" != web ] || grep -q -m1 -F "$YUANYUE_EMSCRIPTEN_ROOT/em++" "$folder/compile_commands.json"
}

cmake_configure() {
  local preset=$1
  if is_configured "$preset"; then return; fi
  (cd "$top" && run_logged "$top/build/logs/configure-$preset.log" "CMake could not configure $preset" \
    cmake --fresh --preset "$preset" -DYUANYUE_CACHE="$cache")
}

# cmake_build PRESET TARGET...
cmake_build() {
  local preset=$1
  shift
  cmake_configure "$preset"
  cmake --build "$top/build/$preset" --parallel "$jobs" --target "$@" >&2 || fail "the $preset build failed, see above"
}
