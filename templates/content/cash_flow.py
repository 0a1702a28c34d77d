"""資金繰り表: the subsidy comes after everything is paid. A date is written by someone or fixed by a round, or 未定."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from rules import planned_dates
from rules.assess import Assessment
from rules.engine.edition import cite
from rules.frames import group
from templates import japanese
from templates.content.costs import amount
from templates.content.words import Month, Noted

UNDECIDED = "未定"
OUT, INCOME = "支払", "補助金の入金"  # the two events that move money
ROWS = {  # which step a date that does not fit belongs to
    "application_date": "交付申請",
    "planned_order": "発注・契約",
    "valid_until": "発注・契約",
    "planned_payment": OUT,
    "payment_date": OUT,
    "planned_report": "実績報告",
}
UNLISTED = "収録した日程に無い"


@dataclass(frozen=True)
class Event:
    """One thing that happens."""

    what: str
    on: date | None

    @property
    def when(self) -> str:
        """Its month."""
        return japanese.month(self.on) if self.on else UNDECIDED


def schedule_rows(a: Assessment) -> list[Noted]:
    """Every step with its day and where the day comes from."""
    wrong = [(ROWS[d.name], d.wrong) for d in planned_dates.doubts(a.quote, a.frame)]
    return [
        {"label": label, "value": _day(on), "note": "。※ ".join([note, *(w for row, w in wrong if row == label)])}
        for label, on, note in _days(a)
    ]


def months(a: Assessment) -> list[Month]:
    """The events in order, those of one month in one row, with the running balance.

    The subsidy has its own row even where no day is known, so that what must be paid before it shows.
    """
    rows, moved = list[Month](), set[str]()
    for (when, _), together in groupby(_events(a), key=lambda e: (e.when, e.what == INCOME)):
        names = [e.what for e in together]
        moved.update(names)
        row: Month = {
            "when": when,
            "what": "、".join(names),
            "out": _moved(a.gross, OUT in names),
            "income": _moved(a.subsidy, INCOME in names),
            "balance": _balance(a, moved),
        }
        rows.append(row)
    return rows


def peak(a: Assessment) -> str:
    """How far the firm is out of pocket at most: between the payment and the subsidy."""
    return japanese.IMPOSSIBLE if a.gross is None else japanese.yen(a.gross)


def origin(a: Assessment) -> str:
    """Where the days of the round come from, and what is doubtful in them."""
    found = planned_dates.round_of(a.quote, a.frame)
    if found is None:
        return ""
    return f"公募の締切・交付決定・実績報告の期限の出典: {cite(found.at.partition('#')[0])}。{found.doubt}"


def funds(a: Assessment) -> list[Noted]:
    """What must be at hand before the subsidy comes, and whether it is."""
    own, loan, lender = (a.quote.get(name) for name in ("own_funds", "loan", "lender"))
    rows = [
        amount("支払総額（税込）＝ 立替の最大額", a.gross, "補助金の入金より先に、この全額を支払う"),
        amount("自己資金", own, "記入された額", UNDECIDED),
        amount("借入（つなぎ）", loan, str(lender) if lender else "借入先は未定", UNDECIDED),
    ]
    if a.gross is not None and (own is not None or loan is not None):
        gap = (own or 0) + (loan or 0) - a.gross
        note = "支払までに手当てが要る" if gap < 0 else "支払にあてる資金は足りている（補助金の入金は数えていない）"
        rows.append(amount("資金の過不足", gap, note))
    return [
        *rows,
        amount("補助金の入金（見込み）", a.subsidy, "実績報告の確定の後。時期は事務局の通知による"),
        amount("手出し（税込）", a.out_of_pocket, "実質負担額。補助金が入った後に残る負担"),
    ]


def _days(a: Assessment) -> Iterator[tuple[str, date | None, str]]:
    get, found = a.quote.get, planned_dates.round_of(a.quote, a.frame)
    yield "交付申請", a.on, "申請者シートの申請日"
    if found:
        yield f"公募の締切（{found.label}）", found.closing, f"{found.time:%H:%M}まで"
    else:
        yield "公募の締切", None, "この日より後の公募回は収録していない"
    decided = get("decision_date")
    yield (
        "交付決定",
        decided or (found.decision if found else None),
        "通知の日" if decided else "予定" if found and found.decision else UNLISTED,
    )
    for label, actual, planned, note in (
        ("発注・契約", get("order_date") or get("contract_date"), "planned_order", "交付決定の後に行う"),
        ("請求", get("invoice_date"), "", "支払より先に請求を受ける"),
        (OUT, get("payment_date"), "planned_payment", _payers(a)),
        ("実績報告", None, "planned_report", "支払の後、期限まで"),
    ):
        state = "済み。" if actual else "予定。" if get(planned) else ""
        yield label, actual or get(planned), state + note
    yield "実績報告の期限", found.report if found else None, "" if found and found.report else UNLISTED
    yield INCOME, None, "実績報告の確定の後。時期は事務局の通知による"


def _payers(a: Assessment) -> str:
    """Whose account everything is paid from: in a group each member buys by itself."""
    if a.frame == group.FRAME.name:
        return "購入する構成員の名義の口座から、それぞれの全額を支払う"
    return "申請者名義の口座から全額を支払う"


def _events(a: Assessment) -> Iterator[Event]:
    """The steps that stand in the monthly table: all but the deadlines."""
    return (Event(label, on) for label, on, _ in _days(a) if "締切" not in label and "期限" not in label)


def _balance(a: Assessment, moved: set[str]) -> str:
    """What the firm has paid beyond what it received, after the events so far."""
    paid, received = a.gross if OUT in moved else 0, a.subsidy if INCOME in moved else 0
    return japanese.IMPOSSIBLE if paid is None or received is None else japanese.number(received - paid)


def _day(on: date | None) -> str:
    return japanese.day(on) if on else UNDECIDED


def _moved(value: int | None, moves: bool) -> str:
    """An amount of a month; blank where no money moves."""
    return japanese.known(value, japanese.IMPOSSIBLE) if moves else ""
