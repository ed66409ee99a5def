# Everything the other scripts need, by purpose. Sourced first:  . "$(dirname "$0")/lib/setup.sh"

set -euo pipefail
export LC_ALL=C.UTF-8

lib=$(dirname "${BASH_SOURCE[0]}")
. "$lib/messages.sh"
. "$lib/paths.sh"
. "$lib/packages.sh"
. "$lib/private_apt.sh"
. "$lib/dependencies.sh"
. "$lib/emscripten.sh"
. "$lib/node_packages.sh"
. "$lib/cmake_build.sh"

jobs=${YUANYUE_JOBS:-$(nproc)}

setup_native() {
  need_packages "${packages_native[@]}"
  with_lock dependencies need_native_dependencies
}

setup_web() {
  need_packages "${packages_web[@]}"
  need_node_packages
  with_lock dependencies need_web_dependencies
  need_emscripten
}

setup_test() {
  need_packages "${packages_test[@]}"
}
