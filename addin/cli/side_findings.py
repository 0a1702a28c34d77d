"""What the commands on a file beside the quote（価格表、実績）share: their findings, and a new file to fill in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from addin.cli.findings import findings_text
from rules.engine.argument import VALUE, ArgumentError
from rules.excel_values import FORMULA
from rules.findings import Finding, worst_first
from workbooks.files import writer
from workbooks.form.tables import Table
from workbooks.reading.identifiers import covered
from workbooks.reading.side_file import Side

CSV = ".csv"
WIDER = 0xFEE0  # from a letter of ASCII to its full-width form


def told(side: Side[Any], found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Everything that is wrong, the worst first, without the numbers of people."""
    return tuple(replace(f, message=covered(f.message)) for f in worst_first((*side.findings, *found)))


def text(side: Side[Any], found: Sequence[Finding], clean: str) -> list[str]:
    """The same for a person, and the columns that were not read."""
    unread = [f"読まなかった列: {covered('、'.join(side.ignored))}"] if side.ignored else []
    return [findings_text(found).strip() or clean, *unread]


def new(said: str, table: Table, rows: Iterable[Sequence[Any]]) -> str:
    """Writes a CSV with the headings of a table and some rows, as Excel opens it; what to say."""
    path = Path(said)
    if path.suffix.lower() != CSV:
        raise ArgumentError("new", VALUE, f"--new {said} の名前は {CSV} で終えてください。")
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[c.title for c in table.columns], *([*map(_plain, row)] for row in rows)])
    writer.new(path, out.getvalue().encode("utf-8-sig"))
    return f"{path} を作りました。Excel で開き、同じ形（CSV）で保存してください。"


def _plain(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula: a text begins with ＝ where it began with =."""
    risky = isinstance(value, str) and value.startswith(FORMULA)
    return chr(ord(value[0]) + WIDER) + value[1:] if risky else value


def both(call: Any, what: str) -> None:
    """Refuses a call that names only one of the two files."""
    if not (call.list and call.quote):
        raise ArgumentError("list", VALUE, f"{what}と見積ワークブックを指定してください。ひな形は --new で作れます。")
