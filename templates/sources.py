"""Sources in short: 資料1 裏面の表 in a table, with the documents listed once at the end of the draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rules.edition import cite, documents


def marks(places: Iterable[str]) -> dict[str, str]:
    """A short name for each document, in the order in which they are cited.

    >>> marks(["flyer-2026#裏面の表", "koubo-2025-invoice#2-3", "flyer-2026#表面"])
    {'flyer-2026': '資料1', 'koubo-2025-invoice': '資料2'}
    """
    cited = dict.fromkeys(place.partition("#")[0] for place in places)
    return {key: f"資料{number}" for number, key in enumerate((k for k in cited if k in documents()), 1)}


def short(place: str, known: Mapping[str, str]) -> str:
    """A source by its document's short name; a place in no known document stays as it is.

    >>> short("flyer-2026#裏面の表", {"flyer-2026": "資料1"})
    '資料1 裏面の表'
    """
    key, _, where = place.partition("#")
    return f"{known[key]} {where}".strip() if key in known else place


def listed(known: Mapping[str, str]) -> list[dict[str, str]]:
    """What each short name stands for, with the note that a text was not read."""
    return [{"mark": mark, "title": cite(key)} for key, mark in known.items()]
