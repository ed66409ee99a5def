# Configure and build one CMake preset. Sourced after messages.sh and paths.sh.

# cmake_build PRESET [TARGET...] : configures when there is no build folder or when the cache folder moved.
cmake_build() {
  local preset=$1
  shift
  local folder=$top/build/$preset
  if [ ! -f "$folder/build.ninja" ] || ! grep -qx "YUANYUE_CACHE:PATH=$cache" "$folder/CMakeCache.txt"; then
    (cd "$top" && run_logged "$top/build/logs/configure-$preset.log" "CMake could not configure $preset" \
      cmake --fresh --preset "$preset" -DYUANYUE_CACHE="$cache")
  fi
  local -a targets=()
  [ $# -eq 0 ] || targets=(--target "$@")
  cmake --build "$folder" --parallel "$jobs" "${targets[@]}" >&2 || fail "the $preset build failed, see above"
}
