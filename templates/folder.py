"""Files in a folder that are never half written and never overwrite a person's work.

A file that differs (edited in Word, or made from other inputs) stays, and the new one gets a number. Everything is
written beside before the first gets its name.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from rules.refusal import Refusal
from templates.language import ILLEGAL

RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # names that Windows keeps for devices
NUMBERED = re.compile(r"\(\d+\)(\.\w+)$")  # as _names writes it
LONGEST = 60  # letters of a firm's name in a file name
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
            moves = [
                (_beside(folder, data, temporary), path)
                for path, (_, _, data) in zip(paths, files, strict=True)
                if not path.exists()
            ]
            for beside, path in moves:
                beside.replace(path)
                done.append(path)
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
    text = text.strip(" .　")[:LONGEST].strip(" .　")
    return f"_{text}" if RESERVED.match(text) else text or "申請者"


def _names(folder: Path, stem: str, ending: str) -> Iterator[Path]:
    yield folder / f"{stem}{ending}"
    number = 1
    while True:
        number += 1
        yield folder / f"{stem}({number}){ending}"


def _place(folder: Path, stem: str, ending: str, data: bytes, same: Same) -> Path:
    """The file that holds this content already, or else the next free name."""
    paths = _names(folder, stem, ending)
    return next(path for path in paths if not os.path.lexists(path) or _holds(path, data, same))


def _holds(path: Path, data: bytes, same: Same) -> bool:
    """Whether a path is a file with this content; what cannot be read is somebody else's."""
    try:
        return path.is_file() and same(path.read_bytes(), data)
    except OSError:
        return False


def _beside(folder: Path, data: bytes, temporary: ExitStack) -> Path:
    """The bytes in a file of their own, with the rights that the user gives new files; it never outlives the stack."""
    path = folder / f"{secrets.token_hex(8)}.tmp"
    temporary.callback(_discard, path)
    with path.open("xb") as file:
        file.write(data)
    return path


def _discard(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _sentence(folder: Path, what: str, e: OSError, done: Sequence[Path]) -> str:
    """What went wrong, and which of the files are there."""
    reason = REASONS.get(e.errno or 0, f"理由は分かりません（システムの番号 {e.errno}）。別の場所を指定してください。")
    if any(above.is_file() for above in folder.parents):  # Windows says EEXIST or ENOENT
        reason = REASONS[errno.ENOTDIR]
    if folder.is_file():
        reason = "同じ名前のファイルがあります。フォルダーを指定してください。"
    state = f"書けたのは {'、'.join(path.name for path in done)} だけです。" if done else "何も書いていません。"
    return f"フォルダー「{folder.absolute()}」に{what}を書けません。{reason}{state}"
