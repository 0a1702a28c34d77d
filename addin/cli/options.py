"""What several commands are given, and how they answer."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from addin.exit_codes import DONE, FOUND
from rules.engine.argument import VALUE, ArgumentError

HOME = Path(__file__).parents[2]  # the project's folder, or that of the installation
FRAME = "枠: 英語か日本語の名前（invoice、通常枠 など。hojokin law で一覧）"


def dated(parser: argparse.ArgumentParser, left_out: str = "省くと最新の版") -> None:
    """--as-of, the day of application; `left_out` says what a call without it has."""
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", help=f"申請日。{left_out}")


def json_too(parser: argparse.ArgumentParser) -> None:
    """--json."""
    parser.add_argument("--json", action="store_true", help="JSON で出す")


def quoted(parser: argparse.ArgumentParser) -> None:
    """A quote workbook, and --json."""
    parser.add_argument("quote", help="見積ワークブック（.xlsx）")
    json_too(parser)


def framed(parser: argparse.ArgumentParser) -> None:
    """--frame, another than the quote's own."""
    parser.add_argument("--frame", help="枠（既定: 見積の「申請する枠」）")


def parse_date(text: str | None, name: str = "as_of") -> date | None:
    """A date from the command line: that of the application, or what another option is called."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as e:
        raise ArgumentError(
            name, VALUE, f"--{name.replace('_', '-')} {text} は日付ではありません（例: 2026-06-01）。"
        ) from e


def answered(call: argparse.Namespace, text: str, data: Any, found: bool = False) -> int:
    """Prints an answer, for a person or as JSON; `found` when an error was among the findings."""
    print(json.dumps(data, ensure_ascii=False, indent=1) if call.json else text)
    return FOUND if found else DONE
