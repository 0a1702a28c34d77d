"""Sources in short: 資料1 裏面の表 in a table, with the documents listed once at the end of the draft.

The head of every draft names its documents, too, and the 公募要領 of the year whose text nobody has read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from rules.engine.edition import cite, documents
from templates.content.words import Marked

BASES = {"もとにした文書": True, "二次資料で知った文書（原文未確認）": False}  # whether the text was read


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


def listed(known: Mapping[str, str]) -> list[Marked]:
    """What each short name stands for, with the note that a text was not read."""
    return [{"mark": mark, "title": cite(key)} for key, mark in known.items()]


def basis(places: Iterable[str]) -> str:
    """The documents that a draft was made from, in one sentence; "" for none.

    >>> basis(["flyer-2026", "flyer-2026#裏面の表", "schedule-2026"])
    'もとにした文書: デジタル化・AI導入補助金 リーフレット（2026年版）。二次資料で知った文書（原文未確認）: デジタル化・AI導入補助金2026 事業スケジュール。'
    """
    cited = [documents()[key] for key in marks(places)]
    groups = {label: [d.title for d in cited if (d.seen == "read") == read] for label, read in BASES.items()}
    return "".join(f"{label}: {'、'.join(titles)}。" for label, titles in groups.items() if titles)


def unread(frame: str, since: date | None) -> str:
    """That the text of the edition's own 公募要領 was not read; "" where it was, or where it is not listed.

    >>> unread("invoice", date(2025, 3, 31))
    ''
    >>> unread("invoice", date(2026, 3, 30))[:41]
    'デジタル化・AI導入補助金2026 公募要領（インボイス枠 インボイス対応類型）の'
    """
    found = documents().get(f"koubo-{since.year}-{frame}") if since else None
    if found is None or found.seen == "read":
        return ""
    return f"{found.title}の原文は確認していません。申請の前に、公式の公募要領で確かめてください。"
