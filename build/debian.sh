# What the tests use and a Debian machine may lack. Sourced by test.sh under CI=true; needs step and fail of setup.sh.

# A program that tells whether a package is there, and the package.
debian_packages=(
    chromium:chromium
    strace:strace
    mkfs.ext4:e2fsprogs
    losetup:mount
    setpriv:util-linux
    flock:util-linux
)

install_debian_packages() {
    local entry missing=()
    for entry in "${debian_packages[@]}"; do
        PATH="$PATH:/usr/sbin:/sbin" command -v "${entry%%:*}" >/dev/null || missing+=("${entry##*:}")
    done
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
    compgen -G '/usr/lib/*/libsqlite3.so.0' >/dev/null || missing+=(libsqlite3-0)
    fc-list 2>/dev/null | grep -q . || missing+=(fontconfig fonts-dejavu-core)
    [ ${#missing[@]} -gt 0 ] || return 0
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail 3 "CI=true skips no test: install ${missing[*]}"
    step 'Debian packages' sh -c 'apt-get update -qq || apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"' sh "${missing[@]}"
}
