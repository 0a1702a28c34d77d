#!/bin/sh
# Makes .venv and installs the locked packages and the project itself.
#   setup/python.sh        what the program needs (requirements.lock)
#   setup/python.sh dev    the tests' and checks' tools as well (requirements-dev.lock, which holds all of requirements.lock)
# PYTHON names another interpreter. A second run without changes does nothing and needs no network.
set -eu
cd "$(dirname "$0")/.."
. setup/common.sh

kind=${1:-run}
case $kind in
    run) lock=requirements.lock what="プログラムに要るもの" what_en="what the program needs" ;;
    dev) lock=requirements-dev.lock what="プログラムとテストに要るもの" what_en="what the program and its tests need" ;;
    *) fail "使い方: setup/python.sh [dev]" "Usage: setup/python.sh [dev]" ;;
esac
python=${PYTHON:-python3}

# What an environment of a kind was made from. The folder counts too: the editable install names it.
stamp() { { pwd; cat "$1" pyproject.toml setup/python.sh; } | sha256sum; }
done_file() { echo ".venv/hojokin-$1.stamp"; }

if [ "$(stamp $lock)" = "$(cat "$(done_file "$kind")" 2>/dev/null)" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    fail "Python 3.11 以降が要ります（いま: $("$python" --version 2>&1 | head -n 1)）。" "Python 3.11 or later is needed."

# Debian ships venv's other half, ensurepip, in a package of its own.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    command -v apt-get >/dev/null ||
        fail "Python の venv と ensurepip を入れてください。" "Please install Python's venv and ensurepip."
    say "Debian のパッケージ python3-venv を入れます。" "Installing Debian's package python3-venv."
    { apt_update && apt_install python3-venv && "$python" -c 'import ensurepip, venv' 2>/dev/null; } ||
        fail "python3-venv を入れられませんでした。ネットワークと apt の設定を確かめてください。" \
            "python3-venv could not be installed: check the network and apt's sources."
fi

# An environment whose Python is gone is made anew.
if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    rm -rf .venv
    say "Python の環境 .venv を作ります。" "Making the Python environment .venv."
    "$python" -m venv .venv
fi

# Says nothing but errors.
pip_install() { .venv/bin/python -m pip --disable-pip-version-check --no-input -qq install --root-user-action=ignore "$@"; }

say "Python のパッケージを .venv に入れます: $what（$lock、約 $(grep -c == $lock) 件）。初回は数分かかります。" \
    "Installing Python packages into .venv: $what_en ($lock). The first time takes some minutes."
pip_install --require-hashes --only-binary :all: -r $lock ||
    fail "パッケージを入れられませんでした。ネットワークを確かめて、もう一度実行してください。" \
        "The packages could not be installed: check the network and run this again."
pip_install --no-index --no-deps --no-build-isolation --editable . ||
    fail "Hojokin 自体を .venv に入れられませんでした。" "Hojokin itself could not be installed into .venv."

stamp requirements.lock >"$(done_file run)"
if [ "$kind" = dev ]; then
    stamp $lock >"$(done_file dev)"
fi
