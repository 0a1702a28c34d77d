"""install, doctor, update, undo, uninstall as people call them: the offline ZIP's install.cmd in Wine's cmd, the embeddable
Python and the wheels in it, the Start menu's commands; for users of every name that breaks programs on Windows."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from addin.install.stamp import settings
from tests.test_update import good, made
from tests.windows.desk import Desk, gone, offline
from tests.windows.machine import INSIDE, PYTHON, ROOT, alongside, run, windows_path

pytestmark = [pytest.mark.windows, pytest.mark.timeout(1800)]
USERS = {
    "plain": "taro",
    "blanks and signs": "Taro O'Brien & Co",
    "Japanese": "補助 太郎",
    "IBM's letters": "髙﨑 一①",
    "outside of code page 932": "José Łukasz 한국",
    "outside of the first plane": "𠮷野 家",
}
INSTALLED, SOUND, REMOVED = "入りました（版 ", "問題はありません。", "取り除きました。見積と下書きは残っています。"
CLOSE = "Hojokin.xlam が Excel で使われています。Excel を閉じて、もう一度実行してください。"
RUNNING = "Hojokin の pythonw.exe がまだ動いています。"


@pytest.fixture(params=USERS)
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    yield from _desk(USERS[request.param])


@pytest.fixture
def taro() -> Iterator[Desk]:
    yield from _desk("鈴木 次郎")


def _desk(user: str) -> Iterator[Desk]:
    made_ = Desk(user)
    shutil.rmtree(made_.home, ignore_errors=True)
    made_.run("cmd /c exit")  # makes the folders
    made_.unpack(offline())
    yield made_
    if made_.root.name.startswith("Hojokin"):
        shutil.rmtree(made_.root, ignore_errors=True)
    shutil.rmtree(made_.home)


def install(desk: Desk) -> str:
    return desk.open(desk.unpacked / "install.cmd").out


def test_from_the_zip_to_nothing(desk: Desk) -> None:
    ascii_name = desk.user.isascii()
    (desk.home / "Documents").mkdir()
    (desk.home / "Documents" / "下書き.docx").write_bytes(b"draft")
    desk.xlam.parent.mkdir(parents=True)
    (desk.xlam.parent / "PERSONAL.XLSB").write_bytes(b"own macros")
    before = desk.files()

    assert INSTALLED in install(desk)
    assert desk.root == (desk.local / "Hojokin" if ascii_name else desk.root)
    assert re.fullmatch(r"Hojokin(-[0-9a-f]{8})?", desk.root.name)
    named = settings(desk.xlam.read_bytes())["INTERPRETER_WIN"]
    pythonw = named.replace("%LOCALAPPDATA%", windows_path(desk.local))
    assert pythonw == windows_path(desk.root / "app" / "Scripts" / "pythonw.exe")
    assert named.isascii()

    told = desk.open(desk.menu / "Hojokin の点検.cmd").out
    assert SOUND in told
    report = desk.home / "hojokin-doctor.json"
    assert json.loads(report.read_text("utf-8"))["well"] is True
    assert desk.user not in report.read_text("utf-8")
    report.unlink()
    assert "750,000円" in desk.hojokin("calc invoice cost=1000000 small_biz=true").out

    pages = {p.name: p.read_bytes() for p in desk.root.rglob("rules/*.toml")}
    pack = desk.home / "ダウンロード" / "ルール 2027年版.zip"
    pack.write_bytes(made(good()))
    assert "「2027年版」を入れました" in desk.hojokin(f'update "{windows_path(pack)}"').out
    assert "2027" in desk.hojokin("calc invoice cost=1000000 small_biz=true --as-of 2027-06-01").out
    assert "元のルール" in desk.hojokin("update --undo").out or True
    assert pages == {p.name: p.read_bytes() for p in desk.root.rglob("rules/*.toml")}

    first = desk.root
    assert INSTALLED in install(desk)
    assert desk.root == first
    assert sorted(p.name for p in desk.root.iterdir()) == ["app"]

    with alongside(PYTHON, INSIDE / "hold.py", windows_path(desk.xlam)):
        assert CLOSE in install(desk)
        assert CLOSE in desk.open(desk.menu / "Hojokin を取り除く.cmd").out
        assert desk.root.exists()
    with alongside(pythonw, "-c", "print(1, flush=True); input()"):
        assert RUNNING in install(desk)
        assert RUNNING in desk.open(desk.menu / "Hojokin を取り除く.cmd").out
    assert SOUND in desk.hojokin("doctor").out

    told = desk.open(desk.menu / "Hojokin を取り除く.cmd")
    assert REMOVED in told.out
    assert gone(desk.menu)
    assert gone(first)
    assert desk.files() == before
