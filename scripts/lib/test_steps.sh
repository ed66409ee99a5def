# What scripts/test runs, one function a step. Each writes its results in a form that count_results understands.
# Sourced after setup.sh.

test_steps=(format tidy i18n tree scripts core wasm parity backend sim http fuzz asan tsan browser)

declare -A step_titles=(
  [format]="layout of the C++ code"
  [tidy]="clang-tidy"
  [i18n]="texts in every language"
  [tree]="rules about the tree"
  [scripts]="the scripts themselves, and the unpacked compiler"
  [core]="core, and what of the page needs no browser, native"
  [wasm]="the same as WebAssembly under Node"
  [parity]="native and WebAssembly reach the same state"
  [backend]="backend tests"
  [sim]="parks under faults, from many seeds"
  [http]="the server over HTTP"
  [fuzz]="every decoder and the HTTP routes against random input"
  [asan]="core, the page's pure parts and backend under AddressSanitizer and UBSan"
  [tsan]="the server's threads under ThreadSanitizer"
  [browser]="the page in Chromium"
)

# The default run keeps to fixed times. scripts/test --deep has longer ones for the night before a release: worlds of full
# depth in every build, more of them and of simulated parks, half an hour for each fuzzer, five minutes under load.
sim_seeds=1..200
asan_worlds=(YUANYUE_SMALL_WORLD_DEPTH=4 YUANYUE_WORLD_COUNT=4)
go_deep() {
  sim_seeds=1..5000
  asan_worlds=()
  export YUANYUE_SMALL_WORLD_DEPTH=${YUANYUE_SMALL_WORLD_DEPTH:-6} YUANYUE_WORLD_COUNT=${YUANYUE_WORLD_COUNT:-100}
  export YUANYUE_FUZZ_SECONDS=${YUANYUE_FUZZ_SECONDS:-1800} YUANYUE_SOAK_SECONDS=${YUANYUE_SOAK_SECONDS:-300}
  export YUANYUE_EVERY_STEP=1
}

step_format() { "$top/scripts/format" --check && echo "1 passed, 0 failed"; }

step_tidy() {
  cmake_configure native
  cmake_configure web
  node "$lib/tidy.mjs" "$cache/tidy" "$jobs" "$YUANYUE_EMSCRIPTEN_ROOT/em++"
}

step_i18n() { node "$lib/check_i18n.mjs"; }

step_tree() { node "$lib/check_tree.mjs"; }

# node_tests FOLDER : its *.test.mjs, one file at a time, because they start servers and measure.
node_tests() {
  local -a files
  mapfile -t files < <(find "$1" -name '*.test.mjs' | sort)
  [ ${#files[@]} -gt 0 ] || { echo "there is no test in $1" && return 1; }
  (cd "$top" && node --test --test-concurrency=1 --test-reporter=tap "${files[@]}")
}

step_scripts() { node_tests "$top/tests/scripts"; }

# in_shards COMMAND... : a googletest program, its tests shared out to as many processes as there are jobs. Not for
# WebAssembly, which has no environment.
in_shards() {
  local status=0 shard
  local -a running=()
  for ((shard = 0; shard < jobs; ++shard)); do
    GTEST_TOTAL_SHARDS=$jobs GTEST_SHARD_INDEX=$shard "$@" >"$top/build/logs/shard-$shard.log" 2>&1 &
    running+=($!)
  done
  for shard in "${!running[@]}"; do
    wait "${running[$shard]}" || status=1
    cat "$top/build/logs/shard-$shard.log"
  done
  return $status
}

step_core() {
  cmake_build native core_tests web_tests
  in_shards "$top/build/native/core_tests" && in_shards "$top/build/native/web_tests"
}

step_wasm() {
  cmake_build web core_tests web_tests
  node "$top/build/web/core_tests.cjs" && node "$top/build/web/web_tests.cjs"
}

# Both builds run the same random script and print what they reached; every line must agree.
step_parity() {
  cmake_build native core_parity
  cmake_build web core_parity
  local native web
  native=$("$top/build/native/core_parity")
  web=$(node "$top/build/web/core_parity.cjs")
  printf 'native:\n%s\nwebassembly:\n%s\n' "$native" "$web"
  if [ -n "$native" ] && [ "$native" = "$web" ]; then echo "1 passed, 0 failed"; else echo "0 passed, 1 failed" && return 1; fi
}

step_backend() {
  cmake_build native backend_tests
  in_shards "$top/build/native/backend_tests"
}

# Seeds that fail are printed with the command that repeats them.
step_sim() {
  cmake_build native yuanyue_sim
  "$top/build/native/yuanyue_sim" --jobs "$jobs" --seeds "$sim_seeds"
}

step_http() {
  "$top/scripts/build"
  cmake_build native fault_shim
  node_tests "$top/tests/backend"
}

# The targets run side by side, each for YUANYUE_FUZZ_SECONDS, from the corpora of the tree. What they find new goes into
# build/fuzz/corpus and is where the next run starts; an input that breaks something is kept in build/fuzz/findings.
step_fuzz() {
  local seconds=${YUANYUE_FUZZ_SECONDS:-60} target status=0
  local -a targets running=()
  cmake_build fuzz fuzz_targets
  mapfile -t targets < <(cd "$top/tests/fuzz" && ls *_fuzz.cpp | sed 's/\.cpp$//')
  for target in "${targets[@]}"; do
    mkdir -p "$top/build/fuzz/corpus/$target" "$top/build/fuzz/findings"
    "$top/build/fuzz/$target" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 \
      -artifact_prefix="$top/build/fuzz/findings/$target-" "$top/build/fuzz/corpus/$target" \
      "$top/tests/fuzz/corpus/$target" >"$top/build/logs/$target.log" 2>&1 &
    running+=($!)
  done
  local passed=0
  for i in "${!targets[@]}"; do
    target=${targets[$i]}
    if wait "${running[$i]}" && grep -q '^stat::number_of_executed_units: *[1-9]' "$top/build/logs/$target.log"; then
      passed=$((passed + 1))
      echo "$target: $(awk '/number_of_executed_units/ { print $2 }' "$top/build/logs/$target.log") executions"
    else
      tail -n 40 "$top/build/logs/$target.log"
      status=1
    fi
  done
  echo "$passed passed, $((${#targets[@]} - passed)) failed"
  return $status
}

step_asan() {
  cmake_build asan core_tests web_tests backend_tests
  export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1
  # The small worlds in their full depth, and the rest of the random ones, are the step core's.
  in_shards env "${asan_worlds[@]}" "$top/build/asan/core_tests" && in_shards "$top/build/asan/web_tests" &&
    in_shards "$top/build/asan/backend_tests"
}

# Core has no threads of its own: what the server's threads do with it is what the backend's tests do.
# ThreadSanitizer of g++ 12 knows no address layout with more than 28 random bits.
step_tsan() {
  cmake_build tsan backend_tests
  export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1
  in_shards setarch --addr-no-randomize "$top/build/tsan/backend_tests"
}

step_browser() {
  "$top/scripts/build"
  "$top/scripts/build" gallery
  cmake_build web web_platform_probe
  node "$lib/bundle.mjs" build/web/platform_probe
  node_tests "$top/tests/web"
}

# show_failures LOG : the failed tests, each with what it said, and the last lines: all that is left of a log on a CI machine.
show_failures() {
  awk '
    /^ *ok [0-9]+ - / || /^\[       OK \]/ || /^ *# Subtest: / { shown = 0 }
    /^ *not ok [0-9]+ - / { shown = 60 }
    /^\[ RUN      \]/ { name = $0; shown = 0 }
    / Failure$|ERROR: .*Sanitizer|runtime error:|WARNING: ThreadSanitizer/ { if (name != "") print name; name = ""; shown = 40 }
    shown > 0 { print; --shown }' "$1" | head -n 300
  echo "..."
  tail -n 20 "$1"
}

# count_results LOG : "PASSED FAILED" summed over what gtest, node and our own checks say in a log.
# A test that was skipped has not passed: it counts as failed.
count_results() {
  awk '
    /^\[  PASSED  \] [0-9]+ tests?/ { passed += $4 }
    /^\[  FAILED  \] [0-9]+ tests?, listed below/ { failed += $4 }
    /^\[  SKIPPED \] [0-9]+ tests?, listed below/ { failed += $4 }
    /YOU HAVE [0-9]+ DISABLED TEST/ { failed += $3 }
    /^# pass [0-9]+$/ { passed += $3 }
    /^# (fail|cancelled|skipped|todo) [0-9]+$/ { failed += $3 }
    /^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3 }
    END { print passed + 0, failed + 0 }' "$1"
}
