"""補助額: what the calculation stands on, all frames compared, the frame applied for, then a section per frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from rules.dates import japanese
from rules.engine.argument import Argument
from rules.engine.edition import cite, documents, editions
from rules.engine.evaluate import checked_cell
from rules.frames import FRAMES, invoice
from workbooks.building.formula_text import absolute, blank, day, per_edition, quoted, ref
from workbooks.building.sheets import (
    amount_frame,
    amount_working,
    chart,
    compare,
    frame_inputs,
    line_columns,
    line_detail,
    rounds,
    tax,
)
from workbooks.building.sheets.amount_frame import LAST, hidden, own
from workbooks.building.sheets.lists import Lookups
from workbooks.building.style import COUNT, DATE, GREY, broken, flag, heading, printed, protect, put, title, widths
from workbooks.form import amount_layout
from workbooks.form.amount_layout import BASIS, CHOSEN, CHOSEN_RESULTS, COMMON_RESULTS, SECTIONS
from workbooks.form.layout import AMOUNT, RESULT, TAX_MODES

AGREED = amount_working.AGREED  # 1 where the quote's own total contradicts the lines
STATE, WORDS = (
    absolute(AMOUNT, f"{letter}{CHOSEN + 1}") for letter in (amount_working.RAW, "D")
)  # of the frame applied for
YEN_OF = Argument("reduced_base", "yen", "")
PAGES = (0, 2)  # sections that begin a page


def build(sheet: Worksheet, look: Lookups) -> None:
    """Writes the sheet."""
    title(
        sheet,
        "補助額の計算",
        "すべての枠を比べます。1行が1つの計算です。入力はしません（ほかのシートから計算されます）。",
    )
    widths(sheet, {"A": 3, "B": 44, **dict.fromkeys("CDEF", 14.5), "G": 44, "H": 3, "I": 3})
    raw = frame_inputs.raw(look)
    _basis(sheet, look, raw)
    compare.build(sheet)
    _chosen(sheet)
    chart.subsidy(sheet, amount_layout.SHARES, f"B{amount_layout.SHARES + 4}")
    for s in SECTIONS:
        amount_frame.build(sheet, s, raw)
        amount_frame.paid(sheet, s)
    _finish(sheet)


def _basis(sheet: Worksheet, look: Lookups, raw: Mapping[str, str]) -> None:
    """The date, the edition, the tax, the frame applied for, the size."""
    heading(sheet, "B", LAST, BASIS - 1, "計算の基準")
    oldest, newest = editions(invoice.Edition)[0].since, editions(invoice.Edition)[-1].since
    on = ref("application_date")
    at = f"IF({blank(on)},{day(newest)},IF(ISNUMBER({on}),IF({on}<{day(oldest)},NA(),{on}),#VALUE!))"
    rows = (
        ("申請日（版を決める日）", at, DATE),
        ("使う版", per_edition(invoice.Edition, lambda e: quoted(f"{japanese(e.since)}から")), ""),
        ("単価の税区分", f"IF({amount_working.TAXED}=1,{quoted(TAX_MODES[1])},{quoted(TAX_MODES[0])})", ""),
        ("見積書の税込合計との照合", _agreement(), ""),
        ("明細の行数", f"SUM({line_columns.column('used')})", COUNT),
    )
    for row, (label, text, form) in enumerate(rows, BASIS):
        put(sheet, f"B{row}", label, size=9, box=True)
        put(sheet, f"C{row}", own(f"={text}"), box=True, align="right", form=form, shrink=True)
    for r in COMMON_RESULTS:
        put(sheet, f"B{r.row}", r.label, size=9, box=True)
        put(sheet, r.cell, own(f"={_common(look, r.name)}"), box=True, align="right")
    for name in ("out_small_biz", "out_near_min_wage"):
        hidden(sheet, _raw(name), raw[name])
    for row, note in _notes(on).items():
        put(sheet, f"D{row}", own(note), size=8, colour=GREY, wrap=False, indent=1)
    _hidden(sheet, look)


def _common(look: Lookups, name: str) -> str:
    """The frame applied for, or a flag checked as every engine checks it."""
    if name != "out_frame":
        return checked_cell(Argument(name, "flag", ""), f"{amount_working.RAW}{RESULT[name].row}")
    said, usual = ref("frame"), str(FRAMES.index(invoice.FRAME) + 1)
    return f"IF({blank(said)},{usual},MATCH({said},{look.frames},0))"


def _raw(name: str) -> str:
    return f"{amount_working.RAW}{RESULT[name].row}"


def _notes(on: str) -> Mapping[int, str]:
    frame = RESULT["out_frame"].row
    labels = ",".join(quoted(f.label) for f in FRAMES)
    unclear = quoted("計画の月が足りず判定不能のため、低い補助率で計算します")
    said = quoted("シート「計画」の月ごとの人数、無ければシート「申請者」の答えによります")
    known = f"IF(ISNUMBER({on}),{quoted('シート「申請者」の申請日')},{quoted('申請日を日付として読めません')})"
    return {
        BASIS: f'=IF({blank(on)},"申請日が空欄なので、いちばん新しい版で計算しています",{known})',
        BASIS + 1: "=" + per_edition(invoice.Edition, lambda e: quoted(documents()[e.document].title)),
        BASIS + 2: "税込のときは、行ごとに税抜の単価に直して計算します",
        BASIS + 3: "見積書の税込合計が入っていれば、明細から計算した額と照らします",
        frame: f"=CHOOSE({ref('out_frame')},{labels})",
        frame + 1: frame_inputs.NOTES["out_small_biz"],
        frame + 2: f"=IF({frame_inputs.undecided()},{unclear},{said})",
    }


def _hidden(sheet: Worksheet, look: Lookups) -> None:
    """The tax on the lines, whether the quote's own total agrees with it, the discount, the round."""
    cells = {
        amount_working.REDUCED: f"IF({blank(ref('reduced_base'))},0,{checked_cell(YEN_OF, ref('reduced_base'))})",
        amount_working.TAXED: f"IF(ISERROR({ref('tax_mode')}),0,IF({ref('tax_mode')}={quoted(TAX_MODES[1])},1,0))",
        amount_working.AGREED: _contradicted(),
        amount_working.LISTED: line_detail.everything(line_columns.LISTED),
        amount_working.LESS: line_columns.less(),
        amount_working.LEFT: line_columns.left(),
        **line_columns.parts(),
        **rounds.cells(look),
        amount_working.LINE_TAX: tax.on(line_detail.TOTAL, amount_working.REDUCED),
        amount_working.LINE_GROSS: f"{line_detail.TOTAL}+{amount_working.LINE_TAX}",
    }
    for place, text in cells.items():
        hidden(sheet, place.partition("!")[2].replace("$", ""), text)


def _agreement() -> str:
    quote = ref("quoted_gross")
    return f"IF({blank(quote)},{quoted('照合なし')},IF({AGREED}=0,{quoted('一致')},{quoted('不一致')}))"


def _contradicted() -> str:
    """1 where the quote's own total with tax contradicts the lines (`rules.assess.tax_question`)."""
    quote = ref("quoted_gross")
    full = f"({line_detail.TOTAL}+{amount_working.LESS})"
    gross = f"{full}+{tax.on(full, amount_working.REDUCED)}"
    return f"IF({blank(quote)},0,IF({quote}={amount_working.LINE_GROSS},0,IF({quote}={gross},0,1)))"


def _chosen(sheet: Worksheet) -> None:
    """What the frame applied for gives."""
    which = ref("out_frame")

    def of(cells: list[str]) -> str:
        return f"CHOOSE({which},{','.join(cells)})"

    amounts = {name: of([ref(f"out_{f.name}_{name}") for f in FRAMES]) for name in amount_layout.AMOUNTS}
    texts = {
        **amounts,
        "total": of([amount_working.outlay(s) for s in SECTIONS]),
        "tax": of([amount_working.tax(s) for s in SECTIONS]),
        "gross": of([amount_working.gross(s) for s in SECTIONS]),
    }
    heading(sheet, "B", LAST, CHOSEN, "申請する枠の結果")
    amount_frame.titles(sheet, CHOSEN + 1, "項目", "")
    put(
        sheet, f"D{CHOSEN + 1}", own(f"={of([amount_working.words(s) for s in SECTIONS])}"), size=9, box=True, wrap=True
    )
    hidden(sheet, f"{amount_working.RAW}{CHOSEN + 1}", of([amount_working.state(s) for s in SECTIONS]))
    for r in CHOSEN_RESULTS:
        name = r.name.removeprefix("out_")
        amount_frame.row(
            sheet, r, NOTES.get(r.name) or cite(r.source), strong=name in ("subsidy", "gross", "out_of_pocket")
        )
        sheet[r.cell] = own(f"={texts[name]}")
    flag(sheet, f"D{CHOSEN + 1}", f"${amount_working.RAW}${CHOSEN + 1}>0", colour="C00000", bold=True)


NOTES = {
    "out_subsidy": "申請する枠の補助額",
    "out_eligible": "申請する枠の補助対象経費",
    "out_total": "すべての行の金額（対象外の行も含む）。複数者連携は構成員の経費と (b)・(c)",
    "out_gross": "合計 ＋ 消費税",
    "out_own_burden": "税抜の合計から補助額を引いた額",
    "out_out_of_pocket": "税込で支払い、後から補助金を受けたあとに残る負担",
}


def _finish(sheet: Worksheet) -> None:
    # Not on the TRUE/FALSE cells: LibreOffice 25.2 breaks off where a conditional format meets a stored logical value.
    flags = {r.row for r in amount_layout.RESULTS if r.kind == "flag"}
    for r in amount_layout.RESULTS:
        if r.row not in flags:
            flag(sheet, r.cell, f"ISERROR({r.cell})", colour="FFFFFF")  # the line of the frame says why
    flag(sheet, f"C{BASIS + 3}", f"${amount_working.RAW}${BASIS + 3}=1", colour="C00000", bold=True)
    for s in SECTIONS:
        flag(sheet, f"B{s.state}", f"${amount_working.RAW}${s.state}>0", colour="C00000", bold=True)
    rows: Any = sheet.row_dimensions
    for row in range(1, amount_layout.LAST + 1):
        rows[row].height = rows[row].height or 16
    put(sheet, f"{amount_working.RAW}{BASIS - 1}", "検査前の値（印刷されません）", size=8, colour=GREY)
    broken(sheet, (SECTIONS[at].top for at in PAGES))
    sheet.freeze_panes = "A4"
    printed(sheet, f"A1:{LAST}{amount_layout.LAST}")
    protect(sheet)
