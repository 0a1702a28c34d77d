"""明細計算: what of each line counts in each frame and why not, to be read and printed; the working stands at its right."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from rules import line_limits
from rules.checks.codes import codes
from rules.engine.edition import spoken
from rules.frames import group
from rules.frames.contract import Frame
from workbooks.building.formula_text import AS_OF, absolute, per_edition, quoted
from workbooks.building.sheets import amount_working, line_columns, lines_as_read
from workbooks.building.sheets.line_columns import FIRST, LABELS, NAMES, OF_LINES, USUAL, cell, column, own
from workbooks.building.sheets.lists import Lookups
from workbooks.building.style import ACCENT, COUNT, GREY, PALE, YEN, flag, heading, printed, protect, put, title, widths
from workbooks.form.layout import WORKING, Size

SUMS, TITLES, FRAMES_ROW = FIRST - 1, FIRST - 2, FIRST - 3
TOTAL = absolute(WORKING, f"E{SUMS}")  # all that is bought, eligible or not
ERROR_VALUE = "エラー値のセルがあります"
TOO_MUCH, ELSEWHERE = "金額が0円未満か、大きすぎます", "ほかの行を直すと計算されます"
TOO_MUCH_OFF = "「合計からの値引」を直すと計算されます"
LAST = get_column_letter(5 + 2 * len(OF_LINES))  # of the printed columns


def build(sheet: Worksheet, look: Lookups, size: Size) -> None:
    """Writes the sheet."""
    note = f"見積の行の順。入力はしません。{group.FRAME.label}の経費は、シート「構成員」で計算します。"
    title(sheet, "明細計算（枠ごとの対象経費）", note)
    widths(sheet, {"A": 3, "B": 5, "C": 30, "D": 7, "E": 13, **{get_column_letter(at): 3 for at in (14, 15)}})
    _titles(sheet)
    _working_titles(sheet)
    for n in range(1, size.lines + 1):
        _line(sheet, n, look)
        row = line_columns.row(n, lines_as_read.read(n, look), lines_as_read.limits(n, look))
        for name, text in {**row, "unread": _unread(n), "travel": _travel(n, look)}.items():
            where = f"{line_columns.letter(name)}{FIRST + n - 1}"
            put(sheet, where, own(f"={text}"), size=8, colour=GREY, form=COUNT)
    last = FIRST + size.lines - 1
    flag(sheet, f"E{SUMS}:{LAST}{last}", f"ISERROR(E{SUMS})", colour="C00000")
    sheet.freeze_panes = f"D{FIRST}"
    printed(sheet, f"A1:{LAST}{last}", landscape=True, titles=f"{FRAMES_ROW}:{TITLES}")
    protect(sheet)


def _places(at: int) -> tuple[str, str]:
    """The two columns of a frame: eligible yen, and why the rest does not count."""
    return get_column_letter(6 + 2 * at), get_column_letter(7 + 2 * at)


def _titles(sheet: Worksheet) -> None:
    for letter, words in zip("BCDE", ("行", "品名", "大分類", "金額（税抜）"), strict=True):
        put(
            sheet, f"{letter}{TITLES}", words, size=9, bold=True, back=ACCENT, colour="FFFFFF", box=True, align="center"
        )
        put(sheet, f"{letter}{SUMS}", None, back=PALE, box=True, bold=True)
    put(sheet, f"C{SUMS}", "合計", back=PALE, box=True, bold=True)
    put(
        sheet,
        f"E{SUMS}",
        own(f"={everything(line_columns.AMOUNT)}"),
        back=PALE,
        box=True,
        bold=True,
        form=YEN,
        align="right",
    )
    for at, frame in enumerate(OF_LINES):
        yen, why = _places(at)
        widths(sheet, {yen: 13, why: 25})
        for letter in (yen, why):
            put(sheet, f"{letter}{FRAMES_ROW}", None, back=PALE, box=True)
        put(
            sheet,
            f"{yen}{FRAMES_ROW}",
            frame.label,
            size=9,
            bold=True,
            back=PALE,
            box=True,
            align="center",
            shrink=True,
        )
        sheet.merge_cells(f"{yen}{FRAMES_ROW}:{why}{FRAMES_ROW}")
        for letter, words in ((yen, "対象経費"), (why, "減額の理由")):
            put(
                sheet,
                f"{letter}{TITLES}",
                words,
                size=9,
                bold=True,
                back=ACCENT,
                colour="FFFFFF",
                box=True,
                align="center",
            )
            put(sheet, f"{letter}{SUMS}", None, back=PALE, box=True)
        summed = own(f"=SUM({column('line_eligible', frame)})")
        put(sheet, f"{yen}{SUMS}", summed, back=PALE, box=True, bold=True, form=YEN, align="right")
    sheet.row_dimensions[SUMS].height = 32


def everything(name: str) -> str:
    """The sum of a column over all lines; an error where not every line is known."""
    whole = f"IF({line_columns.overflow()},NA(),SUM({column(name)}))"
    return f"IF(ISERROR({AS_OF}),{AS_OF},IF(ISERROR(SUM({column('used')})),NA(),{whole}))"


def _working_titles(sheet: Worksheet) -> None:
    """The titles of the working; above the first column of a frame its name."""
    first, last = line_columns.letter(NAMES[0]), line_columns.letter(NAMES[-1])
    heading(sheet, first, last, FRAMES_ROW - 1, "行ごとの計算（印刷されません）")
    for name in NAMES:
        letter = line_columns.letter(name)
        put(sheet, f"{letter}{SUMS}", LABELS[_plain(name)], size=8, back=PALE, box=True, wrap=True, align="center")
        sheet.column_dimensions[letter].width = 9 if name in line_columns.READ else 11
    starts = {line_columns.called("own", f): f.label for f in OF_LINES} | {
        "reason": "申請する枠",
        "used": "行の読み取り",
    }
    for name, words in starts.items():
        put(sheet, f"{line_columns.letter(name)}{TITLES}", words, size=8, bold=True, colour=ACCENT)


def _plain(name: str) -> str:
    """A column's name without its frame."""
    prefixes = (USUAL, *(f"{f.name}_" for f in OF_LINES))
    return next((name.removeprefix(p) for p in prefixes if name.startswith(p)), name)


def _line(sheet: Worksheet, n: int, look: Lookups) -> None:
    """The printed cells of line n."""
    at, used = FIRST + n - 1, cell("used", n)
    put(sheet, f"B{at}", n, size=8, colour=GREY, align="center", box=True)
    shown = {"C": lines_as_read.at("item", n), "D": major(n), "E": cell("line_amount", n)}
    for place, frame in enumerate(OF_LINES):
        yen, why = _places(place)
        shown |= {yen: cell("line_eligible", n, frame), why: reason(n, look, frame)}
    for letter, text in shown.items():
        number = letter in "EFHJL"
        formula = own(f"=IF({used}=0,{quoted('')},{text})")
        form, align = (YEN, "right") if number else ("General", "center" if letter == "D" else "left")
        put(
            sheet,
            f"{letter}{at}",
            formula,
            size=9 if number or letter == "C" else 8,
            box=True,
            form=form,
            align=align,
            wrap=not number,
        )
    sheet.row_dimensions[at].height = 24


def major(n: int) -> str:
    """大分類 of a line, as its letter."""
    number = cell("major", n)
    return f"IF({number}=0,{quoted('')},MID({quoted(line_columns.MAJORS)},{number},1))"


def reason(n: int, look: Lookups, frame: Frame | None = None) -> str:
    """Why a line counts less than its amount, in words: in a frame, or in the one applied for."""
    me = {name: cell(name, n, frame) for name in ("reason", "limit", "line_months", "line_capped", "line_eligible")}
    months = f'IF({me["line_months"]}<{cell("line_amount", n)},"対象は"&{me["limit"]}&"か月まで。",{quoted("")})'
    over = per_edition(line_limits.Edition, lambda e: quoted(f"役務の上限{spoken(e.services.value)}を超えた分。"))
    services = f"IF({me['line_capped']}<{me['line_months']},{over},{quoted('')})"
    counted = f"IF({me['reason']}>0,INDEX({look.reasons},{me['reason']}),{months}&{services})"
    if frame is None:  # on 見積, beside the amount that it lowers
        allotted = cell("allotted", n)
        borne = f'IF({allotted}>0,"合計からの値引のうち"&TEXT({allotted},"#,##0")&"円を引いた額。",{quoted("")})'
        counted = f"{borne}&{counted}"
    return f"IF(ISERROR({me['line_eligible']}),{cell('unread', n)},{counted})"


def _travel(n: int, look: Lookups) -> str:
    """As `rules.checks.lines.travel`: 1 for a service whose 品名 or 備考 names a travel cost, and no harmless word."""
    data = codes()["TRAVEL"]
    harmless = (word + end for word in data["words"] for end in data["harmless"])
    text = f'{lines_as_read.at("item", n)}&" "&{lines_as_read.at("note", n)}'
    costs, others = (
        f"SUMPRODUCT(ISNUMBER(FIND({look.lists.choice(words)},{text}))*1)"
        for words in (tuple(data["words"]), tuple(harmless))
    )
    return f"IF({cell('used', n)}=0,0,IF({cell('major', n)}={line_columns.SERVICE},IF({costs}>{others},1,0),0))"


def _unread(n: int) -> str:
    """Which cell of the line is to be mended; or that the line itself is sound."""
    off = f"IF(ISERROR({amount_working.LISTED}),FALSE,ISERROR({amount_working.LESS}))"
    text = f"IF({off},{quoted(TOO_MUCH_OFF)},{quoted(ELSEWHERE)})"
    text = f"IF(ISERROR({cell(line_columns.LISTED, n)}),{quoted(TOO_MUCH)},{text})"
    wrong = cell("wrong", n)
    text = f'IF(ISERROR({wrong}),{quoted(ERROR_VALUE)},IF({wrong}<>{quoted("")},{wrong}&"が読めないか空欄です",{text}))'
    return f"IF({cell('used', n)}=0,{quoted('')},{text})"
