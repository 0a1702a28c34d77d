"""How bytes and XML are changed: anywhere, or so that the XML stays XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from random import Random

Parts = dict[str, bytes]
ODD = [b"", b"\0", b"\xff", b"<", b">", b"&", b'"', b"'", b"]]>", b"<!--", b"{{", b"%}", "１２".encode(), "①".encode()]
ODD += [b"9" * 5000, b"-1", b"1e999", b"NaN", b"A1:XFD1048576", "\U00020bb7".encode(), b"\r\n", b"..", b"__class__"]
TEXTS = [
    "",
    " ",
    "0",
    "-1",
    "1.5",
    "4980①",
    "²",
    "9" * 5000,
    "1e9",
    "#REF!",
    "TRUE",
    "株式会社",
    "１２３",
    "1,000",
    "△5",
]
TEXTS += ["{{ firm }}", "=1+1", "123456789018", "_x000D_", "2026-10-05", "令和8年10月5日", "\U00020bb7" * 120, "&#x41;"]
ERRORS = ["#REF!", "#N/A", "#SPILL!", "#CALC!", "#GETTING_DATA", "Err:502", "#新!", ""]
CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*?)(/>|>(.*?)</c>)', re.DOTALL)
TAG = re.compile(rb"<[A-Za-z][^<>]*>")
ATTRIBUTE = re.compile(rb'\s([\w:]+)="([^"<>]*)"')


def parts_of(blob: bytes) -> Parts:
    """The parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def scrambled(data: bytes, r: Random) -> bytes:
    """Some bytes changed, lost, doubled or put in, anywhere."""
    found = bytearray(data)
    for _ in range(r.choice((1, 1, 2, 8, 64))):
        at, length = r.randrange(len(found) + 1), r.choice((1, 1, 2, 16, 300))
        what = r.randrange(5)
        if what == 0 and at < len(found):
            found[at] ^= 1 << r.randrange(8)
        elif what == 1:
            del found[at : at + length]
        elif what == 2:
            found[at:at] = found[at : at + length]
        elif what == 3:
            found[at:at] = r.choice(ODD)
        else:
            found[at : at + length] = r.choice(ODD)
    return bytes(found)


def rewritten(data: bytes, r: Random) -> bytes:
    """One element or attribute of some XML changed; mostly it stays XML."""
    tags = list(TAG.finditer(data))
    if not tags:
        return scrambled(data, r)
    tag = r.choice(tags)
    attributes = list(ATTRIBUTE.finditer(tag[0]))
    what = r.randrange(6)
    if attributes and what < 3:
        a = r.choice(attributes)
        value = r.choice(
            (*[t.encode() for t in TEXTS[:12]], a[2] + b"9", a[2][:-1], r.choice(tags)[0][1:9].strip(b"<>\"' "))
        )
        value = value.replace(b"<", b"").replace(b'"', b"")
        new = b"" if what == 0 else b" " + a[1] + b'="' + value + b'"'
        return data[: tag.start() + a.start()] + new + data[tag.start() + a.end() :]
    if what == 3:
        return (
            data[: tag.start()]
            + r.choice((b"<!-- x -->", b"<?x y?>", b"<![CDATA[x]]>", b"<x:y xmlns:x='urn:x'/>", b"<y/>"))
            + data[tag.start() :]
        )
    if what == 4:
        return data[: tag.start()] + data[tag.end() :]
    other = r.choice(tags)
    first, last = sorted((tag.start(), other.start()))
    return data[:last] + data[first:last][:4000] + data[last:]


def respelt(data: bytes, r: Random) -> bytes:
    """A sheet whose cells are spelt in another way that means the same."""

    def cell(m: re.Match[bytes]) -> bytes:
        if r.random() < 0.7:
            return m[0]
        inner = m[4] or b""
        value = re.search(rb"<v>([^<]*)</v>", inner)
        if value:
            inner = inner.replace(value[0], r.choice(SPELLINGS)(value[1]))
        head = b'<c r="' + m[1] + b'"' + m[2]
        if r.random() < 0.3:
            head = head.replace(b'"', b"'")
        elif r.random() < 0.3:
            head = head.replace(b"=", r.choice((b" = ", b"\n=", b"=\t")))
        return head + b" >" + inner + b"</c>"

    return CELL.sub(cell, data)


SPELLINGS: list[Callable[[bytes], bytes]] = [
    lambda v: b"<v><![CDATA[" + v + b"]]></v>" if b"&" not in v else b"<v>" + v + b"</v>",
    lambda v: b"<v>" + v[:1] + b"<!-- <v>5</v> -->" + v[1:] + b"</v>" if b"&" not in v else b"<v>" + v + b"</v>",
    lambda v: b'<v xml:space="preserve">' + v + b"</v>",
    lambda v: b"<v >" + v + b"</v >",
    lambda v: b"<v x='>'>" + v + b"</v>",
    lambda v: (
        b"".join(b"&#%d;" % c if 48 <= c < 58 else bytes([c]) for c in v).join((b"<v>", b"</v>"))
        if b"&" not in v
        else b"<v>" + v + b"</v>"
    ),
]


def revalued(data: bytes, r: Random) -> bytes:
    """A sheet with other things in one to three of its cells that hold something."""
    cells = [m for m in CELL.finditer(data) if m[4]]
    for m in sorted(r.sample(cells, min(len(cells), r.choice((1, 1, 2, 3)))), key=lambda m: -m.start()):
        data = data[: m.start()] + held(m[1], r) + data[m.end() :]
    return data


def held(at: bytes, r: Random) -> bytes:
    """A cell with something odd in it."""
    text = r.choice(TEXTS).replace("&", "&amp;").replace("<", "&lt;").encode()
    error = r.choice(ERRORS).encode()
    q = r.choice((b'"', b"'"))
    made = (
        b"<c r=%b t=%be%b><v>%b</v></c>" % (q + at + q, q, q, error),
        b"<c t=%be%b r=%b><f>1+1</f><v><![CDATA[%b]]></v></c>" % (q, q, q + at + q, error),
        b"<c r=%b><f x='>'>1+1</f></c>" % (q + at + q),
        b"<c r=%b><f>1<!-- <v>5</v> -->+1</f><v/></c>" % (q + at + q),
        b"<c r=%b t='str'><f>1+1</f></c>" % (q + at + q),
        b"<c r=%b t='inlineStr'><is><t>%b</t></is></c>" % (q + at + q, text),
        b"<c r=%b t='str'><v>%b</v></c>" % (q + at + q, text),
        b"<c r=%b><v>%b</v></c>" % (q + at + q, text),
        b"<c r=%b t='b'><v>%b</v></c>" % (q + at + q, r.choice((b"0", b"1", b"2", b"true"))),
        b"<c r=%b t='d'><v>%b</v></c>" % (q + at + q, r.choice((b"2026-10-05", b"x", b"9999-12-31T00:00:00"))),
        b"<c r=%b t='s'><v>%d</v></c>" % (q + at + q, r.randrange(-1, 9999)),
        b"<c r=%b><v>%d</v></c>" % (q + at + q, r.choice((0, 1, 4980, -5, 10**10, 10**11, 10**20))),
        b"<c r=%b><v>1</v><v>2</v></c>" % (q + at + q),
        b"<c r=%b/>" % (q + at + q),
    )
    return r.choice(made)


TAGS = [
    "{{ firm }}",
    "{% for self in lines %}x{% endfor %}",
    "{% for a in lines %}{{ a.item }}{% endfor %}",
    "{{ lines }}",
    "{{ 9" + "9" * 400 + " }}",
]
TAGS += [
    "{% if %}",
    "{{ }}",
    "{%p if firm %}",
    "{%tr for a in lines %}",
    "{{ firm|upper }}",
    "{{ self }}",
    "{{ loop }}",
    "{{ '' }}",
    "{#",
    "{% raw %}",
]
TAGS += [
    "{{ total }}",
    "{{ firm.x.y }}",
    "{% endfor %}",
    "{{ lines[0] }}",
    "{{ ｆｉｒｍ }}",
    "{{ firm if true else 1 }}",
    "{% set a = 1 %}",
    "{{r firm }}",
]


def tagged(data: bytes, r: Random) -> bytes:
    """A Word part with a tag of a template where a text stands."""
    ends = [m.start() for m in re.finditer(rb"</w:t>", data)]
    if not ends:
        return rewritten(data, r)
    at = r.choice(ends)
    return data[:at] + r.choice(TAGS).encode() + data[at:]
