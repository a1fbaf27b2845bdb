#!/usr/bin/env bash
# Gets what the tests need, builds everything, runs all tests. Last line: N passed, N failed, N skipped.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/needs.sh"

if [[ "${1:-}" =~ ^(-h|--help)$ ]]; then
  cat <<'HELP'
scripts/test.sh [--long] [-- ARGUMENTS]

Gets everything that is needed, builds, runs the whole suite. The last line is "N passed, N failed, N skipped". Exit code:
  0  everything passed
  1  it could not be built, something failed, nothing ran, or something was skipped that tests/may-skip.txt does not name
  3  packages are missing that only root can install; everything else ran and passed

--long adds the tests with the trait Length=Long: the program killed with SIGKILL at every point of a launch, a stop, a resume, a
roll back, an undo, an approval, a turn and a migration, and at random instants of a busy hour, and started again, and 50 runs in which one call in twenty goes wrong, and the longer examples of media, measurements and clocks. Laws are tried
with ten times as many cases. They take up to an hour more; without it they are left out, and the most dangerous points are tried.
ARGUMENTS go to the test runner, for example
  scripts/test.sh -- --filter-class '*StreamTests'      some of them
UPDATE_PICTURES=1 scripts/test.sh                       the browser tests write docs/pictures/ anew
UPDATE_GOLDEN=1 scripts/test.sh                         accepts what cards and transcripts look like now; review it as text
Before the last line it says how long it took, without --long what was slow when that was over ten minutes, and which rows of tests/checklist.txt no test carries ([Proves(82)] above a test; --filter-trait Row=82 runs what proves row 82).
The whole log is in artifacts/test.log.
HELP
  exit 0
fi
long=
if [ "${1:-}" = --long ]; then long=yes; shift; fi
if [ $# -gt 0 ] && [ "$1" != "--" ]; then fail "Arguments for the test runner come after --, as in: scripts/test.sh -- $*"; fi
[ $# -eq 0 ] || shift

# Hundreds of programs are started that live for seconds. Measured: without the second mapping of what is compiled a start costs a quarter less of a processor.
export DOTNET_EnableWriteXorExecute=0

began=$SECONDS
need_tools
cd "$root"
mkdir -p artifacts
log=artifacts/test.log

# aside NAME COMMAND…: runs beside the build; ended NAME waits for it, shows what it said when it failed, and is as it ended.
declare -A beside
aside() { "${@:2}" >"artifacts/$1.log" 2>&1 & beside[$1]=$!; }
ended() { wait "${beside[$1]}" || { local code=$?; cat "artifacts/$1.log"; return "$code"; }; }

packages() { need_packages ffmpeg fonts-dejavu-core chromium-headless-shell postgresql; printf '%s' "$missing" >artifacts/missing; }
aside packages packages
# The values that the template engine is held against come from the official engine, and are what it says today.
aside templates node scripts/templating-reference.mjs --check
# Cards as Slack shows them have the shapes that Slack publishes.
aside slack-types node scripts/slack-types.mjs
# The manifest of the Teams app is as the schema that Microsoft publishes wants it.
aside teams-schema node scripts/teams-schema.mjs
# Microsoft's own connector client, which a test holds our stand-in of Teams against.
aside teams-connector node scripts/teams-connector.mjs --fetch

say "Building…"
# One compiler for all projects is begun once and not a dozen times; nothing of it stays.
if ! dotnet build ChatOpsCampaigns.sln -c Release -v q -nologo -p:UseSharedCompilation=true >"$log" 2>&1; then
  cat "$log"
  say "It could not be built."
  say "0 passed, 0 failed, 0 skipped"
  exit 1
fi
dotnet build-server shutdown --vbcscompiler >"$log" 2>&1 || true

wait "${beside[packages]}"
cat artifacts/packages.log
missing=$(<artifacts/missing)
if ! ended templates || ! ended slack-types || ! ended teams-schema || ! ended teams-connector; then
  say "0 passed, 1 failed, 0 skipped"
  exit 1
fi

say "Testing…"
filter=()
[ $# -eq 0 ] || filter=("$@" --ignore-exit-code 8)
limit=2400
if [ -n "$long" ]; then limit=9000 CAMPAIGNS_LONG=yes; export CAMPAIGNS_LONG; else filter+=(--filter-not-trait Length=Long); fi
timeout -k 10 "$limit" dotnet test --solution ChatOpsCampaigns.sln -c Release --no-build --output Detailed --no-progress --no-ansi --max-parallel-test-modules 2 -- "${filter[@]}" 2>&1 \
  | tee "$log" | grep -vE '^(passed |  from )'
code=${PIPESTATUS[0]}

awk '/^  failed:/{f=$2} /^  succeeded:/{s=$2} /^  skipped:/{k=$2} END{print s+0, f+0, k+0}' "$log" >"$log.counts"
read -r passed failed skipped <"$log.counts"

# A skipped test is a test that was not seen to pass: each has to be named, with its reason, in tests/may-skip.txt.
unexpected=$(sed -nE 's/^skipped ([^ (]+).*/\1/p' "$log" | sort -u | grep -vxFf <(sed -E 's/[[:space:]]*(#.*)?$//; /^$/d' tests/may-skip.txt) || true)
result=0
if [ "$code" -ne 0 ] || [ "$failed" -gt 0 ] || [ "$passed" -eq 0 ]; then result=1; fi
if [ -n "$missing" ]; then
  say "Not everything could run, for these packages are missing: $missing"
  [ "$result" -ne 0 ] || result=3
elif [ -n "$unexpected" ]; then
  say "Skipped, and not named in tests/may-skip.txt:"
  say "$unexpected"
  result=1
fi

# Which rows of the checklist no test says that it proves.
marked=$(grep -rhoE '\[Proves\([0-9, ]+\)\]' tests --include='*.cs' | grep -oE '[0-9]+' | sort -un)
unproven=$(grep -E '^[0-9]+ ' tests/checklist.txt | grep -vE "^($(paste -sd'|' <<<"$marked")) " || true)
say "Rows of tests/checklist.txt that no test carries: $(grep -c . <<<"$unproven") of $(grep -cE '^[0-9]+ ' tests/checklist.txt)"
say "$unproven"
# Machines are noisy: a suite that grew slow is told, and fails nothing.
took=$((SECONDS - began))
say "It took $((took / 60)) min $((took % 60)) s."
if [ -z "$long" ] && [ "$took" -gt 600 ]; then
  say "That is more than ten minutes; the slowest test classes: $(awk -f scripts/slowest.awk "$log" | sort -rn | head -5 | sed -E 's/^([0-9]+) (.*)/\2 \1 s/' | paste -sd, | sed 's/,/, /g')"
fi
# What failed stands at the end, wherever a log is cut.
awk '/^failed /{shown=25} /^(passed|failed|skipped|Running) /&&!/^failed /{shown=0} shown>0{print; shown--}' "$log"
say "$passed passed, $failed failed, $skipped skipped"
exit "$result"
