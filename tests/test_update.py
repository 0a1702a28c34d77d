"""update: a rule edition is taken whole after it has been proved, or refused in one sentence; undo gives back the bytes."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from addin.install import doctor, manifest, rule_pages, update
from addin.install.disk import Disk, Ran
from addin.install.install import install
from addin.install.pack import rule_pack
from addin.install.remove import uninstall
from addin.install.rule_pages import pages
from addin.install.source import Source
from addin.install.zip_files import zipped
from addin.places import Places, site_packages
from rules.refusal import Refusal
from tests import fakewindows
from tests.fakewindows import FakeDisk, Killed, offline

ROOT = Path(__file__).parent.parent
NOW = datetime(2027, 4, 1, 9, 30)
CASES = """
[[case]]
name = "小規模 100万円"
as_of = 2027-06-01
arguments = { cost = 1_000_000, small_biz = true, functions = 2 }
subsidy = 750_000
why = "500,000 ＋ (1,000,000 − 625,000) × 2/3 ＝ 750,000"
"""
SOURCE = """
[flyer-2027]
title = "リーフレット（2027年版）"
date = ""
file = ""
seen = "read"
confidence = "A"
note = ""
"""
Parts = dict[str, bytes]


@pytest.fixture
def pc(tmp_path: Path) -> Places:
    """An installation whose rules are the real ones."""
    source = offline(tmp_path / "zip")
    p = fakewindows.places(tmp_path / "pc", source.folder)
    for path in (ROOT / "rules").rglob("*"):
        if path.suffix in (".py", ".toml"):
            copy = source.folder / "project" / path.relative_to(ROOT)
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(path.read_bytes())
    (source.folder / "project" / "rules" / "page.toml").unlink()
    head = json.loads((source.folder / "pack.json").read_text("utf-8"))
    known = {f"project/rules/{n}" for n in ("page.toml", "__init__.py")}
    head["files"] = {name: digest for name, digest in head["files"].items() if name not in known}
    (source.folder / "pack.json").write_text(json.dumps(head), "utf-8")
    install(p, Source(source.folder), FakeDisk())
    return p


def page(name: str) -> str:
    return pages(ROOT / "rules")[f"{name}.toml"].read_text("utf-8")


def newest(name: str) -> str:
    """The newest edition of a page once more, from 2027 on, from another document."""
    block = "[[edition]]" + page(name).rpartition("[[edition]]")[2]
    return block.replace("since = 2026-03-30", "since = 2027-04-01").replace("flyer-2026", "flyer-2027")


def good() -> Parts:
    """An edition of the invoice frame from 2027 on."""
    return {
        "rules/invoice.toml": (page("invoice") + "\n" + newest("invoice")).encode(),
        "rules/sources.toml": (page("sources") + SOURCE).encode(),
        "cases/invoice.toml": CASES.encode(),
    }


def made(parts: Parts, changes: tuple[str, ...] = (), title: str = "2027年版") -> bytes:
    hashes = "".join(f'"{name}" = "{sha256(data).hexdigest()}"\n' for name, data in parts.items())
    listed = json.dumps(list(changes), ensure_ascii=False)
    head = f'title = "{title}"\nchanges = {listed}\n[files]\n{hashes}'.encode()
    return zipped({**parts, "pack.toml": head})


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "rules-2027.zip"
    path.write_bytes(data)
    return path


def live(p: Places) -> Parts:
    folder = site_packages(p.app) / "rules"
    files = (path for path in folder.rglob("*") if path.is_file())
    return {rule_pages.name(p) if p.suffix == ".toml" else str(p.relative_to(folder)): p.read_bytes() for p in files}


def sound(p: Places) -> bool:
    return all(c.well for c in doctor.checks(p, FakeDisk()))


def test_a_good_pack_is_taken_and_told(pc: Places, tmp_path: Path) -> None:
    path = saved(tmp_path, made(good()))
    before = live(pc)
    told = update.update(pc, path, Disk(), NOW)
    assert sha256(path.read_bytes()).hexdigest() in told
    assert "・invoice.toml: 2027-04-01 を加えます。" in told
    assert "・sources.toml: flyer-2027 を加えます。" in told
    assert live(pc) == before | {n.removeprefix("rules/"): d for n, d in good().items() if n.startswith("rules/")}
    assert sound(pc)
    assert "もう入っています" in update.update(pc, path, Disk(), NOW)


def test_a_pack_names_its_pages_as_every_version_knows_them(tmp_path: Path) -> None:
    """Wherever a page stands below rules/: an installation of 0.1 takes the packs of a later version, and the other way round."""
    path = saved(tmp_path, rule_pack(Source(ROOT), ROOT / "tests" / "cases", "x", []))
    names = "applicant business_days checks domain etrade group invoice lines minimum_wage near normal obligations schedule security sources tax together"
    assert [name.removesuffix(".toml") for name in update.read(path).rules] == names.split()


def test_undo_gives_back_every_byte(pc: Places, tmp_path: Path) -> None:
    before = live(pc)
    update.update(pc, saved(tmp_path, made(good())), Disk(), NOW)
    assert (pc.root / "rules-old" / "2027-04-01-093000" / "frames" / "invoice.toml").read_bytes() == before[
        "invoice.toml"
    ]
    update.undo(pc, Disk(), NOW)
    assert live(pc) == before
    assert sound(pc)
    with pytest.raises(Refusal, match="元に戻せるルールがありません"):
        update.undo(pc, Disk(), NOW)


def test_uninstall_takes_the_old_pages_too(pc: Places, tmp_path: Path) -> None:
    update.update(pc, saved(tmp_path, made(good())), Disk(), NOW)
    assert uninstall(pc, FakeDisk()) == []
    assert not pc.root.exists()


def test_a_change_that_the_pack_admits_to_is_told(pc: Places, tmp_path: Path) -> None:
    parts = good()
    changed = page("schedule").replace("closing = 2026-10-30", "closing = 2026-11-06")
    parts["rules/schedule.toml"] = changed.encode()
    spots = ("schedule.toml 2026-03-30 round.5.closing",)
    told = update.update(pc, saved(tmp_path, made(parts, spots)), Disk(), NOW)
    assert "・schedule.toml 2026-03-30 round.5.closing: 2026-10-30 → 2026-11-06" in told


def test_the_pack_that_the_project_makes(pc: Places, tmp_path: Path) -> None:
    data = rule_pack(Source(ROOT), ROOT / "tests" / "cases", "いまの版", ())
    assert "もう入っています" in update.update(pc, saved(tmp_path, data), Disk(), NOW)


def with_part(name: str, data: bytes | str) -> Callable[[], bytes]:
    return lambda: made({**good(), name: data.encode() if isinstance(data, str) else data})


def without(name: str) -> Callable[[], bytes]:
    return lambda: made({n: d for n, d in good().items() if n != name})


def invoice(old: str, new: str) -> Callable[[], bytes]:
    """The new edition with one text changed."""
    block = newest("invoice")
    assert old in block
    return with_part("rules/invoice.toml", page("invoice") + "\n" + block.replace(old, new, 1))


def raw(change: Callable[[zipfile.ZipFile], object]) -> bytes:
    out = BytesIO(made(good()))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as z:
        change(z)
    return out.getvalue()


def spoiled() -> bytes:
    """A page that does not agree with its SHA-256."""
    data = made(good())
    with zipfile.ZipFile(BytesIO(data)) as z:
        parts = {n: z.read(n) for n in z.namelist()}
    return zipped({**parts, "rules/invoice.toml": parts["rules/invoice.toml"] + b"\n"})


BAD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "no zip": ("ZIP ではない", lambda: b"PK, but no zip"),
    "outside": ("外を指す名前", lambda: raw(lambda z: z.writestr("../rules/invoice.toml", b""))),
    "huge": ("大きすぎます", lambda: raw(lambda z: z.writestr("rules/a.toml", bytes(3 << 20)))),
    "many": ("大きすぎます", lambda: raw(lambda z: [z.writestr(f"rules/a{n}.toml", b"") for n in range(101)])),
    "twice": ("二つあります", lambda: raw(lambda z: z.writestr("rules/INVOICE.toml", b""))),
    "a program": ("rules/frames/invoice.py は、ルールのページ", with_part("rules/frames/invoice.py", "import os")),
    "no head": ("pack.toml がありません", lambda: zipped(good())),
    "a head without files": ("そろっていません", lambda: zipped({**good(), "pack.toml": b'title = "x"'})),
    "spoiled": ("SHA-256 と合いません", spoiled),
    "unknown page": ("nave.toml というルールのページはありません", with_part("rules/nave.toml", "a = 1")),
    "no TOML": ("TOML として読めません", with_part("rules/invoice.toml", "[[edition]")),
    "no text": ("TOML として読めません", with_part("rules/invoice.toml", b"\xff\xfe")),
    "no since": ("since", with_part("rules/invoice.toml", "[[edition]]\na = 1")),
    "a value is missing": ("過不足", invoice("multiple_from = 2      # ここから「2機能以上」\n", "")),
    "a value too many": ("過不足", invoice("multiple_from = 2", "multiple_from = 2\nmost = 3")),
    "a wrong kind": ("int ではありません", invoice("single = 500_000", "single = 0.5")),
    "a rate that is none": ("読めません", invoice('rate = "3/4"', 'rate = "3/0"')),
    "a document is not listed": ("sources.toml にありません", without("rules/sources.toml")),
    "the edition's own document": ("文書 nothing", invoice('document = "flyer-2027"', 'document = "nothing"')),
    "an edition twice": ("重なっています", invoice("since = 2027-04-01", "since = 2026-03-30")),
    "an old value changed": (
        "invoice.toml 2025-03-31 cap.single が、断りなく",
        lambda: made(
            {
                **good(),
                "rules/invoice.toml": good()["rules/invoice.toml"].replace(b"single = 500_000", b"single = 400_000", 1),
            }
        ),
    ),
    "an old edition gone": (
        "が、断りなく",
        with_part("rules/invoice.toml", "[[edition]]".join(["", *page("invoice").split("[[edition]]")[2:]])),
    ),
    "no cases": ("計算例（cases/invoice.toml）がありません", without("cases/invoice.toml")),
    "cases of the old edition alone": (
        "2027-04-01 からの版の計算例",
        with_part("cases/invoice.toml", CASES.replace("2027-06-01", "2026-06-01")),
    ),
    "a case fails": (
        "計算例「小規模 100万円」が 750001 ではなく 750000",
        with_part("cases/invoice.toml", CASES.replace("subsidy = 750_000", "subsidy = 750_001")),
    ),
    "a broken case": ("途中で止まりました", with_part("cases/invoice.toml", CASES.replace("arguments", "argument"))),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_pack_is_refused_in_one_sentence(pc: Places, tmp_path: Path, bad: str) -> None:
    wanted, make = BAD[bad]
    before = live(pc)
    with pytest.raises(Refusal) as e:
        update.update(pc, saved(tmp_path, make()), Disk(), NOW)
    assert wanted in str(e.value)
    assert str(e.value).endswith("。")
    assert "\n" not in str(e.value)
    assert live(pc) == before
    assert sound(pc)
    assert sorted(p.name for p in pc.root.iterdir()) == ["app"]


def test_no_pack_and_no_installation(pc: Places, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="読めません"):
        update.update(pc, tmp_path / "absent.zip", Disk(), NOW)
    bare = fakewindows.places(tmp_path / "bare", ROOT)
    with pytest.raises(Refusal, match="hojokin install"):
        update.update(bare, saved(tmp_path, made(good())), Disk(), NOW)


class Quick(FakeDisk):
    """Takes the proof for granted."""

    def run(self, command: Sequence[str | Path]) -> Ran:  # noqa: ARG002
        self._tick()
        return Ran(0, "[]")


@pytest.mark.parametrize("dead", [False, True], ids=["fault", "power cut"])
def test_whichever_change_fails_the_pages_are_all_old_or_all_new(pc: Places, tmp_path: Path, dead: bool) -> None:
    path = saved(tmp_path, made(good()))
    before = live(pc)
    counting = Quick()
    update.update(pc, path, counting, NOW)
    after = live(pc)
    update.undo(pc, Disk(), NOW)
    steps = range(1, counting.count + 1)
    for k in sorted({*steps[:3], *steps[-60::7], *steps[-9:]}):
        disk = Quick(dead_from=k) if dead else Quick(fail_at=k)
        try:
            update.update(pc, path, disk, NOW)
        except (Refusal, Killed):
            update.settled(pc, Disk())
        assert live(pc) in (before, after), k
        assert sound(pc), k
        if live(pc) == after:
            update.undo(pc, Disk(), NOW)
        assert live(pc) == before
        assert manifest.read(pc.app) is not None
