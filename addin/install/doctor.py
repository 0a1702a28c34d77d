"""`hojokin doctor`: what is wrong with an installation and what to do, in Japanese; a report without personal data."""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from addin.install import manifest, rule_pages
from addin.install.disk import Disk, mark
from addin.install.probe import KNOWN
from addin.install.xlam_settings import settings
from addin.places import BITS, INTERPRETER, LEAST, XLAM, Places, scripts, site_packages
from workbooks.files import programs

AGAIN = "配布 ZIP の install.cmd（または hojokin install）をもう一度実行してください。"
POLICY = "会社の情報システム担当に、Hojokin.xlam を許可できるか確かめてください。"
SECURITY = r"Software\Microsoft\Office\16.0\Excel\Security"
POLICIES = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
OFFICE = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
DISABLED = r"HKCU\Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems"
PERSON = re.compile(r"(?<![0-9A-Fa-f])[0-9]{4}[-_ ]?[0-9]{4}[-_ ]?[0-9]{4}(?![0-9A-Fa-f])")  # may be a マイナンバー
SHOWN = 3  # damaged files named
NO_MACROS = 4  # VBAWarnings: all macros off, without a word


@dataclass(frozen=True)
class Check:
    """One thing looked at; `fix` says what to do where it is not well."""

    name: str
    well: bool
    found: str
    fix: str = ""


def checks(places: Places, disk: Disk) -> list[Check]:
    """Everything, in the order in which a person would mend it."""
    found = manifest.read(places.app)
    if found is None:
        missing = "途中で止まった導入があります。" if places.pending.exists() else "Hojokin が入っていません。"
        return [Check("導入", False, missing, AGAIN)]
    began = Check("導入", not places.pending.exists(), f"版 {found.version}", f"途中で止まった導入があります。{AGAIN}")
    own = [*inside(places, places.app, found, disk), *_rules(places.app, found)]
    return [began, *own, *outside(places, found), *_excel(disk), *_extras()]


def inside(places: Places, app: Path, found: manifest.Manifest, disk: Disk) -> Iterator[Check]:
    """The private folder: complete, in an ASCII place, and Python answers from there."""
    ascii_path = str(places.root).isascii()
    fix = "" if ascii_path else f"英数字だけのフォルダーが要ります。{AGAIN}"
    yield Check("置き場所", ascii_path, "英数字だけです。" if ascii_path else "日本語を含みます。", fix)
    yield _files(app, found)
    yield _dlls(app, found)
    yield _python(app, disk)


def _files(app: Path, found: manifest.Manifest) -> Check:
    pages = {path.relative_to(app).as_posix() for path in rule_pages.pages(site_packages(app) / "rules").values()}
    bad = [
        name for name in manifest.damaged(app, found) if name not in pages
    ]  # those that are there have their own check
    if not bad:
        return Check("ファイル", True, f"{len(found.files):,}件すべてそろっています。")
    named = "、".join(bad[:SHOWN]) + (f" など{len(bad)}件" if len(bad) > SHOWN else "")
    fix = f"ウイルス対策ソフトの隔離を確かめてから、{AGAIN}"
    return Check("ファイル", False, f"無いか変わっています: {named}", fix)


def _dlls(app: Path, found: manifest.Manifest) -> Check:
    """Both DLLs, of the version that the add-in's VBA names."""
    wanted = settings(_bytes(app / XLAM)).get("XLWINGS", "")
    names = [f"xlwings{bits}-{wanted}.dll" for bits in (32, 64)]
    absent = [name for name in names if not (scripts(app) / name).exists()]
    if wanted and not absent:
        return Check("DLL", True, f"32・64ビットとも {wanted} です。")
    if not wanted:
        return Check("DLL", False, f"{XLAM} の設定が読めません。", AGAIN)
    return Check("DLL", False, f"{'、'.join(absent)} がありません（あるのは版 {found.xlwings or '不明'}）。", AGAIN)


def _python(app: Path, disk: Disk) -> Check:
    """The private Python computes a known yen and has what Excel needs."""
    if not (scripts(app) / "pythonw.exe").exists():
        return Check("Python", False, "pythonw.exe がありません。", f"隔離されていないか確かめ、{AGAIN}")
    done = disk.run([scripts(app) / "python.exe", "-I", "-B", "-X", "utf8", "-m", "addin.install.probe"])
    try:
        told = json.loads(done.text.strip().splitlines()[-1])
    except (ValueError, IndexError):
        return Check("Python", False, "答えがありません。", f"もとの Python を消していないか確かめ、{AGAIN}")
    return _told(told)


def _told(told: Mapping[str, Any]) -> Check:
    version = ".".join(map(str, told["version"]))
    if tuple(told["version"][:2]) < LEAST or told["bits"] != BITS:
        return Check("Python", False, f"{version}（{told['bits']}ビット）です。", f"64ビットの 3.11 以降で、{AGAIN}")
    if told["yen"] != KNOWN[1]:
        return Check("Python", False, f"補助額 {KNOWN[1]:,}円の見本が {told['yen']} になりました。", AGAIN)
    if told["missing"]:
        return Check("Python", False, f"読み込めません: {'、'.join(told['missing'])}", AGAIN)
    return Check("Python", True, f"{version}。見本の補助額 {KNOWN[1]:,}円が合いました。ルールは {told['editions']}")


def _rules(app: Path, found: manifest.Manifest) -> Iterator[Check]:
    """Each page of the law with its editions and SHA-256."""
    import tomllib

    for name, path in rule_pages.pages(site_packages(app) / "rules").items():
        digest = manifest.digest(path)
        well = found.files.get(path.relative_to(app).as_posix()) == digest
        try:
            blocks: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8")).get("edition", [])
        except (ValueError, OSError):
            blocks, well = [], False
        since = "、".join(str(block.get("since", "")) for block in blocks)
        text = f"{since or '—'} SHA-256 {digest}" + ("" if well else "（導入したものと違います）")
        yield Check(f"ルール {name}", well, text, "" if well else f"手で直していなければ、{AGAIN}")


def outside(places: Places, found: manifest.Manifest) -> Iterator[Check]:
    """The add-in in Excel's start folder."""
    digest = manifest.digest(places.xlam)
    if not digest:
        yield Check("アドイン", False, f"XLSTART に {XLAM} がありません。", AGAIN)
        return
    well = digest == found.xlam
    fix = "" if well else f"Excel を閉じて、{AGAIN}"
    yield Check("アドイン", well, f"SHA-256 {digest}" + ("" if well else f"（導入したものは {found.xlam}）"), fix)
    yield _interpreter(places)
    blocked = mark(places.xlam).exists()
    fix = f"{XLAM} を右クリックし、プロパティで「許可する」にチェックしてください。" if blocked else ""
    yield Check("ブロック", not blocked, "インターネットの印が付いています。" if blocked else "ありません。", fix)


def _interpreter(places: Places) -> Check:
    """Whether the add-in starts this installation's Python."""
    named = settings(_bytes(places.xlam)).get("INTERPRETER_WIN", "")
    well = named == places.interpreter
    where = "決まった場所" if named == INTERPRETER else "ProgramData" if well else "ほかの場所"
    return Check("アドインの設定", well, f"Python は{where}にあります。", "" if well else AGAIN)


def _excel(disk: Disk) -> Iterator[Check]:
    """Which Excel there is, and what keeps macros from running."""
    bits = disk.registry(OFFICE, "Platform")
    version = disk.registry(OFFICE, "VersionToReport")
    told = f"{version}（{'64' if bits == 'x64' else '32'}ビット）" if bits else "レジストリからは分かりません。"
    yield Check("Excel", True, told)
    values = [disk.registry(rf"HKCU\{key}", "VBAWarnings") for key in (POLICIES, SECURITY)]
    if NO_MACROS in values:
        yield Check("マクロ", False, "すべてのマクロが止められています。", POLICY)
    trusted = rf"HKCU\{POLICIES}\Trusted Locations", rf"HKCU\{SECURITY}\Trusted Locations"
    if any(disk.registry(key, "AllLocationsDisabled") == 1 for key in trusted):
        yield Check("信頼できる場所", False, "XLSTART を信頼しない設定です。", POLICY)
    needle = XLAM.lower().encode("utf-16-le")
    if any(needle in bytes(v).lower() for v in disk.registry_values(DISABLED) if isinstance(v, bytes)):
        fix = "Excel の「ファイル」→「オプション」→「アドイン」→「使用できないアイテム」で、有効に戻してください。"
        yield Check("使用できないアイテム", False, f"Excel が {XLAM} を止めています。", fix)


def _extras() -> Iterator[Check]:
    usual = Path(r"C:\Program Files\LibreOffice\program\soffice.exe").exists()
    office = usual or programs.found(["soffice"], os.environ)
    yield Check("LibreOffice", True, "あります。" if office else "ありません（無くても使えます）。")


def shown(found: list[Check]) -> str:
    """The answer for a person."""
    lines = [
        f"{'○' if c.well else '×'} {c.name}: {c.found}" + (f"\n   → {c.fix}" if c.fix and not c.well else "")
        for c in found
    ]
    bad = sum(not c.well for c in found)
    return "\n".join([*lines, f"直すところが {bad} 件あります。" if bad else "問題はありません。"])


def report(found: list[Check], environ: Mapping[str, str]) -> str:
    """The answer for whoever helps, without names of persons and computers."""
    data = {
        "system": platform.system() + " " + platform.version(),
        "checks": [asdict(c) for c in found],
        "well": all(c.well for c in found),
    }
    return anonymous(environ)(json.dumps(data, ensure_ascii=False, indent=1)) + "\n"


def anonymous(environ: Mapping[str, str]) -> Callable[[str], str]:
    """Replaces the names of the user, the computer and the home folder, however they are written."""
    keys = {"USERPROFILE": "<home>", "USERNAME": "<user>", "COMPUTERNAME": "<pc>", "USERDOMAIN": "<domain>"}
    known = [(environ[key], word) for key, word in keys.items() if len(environ.get(key, "")) > 1]
    pairs = sorted(
        {(json.dumps(v, ensure_ascii=False)[1:-1], w) for v, w in known} | set(known), key=lambda p: -len(p[0])
    )

    def clean(text: str) -> str:
        for value, word in pairs:
            text = re.sub(re.escape(value), word, text, flags=re.IGNORECASE)
        return PERSON.sub("<number>", text)

    return clean


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
