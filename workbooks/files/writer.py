"""The one way in which this product writes a file: the whole old or the whole new, and never over a file of a person.

The bytes go into a file of a random name beside the target, made exclusively and forced to the disk; then it gets its
name in one step of the file system, which decides whether the name is free. What a killed run leaves is cleared by the
next one in that folder. Standard library only: `hojokin install` runs before anything is installed.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from rules.refusal import Refusal

try:
    import fcntl
except ImportError:  # Windows: nobody can delete a file there that is open
    fcntl = None

OURS = re.compile(r"hojokin-[0-9a-f]{16}\.tmp")
STALE = 600  # seconds after which a file that nobody holds is left over, where locks are not told
WAITS = (0.1, 0.3, 1.0)  # seconds: a virus scanner holds files that were just written
_RIGHTS = "書き込む権限が無いか、ほかのソフトが使っています。開いているものを閉じるか、別の場所を指定してください。"
_FULL = "ディスクの空きが足りません。空きを作るか、別の場所を指定してください。"
REASONS = {
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: "読み取り専用の場所です。別の場所を指定してください。",
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.ENOTDIR: "途中にフォルダーではなくファイルがあります。別の場所を指定してください。",
    errno.EEXIST: "同じ名前のものがあります。別の場所を指定してください。",
    errno.EISDIR: "同じ名前のフォルダーができました。もう一度実行してください。",
    errno.ENOENT: "その場所が見つかりません。つながっているドライブのフォルダーを指定してください。",
    errno.ENAMETOOLONG: "フォルダーとファイルの名前が長すぎます。浅い場所のフォルダーを指定してください。",
}
NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV, errno.EINVAL}


class Unwritten(Refusal):
    """A file that cannot be written: which, where and why."""


def new(path: Path, data: bytes) -> Path:
    """A file whose name must be free, also at the last moment."""
    with _told(path), Beside(path.parent, data) as beside:
        beside.become(path)
    return path


def numbered(folder: Path, stem: str, ending: str, data: bytes) -> Path:
    """A file under the first free name: stem.pdf, stem(2).pdf …"""
    with _told(folder / f"{stem}{ending}"), Beside(folder, data) as beside:
        return beside.become_first(names(folder, stem, ending))


def over(path: Path, data: bytes, beside: Path | None = None) -> None:
    """A file of the product itself, in place of the one before. Streams and links of the old one are not followed."""
    with Beside(beside or path.parent, data) as made:
        made.replace(path)


def names(folder: Path, stem: str, ending: str) -> Iterator[Path]:
    """A name and those with numbers behind it."""
    yield folder / f"{stem}{ending}"
    yield from (folder / f"{stem}({number}){ending}" for number in count(2))


def reason(e: OSError) -> str:
    """Why something cannot be written, and what to do."""
    unknown = f"理由は分かりません（システムの番号 {e.errno}）。別の場所を指定してください。"
    return REASONS.get(e.errno or 0, unknown)


class Beside:
    """Bytes in a file of their own beside the target; without a name in the end, the file is gone."""

    def __init__(self, folder: Path, data: bytes) -> None:
        self._folder, self._data = folder, data
        self._path: Path | None = None
        self._file: BinaryIO | None = None

    def __enter__(self) -> Beside:
        cleared(self._folder)
        try:
            self._path, self._file = _created(self._folder)
            _filled(self._file, self._data)
        except BaseException:
            self._discard()
            raise
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._discard()

    def become(self, path: Path) -> None:
        """The file gets its name; FileExistsError where something has it already."""
        self._named(lambda made: _linked(made, path))
        _forced(path.parent)

    def become_first(self, paths: Iterable[Path]) -> Path:
        """The file gets the first name that is free."""
        for path in paths:
            if not os.path.lexists(path):
                with suppress(FileExistsError):  # somebody was faster
                    self.become(path)
                    return path
        raise FileExistsError(errno.EEXIST, "no free name", str(self._folder))

    def replace(self, path: Path) -> None:
        """The file takes the place of another."""
        self._named(lambda made: made.replace(path))
        _forced(path.parent)

    def _named(self, rename: Callable[[Path], object]) -> None:
        made = self._path
        assert made is not None
        if os.name == "nt" and self._file is not None:
            self._file.close()  # an open file has no new name there
        patiently(lambda: rename(made))
        self._path = None

    def _discard(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)


def cleared(folder: Path) -> None:
    """Removes what a killed run left in a folder; what a living one holds stays."""
    with suppress(OSError):
        for entry in os.scandir(folder):
            if OURS.fullmatch(entry.name):
                _removed(Path(entry.path))


def patiently(change: Callable[[], object], waits: Sequence[float] = WAITS) -> None:
    """Tries again for a moment where something holds a file."""
    for wait in waits:
        try:
            change()
        except PermissionError:
            time.sleep(wait)
        else:
            return
    change()


def _created(folder: Path) -> tuple[Path, BinaryIO]:
    """A new file with the rights that the user gives new files, held while its maker lives."""
    while True:
        path = folder / f"hojokin-{secrets.token_hex(8)}.tmp"
        file = path.open("xb")
        if fcntl is None:
            return path, file
        with suppress(OSError):  # a file system without locks: the age of a file tells
            fcntl.flock(file, fcntl.LOCK_EX)
        if path.exists():  # nobody took it for left over before it was held
            return path, file
        file.close()


def _filled(file: BinaryIO, data: bytes) -> None:
    file.write(data)
    file.flush()
    os.fsync(file.fileno())


def _linked(made: Path, path: Path) -> None:
    """A name for a file in one step, and only where the name is free."""
    if os.name == "nt":
        made.rename(path)  # refuses a name that is taken
        return
    try:
        os.link(made, path)
    except OSError as e:
        if e.errno not in NO_LINKS:
            raise
        _reserved(made, path)
    else:
        with suppress(OSError):  # it has its name: the other one may wait for the next run
            made.unlink()


def _reserved(made: Path, path: Path) -> None:
    """The same where the file system has no second names: the name is taken first, then filled."""
    path.open("xb").close()
    try:
        made.replace(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _forced(folder: Path) -> None:
    """The folder's list of names, on the disk."""
    if os.name == "nt":
        return
    with suppress(OSError):
        at = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(at)
        finally:
            os.close(at)


def _removed(path: Path) -> None:
    """Removes a file that nobody is writing any more, while it is held: its maker, who waits to hold it, then makes another."""
    if path.is_symlink():
        return  # not of our making
    if fcntl is None:
        if _old(path):
            path.unlink(missing_ok=True)
        return
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        except OSError:
            if not _old(path):
                return
        path.unlink(missing_ok=True)


def _old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > STALE


@contextmanager
def _told(path: Path) -> Generator[None]:
    """Says in one sentence why a file was not written."""
    try:
        yield
    except OSError as e:
        if isinstance(e, FileExistsError) and os.path.lexists(path):
            why = f"「{path.name}」は既にあります。上書きはしないので、別の名前を指定してください。"
        else:
            why = f"フォルダー「{path.parent.absolute()}」に「{path.name}」を書けません。{reason(e)}"
        raise Unwritten(why) from e
