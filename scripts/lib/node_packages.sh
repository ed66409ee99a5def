# The tree's node_modules, exactly as package-lock.json says. Sourced after packages.sh.

need_node_packages() {
  need_node
  local stamp=$top/node_modules/.yuanyue-lock signature
  signature=$(cat "$top/package.json" "$top/package-lock.json" | sha256sum)
  [ "$(cat "$stamp" 2>/dev/null)" = "$signature" ] && return
  say "fetching the npm packages"
  (cd "$top" && run_logged "$top/build/logs/npm-ci.log" "npm could not install the packages of package-lock.json" \
    npm ci --ignore-scripts)
  echo "$signature" >"$stamp"
}
