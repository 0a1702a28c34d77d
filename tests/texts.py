"""Texts that people, web pages and other programs leave in input cells: near what the cell asks for, and far from it."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence

from workbooks.form import word_lists
from workbooks.form.layout import (
    INPUTS,
    LINES,
    MEMBER_TABLE,
    MONTH_TABLE,
    PARTNER_TABLE,
    PLAN_TABLE,
    Column,
    Input,
    Table,
)
from workbooks.form.vocabulary import DATA, radicals

Kind = Input | Column
BLANKS = [*DATA["spaces"], *DATA["unseen"], " ", "\u2028", "\u2005", "\u3164"]
MARKS = [
    *DATA["hyphens"],
    *DATA["separators"],
    "-",
    "¥",
    "￥",
    "円",
    "△",
    "▲",
    "(",
    ")",
    "+",
    "%",
    "'",
    "*",
    "?",
    "~",
    "〜",
    "①",
]
ODD = [
    "²",
    "②",
    "½",
    "㍻",
    "\u0301",
    "\u3099",
    "\ue000",
    "𠮷",
    "\ufa19",
    "٣",
    "é",
    "ß",
    '"',
    "&",
    "<",
    "=",
    "#N/A",
    "TRUE",
]
NUMBERS = [
    "0",
    "1",
    "12",
    "30,000",
    "30000",
    "12000.0",
    "1,000.50",
    "0.5",
    "-5",
    "007",
    "1e3",
    "1,00",
    "12/3",
    "10000000001",
]
NUMBERS += [
    "123456789012345",
    "1,234,567,890,123",
    "１２，０００",
    "３０，０００",
    "4980①",
    "4980²",
    "②",
    "１２．５",
    "50%",
    "12万円",
]
DATES = [
    "2026/10/5",
    "2026-10-05",
    "2026年10月5日",
    "令和8年10月5日",
    "R8.10.5",
    "Ｒ８．１０．５",
    "20261005",
    "2026/10/5(月)",
]
DATES += [
    "平成元年1月8日",
    "㋿8年10月5日",
    "明治10年1月1日",
    "2026/2/29",
    "2028/2/29",
    "46300",
    "2026年10月吉日",
    "2026/13/1",
    "R8.10.1（木）",
]
DATES += [
    "1899/12/31",
    "2101/1/1",
    "2100/12/31",
    "1868/1/1",
    "2026/10",
    "26/10/5",
    "r8/1/1",
    "2026.10.5.",
    "2026/10/5 12:00",
    "S99.1.1",
]
CODES = [
    "1180301018771",
    "１１８０３０１０１８７７１",
    "1180-3010-18771",
    "118030101877",
    "T1180301018771",
    "0600001",
    "060-0001",
    "0911",
    "40312345678",
]
YES_NO = [
    "はい",
    "いいえ",
    "あり",
    "なし",
    "TRUE",
    "ＴＲＵＥ",
    "○",
    "×",
    "ハイ",
    "はい。",
    "yes",
    "1",
    "0",
    "－",
    "true",
]
FUNCTIONS = [
    "会計",
    "会計・受発注",
    "会計、受発注",
    "会計；決済",
    "会計＋受発注＋決済",
    "会計 と 受発注",
    "会計、受発注配送",
    "お助け隊",
    "なし",
    "－",
]
FUNCTIONS += [
    "会\u200b計",
    "会計\n受発注",
    "会計|決済",
    "会計&決済",
    "会計．決済",
    "受発注受発注",
    "会計・・決済",
    "在庫管理",
]
PROCESSES = [
    "共P-04",
    "共P-01、共P-02",
    "共Ｐ－０１",
    "共p‐01",
    "製P-06",
    "汎P-07",
    "共P-09",
    "P-01P-02",
    "共P-01～共P-03",
    "共P-1",
    "P-04",
]
NAMES = [
    "みほん会計",
    "みほん　会計",
    "みほん 会計",
    "MIHON会計",
    "Mihon会計",
    "ﾐﾎﾝ会計",
    "カ\u3099イド",
    "ガイド",
    "み*ん",
    "a~b",
    "ß",
    "Ａｂ",
]


WIDE = {c: c + 0xFEE0 for c in range(0x21, 0x7F)}
BACK = {new: old for old, new in radicals().items()}  # the radical that looks like a letter


def of(what: Kind, dice: random.Random) -> str:
    """One text for a cell: something near the right one, changed in one to three places, or not at all."""
    text = dice.choice(_near(what))
    for _ in range(dice.choice((0, 0, 1, 1, 2, 3))):
        text = _changed(text, dice)
    return text[:200]


def _near(what: Kind) -> Sequence[str]:
    named = {"functions": FUNCTIONS, "processes": PROCESSES, "tool": NAMES, "other_subsidy": YES_NO}
    if what.name in named and isinstance(what, Column) and what in LINES.columns:
        return named[what.name]
    if what.name == "category":
        return list(word_lists.CATEGORY.meaning)
    if what.name == "contract":
        return [*word_lists.CONTRACT.meaning, "サブスク", "月契約"]
    if what.name in word_lists.OF_INPUT:
        return list(word_lists.OF_INPUT[what.name].meaning)
    kinds = {"yen": NUMBERS, "count": NUMBERS, "decimal": NUMBERS, "date": DATES, "digits": CODES, "yesno": YES_NO}
    return kinds.get(what.kind, NAMES)


def _changed(text: str, dice: random.Random) -> str:
    """The same with a blank, a mark or another letter in it, or in other letters."""
    at, blank = dice.randint(0, len(text)), dice.choice(BLANKS)
    forms = tuple(unicodedata.normalize(form, text) for form in ("NFD", "NFKC"))
    put = dice.choice((blank, dice.choice(MARKS), dice.choice(ODD)))
    one = text[:at] + put + text[at:], text[:at] + dice.choice("0123456789") + text[at + 1 :]
    whole = dice.choice((text.translate(WIDE), "".join(BACK.get(c, c) for c in text), *forms))
    return dice.choice((blank + text, text + blank, *one, whole))


def cells(tables: Sequence[tuple[Table, int]]) -> list[tuple[str, Kind]]:
    """Every input cell of a small workbook: its address and what it asks for."""
    found: list[tuple[str, Kind]] = [(i.address, i) for i in INPUTS]
    for table, rows in tables:
        found += [(table.cell(c.name, n), c) for c in table.columns if not c.computed for n in range(1, rows + 1)]
    return found


SMALL = (
    (LINES, 8),
    (PARTNER_TABLE, 3),
    (MEMBER_TABLE, 12),
    (MONTH_TABLE, MONTH_TABLE.rows),
    (PLAN_TABLE, PLAN_TABLE.rows),
)
