# What ./slipway needs before it can run anything: the tools, the packages, the builds. Sourced; needs $root.
# A build is skipped while nothing that it was made of is newer than its stamp.

artifacts="$root/artifacts"
stamps="$artifacts/stamps"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=1
# No build processes stay behind.
export MSBUILDDISABLENODEREUSE=1
# Without a home of its own (a service account) dotnet and npm keep their caches here.
[ -w "${HOME:-/nonexistent}" ] || export HOME="$artifacts/home"

say() { printf 'slipway: %s\n' "$*" >&2; }

# fail CODE MESSAGE
fail() {
    say "${@:2}"
    exit "$1"
}

need_dotnet() {
    local found
    found=$(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | sort -V | paste -sd' ' -) || true
    case " $found" in
        *' 10.0.'*) ;;
        *) fail 3 "the .NET SDK 10.0 is required and ${found:-none} was found on PATH; see https://dotnet.microsoft.com/download" ;;
    esac
}

need_node() {
    local found major minor
    found=$(node --version 2>/dev/null) || true
    IFS=. read -r major minor _ <<<"${found#v}"
    # 20.19 is what Vite asks for.
    [ $((${major:-0} * 1000 + ${minor:-0})) -ge 20019 ] ||
        fail 3 "Node.js 20.19 or newer is required and ${found:-none} was found on PATH; see https://nodejs.org"
    command -v npm >/dev/null || fail 3 "npm, which comes with Node.js, is required and none was found on PATH"
}

# fresh STAMP TOOL SKIP PATH…: the stamp was made with this tool, and nothing under the paths is newer, apart from the folders that SKIP's patterns match.
# Folders count as well: they become newer when something in them is removed.
fresh() {
    local stamp=$1 prune=(-name node_modules) patterns pattern
    [ -e "$stamp" ] && [ "$(<"$stamp")" = "$(command -v "$2")" ] || return 1
    read -ra patterns <<<"$3"
    for pattern in ${patterns[@]+"${patterns[@]}"}; do prune+=(-o -path "$pattern"); done
    shift 3
    [ -z "$(cd "$root" && find "$@" \( "${prune[@]}" \) -prune -o -newer "$stamp" -print 2>/dev/null | head -n 1)" ]
}

# stamped NAME TOOL SKIP BUILD PATH…: runs the build unless its stamp is fresh; one at a time, so that two starts do not build into one folder.
stamped() {
    local stamp="$stamps/$1" tool=$2 skip=$3 build=$4
    shift 4
    fresh "$stamp" "$tool" "$skip" "$@" && return
    mkdir -p "$stamps" "$artifacts/log" 2>/dev/null || fail 1 "$artifacts cannot be written; the first start builds there"
    exec 9>"$stamps/.lock"
    if command -v flock >/dev/null; then flock 9; fi
    if ! fresh "$stamp" "$tool" "$skip" "$@"; then
        # The time is that before the build, so that what changes during it counts as newer.
        command -v "$tool" >"$stamp.new" || true
        $build
        mv "$stamp.new" "$stamp"
    fi
    exec 9>&-
}

# step TITLE COMMAND…: in the root; the output goes to a log, whose end is shown when it fails.
step() {
    local title=$1 start=$SECONDS log="$artifacts/log/${1// /-}.log"
    say "$title …"
    if ! (cd "$root" && "${@:2}") >"$log" 2>&1 </dev/null 9>&-; then
        tail -n 40 "$log" >&2
        fail 1 "$title failed; the whole output is in $log"
    fi
    say "$title: done in $((SECONDS - start)) s"
}

# The page's inputs; npm's packages are among them by the lock file.
web_inputs() {
    web=(src/Web package.json package-lock.json .npmrc vite.config.ts tsconfig.json)
    local pages
    for pages in "$root"/modules/*/Web; do [ ! -d "$pages" ] || web+=("${pages#"$root"/}"); done
}

build_packages() {
    [ -e "$root/node_modules/.package-lock.json" ] || rm -f "$stamps/packages"
    stamped packages node '' install_packages package.json package-lock.json .npmrc
}

install_packages() { step 'npm packages' npm ci --no-audit --no-fund; }

build_web() {
    local web
    web_inputs
    [ -e "$artifacts/web/index.html" ] || rm -f "$stamps/web"
    fresh "$stamps/web" node '' "${web[@]}" && return
    # Both are asked for before anything is installed, so that a newcomer is not told one after the other.
    need_dotnet
    need_node
    build_packages
    stamped web node '' compile_web "${web[@]}"
}

compile_web() { step 'web pages' npm run web:build; }

code=(src modules Directory.Build.props Directory.Packages.props global.json .editorconfig BannedSymbols.txt)

program() { printf '%s' "$artifacts/bin/$1/release/Slipway.$1.dll"; }

# build_program NAME FOLDER
build_program() {
    [ -e "$(program "$1")" ] || rm -f "$stamps/$1"
    stamped "$1" dotnet 'src/Web modules/*/Web src/*/Tests modules/*/Tests' "compile $1 $2/$1.csproj" "${code[@]}" "$2"
}

# Every project, tests and measurements too; the programs among them need no build of their own afterwards.
build_all() { stamped all dotnet 'src/Web modules/*/Web' compile_all "${code[@]}" tests bench Slipway.slnx; }

# One compiler for sixty projects, warm after the first; sent away at the end.
compile_all() {
    UseSharedCompilation=true compile solution Slipway.slnx
    dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1 || true
    local name
    for name in Server Cli Bench; do cp -p "$stamps/all.new" "$stamps/$name"; done
}

# compile TITLE PROJECT
compile() {
    need_dotnet
    step "$1" dotnet build "$2" -c Release -v q --nologo -tl:off -clp:NoSummary
}

# run NAME ARGUMENT…
run() {
    command -v dotnet >/dev/null || need_dotnet
    exec dotnet "$(program "$1")" "${@:2}"
}
