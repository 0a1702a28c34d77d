"""`python -m tests.keep` keeps a filled quote of the newest form in tests/forms, with every input and column that this form brought filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from workbooks.building import cached_values, fill
from workbooks.form import layout

FORMS, EXAMPLES = Path(__file__).parent / "forms", Path(fill.__file__).parents[1] / "examples"
FRAMES = ("normal", "group")  # the frames with most inputs of their own


def answer(what: layout.Input | layout.Column) -> Any:
    """An invented answer of the kind that a cell asks for."""
    label = what.label if isinstance(what, layout.Input) else what.title
    answers: dict[str, Any] = {
        "choice": what.choices[:1] and what.choices[0],
        "multi": list(what.choices[:2]),
        "yen": 1_200_000,
        "count": 3,
        "yesno": False,
        "date": date(2026, 9, 1),
        "long": f"{label}に書いた文。\n二行目。",
    }
    return answers.get(what.kind, f"{label}の語")


def _new(table: layout.Table) -> dict[str, Any]:
    return {c.name: answer(c) for c in table.typed if c.since == layout.FORM}


def keep(frame: str) -> Path:
    """Writes the quote of one frame."""
    data = fill.load(EXAMPLES / f"{frame}.toml")
    new = (i for i in layout.INPUTS if i.since == layout.FORM and (not i.frames or frame in i.frames))
    inputs = {**{i.name: answer(i) for i in new}, **data["inputs"]}
    tables = {table.name: [{**_new(table), **row} for row in data.get(table.name, ())] for table in layout.TABLES}
    path = FORMS / f"{frame}-{layout.FORM}.xlsx"
    fill.fill({**data, **tables, "inputs": inputs}, path, cached_values.save)
    return path


if __name__ == "__main__":
    for frame in FRAMES:
        print(keep(frame))
