"""The language of the templates: docxtpl's tags, and of Jinja only what cannot do harm.

A template is read before it is run: it may print values, choose (if) and repeat (for), and call nothing. While it runs,
a name leads only to a key of a dict, a loop runs only over a list, and both the steps of all loops and the text that
comes out are counted. Every template is rendered with environment(), no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from jinja2 import StrictUndefined, Template, Undefined, nodes, pass_context
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from rules.refusal import Refusal

GUARD = (
    "\ufdd0"  # set after each brace and % of a value, so that docxtpl and our check see no tags in it; removed again
)
ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\ufdd0-\ufdef]")
BRACES = re.compile("([{}%])")
STEPS = 2_000_000  # rounds of all loops of one document, each times what stands in the loop: a draft takes 10,000
LETTERS = 16 << 20  # letters of one part of a document: a draft has 0.2 million
TEXT = 100_000  # letters that `join` may make
DEPTH = 4  # loops within loops
BUDGET = " steps"  # not a name that a template can write
COUNTED = " counted"
LOOP = ("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth")

NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.For, nodes.If,
    nodes.Const, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.CondExpr, nodes.Concat, nodes.List, nodes.Tuple,
)  # fmt: skip
FILTERS = ("length", "count", "default", "d", "join", "first", "last", "upper", "lower", "trim")
TESTS = ("defined", "undefined", "odd", "even", "in", "none")
SAID: Mapping[type[nodes.Node], str] = {
    nodes.Mul: "掛け算（*）は使えません。計算した値を印字してください",
    nodes.Pow: "べき乗（**）は使えません。計算した値を印字してください",
    nodes.Mod: "余り・書式（%）は使えません。計算した値を印字してください",
    nodes.Div: "割り算（/）は使えません。計算した値を印字してください",
    nodes.FloorDiv: "割り算（//）は使えません。計算した値を印字してください",
    nodes.Add: "足し算（+）は使えません。文字をつなぐときは ~ を使ってください",
    nodes.Sub: "引き算（-）は使えません。計算した値を印字してください",
    nodes.Neg: "符号（-）は使えません。計算した値を印字してください",
    nodes.Pos: "符号（+）は使えません。計算した値を印字してください",
    nodes.Call: "呼び出し（丸かっこ）は使えません。名前だけを書いてください",
    nodes.Slice: "範囲（[ : ]）は使えません。一覧は {% for %} で印字してください",
    nodes.Dict: "波かっこの辞書は使えません。名前だけを書いてください",
    nodes.Macro: "macro は使えません。使えるのは if と for です",
    nodes.CallBlock: "call は使えません。使えるのは if と for です",
    nodes.FilterBlock: "filter の区間は使えません。使えるのは if と for です",
    nodes.Include: "include は使えません。ほかのファイルは読みません",
    nodes.Import: "import は使えません。ほかのファイルは読みません",
    nodes.FromImport: "import は使えません。ほかのファイルは読みません",
    nodes.Extends: "extends は使えません。ほかのファイルは読みません",
    nodes.Block: "block は使えません。使えるのは if と for です",
    nodes.With: "with は使えません。使えるのは if と for です",
    nodes.Assign: "set は使えません。使えるのは if と for です",
    nodes.AssignBlock: "set は使えません。使えるのは if と for です",
    nodes.ScopedEvalContextModifier: "autoescape は変えられません",
}  # what a template may not do, for a person


class TooMuch(Refusal):
    """A template would print without end."""


class Missing(StrictUndefined):
    """A name that leads nowhere: printing it stops with a Japanese sentence (without 。)."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return f"「{self._undefined_name}」という名前はありません"


class Language(ImmutableSandboxedEnvironment):
    """A sandbox in which a name leads only to a key of a dict, or to what a loop says of itself."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What `obj.attribute` says in a template."""
        if type(obj) is not dict and isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """What `obj[argument]` says in a template; undefined where the name or the place is not there."""
        if isinstance(obj, Undefined):
            return obj[argument]  # a strict one raises
        if isinstance(obj, dict):
            keys = cast("dict[Any, Any]", obj)
            return keys[argument] if argument in keys else self.undefined(obj=obj, name=argument)
        if isinstance(obj, list) and isinstance(argument, int) and 0 <= argument < len(items := cast("list[Any]", obj)):
            return items[argument]
        return self.unsafe_undefined(obj, str(argument))


def environment() -> Language:
    """The environment of every template.

    >>> environment().from_string("{{ a.b }}").render(a={"b": "<&>"})
    '&lt;&amp;&gt;'
    """
    made: Any = Language(autoescape=True, undefined=Missing, finalize=clean)
    made.globals.clear()  # a template needs no functions
    made.filters = {name: f for name, f in made.filters.items() if name in FILTERS}
    made.filters |= {"join": join, "length": length, "count": length, COUNTED: counted}
    made.tests = {name: t for name, t in made.tests.items() if name in TESTS or not name.isidentifier()}
    return made


def clean(value: Any) -> Any:
    """A value as a template may print it: text without what XML cannot carry, no None, no tags."""
    if value is None:
        return ""
    if isinstance(value, int | Undefined):
        return value
    if not isinstance(value, str):
        raise Refusal("一覧や組はそのまま印字できません。{% for %} か、名前の続き（例: row.label）で書いてください。")
    text = ILLEGAL.sub("", value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value)
    return BRACES.sub(rf"\1{GUARD}", text)


@pass_context
def join(context: Context, value: Any, between: str = "") -> str:
    """The texts of a list in one, not longer than a page can be."""
    if not isinstance(value, list):
        raise Refusal("join でつなげるのは一覧だけです。")
    texts = ["" if item is None else str(item) for item in cast("list[Any]", value)]
    letters = sum(map(len, texts)) + len(str(between)) * len(texts)
    if letters > TEXT:
        raise TooMuch("join でつないだ文字が長すぎます。")
    _pay(context, letters // 100)
    return str(between).join(texts)


def length(value: Any) -> int:
    """How many items a list has, or letters a text."""
    if not isinstance(value, list | str | Mapping):
        raise Refusal("length で数えられるのは一覧と文字だけです。")
    return len(cast("list[Any] | str", value))


@pass_context
def counted(context: Context, value: Any, weight: int) -> Any:
    """What a loop runs over: a list, whose rounds are paid for before the first."""
    if isinstance(value, Undefined):
        return value  # a strict one raises when the loop begins
    if not isinstance(value, list):
        raise Refusal("{% for %} で繰り返せるのは一覧だけです。")
    items = cast("list[Any]", value)
    _pay(context, (len(items) + 1) * weight)
    return items


def _pay(context: Context, steps: int) -> None:
    left: Any = context.resolve(BUDGET)
    left[0] -= steps
    if left[0] < 0:
        raise TooMuch("繰り返しが多すぎます。重なった {% for %} を減らしてください。")


def compiled(tree: nodes.Template, made: Language) -> Template:
    """A tree that `faults` has passed as a template whose loops are counted."""
    for loop in list(tree.find_all(nodes.For)):
        weight = nodes.Const(sum(1 for _ in loop.find_all(nodes.Node)))
        counting = nodes.Filter(loop.iter, COUNTED, [weight], [], None, None, lineno=loop.lineno)
        loop.iter = counting.set_environment(made)
    return Template.from_code(made, made.compile(tree), made.make_globals(None))


def printed(template: Template, words: Mapping[str, Any], budget: list[int]) -> str:
    """What a template prints, given up when it becomes endless."""
    out: list[str] = []
    size = 0
    for piece in template.generate({**words, BUDGET: budget}):
        size += len(piece)
        if size > LETTERS:
            raise TooMuch("印字される文書が大きすぎます。繰り返しの中身を減らしてください。")
        out.append(piece)
    return "".join(out)


def faults(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """(line, sentence without 。) for everything in a template that is not allowed."""
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        depth += isinstance(node, nodes.For)
        if depth > DEPTH:
            yield node.lineno, f"繰り返しの重なりは{DEPTH}段までです"
            continue
        if fault := _fault(node):
            yield node.lineno, fault
        waiting += [(child, depth) for child in reversed(list(node.iter_child_nodes()))]


def _fault(node: nodes.Node) -> str:
    """What is wrong with one node by itself; "" where nothing is."""
    match node:
        case nodes.Name(name=name) | nodes.Getattr(attr=name):
            return _name(name, node)
        case nodes.Getitem(arg=arg):
            return _index(arg)
        case nodes.Filter():
            return _filter(node)
        case nodes.For():
            return _for(node)
        case nodes.Test(name=name) if name not in TESTS:
            return f"is {name} は使えません。使えるのは {'、'.join(TESTS)} です"
        case _:
            pass
    said = SAID.get(type(node), f"{type(node).__name__} は使えません。使えるのは値の印字と if と for です")
    return "" if isinstance(node, NODES) else said


def _name(name: str, node: nodes.Node) -> str:
    if name.startswith("_"):
        return f"下線で始まる名前「{name}」は使えません"
    taken = isinstance(node, nodes.Name) and node.ctx != "load" and name == "loop"
    return "loop は繰り返しの名前に使えません" if taken else ""


def _index(arg: nodes.Node) -> str:
    if isinstance(arg, nodes.Slice):
        return ""  # said of the slice itself
    if not isinstance(arg, nodes.Const) or isinstance(arg.value, float | bool):
        return "[ ] の中は数か、引用符で囲んだ名前だけです"
    if isinstance(arg.value, str) and arg.value.startswith("_"):
        return f"下線で始まる名前「{arg.value}」は使えません"
    return ""


def _filter(node: nodes.Filter) -> str:
    if node.name not in FILTERS:
        return f"| {node.name} は使えません。使えるのは {'、'.join(FILTERS)} です"
    if node.kwargs or node.dyn_args or node.dyn_kwargs or not all(isinstance(a, nodes.Const) for a in node.args):
        return f"| {node.name} のかっこの中は、引用符で囲んだ文字だけです"
    return ""


def _for(node: nodes.For) -> str:
    if node.recursive:
        return "recursive は使えません"
    if not isinstance(node.target, nodes.Name):
        return "{% for %} の名前は一つだけです"
    path = node.iter
    while isinstance(path, nodes.Getattr | nodes.Getitem):
        path = path.node
    return "" if isinstance(path, nodes.Name) else "{% for %} の in の後は、一覧の名前だけです"
