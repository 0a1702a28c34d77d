"""install, doctor, update, undo, uninstall as people call them: the offline ZIP's install.cmd in Wine's cmd, the embeddable
Python and the wheels in it, the Start menu's commands; for users of every name that breaks programs on Windows."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from time import monotonic

import pytest

from addin.install import rule_pages
from addin.install.xlam_settings import settings
from addin.places import site_packages
from tests.test_update import good
from tests.test_update import made as update_pack
from tests.windows.desk import Desk, gone, offline
from tests.windows.machine import INSIDE, PYTHON, ROOT, alongside, windows_path
from tests.windows.report import LINES, MARK

pytestmark = [pytest.mark.windows, pytest.mark.timeout(1800)]
USERS = {
    "plain": "taro",
    "blanks and signs": "Taro O'Brien & Co",
    "Japanese": "補助 太郎",
    "letters of IBM": "髙﨑 一①",
    "outside of code page 932": "José Łukasz 한국",
    "outside of the first plane": "𠮷野 家",
    "a Python of one's own": "佐藤 花子",
}
OWN_PYTHON = "佐藤 花子"
INSTALLED, SOUND, REMOVED = "入りました（版 ", "問題はありません。", "取り除きました。見積と下書きは残っています。"
CLOSE = "Hojokin.xlam が Excel で使われています。Excel を閉じて、もう一度実行してください。"
RUNNING = "Hojokin の pythonw.exe がまだ動いています。"
ASK = "import sys; print('ready', flush=True); sys.stdin.read()"


@pytest.fixture(params=USERS)
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    """A desk with work on it, and the ZIP unpacked; nothing of it is left behind."""
    made = Desk(USERS[request.param])
    made.clear()
    made.run("cmd /c exit")  # makes the folders
    made.menu.parent.mkdir(parents=True)
    for path in (made.home / "Documents" / "下書き.docx", made.xlam.with_name("PERSONAL.XLSB")):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"own work")
    made.unpack(offline(python=made.user != OWN_PYTHON))
    yield made
    made.clear()


def install(desk: Desk) -> str:
    if desk.user != OWN_PYTHON:
        return desk.open(desk.unpacked / "install.cmd").out
    pack = desk.unpacked.with_name("hojokin-offline (1).zip")
    pack.write_bytes(offline(python=False))
    return desk.run(f'"{windows_path(PYTHON)}" -B -X utf8 -m addin.cli install --from "{windows_path(pack)}"').out


def remove(desk: Desk) -> str:
    return desk.open(desk.menu / "Hojokin を取り除く.cmd").out


def pythonw(desk: Desk) -> str:
    """The Python that the add-in names, as the DLL reads it."""
    named = settings(desk.xlam.read_bytes())["INTERPRETER_WIN"]
    assert named.isascii()
    return named.replace("%LOCALAPPDATA%", windows_path(desk.local))


def pages(desk: Desk) -> dict[str, bytes]:
    return {
        name: path.read_bytes() for name, path in rule_pages.pages(site_packages(desk.root / "app") / "rules").items()
    }


# the steps, each on what the one before it left


def installed(desk: Desk) -> None:
    assert INSTALLED in install(desk)
    assert re.fullmatch("Hojokin" if desk.user.isascii() else "Hojokin-[0-9a-f]{8}", desk.root.name)
    assert pythonw(desk) == windows_path(desk.root / "app" / "Scripts" / "pythonw.exe")


def examined(desk: Desk) -> None:
    assert SOUND in desk.open(desk.menu / "Hojokin の点検.cmd").out
    report = desk.home / "hojokin-doctor.json"
    assert json.loads(report.read_text("utf-8"))["well"] is True
    assert desk.user not in report.read_text("utf-8")
    report.unlink()


def asked_by_command(desk: Desk) -> None:
    assert "750,000円" in desk.hojokin("calc invoice cost=1000000 small_biz=true").out


def asked_by_excel(desk: Desk) -> None:
    program = windows_path(PYTHON)
    ran = desk.run(f'"{program}" -B -m tests.windows.inside.installed "{pythonw(desk)}"')
    told = json.loads(ran.out.splitlines()[-1])
    assert told["cell"] == ["ok", 750_000]
    new = desk.temporary / "hojokin" / "見積.xlsx"
    assert told["button"] == ["ok", "", f"newbook:{windows_path(new)}"]
    assert new.read_bytes() == (ROOT / "workbooks" / "quote.xlsx").read_bytes()
    shutil.rmtree(new.parent)


def updated(desk: Desk) -> None:
    pack = desk.unpacked.with_name("ルール 2027年版.zip")
    pack.write_bytes(update_pack(good()))
    assert "「2027年版」を入れました" in desk.hojokin(f'update "{windows_path(pack)}"').out
    assert "2027" in desk.hojokin("calc invoice cost=1000000 small_biz=true --as-of 2027-06-01").out
    assert pages(desk)["invoice.toml"] == good()["rules/invoice.toml"]
    assert SOUND in desk.hojokin("doctor").out


def undone(desk: Desk) -> None:
    assert "更新の前のルール" in desk.hojokin("update --undo").out
    assert pages(desk) == {name: path.read_bytes() for name, path in rule_pages.pages(ROOT / "rules").items()}


def installed_again(desk: Desk) -> None:
    root = desk.root
    assert INSTALLED in install(desk)
    assert desk.root == root
    assert {path.name for path in root.iterdir()} <= {"app", "rules-old"}


def excel_is_open(desk: Desk) -> None:
    with alongside(PYTHON, INSIDE / "hold.py", windows_path(desk.xlam)):
        assert CLOSE in install(desk)
        assert CLOSE in remove(desk)
    assert SOUND in desk.hojokin("doctor").out


def python_still_runs(desk: Desk) -> None:
    with alongside(pythonw(desk), "-c", ASK):
        assert RUNNING in install(desk)
        assert RUNNING in remove(desk)
    assert SOUND in desk.hojokin("doctor").out


def removed(desk: Desk) -> None:
    root = desk.root
    told = remove(desk)
    assert REMOVED in told
    assert "残したもの" not in told
    assert gone(desk.menu)
    assert gone(root)


ALL = (
    installed,
    examined,
    asked_by_command,
    asked_by_excel,
    updated,
    undone,
    installed_again,
    excel_is_open,
    python_still_runs,
    removed,
)
SHORT = (installed, examined, asked_by_excel, removed)
WHOLE = ("補助 太郎", "José Łukasz 한국")


def test_from_the_zip_to_nothing(desk: Desk) -> None:
    before = desk.files()
    for step in ALL if desk.user in WHOLE else SHORT:
        began = monotonic()
        step(desk)
        LINES.append(f"{MARK}{desk.user} | {step.__name__.replace('_', ' ')} | {monotonic() - began:.0f} s")
    after = desk.files()
    assert sorted(after.items() - before.items()) == []
    assert sorted(before.items() - after.items()) == []
