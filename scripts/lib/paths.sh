# Where things are. Sourced, never run.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
cache=${YUANYUE_CACHE:-${XDG_CACHE_HOME:-${HOME:?HOME is not set}/.cache}/yuanyue}
# The cache is handed to CMake and to the compiler wrappers, which need it absolute.
mkdir -p "$cache"
cache=$(cd "$cache" && pwd -P)
export YUANYUE_CACHE=$cache

# Holds a lock of this name while COMMAND runs, so that two checkouts may share one cache.
with_lock() {
  local name=$1
  shift
  mkdir -p "$cache/locks"
  (
    if ! flock -n 9; then
      say "waiting for another Yuanyue set-up ($name) to finish"
      flock 9
    fi
    "$@" 9>&-
  ) 9>"$cache/locks/$name"
}
