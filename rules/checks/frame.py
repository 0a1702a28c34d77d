"""Checks of the frame that is applied for: why it falls, its limits, the accounts, the members, 最低賃金近傍."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rules import near_minimum_wage
from rules.assess import Assessment
from rules.checks.codes import rule
from rules.engine import evaluate
from rules.engine.edition import edition
from rules.findings import WARNING, Finding
from rules.frames import etrade, frame, group, invoice, normal, security
from rules.line_limits import SOFTWARE
from rules.quote import Member

FALLS = {etrade.FRAME: "ETRADE", security.FRAME: "OTASUKE", group.FRAME: "GROUP"}
TODO = {
    etrade.FRAME: "直すか、その行を除いてください。",
    security.FRAME: "ほかの枠を選ぶか、申請者シートの番号と答えを直してください。",
    group.FRAME: "構成員の表を直してください。",
}
COLUMNS = {"ONEFUNC": "functions", "GENERIC": "processes", "LOWER": "processes", "EDGE150": "processes"}


def fallen(a: Assessment) -> Iterator[Finding]:
    """ETRADE, OTASUKE, GROUP: every cell for which the frame cannot be applied for."""
    module = frame(a.frame)
    if not a.falls or module not in FALLS:
        return
    for cell, why in module.ineligibility(a.quote, a.shares):
        yield rule(FALLS[module])(f"{why}。補助額は0円です。{TODO[module]}", cell)
    count = len(a.quote.members)
    least = edition(group.Edition, a.on).members
    if module is group.FRAME and count < least.value:
        message = f"構成員が{count}者です。{least.value}者以上が要ります。"
        yield rule("GROUP")(message, _last(a), at=least.at)


def calculated(a: Assessment) -> Iterator[Finding]:
    """What the frame itself says of its calculation, at the cell that it speaks of."""
    if not a.calculation:
        return
    module = frame(a.frame)
    counting = [s for s in a.shares if s.line.category == SOFTWARE and s.reason == 0]
    for found in module.findings(a.calculation, edition(module.parameters, a.on)):
        if found.code == "GENERIC" and not counting:
            continue  # no software counts at all: its own finding says why
        if found.code == "HARDONLY":
            continue  # said of the lines
        yield replace(found, cell=_cell(a, found))


def _cell(a: Assessment, found: Finding) -> str:
    if a.frame == group.FRAME.name:
        return _group_cell(a, found)
    name = COLUMNS.get(found.code, "price")
    software = [s for s in a.shares if s.line.category == SOFTWARE]
    shares = [s for s in software if s.reason == 0] or software or a.shares
    return next((s.line.cell(name) for s in shares if s.line.cell(name)), "")


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


def members(a: Assessment) -> Iterator[Finding]:
    """What the members' own calculations say, in one finding a code; and names that stand for a helper."""
    if a.frame != group.FRAME.name:
        return
    helpers = {"vendor_name": "IT導入支援事業者", "expert_name": "外部専門家"}
    for name, helper in helpers.items():
        for m in a.quote.members:
            if m.name and m.name == a.quote.get(name) and not a.falls:
                message = (
                    f"{helper}と同じ名前の構成員「{m.name}」がいます。同じ者なら申請できません。確かめてください。"
                )
                yield rule("GROUP")(message, m.cell("name"), level=WARNING)
    if a.calculation:
        yield from _each(a)


def _each(a: Assessment) -> Iterator[Finding]:
    p = edition(invoice.Edition, a.on)
    said: dict[str, list[tuple[Member, Finding]]] = {}
    counted = [m for m in a.quote.members if any(getattr(m, x.name) is not None for x in group.COLUMNS)]
    for m, row in zip(counted, a.calculation.given["members"] if a.calculation else (), strict=True):
        for found in invoice.findings(evaluate.scalar(invoice.FRAME, row, a.on), p):
            said.setdefault(found.code, []).append((m, found))
    for m, found in said.pop("HARDONLY", []):
        message = f"構成員「{m.name}」: {found.message}ソフトウェアの額を入れてください。"
        yield replace(found, message=message, cell=m.cell("cost"))
    for code, all_of in said.items():
        m, found = all_of[0]
        more = f"ほかに{len(all_of) - 1}者あります。" if len(all_of) > 1 else ""
        cell = m.cell("functions" if code == "ONEFUNC" else "cost")
        yield replace(found, message=f"構成員「{m.name}」: {found.message}{more}", cell=cell)


def accounts(a: Assessment) -> Iterator[Finding]:
    """ACCOUNTS: none counts, or the typed number is not that of the partners listed. DOCUMENT: a consent refused."""
    q = a.quote
    if a.frame != etrade.FRAME.name:
        return
    listed, typed = etrade.accounts(q), q.get("sme_accounts")
    if listed == 0 and a.calculation:
        message = "中小企業等の取引先が使うアカウントがありません。補助額は0円です。取引先の「中小企業等か」とアカウント数を確かめてください。"
        yield rule("ACCOUNTS")(message, q.partners[0].cell("sme") if q.partners else q.cell("sme_accounts"))
    if q.partners and typed is not None and typed != listed:
        message = f"中小企業等のアカウント数（{typed:,}）が、取引先の一覧の合計（{listed:,}）と違います。一覧の数で計算しました。入力した数は消してかまいません。"
        yield rule("ACCOUNTS")(message, q.cell("sme_accounts"))
    for p in q.partners:
        if p.sme and p.accounts and p.consent is False:
            message = f"取引先「{p.name}」の同意書がありません。もらえなければ、その{p.accounts:,}アカウントは按分に入れられません。"
            yield rule("DOCUMENT")(message, p.cell("consent"), at=rule("ACCOUNTS").data["at"])


def near_wage(a: Assessment) -> Iterator[Finding]:
    """NEARWAGE: what is claimed of 最低賃金近傍 and what the months show."""
    q, found = a.quote, rule("NEARWAGE")
    if a.frame != normal.FRAME.name:
        return
    claimed, cell = q.get("near_min_wage"), q.cell("near_min_wage")
    test, rate = edition(near_minimum_wage.Edition, a.on).test, edition(normal.Edition, a.on).rate
    told = [m for m in q.months if m.everyone is not None or m.below is not None or not m.readable]
    verdict = near_minimum_wage.verdict(q.months, a.on) if told else None
    if not told and claimed:
        message = f"最低賃金近傍の事業者として{rate.near}で計算しましたが、月ごとの人数がありません。示せなければ{rate.rate}になります。計画シートに入れてください。"
        yield found(message, cell, level=WARNING, at=test.at)
    elif told and claimed and verdict is False:
        message = f"最低賃金近傍の事業者とありますが、月ごとの人数では当たりません（{test.label}）。{rate.rate}で計算しました。"
        yield found(message, cell, at=test.at)
    elif told and claimed is False and verdict:
        message = f"最低賃金近傍の事業者ではないとありますが、月ごとの人数では当たります。{rate.near}で計算しました。答えを直してください。"
        yield found(message, cell, level=WARNING, at=test.at)
    elif told and claimed is not False and verdict is None:
        message = f"月ごとの人数が足りず、最低賃金近傍の事業者に当たるか判定不能です。{rate.rate}で計算しました。残りの月を入れてください。"
        yield found(message, told[-1].cell("everyone"), level=WARNING, at=test.at)


def missing(a: Assessment) -> str:
    """The cell at which to begin where the frame lacks something; "" where none tells."""
    names = {"小規模": "small_claim", "アカウント": "total_accounts"}
    cells = [a.quote.cell(name) for word, name in names.items() if word in a.needs]
    column = {normal.FRAME.name: "processes", security.FRAME.name: "functions"}.get(a.frame, "")
    cells += [s.line.cell(column) for s in a.shares if column and s.line.category == SOFTWARE]
    return next((cell for cell in cells if cell), "")


CHECKS = (fallen, calculated, members, accounts, near_wage)
