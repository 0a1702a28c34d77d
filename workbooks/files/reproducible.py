"""The same bytes for the same workbook: fixed dates, fixed order, no trace of when or where it was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from workbooks.files import writer, zip_parts

WRITTEN = datetime(
    *zip_parts.WRITTEN
)  # stands in docProps: the first day of the newest edition when the sheet was made
# of docProps/core.xml as openpyxl has just written it, in its one spelling
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def save(book: Workbook, path: Path) -> None:
    """Writes the workbook, byte for byte reproducible, over the one before."""
    writer.over(path, saved(book))


def saved(book: Workbook) -> bytes:
    """The workbook's bytes, the same for the same workbook."""
    raw = BytesIO()
    book.save(raw)
    parts = zip_parts.parts(raw)
    parts["docProps/core.xml"] = _STAMP.sub(
        rb"\g<1>" + WRITTEN.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), parts["docProps/core.xml"]
    )
    return package(parts)


def rewritten(raw: bytes, change: Callable[[str], str]) -> bytes:
    """A workbook with the XML of every sheet changed."""
    parts = zip_parts.parts(raw)
    sheets = (name for name in parts if name.startswith("xl/worksheets/sheet"))
    return package(parts | {name: change(parts[name].decode()).encode() for name in sheets})


def package(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts, in one order and at one time."""
    ordered = sorted(parts, key=lambda n: (n != "[Content_Types].xml", n))
    return zip_parts.zipped({name: parts[name] for name in ordered}, level=9)
