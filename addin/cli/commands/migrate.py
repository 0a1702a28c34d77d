"""`hojokin migrate`: a filled quote carried into the newest form, and what this changes in yen."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from addin import answers
from addin.cli.book_files import busy, free, written
from addin.cli.options import answered, json_too, parse_date

HELP = "記入済みの見積を新しい様式のブックに写し、円の違いを示す"
SUFFIX = "_新様式"  # of the copy's name where the call does not say


def register(parser: argparse.ArgumentParser) -> None:
    """The quote, the name of its copy, its date."""
    parser.add_argument("quote", help="もとの見積ワークブック（.xlsx）。変えない")
    parser.add_argument("-o", "--out", metavar="NEW.xlsx", help=f"写しの名前（既定: もとの名前に{SUFFIX}を付ける）")
    parser.add_argument("--on", metavar="YYYY-MM-DD", help="写しの申請日。省くと、最新の版の日ならそのまま、ほかは空欄")
    json_too(parser)


def run(call: argparse.Namespace) -> int:
    """Writes the copy and says what became of it."""
    from addin.cli.findings import errors, findings_text
    from addin.cli.migration_changes import changes
    from workbooks.building import migrate
    from workbooks.reading.quote_file import assess_file

    source, on = Path(call.quote), parse_date(call.on)
    old = migrate.opened(source)
    free(call.out)
    with busy():
        carried = migrate.carry(old, on)
    target = written(call.out, source.parent, f"{source.stem}{SUFFIX}", carried.data)
    now, changed = assess_file(target), changes(old.filled, target)
    data: dict[str, Any] = {
        "file": str(target),
        "cells": carried.cells,
        "application_date": now.on.isoformat() if now.on else None,
        "kept_date": carried.kept_date,
        "frames": [asdict(change) for change in changed],
        "not_carried": {"sheets": old.sheets, "cells": carried.beside, "uncalculated": carried.lost},
        "lost": old.filled.lost,
        "findings": [answers.finding(f) for f in now.findings],
    }
    found = findings_text(now.findings).strip() or "写しに誤りも警告もありません。"
    return answered(call, f"{_told(data)}\n{found}", data, errors(now.findings))


def _told(data: dict[str, Any]) -> str:
    """The answer for a person."""
    lines = [f"{data['file']} に{data['cells']}個のセルを写しました。もとのファイルはそのままです。", _dated(data)]
    for change in data["frames"]:
        held, old, new = (_yen(change[name]) for name in ("held", "old", "new"))
        lines.append(f"{change['label']}: もとのファイル {held} → もとの申請日の規則 {old} → 写し {new}")
        lines += [f"  ・{reason}" for reason in change["reasons"]]
    return "\n".join([*lines, *_left({**data["not_carried"], "lost": data["lost"]})])


def _dated(data: dict[str, Any]) -> str:
    on = data["application_date"]
    if data["kept_date"]:
        return f"申請日は{on}のままです。" if on else "申請日は空欄か読めないままです。"
    if on:
        return f"申請日を{on}にしました。"
    return "もとの申請日は古い版のものなので空欄にしました。新しい申請日を入れてください（--on で指定できます）。"


def _left(rest: dict[str, Any]) -> list[str]:
    """What was not carried."""
    told: dict[str, str] = {
        "写さなかったシート": "、".join(rest["sheets"]),
        "計算されていない数式のため写せなかったセル": "、".join(rest["uncalculated"]),
        "もとのファイルに無いので空欄のもの": "、".join(rest["lost"]),
        "様式の外にあり写さなかったセル": f"{rest['cells']}個" if rest["cells"] else "",
    }
    return [f"{label}: {value}" for label, value in told.items() if value]


def _yen(amount: int | None) -> str:
    return "—" if amount is None else f"{amount:,}円"
