"""A CSV file of a person as rows of texts: UTF-8 or what Excel calls CSV in Japan (CP932), small, and a file indeed."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from pathlib import Path

from workbooks.reading.xlsx_guard import Unreadable, name

ENCODINGS = ("utf-8-sig", "cp932")
TODO = "Excel で「CSV UTF-8」か「CSV」として保存し直したファイルを指定してください。"


def lines(path: Path, most: int) -> list[list[str]]:
    """Its rows; `most` are the bytes that it may have. What is no such file raises Unreadable, with one sentence."""
    size = 0
    with suppress(OSError, ValueError):  # a name that no system takes, and the like: said below
        size = path.stat().st_size
    if size > most:
        raise Unreadable(f"{name(path)}は大きすぎます（上限{most >> 20}MB）。要る行だけを残してください。")
    try:
        if not path.is_file():  # a pipe would be waited for, a device would never end
            raise OSError(path)
        text = _text(path.read_bytes())
        return list(csv.reader(io.StringIO(text, newline="")))
    except (OSError, ValueError, csv.Error):
        raise Unreadable(f"{name(path)}を読めません。{TODO}") from None


def _text(data: bytes) -> str:
    """The letters of a file; ValueError where it has another encoding, or holds what no text does."""
    for encoding in ENCODINGS:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if "\0" in text:
                break
            return text
    raise ValueError
