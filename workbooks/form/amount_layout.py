"""補助額: where every computed cell with a name stands. First what all frames share, then a section per frame.

>>> RESULT["out_subsidy"].address
'補助額!C41'
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.engine import evaluate
from rules.frames import FRAMES
from rules.frames.contract import Frame

AMOUNT = "補助額"
VALUE = "C"  # column of every result
KINDS = {"yen": "yen", "flag": "flag"}  # of an argument; all others are counts


@dataclass(frozen=True)
class Result:
    """A computed cell with a defined name."""

    name: str
    label: str
    sheet: str
    cell: str
    kind: str = "yen"  # yen, count or flag
    source: str = ""  # "document#place"

    @property
    def address(self) -> str:
        """Sheet and cell: 補助額!C9."""
        return f"{self.sheet}!{self.cell}"

    @property
    def row(self) -> int:
        """Its row."""
        return int(self.cell.removeprefix(VALUE))


@dataclass(frozen=True)
class Section:
    """The part of 補助額 that computes one frame."""

    frame: Frame
    top: int  # row of its heading
    premises: tuple[Result, ...]
    steps: tuple[Result, ...]
    totals: tuple[Result, ...]

    @property
    def state(self) -> int:
        """Row that says whether the frame can be calculated."""
        return self.top + 1

    @property
    def last(self) -> int:
        """Its last row."""
        return self.totals[-1].row


Row = tuple[str, str, str, str]  # name, label, kind, source
BASIS = 7  # row of the date of application; below it the edition, the tax …
COMMON: tuple[Row, ...] = (
    ("out_frame", "申請する枠", "count", ""),
    ("out_small_biz", "小規模事業者か", "flag", ""),
    ("out_near_min_wage", "最低賃金近傍の事業者か", "flag", ""),
)
COMMON_TOP = BASIS + 5
COMPARISON = COMMON_TOP + len(COMMON) + 1  # row of the comparison's heading
CHART = COMPARISON + 3 + len(FRAMES)
CHOSEN = CHART + 15  # heading of what the frame applied for gives
TOTALS: tuple[Row, ...] = (
    ("out_subsidy", "補助額", "yen", ""),
    ("out_eligible", "補助対象経費（税抜）", "yen", ""),
    ("out_total", "見積の合計（税抜）", "yen", ""),
    ("out_tax", "消費税", "yen", "invoice-qa#一の適格請求書につき税率ごとに1回の端数処理"),
    ("out_gross", "支払総額（税込）", "yen", ""),
    ("out_own_burden", "自己負担（税抜）＝ 合計 − 補助額", "yen", ""),
    ("out_out_of_pocket", "手出し（税込）＝ 支払総額 − 補助額", "yen", ""),
)
SHARES = CHOSEN + 2 + len(TOTALS) + 2  # heading of the two figures of the chart
FIRST_SECTION = SHARES + 14
OF_FRAME: tuple[Row, ...] = (
    ("eligible", "補助対象経費（税抜）", "yen", ""),
    ("own_burden", "自己負担（税抜）＝ 合計 − 補助額", "yen", ""),
    ("out_of_pocket", "手出し（税込）＝ 支払総額 − 補助額", "yen", ""),
)


def _placed(rows: tuple[Row, ...], top: int, prefix: str = "") -> tuple[Result, ...]:
    return tuple(
        Result(f"{prefix}{name}", label, AMOUNT, f"{VALUE}{row}", kind, source)
        for row, (name, label, kind, source) in enumerate(rows, top)
    )


def _sections() -> Iterator[Section]:
    top = FIRST_SECTION
    for frame in FRAMES:
        prefix = f"out_{frame.name}_"
        given = tuple((a.name, a.doc, KINDS.get(a.kind, "count"), "") for a in frame.inputs)
        done = tuple((s.name, s.label, "yen", s.source) for s in evaluate.formulas(frame))
        premises = _placed(given, top + 3, prefix)  # heading, state, column titles
        steps = _placed(done, premises[-1].row + 2, prefix)
        totals = _placed(OF_FRAME, steps[-1].row + 2, prefix)
        yield Section(frame, top, premises, steps, totals)
        top = totals[-1].row + 3


SECTIONS: tuple[Section, ...] = tuple(_sections())
CHOSEN_RESULTS = _placed(TOTALS, CHOSEN + 2)
COMMON_RESULTS = _placed(COMMON, COMMON_TOP)
RESULTS: tuple[Result, ...] = (
    *COMMON_RESULTS,
    *CHOSEN_RESULTS,
    *(r for s in SECTIONS for r in (*s.premises, *s.steps, *s.totals)),
)
RESULT = {r.name: r for r in RESULTS}
LAST = SECTIONS[-1].last
AMOUNTS = ("subsidy", "eligible", "own_burden", "out_of_pocket")  # of every frame, and of the one applied for
