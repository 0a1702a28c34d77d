"""doctor: each defect is found and told with what to do; the report names nobody."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from addin.install import doctor, manifest
from addin.install.disk import mark
from addin.install.doctor import OFFICE, POLICIES, SECURITY
from addin.install.install import install
from addin.places import XLAM, Places, scripts, site_packages
from tests import fakewindows
from tests.fakewindows import GOOD, FakeDisk, offline


@pytest.fixture
def pc(tmp_path: Path) -> Places:
    source = offline(tmp_path / "zip")
    p = fakewindows.places(tmp_path / "pc", source.folder)
    install(p, source, FakeDisk())
    return p


def test_a_sound_installation_is_sound(pc: Places) -> None:
    found = doctor.checks(pc, FakeDisk())
    assert [c for c in found if not c.well] == []
    assert "問題はありません" in doctor.shown(found)
    assert any("page.toml" in c.name and len(c.found.split()[-1]) == 64 for c in found)


def test_nothing_is_installed(tmp_path: Path) -> None:
    p = fakewindows.places(tmp_path / "pc", tmp_path)
    (check,) = doctor.checks(p, FakeDisk())
    assert not check.well
    assert "入っていません" in check.found


def gone(part: Callable[[Places], Path]) -> Callable[[Places, FakeDisk], None]:
    return lambda p, _: part(p).unlink()


def answered(**told: object) -> Callable[[Places, FakeDisk], None]:
    def change(_: Places, disk: FakeDisk) -> None:
        disk.answer = json.dumps({**GOOD, **told})

    return change


def silent(_: Places, disk: FakeDisk) -> None:
    disk.answer = "Traceback"


def setting(key: str, value: str, data: object) -> Callable[[Places, FakeDisk], None]:
    return lambda _, disk: disk.keys.update({(key, value): data})


def disabled(_: Places, disk: FakeDisk) -> None:
    disk.disabled = [b"\1\0" + r"C:\x\HOJOKIN.XLAM".encode("utf-16-le")]


DEFECTS: dict[str, tuple[str, str, Callable[[Places, FakeDisk], object]]] = {
    "interrupted": ("導入", "途中で止まった", lambda p, _: p.pending.write_text("{}")),
    "a file is gone": ("ファイル", "install.cmd", gone(lambda p: site_packages(p.app) / "addin" / "__init__.py")),
    "a DLL is gone": ("DLL", "install.cmd", gone(lambda p: scripts(p.app) / "xlwings32-0.37.8.dll")),
    "the DLLs are of another version": (
        "DLL",
        "install.cmd",
        lambda p, _: (p.app / XLAM).write_bytes(fakewindows.xlam("1", "0.40.0")),
    ),
    "no pythonw": ("Python", "隔離", gone(lambda p: scripts(p.app) / "pythonw.exe")),
    "Python is silent": ("Python", "もとの Python", silent),
    "a wrong yen": ("Python", "install.cmd", answered(yen=1)),
    "no pywin32": ("Python", "install.cmd", answered(missing={"pythoncom": "ImportError"})),
    "32-bit Python": ("Python", "64ビット", answered(bits=32)),
    "old Python": ("Python", "3.11", answered(version=[3, 10, 1])),
    "no add-in": ("アドイン", "install.cmd", gone(lambda p: p.xlam)),
    "another add-in": ("アドイン", "Excel を閉じて", lambda p, _: p.xlam.write_bytes(fakewindows.xlam("9"))),
    "another interpreter": ("アドインの設定", "install.cmd", lambda p, _: p.xlam.write_bytes(b"")),
    "blocked": ("ブロック", "許可する", lambda p, _: mark(p.xlam).write_text("ZoneId=3")),
    "a page was edited": (
        "ルール page.toml",
        "手で直していなければ",
        lambda p, _: (site_packages(p.app) / "rules" / "page.toml").write_text("version = '3'"),
    ),
    "a page is broken": (
        "ルール page.toml",
        "手で直していなければ",
        lambda p, _: (site_packages(p.app) / "rules" / "page.toml").write_text("["),
    ),
    "macros are off": ("マクロ", "情報システム", setting(rf"HKCU\{POLICIES}", "VBAWarnings", 4)),
    "macros are off by choice": ("マクロ", "情報システム", setting(rf"HKCU\{SECURITY}", "VBAWarnings", 4)),
    "no trusted place": (
        "信頼できる場所",
        "情報システム",
        setting(rf"HKCU\{POLICIES}\Trusted Locations", "AllLocationsDisabled", 1),
    ),
    "disabled by Excel": ("使用できないアイテム", "有効に戻して", disabled),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_each_defect_is_found_and_told(pc: Places, defect: str) -> None:
    name, fix, make = DEFECTS[defect]
    disk = FakeDisk()
    make(pc, disk)
    bad = {c.name: c for c in doctor.checks(pc, disk) if not c.well}
    assert name in bad
    assert fix in bad[name].fix
    assert bad[name].fix in doctor.shown(list(bad.values()))


def test_a_page_that_is_gone(pc: Places) -> None:
    (site_packages(pc.app) / "rules" / "page.toml").unlink()
    assert any("page.toml" in c.name + c.found and not c.well for c in doctor.checks(pc, FakeDisk()))


def test_the_excel_that_the_registry_tells(pc: Places) -> None:
    disk = FakeDisk()
    disk.keys = {(OFFICE, "Platform"): "x86", (OFFICE, "VersionToReport"): "16.0.17928.20216"}
    told = next(c for c in doctor.checks(pc, disk) if c.name == "Excel")
    assert told.found == "16.0.17928.20216（32ビット）"


def test_the_report_names_nobody(pc: Places, tmp_path: Path) -> None:
    names = fakewindows.environ(tmp_path / "pc")
    disk = FakeDisk()
    disk.answer = json.dumps({**GOOD, "missing": {rf"{names['USERPROFILE']}\x on keiri-pc of 山田 太郎": "x"}})
    text = doctor.report(doctor.checks(pc, disk), names)
    data = json.loads(text)
    assert data["well"] is False
    for word in ("山田", "太郎", "KEIRI", "keiri", "YAMADA", str(tmp_path)):
        assert word not in text
    assert manifest.read(pc.app).xlam in text  # type: ignore[union-attr]
