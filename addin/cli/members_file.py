"""A members table (構成員の表) from a CSV file: by the names of its columns; without a header line, in their order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from rules.engine.argument import SIZES, VALUE, ArgumentError
from rules.frames import group
from workbooks.form.layout import MEMBER_TABLE
from workbooks.form.vocabulary import TIDY
from workbooks.reading import csv_file
from workbooks.reading.xlsx_guard import Unreadable

MOST_DIGITS = 300
LARGEST = 1 << 20  # bytes: a thousand members have 0.05 MB
NAMES = tuple(a.name for a in group.COLUMNS)
TITLES = {c.title: c.name for c in MEMBER_TABLE.columns if c.name in NAMES}  # as the sheet 構成員 calls them


def members(path: str) -> list[list[Any]]:
    """The rows of a members file, each in the order of the frame's arguments."""
    lines = _lines(path)
    top = next((n for n, row in enumerate(lines) if any(map(str.strip, row))), 0)
    header = lines[top] if lines and _is_header(lines[top]) else NAMES
    places = _places(header, path)
    start = top if header is NAMES else top + 1
    return [_row(row, places, len(header), f"{path} の{n}行目") for n, row in enumerate(lines[start:], start + 1)]


def value(text: str) -> Any:
    """One value: a whole number, a decimal, true/false, or text; 全角 digits stay text and are refused."""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    if len(text) > MOST_DIGITS:
        return text  # no number of a quote: Python takes none of more than 4,300 digits
    if re.fullmatch(r"[+-]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"[+-]?[0-9]*\.[0-9]+", text):
        return float(text)
    return text or None


def _lines(path: str) -> list[list[str]]:
    try:
        return csv_file.lines(Path(path), LARGEST)
    except Unreadable as e:
        raise ArgumentError("members", VALUE, f"構成員のファイル{e}") from e


def _is_header(row: Sequence[str]) -> bool:
    """Whether a row names columns: it holds a text that no member's cell may hold and that has letters, and no number."""
    found = [value(cell.strip()) for cell in row]
    words = [word for word in found if isinstance(word, str) and word not in SIZES]
    numbers = any(isinstance(v, int | float) and not isinstance(v, bool) for v in found)
    return not numbers and any(re.search(r"[^\W\d]", word) for word in words)


def _places(header: Sequence[str], path: str) -> list[int]:
    """Where each argument's column stands; a column that is missing, doubled or unknown raises."""
    names = [_name(cell.strip()) for cell in header]
    while names and not names[-1]:  # commas that a spreadsheet leaves at the end
        names.pop()
    for n, name in enumerate(names):
        if name not in NAMES:
            _refuse(path, _unknown(header[n].strip(), n + 1))
        if name in names[:n]:
            _refuse(
                path, f"列「{name}」が二つあります（{names.index(name) + 1}列目と{n + 1}列目）。一つにしてください。"
            )
    lacking = [name for name in NAMES if name not in names]
    if lacking:
        _refuse(path, f"列「{'」「'.join(lacking)}」がありません。値が無ければ、見出しだけの空欄の列を加えてください。")
    return [names.index(name) for name in NAMES]


def _name(cell: str) -> str:
    """An argument's name however its column is called: cost, COST, ｃｏｓｔ, small biz, ソフトウェア等."""
    return CALLED.get(_folded(cell), cell.lower())


def _folded(cell: str) -> str:
    """A heading whose width, capitals, spaces and hyphens do not matter."""
    return re.sub(r"[\s_-]", "", unicodedata.normalize("NFKC", TIDY.text(cell)).lower())


def _unknown(cell: str, at: int) -> str:
    """An unknown column, with the name that it is nearest to."""
    if not cell:
        return f"{at}列目の見出しが空欄です。使える列は {'、'.join(NAMES)} です。"
    near = get_close_matches(unicodedata.normalize("NFKC", cell).lower(), [*NAMES, *TITLES], n=1, cutoff=0.5)
    meant = f"「{near[0]}」のことですか。" if near else ""
    return f"列「{cell}」は使えません。{meant}使える列は {'、'.join(NAMES)} です。"


def _row(row: Sequence[str], places: Sequence[int], width: int, where: str) -> list[Any]:
    """One member; cells left out at the end of a row are blank, cells beyond the header are refused."""
    beyond = next((cell for cell in row[width:] if cell.strip()), "")
    if beyond:
        _refuse(where, f"見出しの列より多い値「{beyond.strip()}」があります。桁区切りのカンマなら消してください。")
    return [value(row[at].strip()) if at < len(row) else None for at in places]


def _refuse(where: str, message: str) -> None:
    raise ArgumentError("members", VALUE, f"構成員のファイル {where}: {message}")


CALLED = {_folded(called): name for called, name in [*TITLES.items(), *zip(NAMES, NAMES, strict=True)]}
