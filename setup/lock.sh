#!/bin/sh
# Writes requirements.lock and requirements-dev.lock from pyproject.toml (make lock). Needs the network.
# Versions already locked stay unless pyproject.toml asks for more; `make lock UPGRADE=1` takes the newest ones.
set -eu
cd "$(dirname "$0")/.."
. setup/common.sh

mkdir -p build
uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    say "uv を build/uv に入れます。" "Installing uv into build/uv."
    [ -x build/uv/bin/uv ] || { python3 -m venv build/uv && build/uv/bin/python -m pip install --quiet uv; }
    uv=build/uv/bin/uv
fi

# Universal: one file for Linux, macOS and Windows, Python 3.11 and later. Wheels only: an install compiles nothing.
# No index address: the machine's own settings say where packages come from.
compile() {
    output=$1
    shift
    "$uv" pip compile pyproject.toml --output-file "$output" --quiet ${UPGRADE:+--upgrade} \
        --universal --python-version 3.11 --fork-strategy fewest --only-binary :all: \
        --override setup/overrides.txt --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate \
        --group build "$@"
    printf '%s\n' "# Written by setup/lock.sh (make lock) from pyproject.toml; not by hand." | cat - "$output" >build/lock
    mv build/lock "$output"
}
compile requirements.lock
compile requirements-dev.lock --constraints requirements.lock --extra columns --group dev

if grep -nE '://|--(index|extra-index|find-links)| @ ' requirements.lock requirements-dev.lock; then
    fail "ロックファイルに取得先のアドレスが入りました。" "A lock file names an address."
fi

# The notices name each package with its version.
stale=$(sed -n 's/^\([^ =]*\)==\([^ ]*\).*/\1 | \2/p' requirements.lock | while read -r row; do
    grep -qF "| $row |" THIRD_PARTY_NOTICES.md || echo "$row"
done)
[ -z "$stale" ] || fail "THIRD_PARTY_NOTICES.md の次の行を、許諾を確かめて直してください:
$stale" "Check the licences of these and mend THIRD_PARTY_NOTICES.md."
say "requirements.lock と requirements-dev.lock を書きました。" "Wrote requirements.lock and requirements-dev.lock."
