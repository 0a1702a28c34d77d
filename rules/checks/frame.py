"""Checks of the frame that is applied for: why it falls, its limits, the accounts, the members, 最低賃金近傍."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from rules import near_minimum_wage
from rules.assess import Assessment
from rules.checks.codes import rule
from rules.checks.entry import Check, Condition, always
from rules.checks.facts import answered
from rules.engine import evaluate
from rules.engine.condition import equal, negated
from rules.engine.edition import edition
from rules.findings import WARNING, Finding
from rules.frames import etrade, frame, group, invoice, normal, security
from rules.frames.contract import Frame
from rules.line_limits import SOFTWARE
from rules.quote import Member

NOBODY = "-"  # no member's name


def fallen(a: Assessment) -> Iterator[Finding]:
    """ETRADE, OTASUKE, GROUP: every cell for which the frame cannot be applied for."""
    module = frame(a.frame)
    if not a.falls:
        return
    for cell, why in module.ineligibility(a.quote, a.expenses):
        yield rule(module.ineligible_code)(f"{why}。補助額は0円です。{module.ineligible_remedy}", cell)
    count, p = len(a.quote.members), edition(group.Edition, a.on)
    if module is group.FRAME and group.few(count, p):
        message = f"構成員が{count}者です。{p.members.value}者以上が要ります。"
        yield rule("GROUP")(message, _last(a), at=p.members.at)


def calculated(a: Assessment) -> Iterator[Finding]:
    """What the frame itself says of its calculation, at the cell that it speaks of."""
    if not a.calculation:
        return
    module = frame(a.frame)
    counting = [s for s in a.expenses if s.line.category == SOFTWARE and s.reason == 0]
    for found in module.findings(a.calculation, edition(module.parameters, a.on)):
        if found.code == "GENERIC" and not counting:
            continue  # no software counts at all: its own finding says why
        if found.code == "HARDONLY":
            continue  # said of the lines
        yield replace(found, cell=_cell(a, found))


def _cell(a: Assessment, found: Finding) -> str:
    if a.frame == group.FRAME.name:
        return _group_cell(a, found)
    name = _column(found.code, "lines", "price")
    software = [s for s in a.expenses if s.line.category == SOFTWARE]
    expenses = [s for s in software if s.reason == 0] or software or a.expenses
    return next((s.line.cell(name) for s in expenses if s.line.cell(name)), "")


def _column(code: str, table: str, usual: str) -> str:
    """The column at which a finding is said of a row, as STATED has it; the usual one where it has none."""
    cells = (check.cell.partition(".") for check in STATED if check.code == code)
    return next((column for name, _, column in cells if name == table), usual)


def _group_cell(a: Assessment, found: Finding) -> str:
    q, p = a.quote, edition(group.Edition, a.on)
    if found.code == "GROUP":
        return _last(a)
    if found.code == "HEADCOUNT":
        return q.cell("analysis_members")
    name = "admin_cost" if found.source == p.admin.at else "analysis_cost"
    return q.cell(name) if q.get(name) else q.members[0].cell("cost")


def _last(a: Assessment) -> str:
    """Where the table of members ends."""
    return a.quote.members[-1].cell("name") if a.quote.members else ""


def _namesake(name: str, helper: str) -> Check:
    """GROUP: a member's name stands for a helper, too."""
    message = f"{helper}と同じ名前の構成員「{{row.name}}」がいます。同じ者なら申請できません。確かめてください。"
    return Check(
        "GROUP.name", "members.name", message, lambda f: negated(f["falls"]),
        row=lambda m: equal(m["name"], m.quote.given(name, NOBODY)), frames=(group.FRAME,), level=WARNING,
    )  # fmt: skip


def members(a: Assessment) -> Iterator[Finding]:
    """What the members' own calculations say, in one finding a code."""
    if a.frame != group.FRAME.name or not a.calculation:
        return
    p = edition(invoice.Edition, a.on)
    said: dict[str, list[tuple[Member, Finding]]] = {}
    counted = [m for m in a.quote.members if any(getattr(m, x.name) is not None for x in group.COLUMNS)]
    for m, row in zip(counted, a.calculation.given["members"], strict=True):
        for found in invoice.findings(evaluate.scalar(invoice.FRAME, row, a.on), p):
            said.setdefault(found.code, []).append((m, found))
    for m, found in said.pop("HARDONLY", []):
        message = f"構成員「{m.name}」: {found.message}ソフトウェアの額を入れてください。"
        yield replace(found, message=message, cell=m.cell("cost"))
    for code, all_of in said.items():
        m, found = all_of[0]
        more = f"ほかに{len(all_of) - 1}者あります。" if len(all_of) > 1 else ""
        cell = m.cell(_column(code, "members", "cost"))
        yield replace(found, message=f"構成員「{m.name}」: {found.message}{more}", cell=cell)


def _uncounted(a: Assessment) -> Finding:
    message = "中小企業等の取引先が使うアカウントがありません。補助額は0円です。取引先の「中小企業等か」とアカウント数を確かめてください。"
    return rule("ACCOUNTS")(message, a.quote.partners[0].cell("sme") if a.quote.partners else "")


def _differing(a: Assessment) -> str:
    listed, typed = etrade.accounts(a.quote), a.quote.get("sme_accounts")
    return f"中小企業等のアカウント数（{typed:,}）が、取引先の一覧の合計（{listed:,}）と違います。一覧の数で計算しました。入力した数は消してかまいません。"


def _undecided(a: Assessment) -> Finding:
    test, rate = edition(near_minimum_wage.Edition, a.on).test, edition(normal.Edition, a.on).rate.rate
    message = f"月ごとの人数が足りず、最低賃金近傍の事業者に当たるか判定不能です。{rate}で計算しました。残りの月を入れてください。"
    return rule("NEARWAGE")(message, answered(a)[-1].cell("everyone"), level=WARNING, at=test.at)


NEAR = (
    Check(
        "NEARWAGE.claimed", "near_min_wage",
        "最低賃金近傍の事業者として{n.rate.near}で計算しましたが、月ごとの人数がありません。示せなければ{n.rate.rate}になります。計画シートに入れてください。",
        lambda f: f["months_told"] <= 0, when=lambda f: f.says("near_min_wage"), frames=(normal.FRAME,), level=WARNING, at="{near.test.at}",
    ),
    Check(
        "NEARWAGE.claimed", "near_min_wage",
        "最低賃金近傍の事業者とありますが、月ごとの人数では当たりません（{near.test.label}）。{n.rate.rate}で計算しました。",
        lambda f: negated((f["months_told"] <= 0) | f["near"] | f["near_undecided"]),
        when=lambda f: f.says("near_min_wage"), frames=(normal.FRAME,), at="{near.test.at}",
    ),
    Check(
        "NEARWAGE.denied", "near_min_wage",
        "最低賃金近傍の事業者ではないとありますが、月ごとの人数では当たります。{n.rate.near}で計算しました。答えを直してください。",
        lambda f: (f["months_told"] > 0) & f["near"], when=lambda f: f.denies("near_min_wage"), frames=(normal.FRAME,), level=WARNING, at="{near.test.at}",
    ),
    Check(
        "NEARWAGE.undecided", "months.everyone", _undecided,
        lambda f: f["near_undecided"] & negated(f.denies("near_min_wage")), frames=(normal.FRAME,),
    ),
)  # fmt: skip


def _few(f: Any) -> Any:
    """Whether the members are fewer than the edition wants."""

    def few(p: group.Edition, _: str) -> Any:
        return group.few(f["members"], p)

    return f.law(group.Edition, few)


def _stated(id: str, cell: str, module: Frame, condition: Any, when: Condition = always) -> Check:
    """What a frame states of its own calculation, and `calculated` says; the sheet prints the condition."""
    return Check(id, cell, None, lambda f: f.stated(module, condition), when=when, frames=(module,))


def _member(id: str, cell: str, condition: Any) -> Check:
    """The same of a member's calculation, which `members` says."""
    return Check(id, cell, None, row=lambda member: member.stated(invoice.FRAME, condition), frames=(group.FRAME,))


def _falls(module: Frame, cell: str) -> Check:
    """A frame falls; `fallen` says why."""
    return Check(module.ineligible_code, cell, None, lambda f: f["falls"], frames=(module,))


STATED = (
    _stated("GENERIC", "lines.processes", normal.FRAME, normal.generic, when=lambda f: f["software"] > 0),
    _stated("FLOOR", "lines.price", normal.FRAME, normal.below),
    _stated("FLOOR", "lines.price", security.FRAME, security.below),
    _stated("EDGE150", "lines.processes", normal.FRAME, normal.at_edge),
    _stated("LOWER", "lines.processes", normal.FRAME, normal.lower),
    _stated("ONEFUNC", "lines.functions", invoice.FRAME, invoice.one_function),
    _member("ONEFUNC", "members.functions", invoice.one_function),
    _member("HARDONLY", "members.cost", invoice.hardware_only),
    _falls(etrade.FRAME, "total_accounts"),
    _falls(security.FRAME, "otasuke_number"),
    _falls(group.FRAME, "members.name"),
    Check("GROUP", "members.name", None, _few, frames=(group.FRAME,)),
    _stated("HEADCOUNT", "analysis_members", group.FRAME, group.beyond_one, when=lambda f: f["heads_untold"]),
    _stated("GROUPCAP", "analysis_cost", group.FRAME, group.over, when=lambda f: negated(_few(f))),
    _stated("GROUPCAP", "analysis_cost", group.FRAME, group.held, when=lambda f: negated(_few(f))),
)


def missing(a: Assessment) -> str:
    """The cell at which to begin where the frame lacks something; "" where none tells."""
    names = {"小規模": "small_claim", "アカウント": "total_accounts"}
    cells = [a.quote.cell(name) for word, name in names.items() if word in a.needs]
    column = {normal.FRAME.name: "processes", security.FRAME.name: "functions"}.get(a.frame, "")
    cells += [s.line.cell(column) for s in a.expenses if column and s.line.category == SOFTWARE]
    return next((cell for cell in cells if cell), "")


CHECKS = (
    fallen,
    calculated,
    _namesake("vendor_name", "IT導入支援事業者"),
    _namesake("expert_name", "外部専門家"),
    members,
    Check("ACCOUNTS", "sme_accounts", _uncounted, lambda f: equal(f["accounts"], 0), when=lambda f: f["calculated"], frames=(etrade.FRAME,)),
    Check(
        "ACCOUNTS", "sme_accounts", _differing, lambda f: negated(equal(f.given("sme_accounts", f["accounts"]), f["accounts"])),
        when=lambda f: f["partners"] > 0, frames=(etrade.FRAME,),
    ),
    Check(
        "DOCUMENT.consent", "partners.consent",
        "取引先「{row.name}」の同意書がありません。もらえなければ、その{row.accounts:,}アカウントは按分に入れられません。",
        row=lambda p: p.says("sme") & p.denies("consent") & (0 + p["accounts"] > 0), frames=(etrade.FRAME,), at=rule("ACCOUNTS").data["at"],
    ),
    *NEAR,
    *STATED,
)  # fmt: skip
