#!/usr/bin/env bash
# ./slipway refresh: rewrites the files that a program writes and a person reviews as a diff. The tests that compare them write them here.
set -euo pipefail
root=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")
source "$root/build/setup.sh"

need_dotnet
need_node
build_packages
mkdir -p "$artifacts/log"
tests=tests/Architecture.Tests
compile refresh "$tests/Architecture.Tests.csproj"
step 'reference pages' env REFRESH_GOLDEN=1 dotnet "$(program Architecture.Tests)" \
    --filter-trait golden=yes
step 'API client' npm run --silent api:generate
cd "$root"
git status --short -- docs src/Web/api "$tests" 2>/dev/null || true
