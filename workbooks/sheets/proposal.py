"""提案書: one A4 page for the customer. What it costs with tax, the subsidy, what stays with him, when, what he promises."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from rules import obligations, schedule
from rules.edition import documents, load
from rules.frames import FRAMES
from workbooks import outputs
from workbooks.layout import YES
from workbooks.sheets import chart, estimate, places, wages
from workbooks.sheets.lists import Lookups
from workbooks.sheets.page import MONEY, bar, frame, of_frame, put, show, width
from workbooks.style import GREY, PALE, PRINT, flag, link, printed, protect, widths
from workbooks.style import put as plain
from workbooks.text import AS_OF, blank, dated, every, per_edition, quoted, ref, trimmed

GRANT = estimate.END + 2
TEXTS = GRANT + 7  # after the six rows of the grant and why it is 0
LINE_WIDTH = 132  # half-width letters of a line of sentences


def texts() -> dict[str, Any]:
    """The sentences of proposal.toml."""
    return load(Path(__file__).parents[1] / "proposal.toml")


def build(sheet: Worksheet, look: Lookups, amounts: Worksheet) -> None:
    """Writes the page."""
    widths(sheet, dict(zip("ABCDEFGHI", (13, 15, 11, 7, 7, 12, 7, 10, 14), strict=True)))
    estimate.build(sheet)
    _grant(sheet, look, amounts)
    last = _texts(sheet)
    link(sheet, "K1", "はじめに", "A1", "← はじめに へ戻る", face=PRINT)
    plain(sheet, "K2", "この頁は印刷用です。入力は「申請者」と「見積」で行います。", size=9, colour=GREY)
    sheet.column_dimensions["K"].width = 50
    flag(sheet, f"A{GRANT}:I{TEXTS}", f"ISERROR(A{GRANT})", colour="BFBFBF")
    printed(sheet, f"A1:I{last}", pages=1, footer="")
    protect(sheet)


def _grant(sheet: Worksheet, look: Lookups, amounts: Worksheet) -> None:
    """The subsidy and what stays with the customer, beside the chart."""
    bar(sheet, GRANT - 1, "補助金を活用した場合")
    small = ref("out_small_biz")
    size = f'IF(ISERROR({small}),"",IF({small},"（小規模事業者）","（中小企業）"))'
    named = of_frame(lambda f: quoted(f.LABEL))
    rows: Sequence[tuple[str, str, bool]] = (
        ("補助金・枠", f'="デジタル化・AI導入補助金 "&{named}&{size}', False),
        ("お支払総額（税込）", show("out_gross"), False),
        ("補助額（見込み）", show("out_subsidy"), True),
        ("自己負担（税抜）", show("out_own_burden"), False),
        ("手出し（税込）", show("out_out_of_pocket"), True),
        ("次の締切", _deadline(look), False),
    )
    for row, (label, text, strong) in enumerate(rows, GRANT):
        put(sheet, f"A{row}", label, size=9, bold=strong, back=PALE, to="B", indent=1)
        wide = row in (GRANT, GRANT + len(rows) - 1)
        looks: dict[str, Any] = {
            "size": 9 if wide else 11,
            "align": "left" if wide else "right",
            "to": "I" if wide else "D",
        }
        put(sheet, f"C{row}", text, bold=strong, form=MONEY, shrink=True, indent=1, **looks)
        frame(sheet, "A", "I" if wide else "D", row)
        sheet.row_dimensions[row].height = 16 if wide else 21
    put(
        sheet,
        f"A{GRANT + len(rows)}",
        f"={_state()}",
        size=8.5,
        bold=True,
        colour="C00000",
        to="I",
        shrink=True,
        indent=1,
    )
    chart.proposal(sheet, amounts, outputs.SHARES, f"E{GRANT + 1}")


def _state() -> str:
    """Why there is no subsidy, in the words of 補助額; nothing where there is one."""
    sections = [places.section(f) for f in FRAMES]
    said, number = (
        f"CHOOSE({ref('out_frame')},{','.join(part(s) for s in sections)})" for part in (places.words, places.state)
    )
    subsidy, zero = ref("out_subsidy"), quoted("補助額が0円です。下限に届かないか、対象になる経費がありません。")
    why = f"IF({subsidy}=0,IF({number}=0,{zero},{said}),{quoted('')})"
    return f"IF(ISERROR({subsidy}),{said},{why})"


def _deadline(look: Lookups) -> str:
    """The next closing date of the frame on the day of application, where one is known."""
    text = of_frame(lambda f: _next(*_rounds(look, f.NAME)))
    later = quoted("申請日を入れると出ます")
    return f"=IF({blank(ref('application_date'))},{later},{text})"


def _rounds(look: Lookups, frame_name: str) -> tuple[str, str]:
    """The closing dates of a frame and the decisions that follow, on 一覧; frames with the same rounds share them."""
    rounds = schedule.rounds(frame_name, every(schedule.Edition)[-1].since)
    closings = ("締切日", *(r.closing for r in rounds))
    decisions = ("交付決定日", *(r.decision or "未公表" for r in rounds))
    return tuple(_column(look, column) for column in (closings, decisions))  # type: ignore[return-value]


def _column(look: Lookups, values: tuple[Any, ...]) -> str:
    known = look.lists.choices
    if values not in known:
        known[values] = look.lists.add(f"{values[0]}（提案書）", values[1:])
    return known[values]


def _next(closings: str, decisions: str) -> str:
    row = f"COUNTIF({closings},{quoted('<')}&{AS_OF})+1"
    closing, decision = f"INDEX({closings},{row})", f"INDEX({decisions},{row})"
    decided = f'IF(ISNUMBER({decision}),TEXT({decision},"yyyy/m/d"),"未公表")'
    known = f'TEXT({closing},"yyyy/m/d")&"（17時）　交付決定の予定: "&{decided}'
    return f"IF(ISERROR({closing}),{quoted('公表された締切はありません')},{known})"


def _texts(sheet: Worksheet) -> int:
    """What he must know before he signs; gives the last row."""
    row = TEXTS
    words = texts()
    parts = (
        ("お金の流れ（後払い）", _rows(words["when"])),
        ("交付決定の前にしてはいけないこと・支払い方", _rows(words["never"])),
        ("お約束いただくこと", [(_productivity(), 1), (_raise(), 2), *_rows(words["promise"])]),
    )
    for head, sentences in parts:
        bar(sheet, row, head)
        row += 1
        for text, lines in sentences:
            put(sheet, f"A{row}", f"={text}", size=8.5, wrap=True, top=True, to="I")
            sheet.row_dimensions[row].height = 12.5 if lines == 1 else 24
            row += 1
        sheet.row_dimensions[row].height = 4
        row += 1
    return _closing(sheet, row)


def _rows(sentences: Sequence[dict[str, Any]]) -> list[tuple[str, int]]:
    """The sentences of each frame under one another: row n holds the n-th of the frame applied for, and its lines."""
    mine = {f.NAME: [s["text"] for s in sentences if f.NAME in s.get("frames", [f.NAME])] for f in FRAMES}
    rows = []
    for n in range(max(map(len, mine.values()))):
        nth = {name: f"・{found[n]}" if n < len(found) else "" for name, found in mine.items()}
        lines = max(-(-width(text) // LINE_WIDTH) for text in nth.values())
        rows.append((of_frame(lambda f, nth=nth: quoted(nth[f.NAME])), lines))
    return rows


def _productivity() -> str:
    """The target of 労働生産性 in the frame, from the edition in force."""

    def words(name: str, past: bool, e: obligations.Edition) -> str:
        t = obligations.target(name, past, e.since)
        if t is None:
            return "・労働生産性の数値目標は、この枠にはありません。"
        first = f"1年後{_percent(t.first_year)}以上、" if t.first_year else ""
        return f"・労働生産性を、{first}{t.years}年間の年平均で{_percent(t.cagr)}以上伸ばす計画を立てる。"

    def text(name: str) -> str:
        both = [[(e.since, quoted(words(name, past, e))) for e in every(obligations.Edition)] for past in (True, False)]
        past, new = (dated(texts) for texts in both)
        return past if past == new else f"IF({trimmed(ref('past_grant'))}={quoted(YES)},{past},{new})"

    return of_frame(lambda f: text(f.NAME))


def _percent(rate: Any) -> str:
    return f"{float(rate) * 100:g}%"


def _raise() -> str:
    """The raise that the frame asks for at this subsidy, as 計画 finds it."""
    need, plus, small = wages.NEED, wages.PLUS, ref("out_small_biz")
    wage = f'IF(ISNUMBER({plus}),"事業場内最低賃金"&TEXT({plus},"#,##0")&"円以上、","")'
    asked = (
        f'"・賃上げ計画: 給与支給総額を3年で年平均"&TEXT({need},"0.0%")&"以上、"&{wage}'
        '&"従業員への表明。達成できないと、補助金の返還になることがあります（2026年の率は二次資料による）。"'
    )
    none = quoted("・賃上げの計画は、この枠・この補助額では求められません。")
    exempt = quoted(
        "・小規模事業者は賃上げ計画の適用外として計算しています（2025年の公募要領。2026年の原文は未確認）。"
    )
    free = f"IF(IF(ISERROR({small}),FALSE,{small}),{exempt},{none})"
    unknown = quoted("・賃上げの計画が要るかどうかは、補助額と所在地が決まると出ます。")
    return f"IF(ISERROR({need}),{unknown},IF(ISNUMBER({need}),{asked},{free}))"


def _closing(sheet: Worksheet, row: int) -> int:
    """Edition, date, and that nothing is promised."""
    source = of_frame(
        lambda f: per_edition(f.Edition, lambda e: quoted(f"{documents()[e.document].title}（{e.since:%Y-%m-%d}から）"))
    )
    on = f'IF({blank(ref("application_date"))},"未入力",IF(ISERROR({AS_OF}),"",TEXT({AS_OF},"yyyy/m/d")))'
    text = f'="計算の版: "&IF(ISERROR({AS_OF}),{quoted("不明")},{source})&"　計算の基準日（申請日）: "&{on}'
    put(sheet, f"A{row}", text, size=8, colour=GREY, to="I", shrink=True)
    note = (
        "補助額は見込みです。採択と交付を約束するものではありません。制度の内容は変更となる可能性があります。"
        "約束と流れの文は2025年の公募要領によります（2026年の原文は未確認。出典は「はじめに」）。"
    )
    put(sheet, f"A{row + 1}", note, size=8, colour=GREY, to="I", wrap=True)
    sheet.row_dimensions[row + 1].height = 24
    return row + 1
