# shellcheck shell=sh
# What the scripts beside this file share. Japanese first, the same in English below.

say() { printf '%s\n  %s\n' "$1" "$2"; }

fail() {
    printf '\n誤り: %s\nError: %s\n' "$1" "$2" >&2
    exit 1
}

# Runs a command as root: as it is, or through sudo.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "管理者の権限が要ります。root で実行するか、sudo を入れてください。" \
            "Administrator rights are needed: run as root, or install sudo."
    fi
}

# apt_install [OPTION…] PACKAGE…: installs Debian packages and what they need; removes none and says errors alone.
apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends --no-remove "$@" >/dev/null
}

apt_update() { as_root apt-get update -qq; }
