"""What was ordered, delivered, invoiced and paid, against the quote: before 実績報告 is handed in.

What the 2025 公募要領 and the 2025 重点確認事項 ask for; of 2026 neither text was seen, and each sentence says so.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rules.assess import Assessment
from rules.checks.codes import UNSEEN, rule, yen
from rules.findings import NOTICE, WARNING, Finding
from rules.frames import frame
from rules.names import folded, holder, nearest
from rules.planned_dates import decided, round_of
from rules.quote import PERSON, Line, Row

STEPS = {"ordered_on": "発注日", "delivered_on": "納品日", "invoiced_on": "請求日", "paid_on": "支払日"}
AFTER = tuple(STEPS)[1:]  # what may only follow the order, in whichever order
SHEET = "「請求・支払内訳シート」に、値引の前と後の単価を書いて添えてください"
MOST_OFFERED = 20  # strange names for which near ones are looked up


@dataclass(frozen=True)
class Actual(Row):
    """What became of one line. Dates as on the papers, amounts in whole yen; None where the cell is blank."""

    item: str = ""  # 品名, as in the quote
    price: int | None = None  # 請求書の単価（円、税抜）
    quantity: int | None = None  # 数量
    ordered_on: date | None = None  # 発注日（契約日）
    delivered_on: date | None = None  # 納品日
    invoiced_on: date | None = None  # 請求日
    invoiced: int | None = None  # 請求額（円、税込）
    paid_on: date | None = None  # 支払日（カードは利用日）
    paid: int | None = None  # 支払額（円、税込）
    method: str = ""  # 支払方法
    payer: str = ""  # 口座名義（支払元）

    @property
    def called(self) -> str:
        """Where it stands and what it is, for a sentence."""
        return f"実績の{self.number}行目「{self.item}」"


def findings(a: Assessment, actuals: Sequence[Actual]) -> Iterator[Finding]:
    """Everything that would be sent back, or would cost the subsidy."""
    yield from _decision(a)
    if not frame(a.frame).outlay:  # of a group each member buys on its own
        yield from _against_lines(a, actuals)
    for row in (row for row in actuals if row.readable):
        yield from _dates(a, row)
        yield from _steps(a, row)
        yield from _payment(a, row)


def pairs(lines: Sequence[Line], actuals: Sequence[Actual]) -> list[tuple[Line | None, Actual]]:
    """Each row with the line of the same 品名; of two alike the first with the first. None where the quote has none.

    >>> lines = [Line(1, item="利用料"), Line(2, item="利用料")]
    >>> [line and line.number for line, _ in pairs(lines, [Actual(2, item="利用料 "), Actual(3, item="利用料")])]
    [1, 2]
    """
    waiting = defaultdict[str, list[Line]](list)
    for line in lines:
        waiting[folded(line.item)].append(line)
    found: list[tuple[Line | None, Actual]] = []
    for row in actuals:
        same = waiting[folded(row.item)]
        found.append((same.pop(0) if same else None, row))
    return found


def _decision(a: Assessment) -> Iterator[Finding]:
    if not a.quote.get("decision_date"):
        known = decided(a.quote, a.frame)
        instead = f"{known[0]}を最初の日として調べました" if known else "発注が早すぎないかは調べられません"
        message = f"交付決定日が空欄なので、{instead}。交付決定の通知の日を入れてください。"
        yield rule("ORDER")(message, a.quote.cell("decision_date"), level=WARNING)


def _against_lines(a: Assessment, actuals: Sequence[Actual]) -> Iterator[Finding]:
    paired = pairs(a.quote.lines, actuals)
    strangers = [row for line, row in paired if line is None]
    for line, row in paired:
        yield from _compared(a, line, row) if line else [_stranger(a, row, row in strangers[:MOST_OFFERED])]
    done = {line.number for line, _ in paired if line}
    for line in a.quote.lines:
        if line.number not in done:
            message = f"見積の{line.number}行目「{line.item}」の実績がありません。全てのITツールの実施が済むまで報告できません{UNSEEN}。"
            yield rule("ACTUAL")(message, line.cell("item"), at=_place(a, "STEPS"))


def _stranger(a: Assessment, row: Actual, offer: bool) -> Finding:
    near = nearest(row.item, [line.item for line in a.quote.lines]) if offer else []
    offered = f"「{'」「'.join(near)}」のことですか。" if near else ""
    message = f"{row.called}は見積にありません。{offered}交付決定を受けた品名と揃えてください。"
    return rule("ACTUAL")(message, row.cell("item"), at=_place(a, "ACTUAL"))


def _compared(a: Assessment, line: Line, row: Actual) -> Iterator[Finding]:
    cells = {line.cell(name) for name in ("item", "price", "quantity")}
    yield from (f for f in a.quote.findings if f.code == "INPUT" and f.cell in cells)  # what cannot be compared
    if None not in (line.price, row.price) and line.price != row.price:
        told = f"{row.called}の単価{yen(row.price or 0)}が、見積の{yen(line.price or 0)}（{line.cell('price')}）と違います。"
        yield rule("ACTUAL")(f"{told}請求書の単価は申請と一致が必要です{UNSEEN}。{SHEET}。", row.cell("price"))
    if None not in (line.quantity, row.quantity) and line.quantity != row.quantity:
        told = f"{row.called}の数量{row.quantity:,}が、見積の{line.quantity:,}（{line.cell('quantity')}）と違います。"
        message = f"{told}契約の内容に違いがあれば、報告の前に事務局へ届け出が要るか確かめてください{UNSEEN}。"
        yield rule("ACTUAL")(message, row.cell("quantity"), at=_place(a, "ACTUAL"))


def _dates(a: Assessment, row: Actual) -> Iterator[Finding]:
    """Within 事業実施期間: from 交付決定 to the limit of 実績報告."""
    first, found = decided(a.quote, a.frame), round_of(a.quote, a.frame)
    sure = "" if a.quote.get("decision_date") else WARNING  # a planned day proves nothing
    for name, label in STEPS.items():
        day = getattr(row, name)
        if day and first and day < first[0]:
            message = f"{row.called}の{label}（{day}）が{first[1]}。交付決定前の契約・発注・納品・支払は補助の対象になりません{UNSEEN}。"
            yield rule("ORDER")(message, row.cell(name), level=sure, at=_place(a, "ACTUAL"))
        if day and found and found.report and day > found.report:
            told = f"{row.called}の{label}（{day}）が、{found.label}の実績報告の期限（{found.report}）より後です。"
            message = f"{told}期限までに終えて報告しないと支払われません。事務局に確かめてください。{found.doubt}"
            yield rule("ROUND")(message, row.cell(name), at=found.at)


def _steps(a: Assessment, row: Actual) -> Iterator[Finding]:
    """First the order; the invoice before the payment; and nothing left undone."""
    at = _place(a, "STEPS")
    cancelled = f"交付の取消しになることがあります{UNSEEN}。日付を確かめ、そのとおりなら事務局に相談してください。"
    for name in AFTER:
        day = getattr(row, name)
        if day and row.ordered_on and day < row.ordered_on:
            message = f"{row.called}の{STEPS[name]}（{day}）が、発注日（{row.ordered_on}）より前です。{cancelled}"
            yield rule("STEPS")(message, row.cell(name), at=at)
    if row.paid_on and row.invoiced_on and row.paid_on < row.invoiced_on:
        message = f"{row.called}の支払日（{row.paid_on}）が、請求日（{row.invoiced_on}）より前です。{cancelled}"
        yield rule("STEPS")(message, row.cell("paid_on"), at=at)
    if row.paid_on and row.paid_on == row.invoiced_on:
        message = f"{row.called}の支払日が請求日と同じ日です。確認事項は、振込日が請求日より後かを見ます{UNSEEN}。"
        yield rule("STEPS")(message, row.cell("paid_on"), level=NOTICE, at=_seen(a, "STEPS"))
    if lacking := [label for name, label in STEPS.items() if getattr(row, name) is None]:
        message = f"{row.called}の{'・'.join(lacking)}が空欄です。全て済むまで報告できません{UNSEEN}。済んだら入れてください。"
        yield rule("STEPS")(message, row.cell("item"), level=WARNING, at=at)


def _payment(a: Assessment, row: Actual) -> Iterator[Finding]:
    data, at = rule("PAID").data, _place(a, "PAID")
    if row.paid is not None and row.invoiced is not None and row.paid != row.invoiced:
        yield _unequal(a, row.paid - row.invoiced, row)
    method = unicodedata.normalize("NFKC", row.method)
    allowed = any(w in method for w in data["allowed"]) and not any(w in method for w in data["refused"])
    if method and not allowed:
        message = f"{row.called}の支払方法「{row.method}」は認められません。銀行振込かクレジットカード1回払いだけです{UNSEEN}。事務局に相談してください。"
        yield rule("PAID")(message, row.cell("method"), at=at)
    yield from _strange_payer(a, row)


def _strange_payer(a: Assessment, row: Actual) -> Iterator[Finding]:
    """Paid from the account of somebody else; without its kana a name cannot be told from a bank's list for sure."""
    forms, names = rule("PAID").data["forms"], _payers(a)
    if not row.payer or not names or holder(row.payer, forms) in {holder(name, forms) for name in names}:
        return
    group = frame(a.frame).outlay is not None
    whom = "どの構成員とも" if group else f"申請者「{names[0]}」と"
    told = f"{row.called}の口座名義「{row.payer}」が、{whom}一致しません。"
    message = f"{told}ほかの名義の口座・カードから払うと補助を受けられません{UNSEEN}。証憑の名義を確かめてください。"
    sure = not group and a.quote.get("name_kana")
    yield rule("PAID")(message, row.cell("payer"), level="" if sure else WARNING, at=_place(a, "PAID"))


def _unequal(a: Assessment, more: int, row: Actual) -> Finding:
    """A payment of another amount than the invoice's."""
    told = f"{row.called}の支払額{yen(row.paid or 0)}が、請求額{yen(row.invoiced or 0)}より{yen(abs(more))}"
    if more > 0:
        message = f"{told}多くなっています。ほかの買物をまとめて払ったなら、内訳の分かるものを添えてください。"
    else:
        todo = (
            "残りを払ってください。手数料などを差し引いたなら、その旨の分かる請求書をもらい、事務局に確かめてください。"
        )
        message = f"{told}足りません。支払の証憑の金額は報告と一致が必要です{UNSEEN}。{todo}"
    return rule("PAID")(message, row.cell("paid"), level=WARNING if more > 0 else "", at=_seen(a, "PAID"))


def _payers(a: Assessment) -> list[str]:
    """Whose account may pay: the applicant's, of a group also each member's. A firm does not pay from a person's account."""
    own = ("name", "name_kana", *(("rep_name", "rep_kana") if a.quote.get("kind") == PERSON else ()))
    members = [m.name for m in a.quote.members] if frame(a.frame).outlay else []
    return [name for name in [*map(a.quote.get, own), *members] if name]


def _place(a: Assessment, code: str) -> str:
    return rule(code).data["places"][a.frame]


def _seen(a: Assessment, code: str) -> str:
    """The 重点確認事項 on the papers, which are not those of a group."""
    return _place(a, code) if frame(a.frame).outlay else rule(code).data["papers"]
