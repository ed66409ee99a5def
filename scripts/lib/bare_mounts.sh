# bare_mounts.sh ROOT CACHE TREE COMMAND... : in a mount namespace of its own, mounts what a machine has and what is kept
# between runs into ROOT, then runs COMMAND there in TREE. Called by bare.sh.
set -euo pipefail
root=$1 cache=$2 tree=$3
shift 3

bind() {
  mkdir -p "$2"
  mount --bind "$1" "$2"
}

mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
bind "$cache/bare/archives" "$root/var/cache/apt/archives"
bind "$cache/bare/npm" "$root/root/.npm"
bind "$cache/ccache" "$root/root/.cache/yuanyue/ccache"
exec chroot "$root" bash -c 'cd "$1" && shift && exec "$@"' bare "$tree" "$@"
