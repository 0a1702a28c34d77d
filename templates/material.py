"""The words of drafts.toml: the programme's name by edition, titles by role, and the documents to attach."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Role:
    """How a draft is titled when this role (作成者の立場) made it; "" for an unknown one."""

    name: str
    heading: str
    mark: str  # in the head of every page
    subtitle: str  # {use} stands for what the draft is for


@dataclass(frozen=True)
class Draft:
    """What a draft is for."""

    title: str
    use: str  # in the subtitle
    note: str  # below the titles


@dataclass(frozen=True)
class Document:
    """A document to attach (必要書類)."""

    stage: str  # apply, wish or report
    name: str
    terms: str
    at: str  # "document#place" of rules/sources.toml
    only: str = ""  # 法人 or 個人; "" for both
    when: str = ""  # a condition, see drafts.toml; "" for always
    months: int | None = None  # 発行から何か月以内
    since: date | None = None  # only in editions from this day


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
    """One of the four drafts.

    >>> draft("資金繰り表").use
    '支払の資金を用意する'
    """
    return next(Draft(**d) for d in _data()["draft"] if d["title"] == title)


def documents(stage: str, kind: str, facts: Mapping[str, bool], edition: date | None) -> tuple[Document, ...]:
    """The documents of a stage that concern this applicant; of an unknown kind, those of both.

    >>> [d.name for d in documents("apply", "法人", {}, date(2025, 3, 31))]
    ['履歴事項全部証明書', '法人税の納税証明書（その1又はその2）']
    """
    return tuple(
        d
        for d in (Document(**data) for data in _data()["document"])
        if d.stage == stage
        and (not d.only or not kind or d.only == kind)
        and (not d.when or facts.get(d.when, False))
        and (d.since is None or edition is None or d.since <= edition)
    )
