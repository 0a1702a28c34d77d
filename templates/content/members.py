"""複数者連携: the members with their parts, and the figures that the official 様式5～8 ask for.

Each member is computed by the invoice frame's own formula, as the group's sum is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules import consumption_tax
from rules.assess import Assessment
from rules.engine.argument import ArgumentError
from rules.engine.edition import edition, spoken
from rules.engine.evaluate import Calculation, scalar
from rules.frames import group, invoice
from rules.quote import Member
from templates import japanese
from templates.content.narratives import UNKNOWN, asked
from templates.content.words import GroupTotal, Labelled, MemberRow, MemberSums, Role

NONE = "―"


@dataclass(frozen=True)
class Part:
    """(a), (b) or (c): what it costs and what is granted, in yen."""

    label: str
    cost: int
    granted: int
    rate: str


def rows(a: Assessment) -> list[MemberRow]:
    """Every member with its costs and its part of the subsidy."""
    return [_row(number, m, _one(m, a)) for number, m in enumerate(a.quote.members, 1)]


def sums(a: Assessment) -> MemberSums:
    """The last row of the members' table."""
    found = [_one(m, a) for m in a.quote.members]
    told = None not in found and bool(found)

    def part(name: str) -> str:
        return japanese.number(sum(c.step(name) for c in found if c)) if told else NONE

    return {
        "cost": japanese.number(sum(m.cost or 0 for m in a.quote.members)),
        "pc_cost": japanese.number(sum(m.pc_cost or 0 for m in a.quote.members)),
        "register_cost": japanese.number(sum(m.register_cost or 0 for m in a.quote.members)),
        "within": part("within"),
        "beyond": part("beyond"),
        "pc_part": part("pc_part"),
        "register_part": part("register_part"),
        "subsidy": part("subsidy"),
    }


def totals(a: Assessment) -> list[GroupTotal]:
    """(a), (b), (c) and all: 総事業費, 補助対象経費, 消費税, 申請可能額, 補助率, as the form for the whole asks."""
    found = list(_parts(a))
    taxes = [consumption_tax.tax(part.cost, 0, a.on) for part in found] if a.edition else []
    made = [
        _total(part.label, part.cost, levy, part.granted, part.rate) for part, levy in zip(found, taxes, strict=False)
    ]
    if not made or a.calculation is None or a.total is None or a.tax is None:
        return made
    return [*made, _total("合計", a.total, a.tax, a.calculation.subsidy, NONE)]


def analysis(a: Assessment) -> list[Labelled]:
    """The figures of (b) 消費動向等分析経費 and (c) その他経費, step by step."""
    if a.calculation is None:
        return []
    p, c = edition(group.Edition, a.on), a.calculation
    pairs = (
        ("グループ構成員数", f"{japanese.number(len(a.quote.members))}者"),
        ("(b) のツールを導入する構成員数", f"{japanese.number(c.given['analysis_members'])}者"),
        ("(b) 補助対象経費", japanese.yen(a.quote.get("analysis_cost", 0))),
        (f"(b) 経費×{spoken(p.analysis.rate)}", japanese.yen(c.step("analysis_line"))),
        (f"(b) 上限（導入する構成員数×{spoken(p.analysis.up_to)}）", japanese.yen(c.step("analysis_cap"))),
        ("(b) 申請可能額", japanese.yen(c.step("analysis_part"))),
        ("(a)+(b) の合計", japanese.yen(c.step("together"))),
        (f"(a)+(b) に上限{spoken(p.combined.value)}を当てた額", japanese.yen(c.step("combined"))),
        ("(c) 補助対象経費", japanese.yen(a.quote.get("admin_cost", 0))),
        (f"(c) 経費×{spoken(p.admin.rate)}（上限{spoken(p.admin.up_to)}）", japanese.yen(c.step("admin_flat"))),
        (f"(c) (a)+(b)×{spoken(p.admin.share)}×{spoken(p.admin.rate)}", japanese.yen(c.step("admin_share"))),
        ("(c) 申請可能額", japanese.yen(c.step("admin_part"))),
    )
    return [{"label": label, "value": value} for label, value in pairs]


def roles(a: Assessment) -> list[Role]:
    """Who does what: the members, and those who help them; `ask` where a role is still owed."""
    helpers = [("IT提供事業者", a.quote.get("vendor_name")), ("外部専門家", a.quote.get("expert_name"))]
    return [
        _role("代表", str(a.quote.get("name") or UNKNOWN), NONE, "代表事業者。申請と取りまとめ"),
        *(
            _role(str(n), m.name or UNKNOWN, _answer(m.analysis), m.role, m.cell("role"))
            for n, m in enumerate(a.quote.members, 1)
            if not _leads(m, a)
        ),
        *(_role(NONE, str(name), NONE, kind) for kind, name in helpers if name),
    ]


def _role(number: str, name: str, analysis: str, role: str, cell: str = "") -> Role:
    ask = "" if role else asked(name=f"role:{name}")
    return {
        "number": number, "name": name, "analysis": analysis, "value": role, "cell": cell,
        "tail": "", "control": "text", "ask": ask, "label": f"{name} の役割",
    }  # fmt: skip


def leading(a: Assessment) -> str:
    """That the 代表事業者 is one of the members, and whether the table has it."""
    if any(_same(m, a) for m in a.quote.members):
        return "代表事業者はグループ構成員の1者で、この数に入っている"
    return (
        "2025年の公募要領では代表事業者もグループ構成員の1者だが、シート「構成員」に代表事業者の行が見当たらない。"
        "この数に入れるか確かめる"
    )


def _leads(m: Member, a: Assessment) -> bool:
    """Whether a member of the table is the 代表 itself, and has no role of its own to show."""
    return not m.role and _same(m, a)


def _same(m: Member, a: Assessment) -> bool:
    """Whether a member is the applicant: by its number, or by its name where it has none."""
    own = a.quote.get("corporate_number" if m.corporate_number else "name")
    return own is not None and (m.corporate_number or m.name) == own


def _one(m: Member, a: Assessment) -> Calculation | None:
    """What a member alone gets, None where its row says too little."""
    values = {x.name: getattr(m, x.name) for x in group.COLUMNS}
    try:
        return scalar(invoice.FRAME, values, a.on)
    except ArgumentError:
        return None


def _row(number: int, m: Member, c: Calculation | None) -> MemberRow:

    def part(name: str) -> str:
        return japanese.number(c.step(name)) if c else NONE

    return {
        "number": str(number),
        "name": m.name or UNKNOWN,
        "corporate_number": m.corporate_number or NONE,
        "size": UNKNOWN if m.small_biz is None else "小規模" if m.small_biz else "中小",
        "functions": str(m.functions or (c.given["functions"] if c else NONE)),
        "cost": japanese.known(m.cost, NONE),
        "pc_cost": japanese.known(m.pc_cost, NONE),
        "register_cost": japanese.known(m.register_cost, NONE),
        "role": m.role or UNKNOWN,
        "analysis": _answer(m.analysis),
        "within": part("within"),
        "beyond": part("beyond"),
        "pc_part": part("pc_part"),
        "register_part": part("register_part"),
        "subsidy": part("subsidy"),
    }


def _parts(a: Assessment) -> Iterator[Part]:
    if a.calculation is None or a.edition is None:
        return
    p, c, get = edition(group.Edition, a.on), a.calculation, a.quote.get
    base = sum((m.cost or 0) + (m.pc_cost or 0) + (m.register_cost or 0) for m in a.quote.members)
    yield Part("(a) 基盤導入経費", base, c.step("base_part"), "様式5")
    yield Part("(b) 消費動向等分析経費", get("analysis_cost", 0), c.step("analysis_part"), spoken(p.analysis.rate))
    yield Part("(c) 事務費・専門家費", get("admin_cost", 0), c.step("admin_part"), spoken(p.admin.rate))


def _total(label: str, cost: int, levy: int, granted: int, rate: str) -> GroupTotal:
    return {
        "label": label,
        "gross": japanese.number(cost + levy),
        "cost": japanese.number(cost),
        "tax": japanese.number(levy),
        "granted": japanese.number(granted),
        "rate": rate,
    }


def _answer(value: bool | None) -> str:
    return NONE if value is None else "する" if value else "しない"
