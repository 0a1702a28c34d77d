"""Writes hojokin_xlwings.py: the functions of the catalogue and the ribbon's buttons for a stock xlwings.

It is ordinary xlwings: "Import Functions" makes the functions and macros, and RunPython calls the macros by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from addin.excel.buttons import WITH_BOOK, WITHOUT_BOOK
from addin.excel.wrappers import CLOCK
from addin.functions.catalog import CATEGORY, Argument, Function, catalog

NAME = "hojokin_xlwings.py"
PREFIX = "hojokin_"  # of a macro: `check` and `help` alone might be somebody else's
RIBBON = Path(__file__).with_name("ribbon.xml")
HEAD = '''"""補助金の関数とマクロ（自分の xlwings で使う人のために）。hojokin build が作りました。書き換えないでください。

使い方は docs/own-xlwings.md。エラーになるセルは空になります。理由は SUBSIDY_WHY か hojokin_last_error で分かります。
"""

import xlwings as xw

from addin.excel.stock import cell, press
'''


def text() -> str:
    """The module's Python."""
    parts = [HEAD, *(_function(f) for f in catalog.values()), *(_macro(*named) for named in _buttons())]
    return "\n\n".join(parts)


def _function(f: Function) -> str:
    clock = any(a.name == CLOCK for a in f.arguments)  # xlwings has no "only where it is left out"
    volatile = ", volatile=True" if clock else ""
    passed = ", ".join(f"*{a.name}" if a.repeated else a.name for a in f.arguments)
    return "\n".join(
        [
            f"@xw.func(category={CATEGORY!r}{volatile})",
            *(f"@xw.arg({a.name!r}, 'raw', doc={a.doc!r})" for a in f.arguments),
            "@xw.ret('raw')",
            f"def {f.name}({', '.join(map(_parameter, f.arguments))}):",
            f'    """{f.doc}"""',
            f"    return cell({f.name!r}, {passed})",
            "",
        ]
    )


def _parameter(a: Argument) -> str:
    return f"*{a.name}" if a.repeated else f"{a.name}=None" if a.optional else a.name


def _macro(name: str, label: str) -> str:
    return f'@xw.script\ndef {PREFIX}{name}():\n    """{label}"""\n    press({name!r})\n'


def _buttons() -> Iterable[tuple[str, str]]:
    """The buttons that Python answers, in the ribbon's order, with their labels."""
    answered = {**WITH_BOOK, **WITHOUT_BOOK}
    for element in ElementTree.parse(RIBBON).iter():
        name = element.get("id", "").removeprefix("hj_")
        if element.tag.endswith("}button") and name in answered:
            yield name, element.get("label", "")
