"""Defined names put into the bytes of xl/workbook.xml; every other byte of it stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from rules.refusal import Refusal
from workbooks.files.element_places import Element, Places, places, spliced
from workbooks.files.markup import Damaged
from workbooks.lambdas.names import MARK, Named

BEFORE = ("sheets", "functionGroups", "externalReferences")  # what stands before the names, the last one there counts
WITHIN = "definedNames"


class Taken(Refusal):
    """The workbook has a name of its own in our place, or no place for names."""


@dataclass(frozen=True)
class Workbook:
    """What of a workbook.xml matters here."""

    part: Places
    prefix: str
    children: list[Element]
    names: list[Element]

    def child(self, *names: str) -> Element | None:
        """The last child of the workbook with one of these names."""
        return next((c for c in reversed(self.children) if c.name in names), None)


def put(data: bytes, names: Sequence[Named]) -> bytes:
    """workbook.xml with these names: ours are replaced, and a user's own of the same spelling is refused."""
    book = read(data)
    old = _ours(book, names)
    existing = book.child(WITHIN)
    prefix = existing.prefix if existing else book.prefix
    made = book.part.bytes("".join(_element(prefix, n) for n in names))
    if existing is None:
        after = book.child(*BEFORE)
        if after is None:
            raise Taken("このブックにはシートの一覧がないので、Excel で保存し直してください。")
        return data[: after.end] + _wrapped(prefix, made) + data[after.end :]
    if existing.alone:  # <definedNames/>
        return data[: existing.begin] + _wrapped(prefix, made) + data[existing.end :]
    return spliced(data, {**{(e.begin, e.end): b"" for e in old}, (existing.close, existing.close): made})


def scoped(data: bytes, names: Iterable[Named]) -> list[str]:
    """Names of ours that a single sheet also has: they stay, and on that sheet they come first."""
    ours = {n.name.lower() for n in names}
    found = (e.attributes for e in read(data).names if "localSheetId" in e.attributes)
    return sorted({a.get("name", "") for a in found if a.get("name", "").lower() in ours})


def read(data: bytes) -> Workbook:
    """The places of a workbook's children and of its defined names."""
    try:
        part = places(data)
    except Damaged:
        raise Taken("このブックの中身（workbook.xml）を読めないので、Excel で保存し直してください。") from None
    root = part.elements[0]
    children = [e for e in part.elements if len(e.around) == 1 and e.name]
    names = [e for e in part.elements if e.around[1:] == (WITHIN,) and e.name == "definedName"]
    return Workbook(part, root.prefix, children, names)


def _ours(book: Workbook, names: Sequence[Named]) -> list[Element]:
    """The names of the whole workbook that ours replace."""
    wanted = {n.name.lower() for n in names}
    found = [e for e in book.names if "localSheetId" not in e.attributes]
    found = [e for e in found if e.attributes.get("name", "").lower() in wanted]
    for e in found:
        if not e.attributes.get("comment", "").startswith(MARK):
            name = e.attributes["name"]
            raise Taken(
                f"このブックには、ほかで定義した名前 {name} があるので、「数式」→「名前の管理」でその名前を変えてください。"
            )
    return found


def _element(prefix: str, n: Named) -> str:
    tag = f"{prefix}definedName"
    return f"<{tag} name={quoteattr(n.name)} comment={quoteattr(n.comment)}>{escape(n.stored)}</{tag}>"


def _wrapped(prefix: str, made: bytes) -> bytes:
    tag = f"{prefix}{WITHIN}".encode()
    return b"<" + tag + b">" + made + b"</" + tag + b">"
