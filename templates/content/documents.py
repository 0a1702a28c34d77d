"""The words of drafts.toml: the programme's name by edition, titles by role, and the documents to attach."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

OWN = "koubo-frame"  # in drafts.toml: the 公募要領 of the frame of the assessment


@dataclass(frozen=True)
class Role:
    """How a draft is titled when this role (作成者の立場) made it; "" for an unknown one."""

    name: str
    heading: str
    mark: str  # in the head of every page
    author: str  # what the maker and the reader are called
    reviewer: str
    seal: str  # a further box to sign or stamp; "" for none
    note: str  # below the titles; "" for none
    subtitle: str  # {use} stands for what the draft is for


@dataclass(frozen=True)
class Draft:
    """What a draft is for."""

    title: str
    use: str  # in the subtitle
    note: str  # below the titles
    frames: tuple[str, ...] = ()  # the frames that it belongs to; () for every frame


@dataclass(frozen=True)
class Document:
    """A document to attach (必要書類)."""

    stage: str  # apply, wish, report or keep
    name: str
    terms: str
    at: str  # "document#place" of rules/sources.toml
    only: str = ""  # 法人 or 個人; "" for both
    when: str = ""  # a condition, see drafts.toml; "" for always
    months: int | None = None  # 発行から何か月以内
    since: date | None = None  # only in editions from this day
    frames: tuple[str, ...] = ()  # only in these frames; () for every frame
    unlike: tuple[str, ...] = ()  # in every frame but these


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("drafts.toml").read_text("utf-8"))


def programme(edition: date | None) -> str:
    """The programme's official name in an edition; without one, the newest.

    >>> programme(date(2025, 3, 31))
    'IT導入補助金2025'
    """
    known = _data()["programme"]
    past = [p["name"] for p in known if edition is None or p["since"] <= edition]
    return (past or [known[0]["name"]])[-1]


def role(name: str) -> Role:
    """The titles of a role; those of "" where it is not known."""
    known = [Role(**r) for r in _data()["role"]]
    return next((r for r in known if r.name == name), known[-1])


def draft(title: str) -> Draft:
    """One of the drafts.

    >>> draft("資金繰り表").use
    '支払の資金を用意する'
    """
    return next(d for d in _drafts() if d.title == title)


def titles(frame: str = "") -> tuple[str, ...]:
    """The drafts of a frame in order; without one, those that every frame has.

    >>> titles("security")[-1]
    'セキュリティ対策計画'
    """
    return tuple(d.title for d in _drafts() if not d.frames or frame in d.frames)


def every() -> tuple[str, ...]:
    """The titles of all drafts of all frames."""
    return tuple(d.title for d in _drafts())


@cache
def _drafts() -> tuple[Draft, ...]:
    return tuple(Draft(**dict[str, Any](d, frames=tuple(d.get("frames", ())))) for d in _data()["draft"])


def documents(
    stage: str, kind: str, facts: Mapping[str, bool], edition: date | None, frame: str = "invoice"
) -> tuple[Document, ...]:
    """The documents of a stage that concern this applicant; of an unknown kind, those of both.

    >>> [d.name for d in documents("apply", "法人", {}, date(2025, 3, 31))]
    ['履歴事項全部証明書', '法人税の納税証明書（その1又はその2）']
    """
    return tuple(
        d
        for d in (_document(data, frame) for data in _data()["document"])
        if d.stage == stage
        and (not d.frames or frame in d.frames)
        and frame not in d.unlike
        and (not d.only or not kind or d.only == kind)
        and (not d.when or facts.get(d.when, False))
        and (d.since is None or edition is None or d.since <= edition)
    )


def official(frame: str) -> str:
    """Whether the frame has forms of the 事務局, and that a draft is none of them."""
    return next(o["text"] for o in _data()["official"] if frame in o["frames"])


def _document(data: Mapping[str, Any], frame: str) -> Document:
    """A document with the 公募要領 of its frame as its source, at the place that this 公募要領 has it."""
    lists = {name: tuple(data.get(name, ())) for name in ("frames", "unlike")}
    elsewhere = data.get("places", {}).get(frame)
    at = f"{OWN}#{elsewhere}" if elsewhere else data["at"]
    plain = {name: value for name, value in data.items() if name != "places"}
    return Document(**dict[str, Any](plain, **lists, at=at.replace(OWN, f"koubo-2025-{frame}")))


def fonts(name: str = "") -> tuple[str, str]:
    """The fonts of body and headings by the name of the pair; without one, the pair that drafts.toml chooses.

    >>> fonts("BIZ UD")
    ('BIZ UDP明朝 Medium', 'BIZ UDPゴシック')
    """
    known = {f["name"]: (f["body"], f["head"]) for f in _data()["font"]}
    return known[name or _data()["fonts"]]
