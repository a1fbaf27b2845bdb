#!/usr/bin/env bash
# Builds and starts the bot: simulated ad networks, SQLite, the chat in the browser.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/needs.sh"

if [[ "${1:-}" =~ ^(-h|--help)$ ]]; then
  cat <<'HELP'
scripts/run.sh [-- ARGUMENTS]

Gets everything that is needed, builds, starts the bot and prints the address of the chat, http://127.0.0.1:3978/.
Everything is kept in data/ beside the solution. Ctrl-C stops; the next start goes on where this one ended.

ARGUMENTS go to the program, for example
  scripts/run.sh -- --Clock:Speed 60                    an hour of campaign time passes in a minute
  scripts/run.sh -- --empty                             without the demonstration account
  scripts/run.sh -- --Urls http://127.0.0.1:4000        another port
  scripts/run.sh -- audit verify                        checks the audit trail and ends
  scripts/run.sh -- doctor                              checks everything that the bot needs and ends
  scripts/run.sh -- bench sweep                         measures how fast a breach is stopped (also: launch, turn, reply, files, ledger, verify, year)
All settings: docs/surface.md
HELP
  exit 0
fi
if [ $# -gt 0 ] && [ "$1" != "--" ]; then fail "Arguments for the program come after --, as in: scripts/run.sh -- $*"; fi
[ $# -eq 0 ] || shift

need_tools
need_packages ffmpeg fonts-dejavu-core
case " $missing " in *" ffmpeg "*) say "Going on without ffmpeg: pictures work, films are refused with a sentence." ;; esac

say "Building (the first time takes a minute or two)…"
log=$(mktemp)
dotnet build "$root/src/Bot" -c Release -v q -nologo >"$log" 2>&1 || { cat "$log"; rm -f "$log"; fail "It could not be built."; }
rm -f "$log"

# The folder with the page is the content root; data lies beside the solution unless the caller says otherwise.
export Data__Folder="${Data__Folder:-$root/data}"
cd "$root/src/Bot"
exec dotnet "$root/artifacts/bin/Bot/release/ChatOpsCampaigns.Bot.dll" "$@"
