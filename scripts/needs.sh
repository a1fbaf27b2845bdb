# Sourced by run.sh and test.sh: looks for what they need, installs it when it may, else says the exact command.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# The SDK that builds the program, and Node, which fetches Microsoft's Web Chat from npm by its pinned version.
need_tools() {
  command -v dotnet >/dev/null || fail "The .NET 10 SDK is missing. Get it at https://dotnet.microsoft.com/download and run this again."
  dotnet --list-sdks | grep -q '^10\.' || fail "The .NET 10 SDK is missing; dotnet --list-sdks shows: $(dotnet --list-sdks | tr '\n' ' '). Get it at https://dotnet.microsoft.com/download and run this again."
  command -v node >/dev/null && command -v npm >/dev/null || fail "Node 20 or newer with npm is missing. Get it at https://nodejs.org and run this again."
  local major; major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
  [ "$major" -ge 20 ] || fail "Node is $(node --version); 20 or newer is needed. Get it at https://nodejs.org and run this again."
}

is_there() {
  case $1 in
    fonts-dejavu-core) [ -f /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] ;;
    postgresql) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

# need_packages NAME…: installs what is missing when this is root on a system with apt-get. What stays missing is left in $missing.
need_packages() {
  missing=""
  local name
  for name in "$@"; do is_there "$name" || missing="$missing $name"; done
  missing=${missing# }
  [ -n "$missing" ] || return 0

  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    say "Installing: $missing"
    # shellcheck disable=SC2086
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null; then
      missing=""
      return 0
    fi
    say "They could not be installed."
  fi
  say "Missing: $missing"
  say "Install them with: sudo apt-get update && sudo apt-get install -y $missing"
}
