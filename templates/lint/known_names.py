"""The names that a template may print: the keys of the drafts' words, learned from the shipped examples.

>>> shape({"rows": [{"label": "補助額"}, {"note": ""}]}).keys["rows"].item.keys["label"].example
'補助額'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from templates.content.context import context
from templates.content_controls import unmarked
from workbooks.form import layout
from workbooks.reading.quote_file import assess_file

EXAMPLES = Path(layout.__file__).parents[1] / "examples"


@dataclass(frozen=True)
class Shape:
    """What a name stands for: a group of names, a list, or a value with an example."""

    example: Any = None
    keys: Mapping[str, Shape] = field(default_factory=dict[str, "Shape"])
    item: Shape | None = None  # of a list
    listed: bool = False

    @property
    def printable(self) -> bool:
        """Whether it can be printed as it stands."""
        return not self.keys and not self.listed


def shape(value: Any) -> Shape:
    """The shape of one value."""
    if isinstance(value, Mapping):
        return Shape(keys={name: shape(v) for name, v in cast("Mapping[str, Any]", value).items()})
    if isinstance(value, list):
        items = [shape(v) for v in cast("list[Any]", value)]
        return Shape(item=merged(*items) if items else None, listed=True)
    return Shape(example=unmarked(value) if isinstance(value, str) else value)


def merged(*shapes: Shape) -> Shape:
    """One shape with everything that any of them has; examples from the first that has one."""
    names = dict.fromkeys(name for s in shapes for name in s.keys)
    keys = {name: merged(*(s.keys[name] for s in shapes if name in s.keys)) for name in names}
    items = [s.item for s in shapes if s.item]
    example = next((s.example for s in shapes if s.example not in (None, "", False)), shapes[0].example)
    item = merged(*items) if items else None
    return Shape(example, keys, item, any(s.listed for s in shapes))


@cache
def examples() -> list[dict[str, Any]]:
    """The words of every shipped example, the fullest first."""
    paths = sorted(EXAMPLES.glob("*.xlsx"), key=lambda p: (p.stem != "wholesale", p.stem))
    return [context(assess_file(path)) for path in paths]


@cache
def known() -> Shape:
    """Everything that the shipped templates' words can hold: those of every example, in one."""
    found = [shape({**words, "draft": draft}) for words in examples() for draft in words["drafts"].values()]
    everything = merged(*found)
    return replace(everything, keys={n: s for n, s in everything.keys.items() if n != "drafts"})


def paths(s: Shape, before: str = "") -> Iterator[tuple[str, Any]]:
    """(lines[].item, example) for every value.

    >>> list(paths(shape({"a": {"b": 1}, "c": [{"d": "x"}]})))
    [('a.b', 1), ('c[].d', 'x')]
    """
    if s.listed:
        yield from paths(s.item or Shape(), f"{before}[]")
    elif s.keys:
        for name, child in s.keys.items():
            yield from paths(child, f"{before}.{name}" if before else name)
    else:
        yield before, s.example
