"""The members of a group as a table with sentences, one of them in detail, and all of them as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from addin.cli.text_table import table
from rules.advice.cockpit import TWO, Block, Cockpit, Leaving
from rules.checks.codes import yen
from rules.engine.argument import VALUE, ArgumentError

SHOWN = 10  # members in the table, those that bring the most first


def named(group: Cockpit | None, name: str | None) -> tuple[Block, ...]:
    """The members of a name; none where none is asked for, ArgumentError where there is none of it."""
    blocks = group.blocks if group else ()
    found = tuple(b for b in blocks if b.name == name)
    if name is not None and not found:
        why = f"「{name}」という構成員はいません" if group else "構成員の表から計算した補助額がありません"
        raise ArgumentError("member", VALUE, f"--member {name}: {why}。名前は構成員の表のとおりに入れてください。")
    return found


def members(group: Cockpit | None, chosen: Sequence[Block]) -> str:
    """The members that bring the most; or those that are asked for, cost by cost."""
    if group is None:
        return ""
    if chosen:
        return "\n".join(_detail(block) for block in chosen)
    rows = [[b.name, b.gross, b.subsidy, b.out_of_pocket] for b in _ranked(group)[:SHOWN]]
    return table([["構成員", "支払（税込）", "(a)の補助額", "手出し（税込）"], *rows], right=[1, 2, 3])


def _ranked(group: Cockpit) -> list[Block]:
    return sorted(group.blocks, key=lambda b: -b.subsidy)


def _detail(b: Block) -> str:
    over = {i.argument: i.yen for i in b.over}
    rows = [[p.what, p.cost, p.subsidy, over.get(p.argument, 0)] for p in b.parts if p.cost]
    total = f"{b.name}: 支払{yen(b.gross)}（税込）、(a)の補助額{yen(b.subsidy)}、手出し{yen(b.out_of_pocket)}"
    return f"{total}\n{table([['経費', '税抜', '補助額', '上限を超える経費'], *rows], right=[1, 2, 3])}"


def sentences(group: Cockpit | None, chosen: Sequence[Block]) -> Iterator[str]:
    """What to know of the members, and what if two of them leave."""
    if group is None:
        return
    rest = len(group.blocks) - SHOWN
    if rest > 0 and not chosen:
        yield f"ほか{rest}者は --member 名前 か --json で示します。"
    yield "構成員の補助額は (a) だけの額で、(b)・(c) を含みません。支払は構成員ごとに税を切り捨てた額です。"
    if not group.summed:
        yield _unsummed(group)
    yield from _over(group)
    yield from _leaving(group)


def _unsummed(group: Cockpit) -> str:
    if not group.assessment.subsidy:
        return "グループの補助額は今のままでは0円です。構成員の額は、申請できるようになったときの (a) の額です。"
    return "(a)+(b) が上限で止まるので、構成員の額の合計のすべては補助されません。構成員ごとの分け方は、この計算では決まりません。"


def _over(group: Cockpit) -> Iterator[str]:
    """Who buys beyond a cap of its own."""
    kinds = dict.fromkeys((i.argument, i.what) for b in group.blocks for i in b.over)
    for argument, what in kinds:
        found = [(b.name, i.yen) for b in group.blocks for i in b.over if i.argument == argument]
        first = "、".join(f"「{name}」{yen(more)}" for name, more in found[:SHOWN])
        rest = f"など{len(found)}者" if len(found) > SHOWN else ""
        yield f"{what}の上限を超えて補助のつかない経費: {first}{rest}。"


def _leaving(group: Cockpit) -> Iterator[str]:
    largest, worst, least = group.largest, group.worst, group.least
    if not largest or not worst or not least or not largest.before:
        return
    if worst.after == least.after:
        yield f"どの{TWO}者が抜けても、補助額は{_after(worst)}。"
        return
    yield f"補助額の大きい{TWO}者（{_names(largest)}）が抜けると、補助額は{_after(largest)}。"
    yield f"どの{TWO}者が抜けても、補助額は{yen(worst.after)}（{_names(worst)}）から{yen(least.after)}（{_names(least)}）の間です。"


def _after(x: Leaving) -> str:
    """What becomes of the subsidy."""
    less = x.before - x.after
    return f"{yen(x.before)}から{yen(x.after)}（−{yen(less)}）になります" if less else f"{yen(x.before)}のままです"


def _names(x: Leaving) -> str:
    return "".join(f"「{b.name}」" for b in x.members)


def as_json(group: Cockpit | None) -> dict[str, Any] | None:
    """The same as data, every member of it."""
    if group is None:
        return None
    leaving = {"largest": group.largest, "worst": group.worst, "least": group.least}
    return {
        "subsidy": group.assessment.subsidy,
        "summed": group.summed,
        "members": [_block_json(b) for b in group.blocks],
        "two_leave": {name: _leaving_json(x) for name, x in leaving.items()},
    }


def _block_json(b: Block) -> dict[str, Any]:
    amounts = {"net": b.net, "gross": b.gross, "subsidy": b.subsidy, "out_of_pocket": b.out_of_pocket}
    over = [{"argument": i.argument, "full": i.full, "yen": i.yen} for i in b.over]
    return {"number": b.member.number, "name": b.name, **amounts, "parts": [asdict(p) for p in b.parts], "over": over}


def _leaving_json(x: Leaving | None) -> dict[str, Any] | None:
    return {"members": [b.name for b in x.members], "before": x.before, "after": x.after} if x else None
