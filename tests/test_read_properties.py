"""Reading a filled workbook, whatever it holds: any quote comes back, and no cell makes the reader fail."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.quote import Line, Quote
from tests import samples
from tests.books import filled_in, lines_of
from workbooks.form import layout
from workbooks.form.vocabulary import TIDY
from workbooks.reading.read import read

WORDS = (
    st.text("会計クラウド費A1 ・（）㈱𠮷&<>'\"=", min_size=1, max_size=20)
    .map(str.strip)
    .filter(lambda text: bool(text) and not text.startswith("="))
)
YEN = st.integers(0, 10**10)
TERMS = st.one_of(
    st.tuples(st.sampled_from(["買取", "リース", "よくわからない"]), st.none()),
    st.tuples(st.just("月額"), st.integers(1, 240)),
    st.tuples(st.just("年額"), st.integers(1, 20).map(lambda years: years * 12)),
)


@st.composite
def any_line(draw: st.DrawFn, number: int) -> Line:
    contract, months = draw(TERMS)
    return Line(
        number,
        draw(WORDS),
        draw(WORDS.map(TIDY.text)),  # spaces do not part a tool from its options
        draw(st.integers(1, 9)),
        draw(st.frozensets(st.sampled_from(["会計", "受発注", "決済"]))),
        draw(st.frozensets(st.sampled_from(["共P-01", "共P-05", "各業種P-06", "汎P-07"]))),
        contract,
        draw(WORDS),
        draw(st.integers(0, 10_000)),
        draw(YEN),
        months,
        draw(YEN),
        draw(WORDS),
        draw(st.booleans()),
    )


@st.composite
def any_quote(draw: st.DrawFn) -> Quote:
    numbers = sorted(draw(st.sets(st.integers(1, layout.LINES.rows), max_size=5)))
    kinds = {
        "yen": YEN,
        "count": st.integers(0, 10**6),
        "decimal": st.integers(0, 10**6).map(lambda n: Fraction(n, 8)),
        "date": st.dates(date(1910, 1, 1), date(2099, 12, 31)),
        "yesno": st.booleans(),
        "text": WORDS,
        "long": WORDS,
    }
    chosen = [i for i in layout.INPUTS if i.kind in kinds and i.name != "vendor_invoice_number" and draw(st.booleans())]
    inputs = {i.name: draw(kinds[i.kind]) for i in chosen}
    for i in layout.INPUTS:
        if i.kind == "choice" and i.name != "tax_mode":
            inputs[i.name] = draw(st.sampled_from(i.choices))
    return Quote(inputs, tuple(draw(any_line(n)) for n in numbers))


@settings(max_examples=25, deadline=None)
@given(any_quote())
def test_any_quote_written_into_the_layout_is_read_as_it_was(wanted: Quote) -> None:
    with TemporaryDirectory() as folder:
        found = read(filled_in(Path(folder) / "q.xlsx", wanted))
    assert found.findings == ()
    assert dict(wanted.inputs) == dict(found.inputs)
    assert wanted.lines == tuple(replace(line, cells={}) for line in found.lines)


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(-(10**18), 10**18),
    st.text(max_size=30),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from(["#N/A", "#REF!", "令和99年99月99日", "R0.0.0", "0/0/0", "1" * 50, "－", "､"]),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(ANYTHING, min_size=len(layout.INPUTS), max_size=len(layout.INPUTS)), st.data())
def test_no_cell_makes_the_reader_fail(values: list[Any], data: st.DataObject) -> None:
    columns = [c.name for c in layout.LINES.columns if not c.computed]
    row = {name: data.draw(ANYTHING) for name in columns}
    found = lines_of(row, **{i.name: value for i, value in zip(layout.INPUTS, values, strict=True)})
    cells = [f.cell for f in found.findings if f.code == "INPUT"]
    assert len(set(cells)) == len(cells)
    assert all(f.message.endswith("。") and "\n" not in f.message for f in found.findings)


def test_reading_does_not_need_openpyxl(tmp_path: Path) -> None:
    path = filled_in(tmp_path / "q.xlsx", samples.quote())
    code = "import sys; from workbooks.reading.read import read; read(sys.argv[1]); print('openpyxl' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
