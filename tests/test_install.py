"""install and uninstall on a faked Windows: complete or not at all, and one sentence when not."""

from __future__ import annotations

import ast
import json
import re
import shutil
import sys
import zipfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest

from addin import places
from addin.cli.main import parser
from addin.excel.build import built
from addin.install import lock_file, manifest, pack, swap, wheels, zip_files
from addin.install.disk import Disk, Ran, mark, patiently
from addin.install.install import install
from addin.install.remove import uninstall
from addin.install.source import ROOMS, Source, opened
from addin.install.xlam_settings import settings, stamped
from addin.places import INTERPRETER, XLAM, Interpreter, Places, here, scripts, site_packages
from rules.refusal import Refusal
from tests import fakewindows
from tests.books import packed, windows
from tests.fakewindows import FakeDisk, Killed, offline, state

ROOT = Path(__file__).parent.parent


@pytest.fixture
def one(tmp_path: Path) -> Source:
    return offline(tmp_path / "受け取った ZIP" / "1", "1.0")


@pytest.fixture
def two(tmp_path: Path) -> Source:
    return offline(tmp_path / "受け取った ZIP" / "2", "2.0")


@pytest.fixture
def pc(tmp_path: Path, one: Source) -> Places:
    return fakewindows.places(tmp_path / "pc", one.folder)


def again(p: Places, source: Source) -> Places:
    """The places as the next run finds them."""
    home = p.root.parents[1] if p.record else p.root.parents[5]
    return fakewindows.places(home, source.folder)


def sentence(e: pytest.ExceptionInfo[Refusal]) -> str:
    text = str(e.value)
    assert "\n" not in text
    assert text.endswith("。")
    return text


# where things go


def test_a_japanese_user_gets_an_ascii_folder_that_is_closed_to_others(pc: Places, one: Source) -> None:
    disk = FakeDisk()
    install(pc, one, disk)
    assert str(pc.root).isascii()
    assert re.fullmatch(r"Hojokin-[0-9a-f]{8}", pc.root.name)
    closing = next(c for c in disk.commands if "icacls" in c[0])
    assert closing[2:4] == ["/inheritance:r", "/grant:r"]
    assert "*S-1-5-21-1-2-3-1001:(OI)(CI)F" in closing
    named = settings(pc.xlam.read_bytes())["INTERPRETER_WIN"]
    assert named == str(scripts(pc.app) / "pythonw.exe")
    assert again(pc, one).root == pc.root


def test_an_ascii_user_gets_the_published_addin_byte_for_byte(tmp_path: Path, one: Source) -> None:
    p = fakewindows.places(tmp_path / "pc", one.folder, "Taro O'Brien")
    disk = FakeDisk()
    install(p, one, disk)
    assert p.xlam.read_bytes() == (one.folder / XLAM).read_bytes()
    assert p.root == tmp_path / "pc" / "Users" / "Taro O'Brien" / "AppData" / "Local" / "Hojokin"
    assert not any("icacls" in c[0] for c in disk.commands)
    assert p.record is None


def test_what_stands_beside_pythonw(pc: Places, one: Source) -> None:
    install(pc, one, FakeDisk())
    there = {path.name for path in scripts(pc.app).iterdir()}
    assert {"python.exe", "pythonw.exe", "xlwings32-0.37.8.dll", "xlwings64-0.37.8.dll"} <= there
    assert (site_packages(pc.app) / "rules" / "page.toml").exists()
    assert not list(pc.app.rglob("xlwings.xlam"))
    assert not list(pc.app.rglob("pro"))
    assert not list(pc.app.rglob("tool.py"))
    assert pc.menu is not None
    assert all(path.read_bytes().isascii() for path in pc.menu.iterdir())
    assert (pc.app / "hojokin.cmd").read_bytes().isascii()


def test_a_pack_with_its_own_python_needs_no_other(tmp_path: Path) -> None:
    source = offline(tmp_path / "zip", python=True)
    p = fakewindows.places(tmp_path / "pc", source.folder)
    old = Places(p.root, p.xlstart, p.menu, p.record, p.source, Interpreter(Path("py.exe"), (3, 9), 32))
    install(old, source, FakeDisk())
    assert (scripts(p.app) / "python312._pth").read_bytes() == b"python312.zip\n.\nimport site\n"
    assert site_packages(p.app) == scripts(p.app) / "Lib" / "site-packages"
    assert (site_packages(p.app) / "addin" / "__init__.py").exists()
    assert state(p)[0] == "1.0"


def test_the_mark_of_the_web_goes(pc: Places, one: Source) -> None:
    mark(pc.xlam).write_text("[ZoneTransfer]\nZoneId=3\n")
    pc.xlam.write_bytes(b"downloaded by hand")
    install(pc, one, FakeDisk())
    assert not mark(pc.xlam).exists()
    assert state(pc)[0] == "1.0"


def test_only_windows() -> None:
    with pytest.raises(Refusal) as e:
        here({}, ROOT)
    assert "Windows" in sentence(e)


# old and new


def test_a_new_version_takes_the_place_of_the_old(pc: Places, one: Source, two: Source) -> None:
    install(pc, one, FakeDisk())
    install(again(pc, two), two, FakeDisk())
    assert state(pc) == ("2.0", "app")


@pytest.mark.parametrize("upgrade", [False, True], ids=["first", "upgrade"])
def test_whichever_change_fails_the_old_state_stays(tmp_path: Path, one: Source, two: Source, upgrade: bool) -> None:
    total = _count(tmp_path / "count", one, two, upgrade)
    assert total > 15
    for k in range(1, total + 1):
        p = _prepared(tmp_path / f"pc{k}", one, upgrade)
        disk = FakeDisk(fail_at=k)
        try:
            install(p, two, disk)
        except Refusal as e:
            assert state(p) == (("1.0", "app") if upgrade else ("none",)), k
            assert str(e).endswith("。")
            assert "\n" not in str(e)
        else:
            assert state(p)[0] == "2.0", k
        install(p if p.root.exists() else again(p, two), two, FakeDisk())


@pytest.mark.parametrize("upgrade", [False, True], ids=["first", "upgrade"])
def test_a_power_cut_at_any_change_is_mended_by_the_next_run(
    tmp_path: Path, one: Source, two: Source, upgrade: bool
) -> None:
    for k in range(1, _count(tmp_path / "count", one, two, upgrade) + 1):
        p = _prepared(tmp_path / f"pc{k}", one, upgrade)
        with pytest.raises(Killed):
            install(p, two, FakeDisk(dead_from=k))
        undone = swap.recover(p, Disk())
        assert state(p)[0] in (("1.0", "2.0") if upgrade else ("none", "2.0")), (k, undone)
        p = fakewindows.places(tmp_path / f"pc{k}", two.folder)
        install(p, two, FakeDisk())
        assert state(p) == ("2.0", "app"), k


def test_a_power_cut_during_recovery_is_mended_too(tmp_path: Path, one: Source, two: Source) -> None:
    total = _count(tmp_path / "count", one, two, True)
    for k in range(total - 6, total):
        for again_at in range(1, 10):
            p = _prepared(tmp_path / f"pc{k}-{again_at}", one, True)
            with pytest.raises(Killed):
                install(p, two, FakeDisk(dead_from=k))
            try:
                swap.recover(p, FakeDisk(dead_from=again_at))
            except Killed:
                swap.recover(p, Disk())
            assert state(p)[0] in ("1.0", "2.0")


def _prepared(home: Path, one: Source, upgrade: bool) -> Places:
    p = fakewindows.places(home, one.folder)
    if upgrade:
        install(p, one, FakeDisk())
    return p


def _count(home: Path, one: Source, two: Source, upgrade: bool) -> int:
    disk = FakeDisk()
    install(_prepared(home, one, upgrade), two, disk)
    return disk.count


def test_an_addin_that_was_there_before_the_first_installation_comes_back(pc: Places, one: Source) -> None:
    pc.xlam.write_bytes(b"somebody's own")
    disk = FakeDisk()
    assert pc.menu is not None
    disk.denied.add(pc.menu)  # the change after the add-in
    with pytest.raises(Refusal):
        install(pc, one, disk)
    assert pc.xlam.read_bytes() == b"somebody's own"
    assert not pc.root.exists()


# what can be in the way


def test_excel_is_open(pc: Places, one: Source, two: Source) -> None:
    install(pc, one, FakeDisk())
    disk = FakeDisk()
    disk.denied.add(pc.xlam)
    with pytest.raises(Refusal) as e:
        install(pc, two, disk)
    assert "Excel を閉じて" in sentence(e)
    assert disk.count == 0
    assert state(pc) == ("1.0", "app")


def test_excel_opens_while_the_new_one_is_made(pc: Places, one: Source, two: Source) -> None:
    class Late(FakeDisk):
        def locked(self, path: Path) -> bool:
            self.denied.add(path)
            return False

    install(pc, one, FakeDisk())
    with pytest.raises(Refusal) as e:
        install(pc, two, Late())
    assert "Excel を閉じて" in sentence(e)
    assert state(pc) == ("1.0", "app")


def test_python_of_the_old_one_still_runs(pc: Places, one: Source, two: Source) -> None:
    install(pc, one, FakeDisk())
    disk = FakeDisk()
    disk.denied.add(scripts(pc.app) / "python.exe")  # its folder cannot be renamed
    with pytest.raises(Refusal) as e:
        install(pc, two, disk)
    assert "Excel を閉じて" in sentence(e)
    assert state(pc) == ("1.0", "app")


def test_no_rights(pc: Places, one: Source) -> None:
    disk = FakeDisk()
    disk.denied.add(pc.root)
    with pytest.raises(Refusal) as e:
        install(pc, one, disk)
    assert "権限" in sentence(e)
    assert state(pc) == ("none",)


def test_the_folder_cannot_be_closed_to_others(pc: Places, one: Source) -> None:
    disk = FakeDisk()
    disk.icacls = 5
    with pytest.raises(Refusal) as e:
        install(pc, one, disk)
    assert "ほかの利用者" in sentence(e)
    assert not pc.root.exists()


def test_no_network(tmp_path: Path) -> None:
    p = fakewindows.places(tmp_path / "pc", ROOT)
    with pytest.raises(Refusal) as e:
        install(p, Source(ROOT), FakeDisk())
    assert "ネットワーク" in sentence(e)
    assert state(p) == ("none",)
    assert p.record is not None
    assert not p.record.exists()


def test_no_pip(tmp_path: Path) -> None:
    class Bare(FakeDisk):
        def _download(self, folder: Path) -> Ran:  # noqa: ARG002
            return Ran(1, "python.exe: No module named pip")

    with pytest.raises(Refusal) as e:
        install(fakewindows.places(tmp_path / "pc", ROOT), Source(ROOT), Bare())
    assert "pip がありません" in sentence(e)


def test_the_network_way_asks_for_hashes_and_wheels_of_64_bit_windows(tmp_path: Path) -> None:
    disk = FakeDisk()
    with pytest.raises(Refusal):
        install(fakewindows.places(tmp_path / "pc", ROOT), Source(ROOT), disk)
    command = next(c for c in disk.commands if "download" in c)
    assert {"--require-hashes", "--only-binary", ":all:", "--no-deps", "win_amd64", "3.12"} <= set(command)


@pytest.mark.parametrize(
    ("python", "told"),
    [
        (Interpreter(Path("C:/Python312/python.exe"), (3, 12), 32), "64ビット"),
        (Interpreter(Path("C:/Python310/python.exe"), (3, 10), 64), "3.11"),
        (Interpreter(Path("C:/Program Files/WindowsApps/Python/python.exe"), (3, 12), 64), "Store"),
        (Interpreter(Path("C:/Python313/python.exe"), (3, 13), 64), "3.12 用"),
    ],
)
def test_a_python_that_excel_cannot_use(pc: Places, one: Source, python: Interpreter, told: str) -> None:
    p = Places(pc.root, pc.xlstart, pc.menu, pc.record, pc.source, python)
    disk = FakeDisk()
    with pytest.raises(Refusal) as e:
        install(p, one, disk)
    assert told in sentence(e)
    assert disk.count == 0


def test_an_installation_does_not_replace_itself(pc: Places, one: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.prefix", str(pc.app))
    with pytest.raises(Refusal) as e:
        install(pc, one, FakeDisk())
    assert "自身" in sentence(e)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("Traceback", "答えがありません"),
        (json.dumps({**fakewindows.GOOD, "yen": 1}), "見本"),
        (json.dumps({**fakewindows.GOOD, "missing": {"pythoncom": "ImportError"}}), "pythoncom"),
        (json.dumps({**fakewindows.GOOD, "bits": 32}), "32ビット"),
    ],
)
def test_a_new_one_that_does_not_work_is_not_put_in_place(
    pc: Places, one: Source, two: Source, answer: str, told: str
) -> None:
    install(pc, one, FakeDisk())
    disk = FakeDisk()
    disk.answer = answer
    with pytest.raises(Refusal) as e:
        install(pc, two, disk)
    assert told in sentence(e)
    assert state(pc) == ("1.0", "app")


def test_a_full_disk(pc: Places, one: Source) -> None:
    class Full(FakeDisk):
        def environment(self, folder: Path, python: Path) -> None:  # noqa: ARG002
            raise OSError(28, "No space left on device")

    with pytest.raises(Refusal) as e:
        install(pc, one, Full())
    assert "空き" in sentence(e)


# packs


def test_a_damaged_pack(pc: Places, one: Source) -> None:
    (one.folder / XLAM).write_bytes(b"half")
    with pytest.raises(Refusal) as e:
        install(pc, one, FakeDisk())
    assert XLAM in sentence(e)


def test_a_wheel_that_the_lock_does_not_know(pc: Places, one: Source) -> None:
    path = next((one.folder / "wheels").iterdir())
    fakewindows.wheel(one.folder / "wheels", "0.37.9")
    path.unlink()
    head = json.loads((one.folder / "pack.json").read_text("utf-8"))
    head["files"] = {n: d for n, d in head["files"].items() if not n.startswith("wheels")}
    (one.folder / "pack.json").write_text(json.dumps(head), "utf-8")
    with pytest.raises(Refusal) as e:
        install(pc, Source(one.folder), FakeDisk())
    assert "xlwings 0.37.8" in sentence(e)
    assert state(pc) == ("none",)


def test_a_folder_that_is_no_source(pc: Places, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as e:
        install(pc, Source(tmp_path), FakeDisk())
    assert "install.cmd" in sentence(e)


def _tree(tmp_path: Path) -> Source:
    """The project itself, with a lock of one toy wheel."""
    folder = tmp_path / "tree"
    folder.mkdir()
    for room in ("rules", "workbooks", "templates", "addin"):
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    known = fakewindows.wheel(tmp_path / "index")
    (folder / "requirements.lock").write_text(f"xlwings==0.37.8 \\\n    --hash=sha256:{known}\n")
    return Source(folder, built)


def _embed(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "python-3.12.8-embed-amd64.zip"
    path.write_bytes(zip_files.zipped(fakewindows.embedded()))
    return path


def test_an_embeddable_python_has_all_that_the_program_imports() -> None:
    """Every import of every module, those in functions, too; venv alone is for a Python that has it."""
    found: dict[str, set[str]] = {}
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            named = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            named += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in named:
                found.setdefault(name.split(".")[0], set()).add(path.relative_to(ROOT).as_posix())
    assert {name: found[name] for name in fakewindows.ABSENT if name in found} == {"venv": {"addin/install/disk.py"}}
    assert {"zipfile", "openpyxl"} <= found.keys()


def test_no_venv_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "venv", None)
    with pytest.raises(Refusal) as e:
        Disk().environment(tmp_path / "app", Path(sys.executable))
    assert "Python 入りの配布 ZIP" in sentence(e)
    assert not (tmp_path / "app").exists()


def test_the_project_as_a_pack_installs_and_answers(tmp_path: Path) -> None:
    source, disk = _tree(tmp_path), FakeDisk(wheels=tmp_path / "index")
    data = pack.pack(source, disk, fakewindows.PYTHON, _embed(tmp_path))
    assert data == pack.pack(source, disk, fakewindows.PYTHON, _embed(tmp_path))
    path = tmp_path / "hojokin-offline.zip"
    path.write_bytes(data)
    taken = opened(path, Disk(), tmp_path / "unpacked", built)
    assert not any(
        "pro/" in name for w in (taken.folder / "wheels").iterdir() for name in zipfile.ZipFile(w).namelist()
    )
    guide = (taken.folder / "使い方.txt").read_text("utf-8-sig")
    assert "install.cmd" in guide
    assert (taken.folder / "install.cmd").read_bytes().isascii()
    p = fakewindows.places(tmp_path / "pc", taken.folder)
    install(p, taken, FakeDisk())
    assert state(p)[0] == source.version
    done = Disk().run([sys.executable, "-I", "-B", "-c", _ANSWER, site_packages(p.app)])
    assert done.text.strip() == "750000"
    assert settings((p.app / XLAM).read_bytes())["XLWINGS"] == manifest.read(p.app).xlwings  # type: ignore[union-attr]


_ANSWER = (
    "import sys; sys.path[:0] = sys.argv[1:]; from addin import functions; from addin.cli import main as cli; "
    "assert cli.__file__.startswith(sys.argv[1]); print(functions.invoice(1000000, True))"
)


def test_an_embeddable_python_must_be_one(tmp_path: Path) -> None:
    path = tmp_path / "python-3.12.8-amd64.zip"
    path.write_bytes(zip_files.zipped({"python.exe": b"MZ"}))
    with pytest.raises(Refusal) as e:
        pack.pack(_tree(tmp_path), FakeDisk(), fakewindows.PYTHON, path)
    assert "embeddable" in sentence(e)


BAD_NAMES = [
    "../x",
    "a/../../x",
    "/x",
    "C:/x",
    "a\\x",
    "a\\",
    "a/./x",
    "a//x",
    "con.txt",
    "a/nul",
    "x.",
    "x ",
    "a:b",
    "a\nb",
]


@pytest.mark.parametrize("system", ["here", "windows"])
@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_zip_cannot_reach_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, system: str) -> None:
    path = packed(tmp_path / "z.zip", {"good.txt": b"", name: b"x"})
    if system == "windows":
        windows(monkeypatch)
    with pytest.raises(Refusal) as e:
        opened(path, Disk(), tmp_path / "out", built)
    assert "外を指す名前" in sentence(e)
    assert not (tmp_path / "out").exists()


def test_a_link_and_a_double_name_in_a_zip(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    for n, names in enumerate([[link], ["a.txt", "A.txt"]]):
        path = tmp_path / f"{n}.zip"
        with zipfile.ZipFile(path, "w") as z:
            for name in names:
                z.writestr(name, b"x")
        with pytest.raises(Refusal):
            list(zip_files.files(path, fakewindows.LIMITS))


def test_a_zip_that_grows(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("a", bytes(1 << 21))
    with pytest.raises(Refusal) as e:
        list(zip_files.files(path, zip_files.Limits(10, 1 << 20, 1 << 30)))
    assert "大きすぎます" in sentence(e)


# the lock and the settings


def test_the_lock_gives_windows_its_packages_and_nothing_to_build_with() -> None:
    found = {p.name: p for p in lock_file.pins(ROOT / "requirements.lock")}
    assert {"xlwings", "pywin32", "openpyxl", "docxtpl"} <= found.keys()
    assert "setuptools" not in found
    assert all(p.hashes for p in found.values())
    assert "sys_platform" not in lock_file.text(list(found.values()))


def test_a_condition_that_is_not_known_stops(tmp_path: Path) -> None:
    (tmp_path / "x.lock").write_text("a==1 ; python_version < '3.12' \\\n    --hash=sha256:" + "0" * 64)
    with pytest.raises(ValueError, match="python_version"):
        lock_file.pins(tmp_path / "x.lock")


def test_the_settings_of_the_built_addin(tmp_path: Path) -> None:
    from addin.excel import build

    build.build_xlam(tmp_path / XLAM)
    data = (tmp_path / XLAM).read_bytes()
    assert settings(data)["INTERPRETER_WIN"] == INTERPRETER
    pinned = next(p.version for p in lock_file.pins(ROOT / "requirements.lock") if p.name == "xlwings")
    assert settings(data)["XLWINGS"] == pinned
    path = r"C:\ProgramData\Hojokin-0123abcd\app\Scripts\pythonw.exe"
    assert settings(stamped(data, path)) == {**settings(data), "INTERPRETER_WIN": path}
    assert stamped(data, path) == stamped(data, path)
    assert stamped(data, INTERPRETER) == data


def test_the_code_in_front_of_the_command_fits_an_xlwings_name() -> None:
    assert wheels.DLL.fullmatch("xlwings64-0.37.8.dll")
    assert places.ROOT_NAME.fullmatch("Hojokin-0123abcd")


# uninstall


def everything(home: Path) -> set[str]:
    return {f"{p.relative_to(home)} {sha256(p.read_bytes()).hexdigest()}" for p in home.rglob("*") if p.is_file()}


def test_uninstall_leaves_nothing_but_what_was_there(pc: Places, one: Source, tmp_path: Path) -> None:
    home = tmp_path / "pc"
    (home / "Users" / "山田 太郎" / "Documents").mkdir()
    (home / "Users" / "山田 太郎" / "Documents" / "下書き.docx").write_bytes(b"draft")
    (pc.xlstart / "PERSONAL.XLSB").write_bytes(b"own macros")
    before = everything(home)
    install(pc, one, FakeDisk())
    (pc.cache / "templates").mkdir(parents=True)
    (pc.cache / "templates" / "0.txt").write_text("made at any time again")
    assert uninstall(pc, FakeDisk()) == []
    assert everything(home) == before
    assert not pc.root.exists()
    assert pc.menu is not None
    assert not pc.menu.exists()


def test_what_somebody_put_into_our_folder_stays_and_is_named(pc: Places, one: Source) -> None:
    install(pc, one, FakeDisk())
    (pc.app / "見積.xlsx").write_bytes(b"quote")
    assert uninstall(pc, FakeDisk()) == ["app/見積.xlsx"]
    assert [p.name for p in pc.root.rglob("*") if p.is_file()] == ["見積.xlsx"]


def test_uninstall_while_excel_is_open(pc: Places, one: Source) -> None:
    install(pc, one, FakeDisk())
    disk = FakeDisk()
    disk.denied.add(pc.xlam)
    with pytest.raises(Refusal) as e:
        uninstall(pc, disk)
    assert "Excel を閉じて" in sentence(e)
    assert state(pc) == ("1.0", "app")


def test_uninstall_from_inside_leaves_to_cmd_what_python_holds(pc: Places, one: Source) -> None:
    install(pc, one, FakeDisk())
    disk = FakeDisk()
    running = scripts(pc.app) / "python.exe"
    disk.denied.add(running)
    assert uninstall(pc, disk, prefix=pc.app) == []
    assert [p for p in pc.root.rglob("*") if p.is_file()] == [running]
    assert not pc.xlam.exists()
    assert pc.record is not None
    assert not pc.record.exists()
    (line,) = disk.afterwards_told
    assert re.findall(r'exist "(.*?)" rmdir (/s /q )?"(.*?)"', line) == [
        (str(running.parent), "/s /q ", str(running.parent)),
        (str(pc.app), "", str(pc.app)),
        (str(pc.root), "", str(pc.root)),
    ]


def test_a_file_of_somebody_beside_what_python_holds_stays(pc: Places, one: Source) -> None:
    install(pc, one, FakeDisk())
    disk = FakeDisk()
    disk.denied.add(scripts(pc.app) / "python.exe")
    (scripts(pc.app) / "見積.xlsx").write_bytes(b"quote")
    assert uninstall(pc, disk, prefix=pc.app) == ["app/Scripts/見積.xlsx"]
    assert "/s" not in disk.afterwards_told[0]


def test_what_python_does_not_hold_is_in_the_way(pc: Places, one: Source) -> None:
    install(pc, one, FakeDisk())
    disk = FakeDisk()
    disk.denied.add(site_packages(pc.app) / "rules" / "page.toml")
    with pytest.raises(Refusal) as e:
        uninstall(pc, disk, prefix=pc.app)
    assert "Excel を閉じて" in sentence(e)


@pytest.mark.parametrize("change", ["install", "uninstall"])
def test_a_server_that_still_runs(pc: Places, one: Source, two: Source, change: str) -> None:
    install(pc, one, FakeDisk())
    disk = FakeDisk()
    disk.denied.add(scripts(pc.app) / "pythonw.exe")
    with pytest.raises(Refusal) as e:
        install(again(pc, two), two, disk) if change == "install" else uninstall(pc, disk)
    assert "pythonw.exe がまだ動いています" in sentence(e)
    assert state(pc) == ("1.0", "app")


def test_whichever_change_of_uninstall_fails_a_second_run_ends_it(pc: Places, one: Source, tmp_path: Path) -> None:
    install(pc, one, FakeDisk())
    disk = FakeDisk()
    uninstall(pc, disk)
    for k in range(1, disk.count + 1):
        p = _prepared(tmp_path / f"pc{k}", one, True)
        try:
            uninstall(p, FakeDisk(fail_at=k))
        except Refusal:
            with suppress(Refusal):  # when only empty folders were left, there is nothing to uninstall
                uninstall(p, FakeDisk())
        assert not p.app.exists(), k
        assert not p.xlam.exists(), k


def test_nothing_to_uninstall(pc: Places) -> None:
    with pytest.raises(Refusal) as e:
        uninstall(pc, FakeDisk())
    assert "入っていません" in sentence(e)


# the machine


def test_a_file_that_a_scanner_holds_for_a_moment() -> None:
    held = [PermissionError(), PermissionError()]

    def change() -> None:
        if held:
            raise held.pop()

    patiently(change, waits=(0, 0))
    held[:] = [PermissionError()] * 3
    with pytest.raises(PermissionError):
        patiently(change, waits=(0, 0))


def test_a_whole_file_or_nothing(tmp_path: Path) -> None:
    disk, target = Disk(), tmp_path / "a" / "x.bin"
    disk.write(target, b"one", beside=tmp_path)
    target.unlink()
    target.mkdir()  # cannot be replaced by a file
    with pytest.raises(OSError, match=r"x\.bin"):
        disk.write(target, b"two")
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a", "x.bin"]
    assert disk.run([tmp_path / "absent.exe"]).code == -1


# the command line


def call(*words: str) -> int:
    told = parser(words).parse_args(words)
    return told.run(told)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The variables of a Windows user, and the fake disk as the disk."""
    for key, value in fakewindows.environ(tmp_path / "pc").items():
        monkeypatch.setenv(key, value)
    monkeypatch.setattr("addin.install.disk.Disk", FakeDisk)
    monkeypatch.setattr("addin.places.running", lambda: fakewindows.PYTHON)
    (tmp_path / "pc" / "ProgramData").mkdir(parents=True)
    return tmp_path


def test_calls_that_cannot_be(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (["install", "--from", str(desk / "absent.zip")], ["update"], ["update", "a.zip", "--undo"]):
        with pytest.raises(Refusal) as e:
            call(*words)
        sentence(e)
    monkeypatch.delenv("APPDATA")
    for words in (["install"], ["doctor"], ["uninstall"], ["update", "a.zip"]):
        with pytest.raises(Refusal, match="Windows"):
            call(*words)


def test_a_rule_pack_is_written_with_its_sha256(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "rules.zip"
    assert call("pack", "--rules", "いまの版", "--cases", str(ROOT / "tests" / "cases"), "-o", str(out)) == 0
    assert capsys.readouterr().out.startswith(sha256(out.read_bytes()).hexdigest())
