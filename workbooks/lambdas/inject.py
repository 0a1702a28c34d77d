"""Puts the SUBSIDY_ functions into a copy of any workbook: Excel 365 then calculates them with nothing installed.

Of the package only the workbook's own part changes, and of it only the defined names. Charts, pictures, macros and everything else
keep their bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rules.refusal import Refusal
from workbooks.files import writer
from workbooks.lambdas import defined_names
from workbooks.lambdas.names import Named, named
from workbooks.reading import xlsx_guard
from workbooks.reading.package import Package

SIGNED = "_xmlsignatures/"


class NotInjected(Refusal):
    """Why no copy was made: one Japanese sentence."""


@dataclass(frozen=True)
class Done:
    """The copy, the names that are in it now, and those that a sheet has beside ours."""

    path: Path
    names: tuple[Named, ...]
    scoped: list[str]


def inject(blob: bytes, names: Sequence[Named] | None = None) -> bytes:
    """A workbook's package with the names. Give it only bytes that `guard.inspect` has passed."""
    names = named() if names is None else names
    out = io.BytesIO()
    main = Package(blob).main
    with zipfile.ZipFile(io.BytesIO(blob)) as source, zipfile.ZipFile(out, "w") as made:
        for member in source.infolist():
            data = source.read(member)
            own = member.filename.lower() == main.lower()  # OPC does not tell a from A
            made.writestr(_entry(member), defined_names.put(data, names) if own else data)
    return out.getvalue()


def inject_file(path: Path, out: Path | None = None) -> Done:
    """Writes the copy with the names; `out` None: beside the workbook, with -365 behind its name."""
    blob = xlsx_guard.inspect(path)
    out = out or path.with_name(f"{path.stem}-365{path.suffix}")
    _writable(path, out)
    with zipfile.ZipFile(io.BytesIO(blob)) as source:
        if any(name.startswith(SIGNED) for name in source.namelist()):
            raise NotInjected(
                f"{xlsx_guard.name(path)}には電子署名があり、変えると無効になるので、署名の前のブックを指定してください。"
            )
        main = Package(blob).main.lower()
        old = next(source.read(member) for member in source.infolist() if member.filename.lower() == main)
    names = named()
    writer.new(out, inject(blob, names))
    return Done(out, names, defined_names.scoped(old, names))


def _entry(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """A member's own entry: name, time, packing, attributes."""
    entry = zipfile.ZipInfo(member.filename, member.date_time)
    entry.compress_type, entry.external_attr, entry.create_system = (
        member.compress_type,
        member.external_attr,
        member.create_system,
    )
    entry.comment = member.comment
    return entry


def _writable(path: Path, out: Path) -> None:
    """Whether a copy may be written there: of the same kind, and over no file."""
    if out.suffix.lower() != path.suffix.lower():
        raise NotInjected(
            f"{xlsx_guard.name(out)}の種類（拡張子）がもとと違うので、{path.suffix} で終わる名前にしてください。"
        )
    if out.exists():
        raise NotInjected(f"{xlsx_guard.name(out)}がすでにあるので、-o で別の名前を付けてください。")
