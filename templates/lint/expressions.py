"""What stands inside the tags: whether Jinja reads it, whether it is allowed, and whether each name exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any
from unicodedata import normalize

from jinja2 import TemplateSyntaxError, nodes

from templates.lint.blocks import Block
from templates.lint.known_names import Shape, shape
from templates.lint.scanner import Tag
from templates.sandbox import LOOP, Language, environment, faults

UNREAD = "タグの中の書き方が正しくありません。名前・点・引用符・かっこを確かめてください"
LOOPED = shape(dict.fromkeys(LOOP, 1))
Problem = tuple[Tag, str]


class Scope:
    """The names that are known at one place, and every name that was written so far."""

    def __init__(self, known: Shape | None, spelled: list[tuple[str, Tag]] | None = None) -> None:
        self.known = known
        self.spelled: list[tuple[str, Tag]] = [] if spelled is None else spelled

    def with_names(self, names: Mapping[str, Shape | None]) -> Scope:
        """The names of a loop on top of these; a list that no example fills is not known further."""
        if self.known is None:
            return self
        keys = {**self.known.keys, **{n: s or ANYTHING for n, s in names.items()}}
        return Scope(Shape(keys=keys), self.spelled)


ANYTHING = Shape(example="…")  # of which nothing is known


def check(found: Sequence[Block | Tag], scope: Scope) -> Iterator[Problem]:
    """(tag, sentence) for whatever is wrong in the tags of a tree."""
    for item in found:
        if isinstance(item, Tag):
            yield from _tag(item, f"{{{{ {item.body} }}}}", scope)
        else:
            yield from _block(item, scope)


def _block(block: Block, scope: Scope) -> Iterator[Problem]:
    inner = scope
    for tag, items in block.branches:
        if tag.word == "for":
            yield from _tag(tag, f"{{% {tag.body} %}}{{% endfor %}}", scope)
            inner = _looped(tag, scope)
        elif tag.word in ("if", "elif"):
            condition = tag.body.removeprefix(tag.word)
            yield from _tag(tag, f"{{% if {condition} %}}{{% endif %}}", inner)
        elif tag.body != "else":
            yield tag, UNREAD
        yield from check(items, scope if block.head.word == "for" and tag.word == "else" else inner)


def _looped(tag: Tag, scope: Scope) -> Scope:
    """The scope inside a loop."""
    tree = _parsed(f"{{% {tag.body} %}}{{% endfor %}}")
    loop = tree and next(tree.find_all(nodes.For), None)
    if loop is None or not isinstance(loop.target, nodes.Name):
        return scope
    over = _shape(loop.iter, scope)
    return scope.with_names({loop.target.name: over.item if over else None, "loop": LOOPED})


@cache
def _language() -> Language:
    return environment()


@lru_cache(2_000)  # nobody changes these trees
def _parsed(source: str) -> nodes.Template | None:
    try:
        return _language().parse(source)
    except (TemplateSyntaxError, RecursionError, ValueError):
        return None


def _tag(tag: Tag, source: str, scope: Scope) -> Iterator[Problem]:
    tree = _parsed(source)
    if tree is None:
        yield tag, UNREAD
        return
    found = [why for _, why in faults(tree)]
    yield from ((tag, why) for why in found)
    scope.spelled += [(name, tag) for name in _spelled(tree)]
    if scope.known and not found:
        yield from ((tag, why) for why in _unknown(tree, scope, tag))


def _spelled(tree: nodes.Node) -> Iterator[str]:
    for node in tree.find_all((nodes.Name, nodes.Getattr)):
        yield node.name if isinstance(node, nodes.Name) else node.attr  # type: ignore[attr-defined]


def _unknown(tree: nodes.Template, scope: Scope, tag: Tag) -> Iterator[str]:
    """Sentences on names that do not exist, or that cannot be used so."""
    for node in _outermost(tree):
        if isinstance(node, nodes.Name) and node.ctx != "load":
            continue
        yield from _missing(node, scope)
    for loop in tree.find_all(nodes.For):
        over = _shape(loop.iter, scope)
        if over and over is not ANYTHING and not over.listed:
            yield f"「{_path(loop.iter)}」は一覧ではないので、{{% for %}} で繰り返せません"
    body = tree.body[0] if tag.prints and tree.body else None
    if isinstance(body, nodes.Output) and isinstance(body.nodes[0], nodes.Name | nodes.Getattr):
        printed = _shape(body.nodes[0], scope)
        if printed and not printed.printable:
            how = "{% for %} で" if printed.listed else "名前の続き（点の後）を書いて"
            yield f"「{_path(body.nodes[0])}」はそのまま印字できません。{how}印字してください"


def _outermost(node: nodes.Node) -> Iterator[nodes.Node]:
    """The whole paths a.b.c, and not their parts."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.For):
            yield from _outermost(nodes.Tuple([child.iter, *([child.test] if child.test else [])], "load"))
        elif isinstance(child, nodes.Name | nodes.Getattr | nodes.Getitem):
            yield child
        else:
            yield from _outermost(child)


def _missing(node: nodes.Node, scope: Scope) -> Iterator[str]:
    if isinstance(node, nodes.Getattr | nodes.Getitem) and _shape(node.node, scope) is None:
        yield from _missing(node.node, scope)
    elif _shape(node, scope) is None and _path(node):
        inside = _shape(node.node, scope) if isinstance(node, nodes.Getattr | nodes.Getitem) else scope.known
        yield f"「{_path(node)}」という名前はありません{_instead(node, inside)}"


def _instead(node: nodes.Node, inside: Shape | None) -> str:
    """The name that was probably meant."""
    before, point, last = _path(node).rpartition(".")
    near = get_close_matches(normalize("NFKC", last), inside.keys if inside else (), 1, 0.5)
    return (
        f"。「{before}{point}{near[0]}」ではありませんか"
        if near
        else "。名前の一覧は docs/template-names.md にあります"
    )


def _shape(node: Any, scope: Scope) -> Shape | None:
    """What a path leads to; None where it leads nowhere."""
    match node:
        case nodes.Name(name=name):
            return scope.known.keys.get(name) if scope.known else None
        case nodes.Getattr(node=inner, attr=str(name)) | nodes.Getitem(node=inner, arg=nodes.Const(value=str(name))):
            found = _shape(inner, scope)
            return ANYTHING if found is ANYTHING else found.keys.get(name) if found else None
        case nodes.Getitem(node=inner) | nodes.Filter(node=inner, name="first" | "last"):
            found = _shape(inner, scope)
            return (found.item or ANYTHING) if found and found.listed else found if found is ANYTHING else None
        case _:
            return ANYTHING


def _path(node: Any) -> str:
    match node:
        case nodes.Name(name=name):
            return name
        case nodes.Getattr(node=inner, attr=name):
            return f"{_path(inner)}.{name}"
        case nodes.Getitem(node=inner, arg=nodes.Const(value=value)):
            return f"{_path(inner)}.{value}" if isinstance(value, str) else f"{_path(inner)}[{value}]"
        case _:
            return ""
