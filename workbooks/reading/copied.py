"""A workbook of which a changed copy may be made: of the same kind, unsigned, and never over a file."""

from __future__ import annotations

from pathlib import Path

from rules.refusal import Refusal
from workbooks.files import zip_parts
from workbooks.reading import xlsx_guard

SIGNED = "_xmlsignatures/"


class NotCopied(Refusal):
    """Why no copy was made: one Japanese sentence."""


def copied(path: Path, out: Path) -> bytes:
    """The bytes of a workbook from which `out` may be made."""
    blob = xlsx_guard.inspect(path)
    if out.suffix.lower() != path.suffix.lower():
        told = f"{xlsx_guard.name(out)}の種類（拡張子）がもとと違うので、{path.suffix} で終わる名前にしてください。"
        raise NotCopied(told)
    if out.exists():
        raise NotCopied(f"{xlsx_guard.name(out)}がすでにあるので、別の名前を付けてください。")
    if any(name.startswith(SIGNED) for name in zip_parts.parts(blob)):
        raise NotCopied(
            f"{xlsx_guard.name(path)}には電子署名があり、変えると無効になるので、署名の前のブックを指定してください。"
        )
    return blob
