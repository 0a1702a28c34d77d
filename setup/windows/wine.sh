#!/bin/sh
# Runs a Windows program in build/windows, on a Japanese Windows (code page 932):
#   sh setup/windows/wine.sh PROGRAM [ARGUMENT…] </dev/null 2>&1 | cat
# A Python for Windows cannot start under Wine with a file as its standard error: give it a pipe.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)/build/windows
for wine in /usr/lib/wine/wine64 /usr/bin/wine64 /usr/bin/wine; do
    [ -x $wine ] && break
done
export LOCPATH="$top/locale" LANG=ja_JP.UTF-8 LC_ALL=ja_JP.UTF-8 HOME="$top/home" PYTHONDONTWRITEBYTECODE=1
export WINEPREFIX="$top/prefix" WINEARCH=win64 WINEDEBUG="${WINEDEBUG:--all}"
# Our whoami takes the place of Wine's, which knows no /user; .NET and the browser would only ask to be installed.
export WINEDLLOVERRIDES="whoami.exe=n;mscoree,mshtml="
unset PYTHONUTF8 PYTHONPATH PYTHONHOME DISPLAY
exec $wine "$@"
