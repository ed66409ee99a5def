# Configure and build one CMake preset. Sourced after messages.sh and paths.sh.

# cmake_configure PRESET : when there is no build folder yet, or the cache folder is another one.
cmake_configure() {
  local preset=$1 folder=$top/build/$1
  if [ -f "$folder/build.ninja" ] && grep -qx "YUANYUE_CACHE:PATH=$cache" "$folder/CMakeCache.txt"; then return; fi
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
