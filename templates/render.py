"""Assessment -> the four Word drafts, as files that are never half written and never overwrite a person's work.

One Jinja environment for everything: sandboxed, escaping, strict about unknown names, and closed to what XML cannot
carry. DraftError says in Japanese what is wrong, where, and what to do.
"""

from __future__ import annotations

import errno
import io
import os
import re
import secrets
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from defusedxml import ElementTree
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from rules.assess import Assessment
from rules.refusal import Refusal
from templates import paper
from templates.context import TITLES, context

HERE = Path(__file__).parent
GUARD = (
    "\ufdd0"  # set after each brace and % of a value, so that docxtpl and our check see no tags in it; removed again
)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\ufdd0-\ufdef]")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # names that Windows keeps for devices
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


class DraftError(Refusal):
    """The drafts cannot be written; the message names the folder, the reason, and what was written."""


def drafts(a: Assessment, out_dir: Path | str) -> list[Path]:
    """Write the four drafts into a folder; the path of each, new or already there.

    A file that differs (edited in Word, or made from other inputs) stays, and the new one gets a number. All four are
    rendered and written beside before the first gets its name.
    """
    folder, words = Path(out_dir), context(a)
    firm = safe(words["firm"])
    pages = [(f"{firm}_{title}", render(title, words)) for title in TITLES]
    done: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths = [_place(folder, stem, data) for stem, data in pages]
        with ExitStack() as temporary:
            moves = [
                (_beside(folder, data, temporary), path)
                for path, (_, data) in zip(paths, pages, strict=True)
                if not path.exists()
            ]
            for beside, path in moves:
                beside.replace(path)
                done.append(path)
    except OSError as e:
        raise DraftError(_sentence(folder, e, done)) from e
    return paths


def render(title: str, words: dict[str, Any]) -> bytes:
    """One draft: the same words give the same bytes."""
    template = DocxTemplate(HERE / f"{title}.docx")
    template.render({**words, "draft": words["drafts"][title]}, environment())
    raw = io.BytesIO()
    template.save(raw)
    with zipfile.ZipFile(raw) as package:
        parts = {name: _checked(name, package.read(name)) for name in package.namelist()}
    return paper.pack(parts)


def environment() -> ImmutableSandboxedEnvironment:
    """The environment of every template."""
    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=clean)
    made.globals.clear()  # a template needs no functions
    return made


def clean(value: Any) -> Any:
    """A value as a template may print it: text without what XML cannot carry, no None, no tags."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = ILLEGAL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub("([{}%])", rf"\1{GUARD}", text)


def safe(name: str) -> str:
    """A firm's name as the beginning of a file name, on Windows too.

    >>> safe("A/B 商店."), safe("CON")
    ('A／B 商店', '_CON')
    """
    text = ILLEGAL.sub("", name).translate(str.maketrans('\\/:*?"<>|\t\n', "＼／：＊？”＜＞｜  "))
    text = text.strip(" .　")[:LONGEST].strip(" .　")
    return f"_{text}" if RESERVED.match(text) else text or "申請者"


def _names(folder: Path, stem: str) -> Iterator[Path]:
    yield folder / f"{stem}.docx"
    number = 1
    while True:
        number += 1
        yield folder / f"{stem}({number}).docx"


def _place(folder: Path, stem: str, data: bytes) -> Path:
    """The file that holds these bytes already, or else the next free name."""
    return next(path for path in _names(folder, stem) if not os.path.lexists(path) or _holds(path, data))


def _holds(path: Path, data: bytes) -> bool:
    """Whether a path is a file with these bytes; what cannot be read is somebody else's."""
    try:
        return path.is_file() and path.read_bytes() == data
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


def _sentence(folder: Path, e: OSError, done: Sequence[Path]) -> str:
    """What went wrong, and which of the four are there."""
    reason = REASONS.get(e.errno or 0, f"理由は分かりません（システムの番号 {e.errno}）。別の場所を指定してください。")
    if folder.is_file():
        reason = "同じ名前のファイルがあります。フォルダーを指定してください。"
    state = f"書けたのは {'、'.join(path.name for path in done)} だけです。" if done else "何も書いていません。"
    return f"フォルダー「{folder.absolute()}」に下書きを書けません。{reason}{state}"


def _checked(name: str, data: bytes) -> bytes:
    """A part without our guards. A tag that is left, or a cell without a paragraph, is our mistake."""
    if not name.endswith((".xml", ".rels")):
        return data
    text = data.decode()
    if re.search(r"\{[{%]|[%}]\}", text):
        raise AssertionError(f"{name}: a tag is left")
    plain = text.replace(GUARD, "").encode()
    for cell in ElementTree.fromstring(plain).iter(f"{WORD}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{WORD}p":
            raise AssertionError(f"{name}: a cell does not end in a paragraph")
    return plain
