"""`hojokin update PACK.zip`: the pages of a new edition, taken whole after they have been proved, or not at all.

A pack holds `rules/*.toml`, `cases/*.toml` and `pack.toml` (title, the changes it admits to, SHA-256 of each file).
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from addin.install import manifest, rule_pages
from addin.install.disk import Disk
from addin.install.zip_files import Limits, files
from addin.places import Places, site_packages
from rules.frames import FRAMES
from rules.refusal import Refusal

LIMITS = Limits(members=100, each=2 << 20, total=8 << 20)
DEEPEST, MOST, SHOWN = 12, 10**15, 60  # of a page: levels, a number, letters of a place that a message shows
NAME = re.compile(r"(rules|cases)/[a-z_]+\.toml")
HEAD = "pack.toml"
AFTER = """関数・入力チェック・下書きは、Excel を開き直すと新しいルールを使います。
見積ワークブックのひな形の式は、新しい Hojokin を入れるまで前のままです（違いは入力チェックが知らせます）。
元に戻すには hojokin update --undo を実行します。"""
ASIDE = "rules.old"  # hojokin.cmd puts it back where nothing else could
UNUSED = "ルールは変えていません。"
# The candidate's rules come first, then the program that runs this.
RUN = "import sys; sys.path[:0] = sys.argv[1:3]; from addin.install.verify import main; main(*sys.argv[3:])"


@dataclass(frozen=True)
class Pack:
    """A pack as read; every file agrees with its SHA-256."""

    title: str
    changes: tuple[str, ...]
    sha256: str
    rules: Mapping[str, bytes]  # file name -> page
    cases: Mapping[str, bytes]


def update(places: Places, path: Path, disk: Disk, now: datetime) -> str:
    """Takes a pack; says its SHA-256 and what changes."""
    pack = read(path)
    found = _installed(places, disk)
    live = site_packages(places.app) / "rules"
    words = changes(_pages(live), pack)
    if not words:
        return f"「{pack.title}」（SHA-256 {pack.sha256}）のルールは、もう入っています。"
    candidate = places.root / "rules-new" / "rules"
    try:
        _candidate(live, pack, candidate, disk)
        _proved(candidate, candidate.parent / "cases", disk)
        _exchange(places, candidate, replace(found, rules=pack.title), disk, now)
    except OSError as e:
        raise Refusal(
            f"ルールを置けません（{e.strerror or e}）。Excel を閉じて、もう一度実行してください。{UNUSED}"
        ) from e
    finally:
        _quietly(candidate.parent, disk)
    return "\n".join([f"「{pack.title}」を入れました（SHA-256 {pack.sha256}）。", *words, AFTER])


def undo(places: Places, disk: Disk, now: datetime) -> str:
    """Puts the pages back that the last update replaced."""
    found = _installed(places, disk)
    if not found.kept:
        raise Refusal("元に戻せるルールがありません（まだ更新していません）。")
    last = places.root / found.kept[-1]
    candidate = places.root / "rules-new" / "rules"
    try:
        disk.discard(candidate.parent)
        _copied(last, candidate, {}, disk)
        _exchange(places, candidate, replace(found, rules="", kept=found.kept[:-1]), disk, None)
        _quietly(last, disk)
    except OSError as e:
        raise Refusal(f"ルールを戻せません（{e.strerror or e}）。Excel を閉じて、もう一度実行してください。") from e
    finally:
        _quietly(candidate.parent, disk)
    return f"{now:%Y-%m-%d} に、更新の前のルール（{last.name} に残したもの）に戻しました。Excel を開き直してください。"


def _installed(places: Places, disk: Disk) -> manifest.Manifest:
    settled(places, disk)
    found = manifest.read(places.app)
    if found is None:
        raise Refusal("ルールの更新は、入れた Hojokin に対して行います。先に hojokin install を実行してください。")
    return found


def read(path: Path) -> Pack:
    """A pack, refused unless it holds what it says and nothing else."""
    parts = dict(files(path, LIMITS))
    called = f"「{path.name}」"
    odd = [name for name in parts if name != HEAD and not NAME.fullmatch(name)]
    if odd:
        raise Refusal(f"{called}の {odd[0]} は、ルールのページ（rules/*.toml、cases/*.toml）ではありません。{UNUSED}")
    if HEAD not in parts:
        raise Refusal(f"{called}に {HEAD} がありません。ルールの更新の ZIP を指定してください。{UNUSED}")
    head = _toml(HEAD, parts.pop(HEAD))
    try:
        title, listed, told = str(head["title"]), tuple(map(str, head["changes"])), dict(head["files"])
    except (KeyError, TypeError, ValueError) as e:
        raise Refusal(f"{HEAD} に title・changes・files がそろっていません。{UNUSED}") from e
    actual = {name: sha256(data).hexdigest() for name, data in parts.items()}
    if wrong := sorted(name for name in told.keys() | actual.keys() if told.get(name) != actual.get(name)):
        raise Refusal(f"{wrong[0]} が、{HEAD} の SHA-256 と合いません。ZIP をもう一度受け取ってください。{UNUSED}")
    rooms = {room: {n.split("/")[1]: d for n, d in parts.items() if n.startswith(room)} for room in ("rules", "cases")}
    return Pack(title, listed, sha256(path.read_bytes()).hexdigest(), rooms["rules"], rooms["cases"])


def changes(old: Mapping[str, bytes], pack: Pack) -> list[str]:
    """What the pack changes, in words; a change of what is already there must be one that the pack admits to."""
    words: list[str] = []
    for name, data in pack.rules.items():
        if name not in old:
            raise Refusal(f"{name} というルールのページはありません。{UNUSED}")
        was, now = _blocks(name, old[name]), _blocks(name, data)
        words += [f"・{name}: {key} を加えます。" for key in now.keys() - was.keys()]
        words += _altered(name, was, now, pack)
        if was != now and name.removesuffix(".toml") in {f.name for f in FRAMES} and name not in pack.cases:
            raise Refusal(f"変わるページ {name} の計算例（cases/{name}）がありません。{UNUSED}")
    return sorted(words)


def _altered(name: str, was: dict[str, Any], now: dict[str, Any], pack: Pack) -> Iterator[str]:
    for key, block in was.items():
        before, after = dict(_flat(block)), dict(_flat(now.get(key)))
        for place in sorted(before.keys() | after.keys()):
            if before.get(place) == after.get(place):
                continue
            spot = f"{name} {key} {place}".strip()
            if spot not in pack.changes:
                raise Refusal(f"前からある値 {spot} が、断りなく変わっています（{HEAD} の changes に無い）。{UNUSED}")
            yield f"・{spot}: {before.get(place, 'なし')} → {after.get(place, 'なし')}"


def _blocks(name: str, data: bytes) -> dict[str, Any]:
    """A page by the day of each edition; a page without editions by its keys."""
    page = _toml(name, data)
    if not isinstance(page.get("edition"), list):
        return page
    try:
        found = {str(block["since"]): block for block in page["edition"]}
    except (KeyError, TypeError) as e:
        raise Refusal(f"{name} に、始まりの日（since）の無い版があります。{UNUSED}") from e
    if len(found) < len(page["edition"]):
        raise Refusal(f"{name} の版の日付が重なっています。{UNUSED}")
    return found


def _flat(value: Any, path: str = "", deep: int = 0) -> Iterator[tuple[str, str]]:
    """Every value with its path: cap.multiple."""
    if deep > DEEPEST:
        raise Refusal(f"ルールのページの {path[:SHOWN]} … が深く入れ子になりすぎています。{UNUSED}")
    if isinstance(value, list):
        value = dict(enumerate(cast(list[Any], value)))
    if isinstance(value, dict):
        for key, item in cast(dict[Any, Any], value).items():
            yield from _flat(item, f"{path}.{key}" if path else str(key), deep + 1)
    elif isinstance(value, int) and abs(value) > MOST:
        raise Refusal(f"ルールのページの {path[:SHOWN]} の数が大きすぎます。{UNUSED}")
    elif value is not None:
        yield path, str(value)


def _toml(name: str, data: bytes) -> dict[str, Any]:
    try:
        found = tomllib.loads(data.decode("utf-8"))
        for _ in _flat(found):  # refuses what is beyond all measure, wherever it stands
            pass
        return found
    except Refusal:
        raise
    except (ValueError, RecursionError) as e:
        raise Refusal(f"{name} は TOML として読めません。ZIP をもう一度受け取ってください。{UNUSED}") from e


def _pages(folder: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in rule_pages.pages(folder).items()}


def _candidate(live: Path, pack: Pack, folder: Path, disk: Disk) -> None:
    """The rules as they would be, and the cases beside them."""
    disk.discard(folder.parent)
    _copied(live, folder, pack.rules, disk)
    for name, data in pack.cases.items():
        disk.write(folder.parent / "cases" / name, data)


def _copied(source: Path, folder: Path, pages: Mapping[str, bytes], disk: Disk) -> None:
    for path in sorted(source.rglob("*")):
        if path.suffix in (".py", ".toml"):
            disk.write(folder / path.relative_to(source), pages.get(rule_pages.name(path), path.read_bytes()))


def _proved(rules: Path, cases: Path, disk: Disk) -> None:
    """Refuses pages that do not load whole, or that fail a case."""
    home = Path(__file__).parents[2]
    cases.mkdir(exist_ok=True)
    done = disk.run([sys.executable, "-I", "-B", "-X", "utf8", "-c", RUN, rules.parent, home, rules, cases])
    try:
        found: list[str] = json.loads(done.text.strip().splitlines()[-1])
    except (ValueError, IndexError):
        found = ["ルールを確かめられませんでした。"]
    if found:
        raise Refusal(f"{found[0]}{UNUSED}")


def settled(places: Places, disk: Disk) -> None:
    """Ends an exchange that was cut off: the pages that the manifest knows are the ones that stay."""
    live = site_packages(places.app) / "rules"
    aside, found = live.with_name(ASIDE), manifest.read(places.app)
    if not aside.exists() or found is None:
        return
    if live.exists():
        prefix = live.relative_to(places.app).as_posix() + "/"
        if manifest.listing(live, places.app) == {n: d for n, d in found.files.items() if n.startswith(prefix)}:
            disk.discard(aside)
            return
        disk.discard(live)
    disk.move(aside, live)


def _exchange(places: Places, candidate: Path, found: manifest.Manifest, disk: Disk, now: datetime | None) -> None:
    """The candidate takes the place of the live pages, which move to a dated folder (with `now`) or go."""
    live = site_packages(places.app) / "rules"
    aside = live.with_name(ASIDE)
    prefix = live.relative_to(places.app).as_posix()
    others = {name: known for name, known in found.files.items() if not name.startswith(f"{prefix}/")}
    fresh = {f"{prefix}/{name}": known for name, known in manifest.listing(candidate, candidate).items()}
    kept = (*found.kept, f"rules-old/{now:%Y-%m-%d-%H%M%S}") if now else found.kept
    try:
        if now:
            _copied(live, places.root / kept[-1], {}, disk)
        disk.move(live, aside)
        disk.move(candidate, live)
        manifest.write(disk, places.app, replace(found, files=others | fresh, kept=kept))
    except BaseException:
        settled(places, disk)
        if now:
            _quietly(places.root / kept[-1], disk)
        raise
    _quietly(aside, disk)


def _quietly(folder: Path, disk: Disk) -> None:
    """Clears away what may stay where it cannot go."""
    try:
        disk.discard(folder)
    except OSError:
        return
