"""The same bytes for the same workbook: fixed dates, fixed order, no trace of when or where it was written."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from workbooks.files import writer

WRITTEN = datetime(2026, 3, 30)  # stands in docProps: the first day of the newest edition when the sheet was made
ZIP_TIME = (2026, 3, 30, 0, 0, 0)
# of docProps/core.xml as openpyxl has just written it, in its one spelling
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def save(book: Workbook, path: Path) -> None:
    """Writes the workbook, byte for byte reproducible, over the one before."""
    writer.over(path, saved(book))


def saved(book: Workbook) -> bytes:
    """The workbook's bytes, the same for the same workbook."""
    raw = BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["docProps/core.xml"] = _STAMP.sub(
        rb"\g<1>" + WRITTEN.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), parts["docProps/core.xml"]
    )
    return package(parts)


def rewritten(raw: bytes, change: Callable[[str], str]) -> bytes:
    """A workbook with the XML of every sheet changed."""
    with zipfile.ZipFile(BytesIO(raw)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    sheets = (name for name in parts if name.startswith("xl/worksheets/sheet"))
    return package(parts | {name: change(parts[name].decode()).encode() for name in sheets})


def package(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts, in one order and at one time."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(parts, key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            made.writestr(info, parts[name], compresslevel=9)  # of a ZipInfo, the level of the whole does not count
    return out.getvalue()
