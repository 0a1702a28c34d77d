"""Texts of a workbook's parts: runs of letters without how they are read（ふりがな）, and the shared ones."""

from __future__ import annotations

import re

from workbooks.files.markup import MAX_ELEMENTS, SPACES, Damaged, local, walk

ROOTS = [f"{space} sst" for space in SPACES]
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how OOXML writes a letter that XML has not: _x000D_


def unescaped(text: str) -> str:
    """A text with the letters that OOXML wrote as numbers.

    >>> unescaped("単_x000a_価"), unescaped("_x005F_x000D_")
    ('単\\n価', '_x000D_')
    """
    return ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


class Runs:
    """The text of one <si> or <is>: of its own <t> and those of its <r>, not of <rPh>."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._found: list[str] = []

    def start(self, name: str) -> None:
        """A child begins; its name without the namespace of the part."""
        self._path.append(name)

    def end(self) -> None:
        """It ends."""
        self._path.pop()

    def text(self, data: str) -> None:
        """Letters."""
        if self._path in (["t"], ["r", "t"]):
            self._found.append(data)

    @property
    def whole(self) -> str:
        """All of it."""
        return unescaped("".join(self._found))


def shared(data: bytes) -> list[str]:
    """The shared texts of a workbook in their order."""
    found: list[str] = []
    depth = count = 0
    space, runs = "", Runs()

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal depth, count, space, runs
        count += 1
        if count > MAX_ELEMENTS:
            raise Damaged("too many texts")
        if depth == 0:
            if tag not in ROOTS:
                raise Damaged(f"{tag} is no list of texts")
            space = tag[: -len(local(tag))]
        elif depth == 1:
            runs = Runs()
        else:
            runs.start(tag.removeprefix(space))
        depth += 1

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if depth == 1 and tag == f"{space}si":
            found.append(runs.whole)
        elif depth > 1:
            runs.end()

    def text(data: str) -> None:
        if depth > 1:
            runs.text(data)

    walk(data, start, end, text)
    return found
