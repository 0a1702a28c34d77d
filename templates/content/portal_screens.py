"""申請マイページ by frame: which screens and fields there are, in order. The differences stand in screens.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rules.assess import Assessment
from rules.engine.edition import edition, spoken
from rules.frames import etrade, frame, normal
from templates import japanese
from templates.content import hardware, members, plan, portal_entries
from workbooks.form import portal_fields
from workbooks.form.portal_fields import Field

VENDOR = "tool"  # the block that the vendor types
Entries = Iterator[dict[str, Any]]


def blocks(a: Assessment) -> list[dict[str, Any]]:
    """The screens of the assessment's frame in order, each with its entries; the first is the choice of 申請類型."""
    made = [_kind_block(a), *(_block(name, a) for name in _frame(a)["blocks"])]
    return [{**block, "number": japanese.wide(number)} for number, block in enumerate(made, 1)]


def unseen(a: Assessment) -> bool:
    """Whether nobody has seen the screens of this frame."""
    return bool(_frame(a)["unseen"])


def missing(a: Assessment) -> tuple[Field, ...]:
    """The required fields of this frame that are blank."""
    shown = {
        f.name
        for b in portal_fields.blocks()
        if b.id in (*_frame(a)["blocks"], portal_entries.SIGNED)
        for f in b.fields
    }
    blank = portal_fields.missing(a.quote.inputs, a.frame)
    use = (portal_fields.field(hardware.USE),) if hardware.owed(a) else ()
    return (*(f for f in blank if f.name in shown and f.name not in _frame(a)["hidden"]), *use)


def _block(name: str, a: Assessment) -> dict[str, Any]:
    known = {b.id: b for b in portal_fields.blocks()}
    if name not in known:
        own = next(b for b in _data()["block"] if b["id"] == name)
        return {**own, "entries": list(OWN[name](a))}
    b = known[name]
    asked = [f for f in b.fields if f.name not in _frame(a)["hidden"]]
    more = [*portal_entries.wage_growth(a), *portal_entries.promise(a)] if name == "wage" else []
    return {
        "id": b.id,
        "title": b.title,
        "who": b.who,
        "note": "".join([b.note, *(r["text"] for r in _data()["remark"] if r["block"] == name)]),
        "entries": [*(_hinted(entry, a) for entry in portal_entries.entries(asked, a)), *more],
    }


def _kind_block(a: Assessment) -> dict[str, Any]:
    entries = [portal_entries.computed("申請類型", kind(a), "補助額から決まる")]
    if a.frame == normal.FRAME.name and a.calculation:
        near = "希望する（最低賃金近傍）" if a.calculation.given["near_min_wage"] else "希望しない"
        entries.append(portal_entries.computed("適用を希望する補助率", near, "希望するときは賃金状況報告シートを添付"))
    return {"id": "kind", "title": "申請類型選択", "who": "申請者", "note": "", "entries": entries}


def kind(a: Assessment) -> str:
    """What to choose: some frames have two sides of an amount."""
    if a.subsidy is None:
        return japanese.lacking(a.needs)
    if a.falls:
        return f"{a.label}（申請できません: {a.falls}）"
    p = edition(frame(a.frame).parameters, a.on)
    band = getattr(p, "band_1", None)
    if band is not None:
        return f"{a.label}　{spoken(band.up_to)}{'以下' if a.subsidy <= band.up_to else '超'}"
    if isinstance(p, normal.Edition) and a.calculation:
        if normal.in_upper_tier(a.calculation, p):
            return f"{a.label}　{p.tier_from.title}: {spoken(p.upper_tier_from.value)}以上"
        edge = f"（計算した補助額は{japanese.yen(a.subsidy)}で、この区分の端。公募要領の引用では{japanese.yen(p.lower_tier.strict)}までとされる）"
        return f"{a.label}　1プロセス以上: {spoken(p.upper_tier_from.value)}未満{edge if a.subsidy >= p.upper_tier_from.value else ''}"
    return a.label


def _hinted(entry: dict[str, Any], a: Assessment) -> dict[str, Any]:
    """An entry with the choice that goes with the processes of the quote; a person confirms it."""
    hints = [_suggested(entry["name"], a), entry["note"]]
    return {**entry, "note": "\n".join(t for t in hints if t)}


def _suggested(name: str, a: Assessment) -> str:
    """The choices of a field that go with the processes of the quote."""
    codes = {code for line in a.quote.lines for code in line.processes}
    rows = [s for s in _data()["suggestion"] if any(code.endswith(s["code"]) for code in codes)]
    found = dict.fromkeys(s[name] for s in rows if name in s)
    return f"候補（プロセスから）: {'、'.join(found)}" if found else ""


def _accounts(a: Assessment) -> Entries:
    own, total = etrade.accounts(a.quote), a.quote.get("total_accounts")
    yield portal_entries.computed("① 契約する受注側アカウントの総数", _typed(total), "使う予定のないアカウントも数える")
    yield portal_entries.computed(
        "② うち中小企業・小規模事業者等の数", _typed(own), "アカウントの数。事業者の数ではない"
    )
    yield portal_entries.computed("②／①", f"{_typed(own)}／{_typed(total)}", "計算は「取引先アカウント按分計算書」")


def _service(a: Assessment) -> Entries:
    number = a.quote.get("otasuke_number") or portal_entries.UNKNOWN
    yield portal_entries.computed("お助け隊サービスの番号", number, "IPAの一覧の番号")
    for line in a.quote.lines:
        if line.category == 1:
            months = f"{line.months}か月" if line.months else portal_entries.UNKNOWN
            yield portal_entries.computed("サービスの名と期間", f"{line.item}　{months}", "一覧の名と同じか照らす")


def _group(a: Assessment) -> Entries:
    yield portal_entries.computed(
        "グループ構成員数", str(len(a.quote.members)), f"シート「構成員」の行の数。{members.leading(a)}"
    )
    for row in members.totals(a):
        yield portal_entries.computed(
            row["label"],
            f"総事業費 {row['gross']} 円\n補助対象経費 {row['cost']} 円\n消費税 {row['tax']} 円\n申請可能額 {row['granted']} 円",
            "様式8に写す数値",
        )


def _productivity(a: Assessment) -> Entries:
    """The figures of each year as they are typed, then what the screen computes from them."""
    table = plan.productivity(a)
    for label, year, typed, reading in plan.typed(a):
        yield portal_entries.computed(f"{label} {year}", typed, reading)
    for row in table["rows"][len(plan.ROWS) :]:
        lines = [f"{head}: {value}" for head, value in zip(table["heads"], row["values"], strict=True)]
        yield portal_entries.computed(row["label"], "\n".join(lines), "画面の計算と照らす")


OWN = {"accounts": _accounts, "service": _service, "group": _group, "productivity": _productivity}


def _typed(value: int | None) -> str:
    return portal_entries.UNKNOWN if value is None else str(value)


def _frame(a: Assessment) -> Mapping[str, Any]:
    return _data()["frame"][a.frame]


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("screens.toml").read_text("utf-8"))
