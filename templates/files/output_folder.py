"""Files in a folder that are never half written and never overwrite a person's work.

A file that differs (edited in Word, or made from other inputs) stays, and the new one gets a number. Everything is
written beside before the first gets its name.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path

from rules.refusal import Refusal
from templates.sandbox import ILLEGAL
from workbooks.files.writer import REASONS, Beside, names, reason

RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # names that Windows keeps for devices
NUMBERED = re.compile(r"\(\d+\)(\.\w+)$")  # as workbooks.files.writer numbers
SKIPPED = 50  # numbers that a person may have deleted
LONGEST, BYTES = 60, 180  # letters of a firm's name in a file name, and their bytes: a name has at most 255
Same = Callable[[bytes, bytes], bool]


class DraftError(Refusal):
    """The files cannot be written; the message names the folder, the reason, and what was written."""


def placed(folder: Path, files: Sequence[tuple[str, str, bytes]], what: str, same: Same = bytes.__eq__) -> list[Path]:
    """Write (stem, ending, bytes) into a folder; the path of each, new or already there with the same content."""
    done: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths = [_place(folder, stem, ending, data, same) for stem, ending, data in files]
        with ExitStack() as temporary:
            made = [
                (at, temporary.enter_context(Beside(folder, files[at][2])))
                for at, path in enumerate(paths)
                if not path.exists()
            ]
            for at, beside in made:
                stem, ending, _ = files[at]
                paths[at] = beside.become_first(chain((paths[at],), names(folder, stem, ending)))
                done.append(paths[at])
    except OSError as e:
        raise DraftError(_sentence(folder, what, e, done)) from e
    return paths


def kept(paths: Sequence[Path]) -> list[tuple[Path, Path]]:
    """(new, old) where the new file got a number since the old one differs and stays."""
    found = ((path, path.with_name(NUMBERED.sub(r"\1", path.name))) for path in paths)
    return [(new, old) for new, old in found if old != new and old not in paths and old.exists()]


def told(paths: Sequence[Path]) -> list[str]:
    """Every file, and of those with a number which file stays.

    >>> told([Path("資金繰り表.docx")])
    ['資金繰り表.docx']
    """
    lines = [str(path) for path in paths]
    if pairs := kept(paths):
        lines += [
            "",
            f"番号の付いた{len(pairs)}件が新しいファイルです。前のファイルは、手で直した所もそのまま残しました:",
        ]
        lines += [f"  新しい「{new.name}」　残した「{old.name}」" for new, old in pairs]
    return lines


def safe(name: str) -> str:
    """A firm's name as the beginning of a file name, on Windows too.

    >>> safe("A/B 商店."), safe("CON")
    ('A／B 商店', '_CON')
    """
    text = ILLEGAL.sub("", name).translate(str.maketrans('\\/:*?"<>|\t\n', "＼／：＊？”＜＞｜  "))
    text = text.strip(" .　")[:LONGEST].encode()[:BYTES].decode("utf-8", "ignore").strip(" .　")
    return f"_{text}" if RESERVED.match(text) else text or "申請者"


def numbered(folder: Path, stem: str, ending: str) -> Iterator[Path]:
    """The files of one name that are there, in the order of their numbers."""
    most = sum(1 for _ in folder.glob(f"*{ending}")) if folder.is_dir() else 0
    return (path for path in islice(names(folder, stem, ending), most + SKIPPED) if path.is_file())


def _place(folder: Path, stem: str, ending: str, data: bytes, same: Same) -> Path:
    """The file that holds this content already, or else the next free name."""
    free = names(folder, stem, ending)
    return next(path for path in free if not os.path.lexists(path) or _holds(path, data, same))


def _holds(path: Path, data: bytes, same: Same) -> bool:
    """Whether a path is a file with this content; what cannot be read is somebody else's."""
    try:
        return path.is_file() and same(path.read_bytes(), data)
    except OSError:
        return False


def _sentence(folder: Path, what: str, e: OSError, done: Sequence[Path]) -> str:
    """What went wrong, and which of the files are there."""
    why = reason(e)
    if any(above.is_file() for above in folder.parents):  # Windows says EEXIST or ENOENT
        why = REASONS[errno.ENOTDIR]
    if folder.is_file():
        why = "同じ名前のファイルがあります。フォルダーを指定してください。"
    state = f"書けたのは {'、'.join(path.name for path in done)} だけです。" if done else "何も書いていません。"
    return f"フォルダー「{folder.absolute()}」に{what}を書けません。{why}{state}"
