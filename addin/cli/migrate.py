"""`hojokin migrate` and `hojokin new`: a filled quote carried into the newest form, and an empty one of any size."""

from __future__ import annotations

import argparse
import json
import os
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rules.engine.argument import VALUE, ArgumentError
from workbooks.files import writer

DONE, FOUND = 0, 1
SUFFIX, BLANK, XLSX = "_新様式", "見積", ".xlsx"  # names of what is made where the call does not say


def add_commands(commands: Any) -> None:
    """Both commands with their Japanese help."""
    migrate = commands.add_parser("migrate", help="記入済みの見積を新しい様式のブックに写し、円の違いを示す")
    migrate.add_argument("quote", help="もとの見積ワークブック（.xlsx）。変えない")
    migrate.add_argument("-o", "--out", metavar="NEW.xlsx", help=f"写しの名前（既定: もとの名前に{SUFFIX}を付ける）")
    migrate.add_argument(
        "--on", metavar="YYYY-MM-DD", help="写しの申請日。省くと、最新の版の日ならそのまま、ほかは空欄"
    )
    migrate.add_argument("--json", action="store_true", help="JSON で出す")
    migrate.set_defaults(run=run_migrate)
    new = commands.add_parser("new", help="空の見積ワークブックを作る")
    new.add_argument("-o", "--out", metavar="FILE.xlsx", help=f"名前（既定: {BLANK}{XLSX}）")
    new.add_argument("--lines", type=int, default=0, metavar="N", help="用意する明細の行数")
    new.add_argument("--members", type=int, default=0, metavar="N", help="用意する構成員の行数")
    new.set_defaults(run=run_new)


def run_migrate(call: argparse.Namespace) -> int:
    """hojokin migrate."""
    from addin.cli.calc import finding_json, findings_text
    from addin.cli.main import as_of
    from addin.cli.migration_changes import changes
    from rules.findings import ERROR
    from workbooks.building import migrate
    from workbooks.reading.quote_file import assess_file

    source, on = Path(call.quote), as_of(call.on)
    old = migrate.opened(source)
    _free(call.out)
    with _busy():
        carried = migrate.carry(old, on)
    target = _written(call.out, source.parent, f"{source.stem}{SUFFIX}", carried.data)
    now, changed = assess_file(target), changes(old.filled, target)
    data: dict[str, Any] = {
        "file": str(target),
        "cells": carried.cells,
        "application_date": now.on.isoformat() if now.on else None,
        "kept_date": carried.kept_date,
        "frames": [asdict(change) for change in changed],
        "not_carried": {"sheets": old.sheets, "cells": carried.beside, "uncalculated": carried.lost},
        "lost": old.filled.lost,
        "findings": [finding_json(f) for f in now.findings],
    }
    found = findings_text(now.findings).strip() or "写しに誤りも警告もありません。"
    print(json.dumps(data, ensure_ascii=False, indent=1) if call.json else f"{_told(data)}\n{found}")
    return FOUND if any(f.level == ERROR for f in now.findings) else DONE


def run_new(call: argparse.Namespace) -> int:
    """hojokin new."""
    from workbooks.building.build import built
    from workbooks.form import layout

    for name, most in (("lines", layout.MOST_LINES), ("members", layout.MOST_MEMBERS)):
        if not 0 <= getattr(call, name) <= most:
            raise ArgumentError(name, VALUE, f"--{name} は0から{most:,}までの整数で指定してください。")
    _free(call.out)
    with _busy():
        data = built(layout.Size.of(lines=call.lines, members=call.members))
    print(_written(call.out, Path(), BLANK, data))
    return DONE


def _busy() -> AbstractContextManager[Any]:
    """A sign of life on a terminal: a book of a thousand rows takes seconds."""
    from rich.console import Console

    return Console(stderr=True).status("ブックを作っています…", spinner="line")


def _free(out: str | None) -> None:
    """Refuses a wrong or a taken name before the work begins; whether it is still free the writer decides."""
    if out is None:
        return
    if Path(out).suffix.lower() != XLSX:
        raise ArgumentError("out", VALUE, f"-o {out} の名前は {XLSX} で終えてください。")
    if os.path.lexists(out):
        raise ArgumentError("out", VALUE, f"{out} は既にあります。上書きはしないので、別の名前を指定してください。")


def _written(out: str | None, folder: Path, stem: str, data: bytes) -> Path:
    """A new file, never over another. A name that the call gives must be free; ours are numbered."""
    return writer.numbered(folder, stem, XLSX, data) if out is None else writer.new(Path(out), data)


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
