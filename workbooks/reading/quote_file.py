"""A quote file checked and assessed: reading, identifiers, the rules, and the results that the file holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rules.assess import Assessment
from rules.checks.check import assess
from rules.checks.codes import rule
from rules.findings import WARNING, Finding, worst_first
from rules.frames.contract import Frame
from rules.quote import Quote
from workbooks.reading.cached_results import chosen
from workbooks.reading.identifiers import masked, number_findings
from workbooks.reading.portal_limits import entry_findings
from workbooks.reading.read import Filled, compare_results, open_quote, quote

SHOWN = 5  # rows that a message names


def open_checked(path: str | Path) -> tuple[Filled, Quote]:
    """A quote file as it stands and as a Quote, with what was wrong while reading."""
    filled = open_quote(path)
    return filled, checked(filled)


def assess_file(path: str | Path, frame: Frame | None = None) -> Assessment:
    """One frame for a quote file, with every finding; without a frame, the one that the quote applies for."""
    return assess_filled(open_quote(path), frame)


def checked(filled: Filled) -> Quote:
    """The quote in the cells of a workbook, from a file or open in Excel, with what was wrong while reading."""
    read = quote(filled)
    rid = masked(read)
    found = (*rid.findings, *number_findings(read), *entry_findings(read), *_lost(filled), *_hidden(filled))
    return replace(rid, findings=found)


def _hidden(filled: Filled) -> Iterator[Finding]:
    """HIDDEN: what counts and nobody sees, and what shows and does not count."""
    for cells, what in ((filled.hidden, "行"), (filled.narrow, "列")):
        if cells:
            counted = f"非表示の{what}が{len(cells)}{what}あり（{_some(cells)}）、その{what}も数えています（Excel の SUM と同じです）。"
            yield rule("HIDDEN")(f"{counted}見積に入れないなら、再表示して中身を消してください。", cells[0])
    if filled.merged:
        covered = (
            f"上の行と結合されたセルが{len(filled.merged)}個あり（{_some(filled.merged)}）、空欄として読みました。"
        )
        message = f"{covered}上の値は下の行に及びません。結合を解除し、行ごとに入れてください。"
        yield rule("HIDDEN")(message, filled.merged[0], level=WARNING)


def _some(cells: Sequence[str]) -> str:
    """The first cells of a list."""
    return "、".join(cells[:SHOWN]) + ("など" if len(cells) > SHOWN else "")


def _lost(filled: Filled) -> Iterator[Finding]:
    """LOST: what a form of this age has and this file does not."""
    for which in filled.lost:
        yield rule("LOST")(
            f"{which}が見つからないので、空欄として扱いました。消した行・列・シートを元に戻すか、新しい様式に写してください。"
        )


def assess_filled(filled: Filled, frame: Frame | None = None) -> Assessment:
    """One frame for the cells of a workbook, with every finding; without a frame, the one it applies for."""
    quote = checked(filled)
    found = assess(quote, frame or chosen(quote), named=frame is not None)
    return replace(found, findings=worst_first((*found.findings, *compare_results(filled, found))))


__all__ = ["assess_file", "assess_filled", "checked", "chosen", "open_checked"]
