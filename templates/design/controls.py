"""Content controls（入力欄） for the templates: what a person fills in, picks or ticks in a finished draft.

The text of a control may hold template tags, its names (w:alias, w:tag) may not. The number of a control (w:id) is left to
Word, which gives each its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from templates.content_controls import OWED

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
DATE = (
    '<w:date><w:dateFormat w:val="ggge年M月d日"/><w:lid w:val="ja-JP"/><w:storeMappedDataAs w:val="dateTime"/>'
    '<w:calendar w:val="japan"/></w:date>'
)
TICKED, EMPTY = ("2611", "ＭＳ ゴシック"), ("2610", "ＭＳ ゴシック")


def owed(ask: str, kind: str, prompt: str, name: str = OWED) -> Any:
    """A control for what is owed: `kind` is text, date or yesno; `prompt` the look of its text until it is filled.

    `name` is the field's where it is known when the template is built; the tag is the same for all.
    """
    kinds = {"date": DATE, "yesno": _list(("はい", "いいえ"))}
    return _control(ask, name, kinds.get(kind, '<w:text w:multiLine="1"/>'), prompt, OWED)


def date(text: str, name: str) -> Any:
    """A day to pick from a calendar, in 和暦."""
    return _control(text, name, DATE)


def choice(options: Sequence[str], name: str) -> Any:
    """One of a list; the first stands there until somebody chooses."""
    return _control(options[0], name, _list(options))


def checkbox(name: str) -> Any:
    """A box to tick."""
    states = "".join(
        f'<w14:{name} w14:val="{code}" w14:font="{font}"/>'
        for name, (code, font) in (("checkedState", TICKED), ("uncheckedState", EMPTY))
    )
    kind = f'<w14:checkbox {W14}><w14:checked w14:val="0"/>{states}</w14:checkbox>'
    font = '<w:rFonts w:ascii="ＭＳ ゴシック" w:hAnsi="ＭＳ ゴシック" w:eastAsia="ＭＳ ゴシック" w:hint="eastAsia"/>'
    return _control("☐", name, kind, font)


def _list(options: Sequence[str]) -> str:
    items = "".join(f"<w:listItem w:displayText={quoteattr(o)} w:value={quoteattr(o)}/>" for o in options)
    return f"<w:dropDownList>{items}</w:dropDownList>"


def _control(text: str, name: str, kind: str, look: str = "", waits: str = "") -> Any:
    """A control within a paragraph; one that waits (with the tag `waits`) shows a prompt, which typing replaces."""
    prompt = "<w:showingPlcHdr/>" if waits else ""
    tag = waits or name
    return parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias w:val={quoteattr(name)}/><w:tag w:val={quoteattr(tag)}/>{prompt}{kind}"
        f"</w:sdtPr><w:sdtContent><w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}"
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:sdtContent></w:sdt>'
    )
