"""補助額: the premises, every step of the frame in its own cell with its source, the totals, the chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from openpyxl.worksheet.worksheet import Worksheet

from rules import evaluate, invoice, tax
from rules.argument import Argument
from rules.edition import cite, documents
from rules.evaluate import guard, guarded
from rules.formula import Formula, renamed
from workbooks.layout import AMOUNT, AMOUNT_TOP, NO, PREMISES, RESULT, RESULTS, TAX_MODES, TOTALS, YES, Result
from workbooks.sheets import chart, working
from workbooks.sheets.lists import Lookups
from workbooks.style import COUNT, DATE, GREY, PALE, YEN, flag, heading, printed, protect, put, title, widths
from workbooks.text import AS_OF, absolute, blank, dated, day, every, per_edition, quoted, ref, trimmed

RAW = "E"  # column of a value before its check
NEEDS, GATE, WHY = absolute(AMOUNT, "E12"), absolute(AMOUNT, "C12"), absolute(AMOUNT, "D12")
AGREED = absolute(AMOUNT, "E10")  # 1 where the quote's own total contradicts the lines
ARGUMENTS = {a.name: a for a in invoice.ARGUMENTS}
CELLS = {  # arguments of the frame -> their results
    "small_biz": "out_small_biz",
    "functions": "out_functions",
    "cost": "out_invoice_cost",
    "pc_cost": "out_invoice_pc_cost",
    "register_cost": "out_invoice_register_cost",
}
LACKS = (  # as rules.assess says what is missing
    "計算できます",
    "見積の明細を入れてください",
    "見積の表の外に行があります。用意した行の中に入れてください",
    "読めない明細行があります。赤い行の単価・数量・月数・カテゴリーを直してください",
    "申請日が、収録した最も古い版より前です",
    "業種と従業員数、または「小規模として申請」を入れてください",
    "明細の合計に消費税を足した額が、見積書の税込合計と合いません",
)


def build(sheet: Worksheet, look: Lookups) -> None:
    """Writes the sheet."""
    title(
        sheet, "補助額の計算", f"{invoice.LABEL}。1行が1つの計算です。入力はしません（申請者と見積から計算されます）。"
    )
    widths(sheet, {"A": 3, "B": 52, "C": 16, "D": 58, "E": 12, "F": 3, "G": 3})
    _basis(sheet)
    _section(sheet, PREMISES_, "前提", "この額を出すもと")
    _section(sheet, STEPS_, "計算の各段階", "出典")
    _section(sheet, TOTALS_, "見積の合計と自己負担", "出典・計算のしかた")
    for name, text in {**_premises(), **_steps(), **_totals()}.items():
        sheet[RESULT[name].cell] = working.own(f"={text}")
    for name, text in _raw_texts(look).items():
        put(sheet, f"{RAW}{RESULT[name].cell[1:]}", working.own(f"={text}"), size=8, colour=GREY, form=COUNT)
    working.build(sheet, look)
    last = int(RESULTS[-1].cell[1:])
    chart.subsidy(sheet, last + 3, f"B{last + 7}")
    _finish(sheet, last)


PREMISES_ = tuple(RESULT[name] for name, *_ in PREMISES)
TOTALS_ = tuple(RESULT[name] for name, *_ in TOTALS)
STEPS_ = tuple(r for r in RESULTS if r not in PREMISES_ and r not in TOTALS_)


def _basis(sheet: Worksheet) -> None:
    """What the calculation stands on: the date, the edition, the tax, whether it can be done."""
    heading(sheet, "B", "D", 6, "計算の基準")
    oldest, newest = every(invoice.Edition)[0].since, every(invoice.Edition)[-1].since
    on = ref("application_date")
    rows = (
        (
            "申請日（版を決める日）",
            f"IF(ISBLANK({on}),{day(newest)},IF(ISNUMBER({on}),IF({on}<{day(oldest)},NA(),{on}),#VALUE!))",
        ),
        ("使う版", per_edition(invoice.Edition, lambda e: quoted(f"{e.since:%Y年%-m月%-d日}から"))),
        ("単価の税区分", f"IF({working.TAXED}=1,{quoted(TAX_MODES[1])},{quoted(TAX_MODES[0])})"),
        ("見積書の税込合計との照合", _agreement()),
        ("明細の行数", f"SUM({working.column('used')})"),
        ("計算の可否", guarded(f"IF({NEEDS}>0,NA(),1)", [AS_OF, *(ref(CELLS[name]) for name in CELLS)])),
    )
    for number, (label, text) in enumerate(rows, 7):
        form = DATE if text is rows[0][1] else COUNT
        put(sheet, f"B{number}", label, box=True)
        put(sheet, f"C{number}", working.own(f"={text}"), box=True, align="right", form=form, shrink=True)
    notes = {
        7: f'=IF(ISBLANK({on}),"申請日が空欄なので、いちばん新しい版で計算しています",{on_text(on)})',
        8: "=" + per_edition(invoice.Edition, lambda e: quoted(documents()[e.document].title)),
        9: "税込のときは、行ごとに税抜の単価に直して計算します",
        10: "見積書の税込合計が入っていれば、明細から計算した額と照らします",
        12: "=" + _why(),
    }
    for row, text in notes.items():
        put(sheet, f"D{row}", working.own(text), size=9, colour=GREY, wrap=True, indent=1)
    hidden = {9: f"IF({trimmed(ref('tax_mode'))}={quoted(TAX_MODES[1])},1,0)", 10: _contradicted(), 12: _needs()}
    for row, text in hidden.items():
        put(sheet, f"{RAW}{row}", working.own(f"={text}"), size=8, colour=GREY)


def on_text(on: str) -> str:
    """Where the date of application comes from."""
    return f"IF(ISNUMBER({on}),{quoted('シート「申請者」の申請日')},{quoted('申請日を日付として読めません')})"


def _agreement() -> str:
    quote = ref("quoted_gross")
    return f"IF({blank(quote)},{quoted('照合なし')},IF({AGREED}=0,{quoted('一致')},{quoted('不一致')}))"


def _contradicted() -> str:
    """1 where the quote's own total with tax contradicts the lines (`rules.assess.tax_question`)."""
    quote, net, less = ref("quoted_gross"), ref("out_total"), ref("total_discount")
    discounted = f"({net}-{less})"
    gross = f"{discounted}+{_tax(discounted)}"
    return f"IF({blank(quote)},0,IF({quote}={ref('out_gross')},0,IF({quote}={gross},0,1)))"


def _needs() -> str:
    """The number in LACKS of what is missing; 0 where nothing is."""
    used, amounts = f"SUM({working.column('used')})", ref("out_total")
    tests = (
        (f"ISERROR({AS_OF})", 4),
        (f"ISERROR({used})", 3),
        (working.overflow(), 2),
        (f"{used}=0", 1),
        (f"ISERROR({amounts})", 3),
        (f"ISERROR({ref('out_small_biz')})", 5),
        (f"ISERROR({ref('out_invoice_cost')})", 3),
        (f"ISERROR({AGREED})", 6),
        (f"{AGREED}=1", 6),
    )
    text = "0"
    for test, number in reversed(tests):
        text = f"IF({test},{number},{text})"
    return text


def _why() -> str:
    words = ",".join(quoted(text) for text in LACKS)
    return f"CHOOSE({NEEDS}+1,{words})"


def _tax(net: str) -> str:
    """消費税 on a net amount: one cut per rate, from the rules' own arithmetic."""
    reduced = f"{RAW}{RESULT['out_tax'].cell[1:]}"

    def text(e: tax.Edition) -> str:
        n, r = Formula("net"), Formula("reduced")
        found = (n - r) * e.standard.rate // 1 + r * e.reduced.rate // 1
        return renamed(found.text, {"net": net, "reduced": absolute(AMOUNT, reduced)})

    return text(every(tax.Edition)[-1])


def _section(sheet: Worksheet, rows: Sequence[Result], text: str, notes: str) -> None:
    """A heading, column titles, and a framed row per result."""
    top = int(rows[0].cell[1:])
    heading(sheet, "B", "D", top - 2, text)
    for letter, words in (("B", "項目"), ("C", "額・値"), ("D", notes)):
        put(sheet, f"{letter}{top - 1}", words, size=9, back=PALE, box=True, align="center")
    for r in rows:
        row = int(r.cell[1:])
        strong = r.name in ("out_invoice_subsidy", "out_out_of_pocket", "out_gross")
        put(sheet, f"B{row}", r.label, box=True, bold=strong, wrap=True)
        put(
            sheet,
            r.cell,
            None,
            box=True,
            bold=strong,
            form={"yen": YEN, "count": COUNT}.get(r.kind, "General"),
            align="right",
        )
        put(sheet, f"D{row}", working.own(_note(r)), size=8, colour=GREY, box=True, wrap=True)
        sheet.row_dimensions[row].height = 26


NOTES = {
    "out_small_biz": "業種と従業員数から判定します。TRUE＝小規模。「小規模として申請」が「いいえ」なら FALSE",
    "out_functions": "対象になるソフトウェアの機能を合わせて数えます（和集合）",
    "out_invoice_cost": "カテゴリー1～7の対象経費の合計",
    "out_invoice_pc_cost": "カテゴリー8の対象経費の合計",
    "out_invoice_register_cost": "カテゴリー9の対象経費の合計",
    "out_total": "すべての行の金額（対象外の行も含む）",
    "out_gross": "合計 ＋ 消費税",
    "out_own_burden": "税抜の合計から補助額を引いた額",
    "out_out_of_pocket": "税込で支払い、後から補助金を受けたあとに残る負担",
}


def _note(r: Result) -> str:
    """Where a step comes from, in the edition in force."""
    if r in STEPS_:
        name = r.name.removeprefix("out_invoice_")
        sources = [
            (e.since, quoted(cite(next(s.source for s in evaluate.formulas(invoice, e.since) if s.name == name))))
            for e in every(invoice.Edition)
        ]
        return "=" + dated(sources)
    return NOTES.get(r.name) or cite(r.source)


def _premises() -> Mapping[str, str]:
    """The arguments of the frame, each checked as every engine checks it."""
    return {result: guard(_required(ARGUMENTS[name]), _raw(RESULT[result])) for name, result in CELLS.items()}


def _required(a: Argument) -> Argument:
    return replace(a, optional=False)


def _raw(r: Result) -> str:
    return absolute(AMOUNT, f"{RAW}{r.cell[1:]}")


def _raw_texts(look: Lookups) -> Mapping[str, str]:
    return {
        "out_small_biz": _small(look),
        "out_functions": working.functions(),
        "out_invoice_cost": working.cost(),
        "out_invoice_pc_cost": working.cost(working.PC),
        "out_invoice_register_cost": working.cost(working.REGISTER),
        "out_tax": guard(replace(ARGUMENTS["pc_cost"], default=0), ref("reduced_base")),
    }


def _small(look: Lookups) -> str:
    """`rules.assess.small_biz`: the true size; the claim where the size cannot be told."""
    claim, industry, employees = ref("small_claim"), ref("industry"), ref("employees")
    count = guard(Argument("employees", "count", ""), employees)
    size = f"IF({count}<={look.small(f'MATCH({trimmed(industry)},{look.industries},0)')},TRUE,FALSE)"
    claimed = f"IF({claim}={quoted(YES)},TRUE,IF({claim}={quoted(NO)},FALSE,NA()))"
    unknown = f"OR({blank(industry)},{blank(employees)})"
    return f"IF({unknown},{claimed},IF({claim}={quoted(NO)},FALSE,{size}))"


def _steps() -> Mapping[str, str]:
    """Each step of the frame as a plain formula over cells, closed by the gate."""
    names = {**{name: ref(result) for name, result in CELLS.items()}, **{s: ref(f"out_invoice_{s}") for s in _names()}}
    texts = [
        (e.since, {s.name: s.value.text for s in evaluate.formulas(invoice, e.since)}) for e in every(invoice.Edition)
    ]
    return {
        f"out_invoice_{s}": guarded(
            renamed(dated([(since, each[s]) for since, each in texts], "as_of"), {**names, "as_of": AS_OF}), [GATE]
        )
        for s in _names()
    }


def _names() -> Sequence[str]:
    return [s.name for s in evaluate.formulas(invoice)]


def _totals() -> Mapping[str, str]:
    net, gross, subsidy = ref("out_total"), ref("out_gross"), ref("out_invoice_subsidy")
    known = f"IF({working.overflow()},NA(),SUM({working.column('line_amount')}))"
    return {
        "out_total": guarded(f"IF(ISERROR(SUM({working.column('used')})),NA(),{known})", [AS_OF]),
        "out_tax": _tax(net),
        "out_gross": f"{net}+{ref('out_tax')}",
        "out_own_burden": f"{net}-{subsidy}",
        "out_out_of_pocket": f"{gross}-{subsidy}",
    }


def _finish(sheet: Worksheet, last: int) -> None:
    # Not on the TRUE/FALSE cell: LibreOffice 25.2 breaks off where a conditional format meets a stored logical value.
    for first, end in ((7, 12), (AMOUNT_TOP + 1, last)):
        flag(sheet, f"C{first}:C{end}", f"ISERROR(C{first})", colour="BFBFBF")
    flag(sheet, "D12", "$E$12>0", colour="C00000", bold=True)
    flag(sheet, "C10", "$E$10=1", colour="C00000", bold=True)
    put(sheet, f"{RAW}{AMOUNT_TOP - 1}", "検査前の値", size=8, colour=GREY, align="center")
    put(sheet, "D4", "右の列に、明細の行ごとの計算があります →", size=9, colour=GREY, align="right")
    for row in range(1, last + 30):
        if sheet.row_dimensions[row].height is None:
            sheet.row_dimensions[row].height = 16
    sheet.row_dimensions[AMOUNT_TOP - 1].height = 32
    sheet.freeze_panes = "A6"
    printed(sheet, f"A1:D{last + 25}")
    protect(sheet)
