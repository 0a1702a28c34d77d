"""Assessment -> the four Word drafts, as files that are never half written and never overwrite a person's work.

One Jinja environment for everything: sandboxed, escaping, strict about unknown names, and closed to what XML cannot
carry. DraftError(ValueError) holds one Japanese sentence for the user.
"""

from __future__ import annotations

import io
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
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


class DraftError(Refusal):
    """A draft cannot be made or written; the message is one Japanese sentence."""


def drafts(a: Assessment, out_dir: Path | str) -> list[Path]:
    """Write the four drafts into a folder; the path of each, new or already there.

    A file that differs (edited in Word, or made from other inputs) stays, and the new one gets a number.
    """
    folder, words = Path(out_dir), context(a)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [store(folder, f"{safe(words['firm'])}_{title}", render(title, words)) for title in TITLES]
    except PermissionError as e:
        name = Path(e.filename or folder).name
        raise DraftError(
            f"{name} に書き込めません。Word で開いていますか。閉じるか、別の場所を指定してください。"
        ) from e
    except OSError as e:
        raise DraftError(f"{folder} に下書きを書き込めません（{e.strerror}）。別の場所を指定してください。") from e


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


def store(folder: Path, stem: str, data: bytes) -> Path:
    """Write `stem.docx`, or leave an equal file, or take the next free number."""
    for path in _names(folder, stem):
        if not path.exists():
            _replace(path, data)
            return path
        if path.read_bytes() == data:
            return path
    raise AssertionError("names never end")


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


def _replace(path: Path, data: bytes) -> None:
    """The whole file or nothing: written beside, then moved."""
    handle, beside = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


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
