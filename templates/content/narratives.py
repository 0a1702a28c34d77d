"""Texts that lead: what the quote knows is set in, what only the firm knows is asked for. Nothing is made up.

The words stand in stories.toml and processes.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rules.assess import Assessment
from rules.frames import etrade, group
from rules.quote import FUNCTIONS, PERSON
from templates import japanese
from templates.content.words import Said, StoryRow
from templates.content_controls import marked

UNKNOWN, ILLEGIBLE = "（未記入）", "（読めない額）"
SLOT = re.compile(r"\{(\w+)\}")
BODIES = (("組合", "組合"), ("会社", "社"), ("法人", "法人"))  # the first that stands in a name; others are 社
SOFTWARE = 1  # カテゴリー


@dataclass(frozen=True)
class Story:
    """One heading with its text: {name} stands for a fact, `ask` for what only the firm knows and writes into a cell."""

    name: str  # of the cell, in portal_fields.toml
    draft: str
    heading: str
    at: str
    text: str
    ask: str
    part: str = ""  # which of two lists in one draft


@dataclass(frozen=True)
class Process:
    """One Pコード: its name and functions as 公募要領 別紙1 has them, what to ask and how to measure."""

    code: str
    name: str
    functions: str
    ask: str
    measure: str
    at: str


@cache
def stories() -> tuple[Story, ...]:
    """Every story in order."""
    return tuple(Story(**s) for s in _data("stories.toml")["story"])


@cache
def processes() -> Mapping[str, Process]:
    """Every process by its code.

    >>> processes()["共P-04"].name
    '会計・財務・経営'
    """
    return {p["code"]: Process(**p) for p in _data("processes.toml")["process"]}


def consent() -> Mapping[str, Any]:
    """What a 取引先 confirms: `excluded`, and where it stands."""
    return _data("stories.toml")["consent"]


def tell(draft: str, a: Assessment, part: str = "") -> list[StoryRow]:
    """The headings of a draft with their texts: `text` is known, `value` is what the firm wrote, `ask` what it owes."""
    known = facts(a)
    return [
        {"heading": s.heading, "text": _set(s.text, known), "label": s.heading, **answer(a, s.name, _set(s.ask, known))}
        for s in stories()
        if (s.draft, s.part) == (draft, part)
    ]


def answer(a: Assessment, name: str, what: str = "") -> Said:
    """What stands in a cell of words: its `value`, or what is asked for instead."""
    value = a.quote.get(name) if name else None
    return {"field": name, "value": value or "", "ask": "" if value else asked(what, name)}


def asked(what: str = "", name: str = "") -> str:
    """The text of a control that waits to be filled; `name` will be the control's tag.

    >>> asked(), asked("月何時間か")
    ('【要記入】', '【要記入: 月何時間か】')
    """
    return f"{marked(name)}【要記入: {what}】" if what else f"{marked(name)}【要記入】"


def business(a: Assessment) -> str:
    """事業内容 as a skeleton in its four moves, with the firm's own words set in; 〔 〕 is what the firm adds."""
    known = facts(a)
    moves = (
        "{we}は{prefecture}で{industry}を営む従業員{employees}名の事業者で、〔{business}〕。",
        "〔業務の名〕を〔いまのやり方〕で行い、月〔 〕時間かかり、〔遅れ・誤り・残業など〕が起きている。",
        "{tools}（{functions}）を導入し、〔変わる業務〕を〔つながるデータ〕までつなぐ。",
        "月〔 〕時間を〔 〕時間に減らし、その時間で〔使い道〕を行い、3年後に〔目標〕とする。",
    )
    return "".join(_set(move, known) for move in moves)


def facts(a: Assessment) -> dict[str, str]:
    """What the quote knows, as words."""
    get = a.quote.get
    software = [line for line in a.quote.lines if line.category == SOFTWARE]
    tools = dict.fromkeys(line.tool or line.item for line in software)
    codes = sorted(set[str]().union(*(line.processes for line in software)))
    own = frozenset[str]().union(*(line.functions for line in software))
    expert = get("expert_name")
    return {
        "firm": _said(get("name")),
        "we": selves(a)[0],
        "prefecture": _said(get("prefecture")),
        "industry": _said(get("industry")),
        "employees": _said(get("employees")),
        "business": _data("processes.toml")["business"].get(
            get("industry", ""), _data("processes.toml")["business"][""]
        ),
        "tools": "・".join(f"「{tool}」" for tool in tools if tool) or "「（ツールの名が未記入）」",
        "functions": "・".join(f for f in FUNCTIONS if f in own) or "機能は見積のとおり",
        "processes": "、".join(_named(code) for code in codes) or "（プロセスが未記入）",
        "security_state": _said(get("mgmt_security")),
        "service": "・".join(f"「{line.item}」" for line in software) or "「（サービスの名が未記入）」",
        "number": _said(get("otasuke_number")),
        "period": "・".join(dict.fromkeys(f"{line.months}か月" for line in software if line.months)) or UNKNOWN,
        "accounts": japanese.known(etrade.accounts(a.quote), UNKNOWN),
        "total": japanese.known(get("total_accounts"), UNKNOWN),
        "count": japanese.number(len(a.quote.members)),
        "base_cost": japanese.yen(members_cost(a)) if all(m.readable for m in a.quote.members) else ILLEGIBLE,
        "analysis_cost": ILLEGIBLE if a.quote.unread("analysis_cost") else japanese.yen(get("analysis_cost", 0)),
        "analysis_members": _said(group.introducing(a.quote)),
        "vendor": f"「{_said(get('vendor_name'))}」",
        "expert": f"、外部専門家は「{expert}」" if expert else "",
        "expert_name": f"「{expert}」" if expert else UNKNOWN,
    }


def selves(a: Assessment) -> tuple[str, str]:
    """What the applicant calls itself, and what others call it: a 組合 is no 社.

    >>> from tests.samples import assessment
    >>> selves(assessment()), selves(assessment(name="架空商店街振興組合")), selves(assessment(kind="個人"))
    (('当社', '貴社'), ('当組合', '貴組合'), ('当方', '貴方'))
    """
    name = a.quote.get("name") or ""
    if a.quote.get("kind") == PERSON:
        return "当方", "貴方"
    body = next((word for mark, word in BODIES if mark in name), "社")
    return f"当{body}", f"貴{body}"


def members_cost(a: Assessment) -> int:
    """What all members spend on 基盤導入（円、税抜）."""
    return sum((m.cost or 0) + (m.pc_cost or 0) + (m.register_cost or 0) for m in a.quote.members)


def _named(code: str) -> str:
    found = processes().get(code)
    return f"{code} {found.name}" if found else code


def _said(value: Any) -> str:
    return japanese.known(value, UNKNOWN, str)


def _set(text: str, known: Mapping[str, str]) -> str:
    return SLOT.sub(lambda m: known[m[1]], text)


@cache
def _data(name: str) -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))
