#!/usr/bin/env bash
# The bot in a workspace of Slack that is played on this machine: to try it, or to work on it, without an account.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/needs.sh"

if [[ "${1:-}" =~ ^(-h|--help)$ ]]; then
  cat <<'HELP'
scripts/slack-desk.sh [-- ARGUMENTS]

Gets what is needed, builds, starts a stand-in of Slack and the bot in it, and reads lines from the keyboard (or a file): who says, drops or
presses what. What the bot answers is printed as it comes; a line out of a file is shown, and waits for the answer to the one before. Nothing of it stays: the data folder goes when it ends ("quit", Ctrl-C, or the end of the file).

ARGUMENTS go to the bot, for example
  scripts/slack-desk.sh -- --Clock:Speed 60            an hour of campaign time passes in a minute
HELP
  exit 0
fi
if [ $# -gt 0 ] && [ "$1" != "--" ]; then fail "Arguments for the program come after --, as in: scripts/slack-desk.sh -- $*"; fi
[ $# -eq 0 ] || shift

need_tools
need_packages ffmpeg fonts-dejavu-core
say "Building (the first time takes a minute or two)…"
log=$(mktemp)
dotnet build "$root/tests/SlackTerminal" -c Release -v q -nologo >"$log" 2>&1 || { cat "$log"; rm -f "$log"; fail "It could not be built."; }
rm -f "$log"
exec dotnet "$root/artifacts/bin/SlackTerminal/release/ChatOpsCampaigns.SlackTerminal.dll" "$@"
