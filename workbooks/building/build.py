"""Writes the shipped workbooks, the empty ones and the examples: `python -m workbooks.building.build`."""

from __future__ import annotations

from pathlib import Path

from workbooks.building import fill, quote365, quote_workbook
from workbooks.files import writer

HERE = Path(__file__).parents[1]


def examples() -> dict[str, bytes]:
    """The filled examples by their names."""
    return fill.examples(HERE / "examples")


def ship(folder: Path = HERE) -> None:
    """Writes the shipped files, each with its calculated values."""
    quote_workbook.build(folder / "quote.xlsx")
    quote365.build(folder / "quote-365.xlsx")
    for name, data in examples().items():
        writer.over(folder / "examples" / f"{name}.xlsx", data)


if __name__ == "__main__":
    ship()
