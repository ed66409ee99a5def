# Third-party sources, pinned and checked, in the cache. Sourced after private_apt.sh.
# Also stages the header-only libraries of this machine where the WebAssembly compiler can see them.

imgui_version=1.92.2b+ds-1
imgui_sha256=e7bd201d56b5ee90d24d5dac85e5c12f98bdb95410252a62d27b7f89e4566d48
httplib_version=0.18.7-1+deb13u1
httplib_sha256=c88f6495da71e778c82c22995b547a92ceb41cc4016f9028df67106a24b9210d

deps=$cache/deps

# fetch_source PACKAGE VERSION SHA256 DIR : DIR appears whole or not at all.
fetch_source() {
  local package=$1 version=$2 sha256=$3 dir=$4
  [ -d "$dir" ] && return
  say "fetching the source of $package $version"
  private_apt_update
  local work
  work=$(mktemp -d "$deps/.$package.XXXXXX")
  (
    cd "$work"
    run_logged "$cache/logs/source-$package.log" \
      "$package $version is not in Debian's archive (any more), set its folder with -D${package^^}_DIR=" \
      private_apt apt-get source --download-only "$package=$version"
    echo "$sha256  $(echo *.orig.tar.*)" | sha256sum --check --quiet >&2 ||
      fail "the source of $package does not have the pinned SHA-256"
    run_logged "$cache/logs/unpack-$package.log" "the source of $package could not be unpacked" \
      dpkg-source --no-check -x ./*.dsc unpacked
  )
  mv -T "$work/unpacked" "$dir"
  rm -rf "$work"
}

stage_headers() {
  local stage=$deps/headers work
  local signature
  signature=$(dpkg-query -W -f '${Package} ${Version}\n' nlohmann-json3-dev robin-map-dev googletest | sha256sum)
  [ "$(cat "$stage/.signature" 2>/dev/null)" = "$signature" ] && return
  work=$(mktemp -d "$deps/.headers.XXXXXX")
  cp -r /usr/include/nlohmann /usr/include/tsl /usr/src/googletest "$work/"
  echo "$signature" >"$work/.signature"
  chmod -R u+rwX,go+rX "$work"
  rm -rf "$stage"
  mv -T "$work" "$stage"
}

need_httplib() { fetch_source cpp-httplib "$httplib_version" "$httplib_sha256" "$deps/httplib-$httplib_version"; }
need_imgui() { fetch_source imgui "$imgui_version" "$imgui_sha256" "$deps/imgui-$imgui_version"; }

# The names CMake looks for; each can be overridden by -DIMGUI_DIR=, -DHTTPLIB_DIR= or -DYUANYUE_HEADERS_DIR=.
link_dependencies() {
  ln -sfn "httplib-$httplib_version" "$deps/httplib"
  ln -sfn "imgui-$imgui_version" "$deps/imgui"
}

need_native_dependencies() {
  mkdir -p "$deps"
  need_httplib
  link_dependencies
}

need_web_dependencies() {
  mkdir -p "$deps"
  need_imgui
  stage_headers
  link_dependencies
}
