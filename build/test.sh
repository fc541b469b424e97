#!/usr/bin/env bash
# ./slipway test [--long] [word …]: builds everything, runs the tests in C# and in TypeScript, ends with 'N passed, N failed'.
# Under CI=true nothing is skipped: what is missing is installed from Debian, or named. Elsewhere tests skip with a reason what is not there.
set -euo pipefail
root=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")
for part in setup debian postgres; do source "$root/build/$part.sh"; done

words=()
for argument in "$@"; do
    case "$argument" in
        --long) export SLIPWAY_LONG=1 ;;
        -*) fail 2 "test has no option '$argument'; it takes --long and words of test names" ;;
        *) words+=("$argument") ;;
    esac
done

passed=0 failed=0 skipped=0 failures='' complete= scratch=
finish() {
    local code=$?
    stop_postgres
    [ -z "$scratch" ] || rm -rf "$scratch"
    [ -n "$complete" ] || failed=$((failed + 1))
    # The names once more, below the noise of the runs.
    if [ -n "$failures" ]; then printf '%s\n' "$failures"; fi
    local line="$passed passed, $failed failed"
    [ "$skipped" = 0 ] || line+=", $skipped skipped"
    echo "$line"
    # A missing tool keeps its exit code 3.
    if [ "$failed" = 0 ]; then exit 0; elif [ "$code" = 3 ]; then exit 3; else exit 1; fi
}
trap finish EXIT
trap 'exit 130' INT TERM

# Thousands of databases are made and dropped: in memory where there is room, since a disk spends more time on the names of their files than a test on its work.
make_scratch() {
    local where=${TMPDIR:-/tmp} free
    free=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1) || free=0
    if [ -w /dev/shm ] && [ "${free:-0}" -ge $((6 << 20)) ] && ! grep -q ' /dev/shm [^ ]* [^ ]*noexec' /proc/mounts; then where=/dev/shm; fi
    scratch=$(mktemp -d "$where/slipway-tests.XXXXXX")
    # PostgreSQL, a user of its own, keeps its files in it as well.
    chmod 711 "$scratch"
    export TMPDIR="$scratch"
}

# count NAME LOG: the figure behind 'NAME:' in the summary of dotnet test.
count() { sed -n "s/^ *$1: *\([0-9][0-9]*\) *$/\1/p" "$2" | tail -n 1; }

# dotnet_tests [FILTER…]: two test programs at a time, each with as many threads as there are cores.
dotnet_tests() {
    local log="$artifacts/log/dotnet-test.log" code=0 bad
    # Exit code 8 is a program in which the words match nothing.
    (cd "$root" && dotnet test --solution Slipway.slnx -c Release --no-build --no-progress --no-ansi \
        --max-parallel-test-modules 2 --ignore-exit-code 8 "$@" </dev/null 2>&1) | tee "$log" || code=$?
    passed=$((passed + $(count succeeded "$log" || echo 0) + 0))
    skipped=$((skipped + $(count skipped "$log" || echo 0) + 0))
    bad=$(count failed "$log")
    # A program that ended badly without naming a test counts as one failure.
    [ "$code" = 0 ] || [ "${bad:-0}" != 0 ] || bad=1
    failed=$((failed + ${bad:-0}))
    failures=$(grep '^failed ' "$log" || true)
}

# web_tests: the types, then Vitest; its own summary is read from its report.
web_tests() {
    local report="$artifacts/log/vitest.json" figures
    rm -f "$report"
    if (cd "$root" && npm run --silent web:check); then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    (cd "$root" && npm run --silent web:test -- --passWithNoTests --reporter=default --reporter=json --outputFile.json="$report" "$@" </dev/null) || true
    figures=$(node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1]));
        console.log(r.numPassedTests, r.numFailedTests + (r.success || r.numFailedTests ? 0 : 1), r.numPendingTests + r.numTodoTests)' "$report" 2>/dev/null) || figures='0 1 0'
    read -r good bad left <<<"$figures"
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
}

need_dotnet
need_node
[ -t 1 ] || export NO_COLOR=1
mkdir -p "$artifacts/log"
if [ "${CI:-}" = true ]; then install_debian_packages; fi
build_packages
build_web
build_all
make_scratch

if [ -z "${TEST_POSTGRES:-}" ]; then
    if start_postgres; then say "PostgreSQL for the tests: $TEST_POSTGRES"
    elif [ "${CI:-}" = true ]; then fail 1 "CI=true skips no test: $postgres_missing"
    else say "tests on PostgreSQL are skipped: $postgres_missing"; fi
fi
if [ -z "${CHROMIUM:-}" ]; then
    CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || say 'tests in a browser are skipped: there is no Chromium and CHROMIUM is not set'
    export CHROMIUM
fi

# Short-lived programs do not earn back what it costs to instrument and to optimise their methods, which is nearly half of their processor time. The number is hexadecimal.
export DOTNET_TieredPGO=0 DOTNET_TC_CallCountThreshold=400
# Some tests start ./slipway itself, and must not find it building.
export BUILT_BY_SCRIPT=1
filter=()
for word in ${words[@]+"${words[@]}"}; do filter+=(--filter-method "*$word*"); done
dotnet_tests ${filter[@]+"${filter[@]}"}
web_tests ${words[@]+"${words[@]}"}
complete=yes
