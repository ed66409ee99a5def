# Progress, and failure in one clear sentence. Sourced, never run.
# Everything goes to stderr, so that stdout stays for results.

say() { printf '\033[36m==>\033[0m %s\n' "$*" >&2; }

fail() {
  printf '\033[31mYuanyue: %s\033[0m\n' "$*" >&2
  exit 1
}

# run_logged LOG SENTENCE COMMAND... : quiet when it works, the end of its log and SENTENCE when it fails.
run_logged() {
  local log=$1 sentence=$2
  shift 2
  mkdir -p "$(dirname "$log")"
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 30 "$log" >&2
    fail "$sentence (whole log: $log)"
  fi
}
