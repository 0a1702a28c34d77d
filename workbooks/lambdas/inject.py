"""Puts the SUBSIDY_ functions into a copy of any workbook: Excel 365 then calculates them with nothing installed.

Of the package only the workbook's own part changes, and of it only the defined names. Charts, pictures, macros and everything else
keep their bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbooks.files import writer, zip_parts
from workbooks.lambdas import defined_names
from workbooks.lambdas.names import Named, named
from workbooks.reading.copied import copied
from workbooks.reading.package import Package


@dataclass(frozen=True)
class Done:
    """The copy, the names that are in it now, and those that a sheet has beside ours."""

    path: Path
    names: tuple[Named, ...]
    scoped: list[str]


def inject(blob: bytes, names: Sequence[Named] | None = None) -> bytes:
    """A workbook's package with the names. Give it only bytes that `guard.inspect` has passed."""
    names = named() if names is None else names
    main = Package(blob).main.lower()  # OPC does not tell a from A

    def change(name: str, data: bytes) -> bytes:
        return defined_names.put(data, names) if name.lower() == main else data

    return zip_parts.changed(blob, change)


def inject_file(path: Path, out: Path | None = None) -> Done:
    """Writes the copy with the names; `out` None: beside the workbook, with -365 behind its name."""
    out = out or path.parent / f"{path.stem}-365{path.suffix}"  # with_name refuses a path without a name, such as /
    blob = copied(path, out)
    main = Package(blob).main.lower()
    old = next(data for name, data in zip_parts.parts(blob).items() if name.lower() == main)
    names = named()
    writer.new(out, inject(blob, names))
    return Done(out, names, defined_names.scoped(old, names))
