"""Writes each formula's value beside it, as Excel does: a preview, a phone or a protected view then shows the amounts.

Excel calculates anew when it opens the file. A workbook that cannot be calculated here stays as it is, without values.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import coordinate_to_tuple

from workbooks.building import calculator
from workbooks.building.sheets import functions
from workbooks.files import reproducible, writer, zip_parts
from workbooks.form.layout import FUNCTIONS

# These search only what openpyxl has just written for us, in its one spelling; a cell that another spelling would hide is
# found by tests/test_cached_values.py. What a person's file holds is decided by workbooks.files.markup alone.
FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)><f>([^<]*)</f><v ?/?>(?:</v>)?</c>')
OPTIONAL = re.compile(r"_xlop\.(\w+)")
SHEET = re.compile(r'<sheet [^>]*?name="([^"]*)"')
TYPE = re.compile(r' t="\w+"')
Values = Callable[[bytes], Mapping[str, calculator.At]]


def save(book: Workbook, path: Path) -> None:
    """Writes a workbook that we made, with its values, over the one before."""
    writer.over(path, saved(book))


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook that we made, with its values."""
    raw = reproducible.saved(book)
    try:
        return valued(raw)
    except Exception as e:  # no fault of a calculator may cost the user a file that Excel calculates anyway
        logging.getLogger(__name__).warning("no values: %s", type(e).__name__)
        return raw


def valued(raw: bytes, calculated: Values = calculator.calculated) -> bytes:
    """The bytes of `stable.saved` with the values."""
    values = calculated(raw)
    parts = zip_parts.parts(raw)
    for number, name in enumerate(SHEET.findall(parts["xl/workbook.xml"].decode()), 1):
        part, show = f"xl/worksheets/sheet{number}.xml", _shown(name, values[name])
        parts[part] = FORMULA.sub(lambda m, show=show: _cell(m, show(m[1])), parts[part].decode()).encode()
    return reproducible.package(parts)


def _shown(sheet: str, at: calculator.At) -> Callable[[str], Any]:
    """What a cell shows. The calculator has no add-in: the rules know what its functions give."""
    ours = functions.values() if sheet == FUNCTIONS else dict[str, Any]()
    return lambda cell: ours[cell] if cell in ours else at(*coordinate_to_tuple(cell))


def for_formulon(stored: str) -> str:
    """A LAMBDA as formulon reads it, which wants an optional parameter in brackets; never written into a shipped file.

    >>> for_formulon("_xlfn.LAMBDA(_xlpm.cost,_xlop.as_of,_xlpm.cost)")
    '_xlfn.LAMBDA(_xlpm.cost,[_xlpm.as_of],_xlpm.cost)'
    """
    return OPTIONAL.sub(r"[_xlpm.\1]", stored)


def _cell(match: re.Match[str], value: Any) -> str:
    """A cell with its formula and its value."""
    place, looks, formula = match[1], TYPE.sub("", match[2]), match[3]
    kind, shown = _spelt(value)
    return f'<c r="{place}"{looks}{kind}><f>{formula}</f><v>{shown}</v></c>'


def _spelt(value: Any) -> tuple[str, str]:
    """The type attribute and the text of a value."""
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, int | float):
        return "", format(value, ".15g")
    if isinstance(value, calculator.Error):
        return ' t="e"', value
    return ' t="str"', escape(value or "")
