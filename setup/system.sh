#!/bin/sh
# Installs the programs that the tests drive: LibreOffice 25.2 or later (Calc, Writer, Python-UNO), Noto CJK fonts,
# Poppler, Gnumeric (ssconvert). What is there already stays; when nothing is missing, no network and no rights are needed.
set -eu
cd "$(dirname "$0")/.."
. setup/common.sh

least=25.2   # the first LibreOffice known to bind add-in functions by their short names in .xlsx files

# newer A B: is version A at least version B?
newer() { [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]; }

has_office() {
    office=$(command -v soffice) && office=$(dirname "$(readlink -f "$office")") &&
        newer "$(soffice --version 2>/dev/null | sed -n 's/^LibreOffice \([0-9.]*\).*/\1/p')" $least &&
        [ -e "$office/../share/registry/calc.xcd" ] && [ -e "$office/../share/registry/writer.xcd" ] &&
        /usr/bin/python3 -c 'import uno' 2>/dev/null
}
has_font() { fc-list "$1" family 2>/dev/null | grep -q .; }
has_fonts() { has_font "Noto Sans CJK JP" && has_font "Noto Serif CJK JP"; }
has_gnumeric() { command -v ssconvert >/dev/null; }
has_poppler() { command -v pdftoppm >/dev/null && command -v pdffonts >/dev/null; }

# The version of LibreOffice that apt would take, from the given release when one is named.
candidate() {
    apt-cache ${1:+-t "$1"} policy libreoffice-calc | sed -n 's/^ *Candidate: \([0-9]*:\)\{0,1\}//p'
}

# Adds the backports suite of this Debian release, from the place where this machine takes Debian itself.
add_backports() {
    apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(RELEASE)' 'Created-By: Packages' |
        grep -q " $release-backports\$" && return
    uri=$(apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
        sed -n "s/^$release main //p" | head -n 1)
    [ -n "$uri" ] || return 1
    say "apt に $release-backports を加えます（/etc/apt/sources.list.d/hojokin-backports.list）。" \
        "Adding $release-backports to apt's sources."
    keys=/usr/share/keyrings/debian-archive-keyring.gpg
    [ -e $keys ] && options=" [signed-by=$keys]" || options=
    printf 'deb%s %s %s-backports main\n' "$options" "$uri" "$release" |
        as_root tee /etc/apt/sources.list.d/hojokin-backports.list >/dev/null
    apt_update
}

install_office() {
    packages="libreoffice-calc libreoffice-writer python3-uno"
    if newer "$(candidate)" $least; then
        apt_install $packages
        return
    fi
    release=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    add_backports && newer "$(candidate "$release-backports")" $least && apt_install -t "$release-backports" $packages
}

missing=
has_office || missing="LibreOffice_${least}_以降"
has_fonts || missing="$missing Noto_CJK_フォント"
has_poppler || missing="$missing Poppler"
has_gnumeric || missing="$missing Gnumeric"
[ -n "$missing" ] || exit 0
missing=$(echo "$missing" | sed 's/^ //; s/ /、/g; s/_/ /g')

command -v apt-get >/dev/null ||
    fail "次のものを入れてください: $missing" "Please install: LibreOffice $least or later, Noto CJK fonts, Poppler, Gnumeric."
say "テストに要るものを apt で入れます: $missing（すべて入れる場合、ダウンロード約 300 MB、ディスク約 700 MB）。" \
    "Installing with apt what the tests need: LibreOffice $least or later, Noto CJK fonts, Poppler, Gnumeric."
apt_update || fail "apt の一覧を更新できませんでした。ネットワークと apt の設定を確かめてください。" \
    "apt's lists could not be updated: check the network and apt's sources."
has_fonts && has_poppler && has_gnumeric || apt_install fontconfig fonts-noto-cjk poppler-utils gnumeric ||
    fail "フォント・Poppler・Gnumeric を入れられませんでした。" "The fonts, Poppler and Gnumeric could not be installed."
has_office || { install_office && has_office; } ||
    fail "LibreOffice $least 以降を入れられませんでした。apt で手に入るか確かめてください（Debian 12 では bookworm-backports）。" \
        "LibreOffice $least or later could not be installed: check that apt offers it (bookworm-backports on Debian 12)."
