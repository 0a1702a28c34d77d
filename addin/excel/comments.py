"""Findings written into the open workbook: a comment on each cell, and the table on チェック.

Comments of ours begin and end with fixed words. One that somebody has added to is that person's, as is every other.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from addin.error_messages import refused
from addin.excel.open_workbook import find_table
from rules.engine.edition import cite
from rules.excel_values import FORMULA
from rules.findings import LEVELS, Finding

HEAD, TAIL = "【入力チェック】", "（次の入力チェックで消えます）"
FINDINGS, COLUMNS = "findings", 5  # the table on チェック: 重さ, コード, 内容と直し方, セル, 出典
ROWS = 12  # that the workbook has room for; more are added below
ALLOWED = (
    *("FormattingCells", "FormattingColumns", "FormattingRows", "InsertingColumns", "InsertingRows"),
    *("InsertingHyperlinks", "DeletingColumns", "DeletingRows", "Sorting", "Filtering", "UsingPivotTables"),
)


@dataclass(frozen=True)
class Marked:
    """What was written, the sheets that a password kept from it, and those whose protection could not be put back."""

    comments: int
    listed: bool
    locked: tuple[str, ...]
    bare: tuple[str, ...]


def mark(book: Any, findings: Sequence[Finding]) -> Marked:
    """Writes the findings of this run in place of those of the last."""
    notes = _notes(findings)
    written, locked, bare = 0, list[str](), list[str]()
    for sheet in book.Worksheets:
        name, old = sheet.Name, _own(sheet)
        if not old and name not in notes:
            continue
        try:
            with unlocked(sheet, bare):
                for comment in old:
                    comment.Delete()
                written += sum(_add(sheet, cell, text) for cell, text in notes.get(name, {}).items())
        except Exception as e:
            if not refused(e):
                raise
            locked.append(name)
    return Marked(written, fill(book, findings, bare), tuple(locked), tuple(dict.fromkeys(bare)))


def clear(book: Any) -> Marked:
    """Takes our own comments and findings away, as far as the sheets allow it."""
    return mark(book, ())


def fill(book: Any, findings: Sequence[Finding], bare: list[str]) -> bool:
    """Writes the table of findings; False where the workbook has none, or a password keeps it."""
    found = find_table(book, FINDINGS)
    if found is None or found[1].ListColumns.Count < COLUMNS:
        return False
    try:
        with unlocked(found[0], bare):
            _write(*found, [_row(f) for f in findings])
    except Exception as e:
        if not refused(e):
            raise
        return False
    return True


def _write(sheet: Any, table: Any, rows: list[tuple[Any, ...]]) -> None:
    area = table.Range
    top, left = area.Row, area.Column
    if table.DataBodyRange is not None:
        table.DataBodyRange.ClearContents()
    size = max(len(rows), ROWS)
    table.Resize(sheet.Range(sheet.Cells(top, left), sheet.Cells(top + size, left + COLUMNS - 1)))
    body = sheet.Range(sheet.Cells(top + 1, left), sheet.Cells(top + size, left + COLUMNS - 1))
    body.Value2 = (*rows, *[(None,) * COLUMNS] * (size - len(rows)))
    with suppress(Exception):  # only looks
        body.EntireRow.AutoFit()


def _row(f: Finding) -> tuple[str, ...]:
    return tuple(map(_text, (LEVELS[f.level], f.code, f.message, f.cell, cite(f.source) if f.source else "")))


def _text(text: str) -> str:
    """A text that Excel does not take for a formula."""
    return f"'{text}" if text.startswith((*FORMULA, "'")) else text


def _notes(findings: Sequence[Finding]) -> dict[str, dict[str, str]]:
    """Sheet -> cell -> the text of its comment."""
    lines: dict[tuple[str, str], list[str]] = {}
    for f in findings:
        sheet, _, cell = f.cell.rpartition("!")
        if sheet:
            lines.setdefault((sheet, cell), []).append(f"{LEVELS[f.level]}: {f.message}")
    notes: dict[str, dict[str, str]] = {}
    for (sheet, cell), said in lines.items():
        notes.setdefault(sheet, {})[cell] = "\n".join([HEAD, *said, TAIL])
    return notes


def _own(sheet: Any) -> list[Any]:
    """Our comments on a sheet."""
    return [comment for comment in sheet.Comments if _ours(comment.Text())]


def _ours(text: str) -> bool:
    return text.startswith(HEAD) and text.rstrip().endswith(TAIL)


def _add(sheet: Any, address: str, text: str) -> int:
    """A comment, where nobody has one; 1 if it was written."""
    cell = sheet.Range(address)
    if cell.Comment is not None:
        return 0
    comment = cell.AddComment(text)
    with suppress(Exception):  # only looks: Excel's own size shows the first words
        comment.Shape.TextFrame.AutoSize = True
    return 1


@contextmanager
def unlocked(sheet: Any, bare: list[str]) -> Generator[None]:
    """While a sheet that is protected without a password can be written to; raises where it has one.

    What was written stands even where Excel refuses to protect the sheet again: that one is named in `bare`.
    """
    if not (sheet.ProtectContents or sheet.ProtectDrawingObjects):
        yield
        return
    allowed = [getattr(sheet.Protection, f"Allow{name}") for name in ALLOWED]
    kept = ("", sheet.ProtectDrawingObjects, sheet.ProtectContents, sheet.ProtectScenarios, sheet.ProtectionMode)
    sheet.Unprotect("")  # without an argument Excel would ask the user
    try:
        yield
    finally:
        try:
            sheet.Protect(*kept, *allowed)
        except Exception as e:
            if not refused(e):
                raise
            bare.append(sheet.Name)
