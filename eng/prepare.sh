# Shared by ./run and ./test: what this machine must have, and what is made once and kept until its sources change.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
stamps=.data/stamps

die() { printf '%s\n' "$@" >&2; exit 1; }

need_tools() {
  command -v dotnet >/dev/null && dotnet --list-sdks | grep -q '^10\.' ||
    die "EventEngine needs the .NET 10 SDK, and it is not on the PATH." "Install it: https://dotnet.microsoft.com/download/dotnet/10.0"
  command -v npm >/dev/null && command -v node >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] ||
    die "EventEngine needs Node.js 20 or later with npm." "Install it: https://nodejs.org/en/download"
}

# once <stamp> <inputs…> -- <command…>: runs the command unless it ran since the inputs last changed
once() {
  local stamp=$stamps/$1 inputs=()
  shift
  while [ "$1" != -- ]; do inputs+=("$1"); shift; done
  shift
  if [ -e "$stamp" ] && [ -z "$(find "${inputs[@]}" \( -name bin -o -name obj -o -name wwwroot \) -prune -o -newer "$stamp" -print -quit)" ]; then
    return
  fi
  mkdir -p "$stamps"
  touch "$stamp.now" # a change made while the command runs counts as later
  "$@"
  mv "$stamp.now" "$stamp"
}

install_packages() {
  [ -d node_modules ] || rm -f "$stamps/packages"
  once packages package.json package-lock.json -- npm ci --no-audit --no-fund --loglevel=error
}

build_assets() {
  [ -d src/Web/wwwroot/assets ] || rm -f "$stamps/assets"
  once assets src/Web/Assets package-lock.json -- npm run --silent build
}
