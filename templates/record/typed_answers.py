"""What a person wrote into the content controls（入力欄）of an earlier draft, found there and set into a new one.

A control is known by its tag, and where several share one, by what stands beside it. Only what differs from the print is a
person's; it goes only where the new draft still waits for an answer, so that no calculated number is ever carried or replaced.
Read with the standard library, since every draft that is printed is; only an answer that is set in needs lxml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from templates.files.docx_structure import WORD, tree
from workbooks.form import layout

PROMPT = re.compile(r"【要記入(: [^】]*)?】")  # as templates/content/narratives.py asks
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
UNCHECKED = ("☐", "□")
SHORT = 16  # letters of a hash
SHOWN = 24  # letters of a text that is told
PIECES = {f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}tab": "\t"}
P, T, CONTROL = f"{WORD}p", f"{WORD}t", f"{WORD}sdt"
NEXT = 2  # paragraphs after a control that tell where it is
Names = Mapping[str, str]


@dataclass(frozen=True)
class Body:
    """The tree of a body, and what stands around each of its elements."""

    root: Any

    @cached_property
    def _parents(self) -> dict[Any, Any]:
        return {child: parent for parent in self.root.iter() for child in parent}

    def above(self, element: Any, name: str) -> Any:
        """The nearest element of a name around this one; None where there is none."""
        found = self._parents.get(element)
        while found is not None and found.tag != name:
            found = self._parents.get(found)
        return found

    def beside(self, element: Any) -> tuple[list[Any], list[Any]]:
        """What stands before and after it in the same element."""
        every = list(self._parents[element])
        at = every.index(element)
        return every[:at], every[at + 1 :]


@dataclass(frozen=True)
class Control:
    """One content control of a draft."""

    element: Any
    body: Body

    @cached_property
    def _properties(self) -> Any:
        found = self.element.find(f"{WORD}sdtPr")
        return self.element if found is None else found

    def _is(self, name: str) -> Any:
        return self._properties.find(name)

    @cached_property
    def tag(self) -> str:
        """Its tag, or else its title."""
        found = (self._properties.find(f"{WORD}{name}") for name in ("tag", "alias"))
        return next((e.get(f"{WORD}val", "") for e in found if e is not None), "")

    @cached_property
    def text(self) -> str:
        """What stands in it."""
        content = self.element.find(f"{WORD}sdtContent")
        found = [] if content is None else list(content.iter(P))
        inner = {id(p) for outer in found for p in outer.iter(P) if p is not outer}  # of a text box
        paragraphs = [p for p in found if id(p) not in inner] or [content]
        return "" if content is None else "\n".join("".join(_pieces(p)) for p in paragraphs)

    @cached_property
    def place(self) -> str:
        """What stands beside it, where several controls have one tag."""
        return "\n".join(_beside(self.element, self.body))

    @cached_property
    def ticks(self) -> bool:
        """Whether it is a box to tick."""
        return self._is(f"{W14}checkbox") is not None

    @cached_property
    def waits(self) -> bool:
        """Whether nobody has answered: a prompt, a date without a day, the first of a list, an empty box."""
        if self.ticks:
            return self.text.strip() in (*UNCHECKED, "")
        listed = self._is(f"{WORD}dropDownList")
        first = None if listed is None else next(listed.iter(f"{WORD}listItem"), None)
        if first is not None and self.text.strip() in (first.get(f"{WORD}displayText"), first.get(f"{WORD}value")):
            return True
        unanswered = self._is(f"{WORD}showingPlcHdr") is not None or self._is(f"{WORD}date") is not None
        return not self.text.strip() or bool(prompted(self.text)) or (unanswered and not re.search(r"\d", self.text))


def prompted(text: str) -> bool:
    """Whether a text is nothing but what a draft asks, with the guide that may follow."""
    return PROMPT.match(text) is not None and ("〔" in text or PROMPT.fullmatch(text.strip()) is not None)


def controls(root: Any) -> dict[str, Control]:
    """The controls of a body by their tags; where a tag is not alone, with their place, and at last by their order."""
    body = Body(root)
    found = [Control(e, body) for e in root.iter(CONTROL) if sum(1 for _ in e.iter(CONTROL)) == 1]
    tags = Counter(c.tag for c in found)
    keys = [c.tag if tags[c.tag] == 1 else f"{c.tag}\n{c.place}" for c in found]
    nth = [keys[:at].count(key) for at, key in enumerate(keys)]
    return {f"{key}\n{n}" if n else key: c for key, c, n in zip(keys, found, nth, strict=True)}


def digests(root: Any) -> dict[str, str]:
    """The hash of each control of a body as it was printed."""
    return {_hash(key): _hash(c.text) for key, c in controls(root).items()}


def answers(body: bytes, printed: Names) -> dict[str, Control]:
    """The controls of an earlier draft that hold what a person wrote; `printed` as it was recorded, empty in old drafts."""
    found = controls(tree(body))
    return {key: c for key, c in found.items() if c.text.strip() and _by_hand(key, c, printed)}


def _by_hand(key: str, c: Control, printed: Names) -> bool:
    before = printed.get(_hash(key))
    return before != _hash(c.text) if before else not c.waits


def answered(body: bytes, by_hand: Mapping[str, Control]) -> tuple[bytes, list[Control], list[Control]]:
    """A new body with these answers, those that were set in, and those that found no place."""
    if not by_hand:
        return body, [], []
    from lxml import etree

    root = etree.fromstring(body)
    free = {key: c for key, c in controls(root).items() if c.waits}
    placed, left = list[Control](), list[Control]()
    for key, old in by_hand.items():
        new = free.get(key) or next((c for c in free.values() if _same(old, c)), None)
        if new is None:
            left.append(old)
            continue
        _set(new.element, old)
        placed.append(old)
    shown = "".join("".join(map(str, root.itertext())).split())
    left = [c for c in left if "".join(c.text.split()) not in shown]
    return (etree.tostring(root, encoding="UTF-8", standalone=True) if placed else body), placed, left


def _same(old: Control, new: Control) -> bool:
    """Whether two controls stand at one place: of drafts from before each control had a tag of its own."""
    return old.tag == "要記入" and bool(old.place) and old.place == new.place


def called(c: Control) -> str:
    """A control for a person: the name of its field, or what stands beside it."""
    if c.tag in layout.INPUT:
        return layout.INPUT[c.tag].label
    beside = next((line for line in c.place.split("\n") if line), "")
    return f"{c.tag}（{beside[:SHOWN]}）" if beside else c.tag


def told(c: Control) -> str:
    """A control with the beginning of its text."""
    text = " ".join(c.text.split())
    return f"{called(c)}「{text[:SHOWN]}{'…' if len(text) > SHOWN else ''}」"


def _set(new: Any, old: Control) -> None:
    """The answer in a control that waited: its text in one run, without the look of the prompt."""
    properties, before = new.find(f"{WORD}sdtPr"), old.element.find(f"{WORD}sdtPr")
    for name in (f"{WORD}showingPlcHdr",):
        for e in properties.findall(name):
            properties.remove(e)
    if old.ticks:
        _tick(properties)
    if (day := before.find(f"{WORD}date")) is not None and (own := properties.find(f"{WORD}date")) is not None:
        own.attrib.update({k: v for k, v in day.attrib.items() if k == f"{WORD}fullDate"})
    runs = list(new.find(f"{WORD}sdtContent").iter(f"{WORD}r"))
    keep, make = runs[0], new.makeelement
    for run in runs[1:]:
        run.getparent().remove(run)
    for child in list(keep):
        if child.tag != f"{WORD}rPr" or not old.ticks:
            keep.remove(child)
    for number, line in enumerate(old.text.split("\n")):
        if number:
            keep.append(make(f"{WORD}br"))
        text = make(T, {SPACE: "preserve"})
        text.text = line
        keep.append(text)


def _tick(properties: Any) -> None:
    for e in properties.iter(f"{W14}checked"):
        e.set(f"{W14}val", "1")


def _pieces(element: Any) -> Iterator[str]:
    for e in element.iter():
        if e.tag == T:
            yield e.text or ""
        elif e.tag in PIECES:
            yield PIECES[e.tag]


def _beside(control: Any, body: Body) -> Iterator[str]:
    """The label of its row, what stands behind it in its paragraph; without these, the heading before and what follows."""
    row = body.above(control, f"{WORD}tr")
    if row is not None:
        yield next((text for cell in row.iter(f"{WORD}tc") if (text := _outside(cell, body))), "")
    paragraph = body.above(control, P)
    if paragraph is None:
        return
    own = _after(control, body) or _outside(paragraph, body)
    yield own
    if row is None and not own:
        before, after = ([e for e in found if e.tag == P] for found in body.beside(paragraph))
        yield next((text for p in reversed(before) if (text := _heading(p, body))), "")
        yield from _following(after, body)


def _following(after: Sequence[Any], body: Body) -> Iterator[str]:
    """What follows up to the next heading: behind it stand sources, whose places are mended from version to version."""
    for p in after[:NEXT]:
        yield _outside(p, body)
        if _heading(p, body):
            return


def _heading(p: Any, body: Body) -> str:
    style = p.find(f"{WORD}pPr/{WORD}pStyle")
    return _outside(p, body) if style is not None and style.get(f"{WORD}val", "").startswith("Heading") else ""


def _after(control: Any, body: Body) -> str:
    """The text behind a control up to the next one."""
    found: list[str] = []
    for e in body.beside(control)[1]:
        if e.tag == CONTROL:
            break
        found += (t.text or "" for t in e.iter(T))
    return "".join("".join(found).split())


def _outside(element: Any, body: Body) -> str:
    """The text of an element that stands in no control."""
    within = body.above(element, CONTROL) is not None
    return "" if within else "".join("".join(_uncontrolled(element)).split())


def _uncontrolled(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == T:
            yield child.text or ""
        elif child.tag != CONTROL:
            yield from _uncontrolled(child)


def _hash(text: str) -> str:
    return sha256("".join(text.split()).encode()).hexdigest()[:SHORT]


__all__: Sequence[str] = ("Control", "answered", "answers", "called", "controls", "digests", "told")
