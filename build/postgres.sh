# A throw-away PostgreSQL for one test run: no sync, loopback only, a free port, gone at the end. Sourced; needs say of setup.sh.

# start_postgres: sets TEST_POSTGRES, postgres_bin and postgres_dir; false with a reason in $postgres_missing when there is none to start.
start_postgres() {
    postgres_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    [ -n "$postgres_bin" ] || postgres_bin=$(dirname -- "$(command -v initdb || echo ./none)")
    if [ ! -x "$postgres_bin/initdb" ]; then
        postgres_missing='PostgreSQL is not installed and TEST_POSTGRES is not set'
        return 1
    fi
    postgres_dir=$(mktemp -d "${TMPDIR:-/tmp}/slipway-postgres.XXXXXX")
    local port
    port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
    # PostgreSQL refuses to run as root.
    if [ "$(id -u)" = 0 ]; then chown postgres "$postgres_dir"; fi
    local settings="-p $port -k $postgres_dir -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    if ! as_postgres initdb --no-sync -A trust -U postgres -E UTF8 --locale=C -D "$postgres_dir/data" >"$artifacts/log/postgres.log" 2>&1 ||
        ! as_postgres pg_ctl -D "$postgres_dir/data" -w -l "$postgres_dir/log" \
            -o "$settings -c max_connections=500 -c shared_buffers=256MB" start >>"$artifacts/log/postgres.log" 2>&1; then
        cat "$artifacts/log/postgres.log" "$postgres_dir/log" >&2 2>/dev/null
        postgres_missing="PostgreSQL in $postgres_bin did not start"
        return 1
    fi
    export TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
}

as_postgres() {
    if [ "$(id -u)" = 0 ]; then (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$postgres_bin/$1" "${@:2}"); else "$postgres_bin/$1" "${@:2}"; fi
}

stop_postgres() {
    [ -n "${postgres_dir:-}" ] || return 0
    as_postgres pg_ctl -D "$postgres_dir/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$postgres_dir"
}
