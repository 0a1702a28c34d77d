"""`hojokin install`: the add-in and its own Python, for this user alone; complete or not at all."""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from addin.install import doctor, manifest, stage, start_menu, swap
from addin.install.disk import SYSTEM32, Disk
from addin.install.source import Source, whole
from addin.places import XLAM, Places, scripts
from rules.refusal import Refusal

CLOSE = f"{XLAM} が Excel で使われています。Excel を閉じて、もう一度実行してください。"
RUNNING = "Hojokin の pythonw.exe がまだ動いています。Excel を閉じ、それでも出るときはパソコンを再起動して、もう一度実行してください。"
SID = re.compile(r"S-1-\d+(?:-\d+)+")
SYSTEM, ADMINS = "*S-1-5-18", "*S-1-5-32-544"


def install(places: Places, source: Source, disk: Disk) -> manifest.Manifest:
    """Puts the add-in in place; whatever fails, the old installation stays as it was."""
    whole(source)
    stage.allowed(places, source)
    _outside_of(places)
    unused(places, disk)
    with said():
        places = _private(places, disk)
    with said(CLOSE):
        swap.recover(places, disk)
        disk.discard(places.old)  # of an installation that was done, but could not be cleared away
    try:
        with said():
            made = stage.build(places, source, disk)
            _answers(places, made, disk)
    except BaseException:
        _cleared(places, disk)
        raise
    _exchange(places, made, disk)
    return made


def _outside_of(places: Places) -> None:
    """An installation cannot replace itself while its own Python runs."""
    if Path(sys.prefix).is_relative_to(places.app):
        raise Refusal(
            "入っている Hojokin 自身からは入れ直せません。新しい配布 ZIP の install.cmd から実行してください。"
        )


def unused(places: Places, disk: Disk) -> None:
    """Refuses while Excel has the add-in open, or its Python still runs."""
    if disk.locked(places.xlam):
        raise Refusal(CLOSE)
    if disk.locked(scripts(places.app) / "pythonw.exe"):
        raise Refusal(RUNNING)


def _private(places: Places, disk: Disk) -> Places:
    """The root: made where it is missing, and closed to others where it is not below the user's own folders."""
    if places.record is None or places.root.exists():
        return places
    disk.make(places.root)
    try:
        who = SID.search(disk.run([SYSTEM32 / "whoami.exe", "/user", "/fo", "csv", "/nh"]).text)
        grants = [f"{sid}:(OI)(CI)F" for sid in (f"*{who[0]}" if who else "", SYSTEM, ADMINS)]
        closed = (
            disk.run([SYSTEM32 / "icacls.exe", places.root, "/inheritance:r", "/grant:r", *grants]) if who else None
        )
        if closed is None or closed.code or any(places.root.iterdir()):
            raise Refusal("ほかの利用者が書けないフォルダーを作れません。情報システム担当に相談してください。")
        disk.write(places.record, places.root.name.encode())
    except BaseException:
        with suppress(OSError):
            disk.delete(places.root)
        raise
    return places


def _answers(places: Places, made: manifest.Manifest, disk: Disk) -> None:
    """Refuses a stage that does not work, in the words of the doctor."""
    for check in doctor.inside(places, places.stage, made, disk):
        if not check.well:
            raise Refusal(
                f"新しい Hojokin が動かないので、入れませんでした（{check.name}: {check.found}）。{check.fix}"
            )


def _exchange(places: Places, made: manifest.Manifest, disk: Disk) -> None:
    """Old out, new in; back again where anything fails."""
    try:
        with said(CLOSE):
            swap.swap(places, disk)
            start_menu.listed(places, disk)
        bad = [c for c in doctor.outside(places, made) if not c.well]
        if bad:
            raise Refusal(f"アドインを置けませんでした（{bad[0].name}: {bad[0].found}）。{bad[0].fix}")
        with said():
            swap.commit(places, disk)
    except BaseException:
        with said(CLOSE):
            swap.recover(places, disk)
        _cleared(places, disk)
        raise


def _cleared(places: Places, disk: Disk) -> None:
    """What a failed installation leaves; a folder that was not there before goes, too."""
    for folder in (places.stage, places.trash, places.root / "download"):
        with suppress(OSError):
            disk.discard(folder)
    with suppress(OSError):
        if swap.before(places).exists() and not places.pending.exists():
            disk.delete(swap.before(places))
    emptied(places, disk)


def emptied(places: Places, disk: Disk) -> None:
    """Removes the root, and the note of it, when nothing is left in it."""
    with suppress(OSError):
        if places.root.exists() and not any(places.root.iterdir()):
            disk.delete(places.root)
            forgotten(places, disk)


def forgotten(places: Places, disk: Disk) -> None:
    """Removes the note of the root."""
    if places.record is not None and places.record.exists():
        disk.delete(places.record)
        disk.delete(places.record.parent)


@contextmanager
def said(denied: str = "") -> Generator[None]:
    """Says in one sentence what Windows refused."""
    try:
        yield
    except PermissionError as e:
        name = Path(e.filename).name if e.filename else "フォルダー"
        raise Refusal(
            denied or f"{name} に書き込む権限がありません。自分の Windows ユーザーで実行してください。"
        ) from e
    except OSError as e:
        if e.errno == errno.ENOSPC:
            raise Refusal("ディスクの空きが足りません。200 MB ほど空けて、もう一度実行してください。") from e
        raise Refusal(f"入れる途中で読み書きできなくなりました（{e.strerror or e}）。もう一度実行してください。") from e
