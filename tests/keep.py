"""`python -m tests.keep` keeps a filled quote of the newest form in tests/forms, with every input that this form brought filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from workbooks.building import cached_values, fill
from workbooks.form import layout

FORMS, EXAMPLES = Path(__file__).parent / "forms", Path(fill.__file__).parents[1] / "examples"
FRAMES = ("normal", "group")  # the frames with most inputs of their own


def answer(i: layout.Input) -> Any:
    """An invented answer of the kind that an input asks for."""
    answers: dict[str, Any] = {
        "choice": i.choices[:1] and i.choices[0],
        "multi": list(i.choices[:2]),
        "yen": 1_200_000,
        "count": 3,
        "yesno": False,
        "date": date(2026, 9, 1),
        "long": f"{i.label}に書いた文。\n二行目。",
    }
    return answers.get(i.kind, f"{i.label}の語")


def keep(frame: str) -> Path:
    """Writes the quote of one frame."""
    data = fill.load(EXAMPLES / f"{frame}.toml")
    new = (i for i in layout.INPUTS if i.since == layout.FORM and (not i.frames or frame in i.frames))
    inputs = {**{i.name: answer(i) for i in new}, **data["inputs"]}
    path = FORMS / f"{frame}-{layout.FORM}.xlsx"
    fill.fill({**data, "inputs": inputs}, path, cached_values.save)
    return path


if __name__ == "__main__":
    for frame in FRAMES:
        print(keep(frame))
