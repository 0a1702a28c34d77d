"""The names that a draft's content controls（入力欄） get, and how a prompt carries one until it is printed.

A control is made with its text, which may hold tags of the template; its own tag (w:tag) may not. So the name of what is
owed stands around the prompt, and printing puts it where it belongs.
"""

from __future__ import annotations

import re

OWED = "要記入"  # names every control that an applicant owes, until its text tells the field
MARK = "\U000f4801"  # around a field's name before a prompt: printing makes it the control's tag（a private letter, never shown）
MARKED = re.compile(f"{MARK}([^{MARK}<]*){MARK}")
LONGEST_TAG = 60  # letters: Word takes 64
READY = "そろった"
STATES = ("未着手", "依頼中", READY, "不要")  # of a document
CONTROL, END = "<w:sdt>", "</w:sdt>"
TAG = re.compile('(<w:tag w:val=")[^"]*')


def marked(name: str) -> str:
    """A field's name as a prompt carries it; "" for none."""
    return f"{MARK}{name[:LONGEST_TAG]}{MARK}" if name else ""


def unmarked(text: str) -> str:
    """A text without the names that it carries."""
    return MARKED.sub("", text)


def named(xml: str) -> str:
    """A printed part with the tag of every control whose prompt carries a name; the marks go.

    >>> named(f'<w:sdt><w:tag w:val="x"/><w:t>{marked("firm")}社名</w:t></w:sdt>')
    '<w:sdt><w:tag w:val="firm"/><w:t>社名</w:t></w:sdt>'
    """
    if MARK not in xml:
        return xml
    pieces, around = re.split(f"({CONTROL}|{END})", xml), list[int]()
    for at, piece in enumerate(pieces):
        if piece == CONTROL:
            around.append(at + 1)  # where the control's own properties stand
        elif piece == END and around:
            around.pop()
        elif around and (name := next(iter(MARKED.findall(piece)), "")):
            own = around[-1]
            pieces[own] = TAG.sub(lambda m, name=name: m[1] + name, pieces[own], count=1)
    return unmarked("".join(pieces))
