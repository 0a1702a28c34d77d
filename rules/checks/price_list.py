"""A quote against the vendor's list of registered products（価格表）: what differs, and what blank cells could take from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from rules.assess import Assessment
from rules.checks.codes import UNSEEN, rule, yen
from rules.findings import NOTICE, Finding
from rules.line_limits import PC
from rules.names import folded, nearest
from rules.quote import Line, Row

COMPARED = {"category": "カテゴリー", "functions": "機能", "processes": "プロセス", "contract": "契約"}
TAKEN = (*COMPARED, "price")  # the columns that a line takes from the list
MOST_OFFERED = 20  # names for which near ones are looked up: each is held against the whole list
BOUNDS = "登録した最小販売価格から標準販売価格までで申請するとされます（二次資料による。2026年の原文は未確認）。"
WHY = f"対象は登録されたITツールの費用です{UNSEEN}。"
MEND = "登録のとおりに直すか、価格表を新しくしてください。"


@dataclass(frozen=True)
class Product(Row):
    """One row of the list, as it is registered. The price in yen without tax, as its contract counts it."""

    tool: str = ""  # ツール名
    category: int | None = None
    functions: frozenset[str] = frozenset()
    processes: frozenset[str] = frozenset()
    contract: str = ""
    price: int | None = None  # 単価（円、税抜; 月額は1か月、年額は1年）
    tool_number: str = ""  # ツール番号; "" where the list has none

    @property
    def place(self) -> str:
        """Where it stands, for a sentence."""
        return f"価格表の{self.number}行目"


Found = Sequence[tuple[Line, Product | None]]


def matched(lines: Sequence[Line], products: Sequence[Product]) -> Found:
    """Each line with its product: the one of its 品名, else of its ツール; None where the list does not tell.

    An option or a service bears the name of its software: that product is its own only where the カテゴリー is.

    >>> cloud = Product(2, tool="みほん会計", category=1, contract="年額", price=60_000)
    >>> lines = [Line(1, item="利用料", tool="みほん会計", category=1), Line(2, item="研修", tool="みほん会計", category=6)]
    >>> [found and found.number for _, found in matched(lines, [cloud])]
    [2, None]
    """
    listed, tools = _listed(products), Counter(folded(line.tool) for line in lines)
    return [(line, _product(line, listed, tools)) for line in lines]


def _listed(products: Sequence[Product]) -> Mapping[str, list[Product]]:
    """The products by their names."""
    found: dict[str, list[Product]] = {}
    for product in products:
        found.setdefault(folded(product.tool), []).append(product)
    return found


def _product(line: Line, listed: Mapping[str, list[Product]], tools: Mapping[str, int]) -> Product | None:
    named = listed.get(folded(line.item), [])
    found = named or listed.get(folded(line.tool), [])
    same = [p for p in found if line.category in (None, p.category)]
    if same or not (named or tools[folded(line.tool)] == 1):
        return same[0] if len(same) == 1 else None
    return found[0] if len(found) == 1 else None


def findings(a: Assessment, found: Found, products: Sequence[Product], blank: Collection[str]) -> Iterator[Finding]:
    """What differs from the list; `blank` are the addresses of blank cells."""
    for line, product in found:
        if product:
            yield from _unread(a, line, blank)
            yield from _differing(a, line, product)
            yield from _blanks(line, product, blank)
    yield from _strangers(found, products)
    yield from _numbers(a, [p for _, p in found if p])


def fillings(found: Found, blank: Collection[str], a: Assessment) -> dict[str, tuple[str, Any]]:
    """The blank cells that take a value of the list, by address: the column and the value.

    A line of which anything differs from its product takes nothing: a yearly price does not go into a monthly line.
    """
    taken: dict[str, tuple[str, Any]] = {}
    for line, product in found:
        if product and not any((*_unread(a, line, blank), *_differing(a, line, product))):
            taken |= {line.cell(n): (n, getattr(product, n)) for n in _open(line, product, blank)}
    return taken


def _unread(a: Assessment, line: Line, blank: Collection[str]) -> list[Finding]:
    """What the reader said of cells that are to be compared and hold something else than they should."""
    cells = {line.cell(name) for name in TAKEN} - set(blank)
    return [f for f in a.quote.findings if f.code == "INPUT" and f.cell in cells]


def _open(line: Line, product: Product, blank: Collection[str]) -> list[str]:
    """The columns in which nothing stands and for which the list has a value."""
    return [n for n in TAKEN if line.cell(n) in blank and getattr(product, n) not in (None, "", frozenset())]


def _differing(a: Assessment, line: Line, product: Product) -> Iterator[Finding]:
    for name, title in COMPARED.items():
        here, there = getattr(line, name), getattr(product, name)
        if here and there and here != there:
            told = f"{_named(line)}の{title}「{shown(here)}」が、{product.place}の「{shown(there)}」と違います。"
            yield rule("REGISTERED")(f"{told}{WHY}{MEND}", line.cell(name), at=_at(a))
    if line.contract in ("", product.contract):
        yield from _price(line, product)


def _price(line: Line, product: Product) -> Iterator[Finding]:
    if line.price is None or product.price is None or line.price == product.price:
        return
    above = line.price > product.price
    told = f"{_named(line)}の単価{yen(line.price)}が、{product.place}の{yen(product.price)}"
    todo = (
        "を超えています。単価か価格表を直してください。"
        if above
        else "より低い額です。最小販売価格を下回らないか確かめてください。"
    )
    yield rule("PRICE")(f"{told}{todo}{BOUNDS}", line.cell("price"), level="" if above else NOTICE)


def _blanks(line: Line, product: Product, blank: Collection[str]) -> Iterator[Finding]:
    titles = {**COMPARED, "price": "単価"}
    if names := _open(line, product, blank):
        which = "」「".join(titles[name] for name in names)
        message = f"{_named(line)}の「{which}」が空欄です。{product.place}に値があります。"
        yield rule("REGISTERED")(message, line.cell(names[0]), level=NOTICE)


def _strangers(found: Found, products: Sequence[Product]) -> Iterator[Finding]:
    """Names that the list does not have, each once, with those that are nearly alike."""
    listed, told = _listed(products), dict[str, tuple[Line, str]]()
    for line, product in found:
        name = line.tool if line.tool and folded(line.tool) not in listed else line.item or line.tool
        if product is None and name and line.category != PC:  # a PC is bought beside what is registered
            told.setdefault(folded(name), (line, name))
    for n, (line, name) in enumerate(told.values()):
        other = folded(name) in listed  # its software stands there, in another カテゴリー
        near = nearest(name, (p.tool for p in products)) if n < MOST_OFFERED and not other else []
        called = f"「{name}」（カテゴリー{line.category}）" if other and line.category else f"「{name}」"
        cell = line.cell("tool" if name == line.tool else "item")
        yield rule("REGISTERED")(_strange(called, near, _several(line, listed)), cell, level=NOTICE)


def _several(line: Line, listed: Mapping[str, list[Product]]) -> bool:
    """Whether more than one row may be meant."""
    named = listed.get(folded(line.item), []) or listed.get(folded(line.tool), [])
    return sum(line.category in (None, p.category) for p in named) > 1


def _strange(called: str, near: Sequence[str], several: bool) -> str:
    if several:
        todo = "カテゴリーを入れるか、価格表の名前を分けてください。"
        return f"{called}に当たる行が価格表に二つ以上あり、どれか決まりません。{todo}"
    offered = f"近い名前は「{'」「'.join(near)}」です。" if near else ""
    return f"{called}は価格表にありません。{offered}登録した名前と揃えるか、価格表に加えてください。"


def _numbers(a: Assessment, products: Sequence[Product]) -> Iterator[Finding]:
    """ツール番号 of the quote against those of its products."""
    told, listed = a.quote.get("tool_number"), {p.tool_number for p in products if p.tool_number}
    if told and listed and told not in listed:
        message = f"ツール番号「{told}」が、価格表の「{'」「'.join(sorted(listed))}」と違います。{MEND}"
        yield rule("REGISTERED")(message, a.quote.cell("tool_number"))


def _at(a: Assessment) -> str:
    return rule("REGISTERED").data["places"].get(a.frame, "")


def _named(line: Line) -> str:
    return f"{line.number}行目「{line.item or line.tool}」"


def shown(value: Any) -> Any:
    """A value as its cell in the table of lines has it.

    >>> shown(frozenset(("共P-04", "共P-02"))), shown(60_000)
    ('共P-02・共P-04', 60000)
    """
    return "・".join(sorted(cast("frozenset[str]", value))) if isinstance(value, frozenset) else value
