"""A VBA project ([MS-OVBA]) from text: source modules alone, compiled by Excel when it opens the file.

No compiled code is written: the version says FFFF, as the specification asks of a writer, so that every Excel, 32 or
64 bit, compiles the source anew.
"""

from __future__ import annotations

import re
import struct
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from addin.excel.compound_file import compound_file
from addin.excel.vba_compression import squeezed

STANDARD, CLASS, WORKBOOK, SHEET = "standard", "class", "workbook", "sheet"
BASES = {  # what a class module is made from: a plain class, Excel's workbook, Excel's sheet
    CLASS: "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}",
    WORKBOOK: "0{00020819-0000-0000-C000-000000000046}",
    SHEET: "0{00020820-0000-0000-C000-000000000046}",
}
LISTED = {STANDARD: "Module={}", CLASS: "Class={}", WORKBOOK: "Document={}/&H00000000", SHEET: "Document={}/&H00000000"}
REFERENCES = {  # VBA and Excel are implied; the GUID decides, the path is a hint
    "stdole": r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation",
    "Office": r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#C:\Program Files\Common Files\Microsoft Shared"
    r"\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library",
}
CODE_PAGE, LOCALE = 1252, 0x409  # sources are ASCII: the same on every Windows
SOURCE_ONLY = bytes.fromhex("CC61FFFF000100")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")
SEED = 0x5D  # any value: what it hides is no secret
HOST = "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"


@dataclass(frozen=True)
class Module:
    """One module: its name, its kind and its code without the attributes at its head."""

    name: str
    kind: str
    code: str

    @property
    def source(self) -> str:
        """The text that the project holds: attributes, then code."""
        return f'Attribute VB_Name = "{self.name}"\n{self._attributes()}{self.code.rstrip()}\n'.replace("\n", "\r\n")

    def _attributes(self) -> str:
        if self.kind == STANDARD:
            return ""
        document = str(self.kind != CLASS)  # VBA writes True and False as Python does
        values = {
            "VB_Base": f'"{BASES[self.kind]}"',
            "VB_GlobalNameSpace": "False",
            "VB_Creatable": "False",
            "VB_PredeclaredId": document,
            "VB_Exposed": document,
            "VB_TemplateDerived": "False",
            "VB_Customizable": document,
        }
        return "".join(f"Attribute {key} = {value}\n" for key, value in values.items())


def project(name: str, modules: Sequence[Module]) -> bytes:
    """vbaProject.bin: the project with its modules."""
    _check(name, modules)
    streams = {m.name: squeezed(m.source.encode("ascii")) for m in modules}
    vba = {"_VBA_PROJECT": SOURCE_ONLY, "dir": squeezed(_directory(name, modules)), **streams}
    return compound_file({"VBA": vba, "PROJECT": _project(name, modules), "PROJECTwm": _names(modules)})


def _check(name: str, modules: Sequence[Module]) -> None:
    names = [name, *(m.name for m in modules)]
    wrong = [n for n in names if not NAME.fullmatch(n)]
    if wrong or len({n.upper() for n in names}) < len(names):
        raise ValueError(f"names must be ASCII, at most 31 letters, and differ: {wrong or names}")


def _directory(name: str, modules: Sequence[Module]) -> bytes:
    """The stream `dir`: records of a number, a length and data, in the order that the specification fixes."""
    head = [
        *(_number(0x01, 1), _number(0x02, LOCALE), _number(0x14, LOCALE), _record(0x03, struct.pack("<H", CODE_PAGE))),
        *(_record(0x04, name.encode()), *(_record(n) for n in (0x05, 0x40, 0x06, 0x3D))),
        *(_number(0x07, 0), _number(0x08, 0), struct.pack("<HIIH", 0x09, 4, 0x65BE0257, 1)),
        *(_record(0x0C), _record(0x3C)),
    ]
    references = [_reference(*pair) for pair in REFERENCES.items()]
    count = [_record(0x0F, struct.pack("<H", len(modules))), _record(0x13, b"\xff\xff")]
    return b"".join([*head, *references, *count, *(_module(m) for m in modules), _record(0x10)])


def _reference(name: str, library: str) -> bytes:
    data = library.encode()
    registered = struct.pack("<I", len(data)) + data + bytes(6)
    return _record(0x16, name.encode()) + _record(0x3E, name.encode("utf-16-le")) + _record(0x0D, registered)


def _module(m: Module) -> bytes:
    ansi, wide = m.name.encode(), m.name.encode("utf-16-le")
    named = [_record(0x19, ansi), _record(0x47, wide), _record(0x1A, ansi), _record(0x32, wide)]
    empty = [_record(0x1C), _record(0x48), _number(0x31, 0), _number(0x1E, 0), _record(0x2C, b"\xff\xff")]
    return b"".join([*named, *empty, _record(0x21 if m.kind == STANDARD else 0x22), _record(0x2B)])


def _record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", number, len(data)) + data


def _number(number: int, value: int) -> bytes:
    return _record(number, struct.pack("<I", value))


def _project(name: str, modules: Sequence[Module]) -> bytes:
    """The stream PROJECT: modules, and protection (none: not locked, no password, visible)."""
    identity = "{" + str(uuid.uuid5(uuid.NAMESPACE_DNS, name)).upper() + "}"
    hidden = {"CMG": bytes(4), "DPB": bytes(1), "GC": b"\xff"}
    lines = [
        f'ID="{identity}"',
        *(LISTED[m.kind].format(m.name) for m in modules),
        *(f'Name="{name}"', 'HelpContextID="0"', 'VersionCompatible32="393222000"'),
        *(f'{key}="{_hidden(value, identity)}"' for key, value in hidden.items()),
        *("", "[Host Extender Info]", HOST, "", "[Workspace]"),
        *(f"{m.name}=0, 0, 0, 0, C" for m in modules),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _hidden(data: bytes, identity: str) -> str:
    """[MS-OVBA] 2.4.3: each byte mixed with those before it."""
    key = sum(identity.encode()) & 0xFF
    out = [SEED, SEED ^ 2, SEED ^ key]
    before = key
    for byte in b"\x07" * ((SEED & 6) // 2) + struct.pack("<I", len(data)) + data:
        out.append(byte ^ ((out[-2] + before) & 0xFF))
        before = byte
    return bytes(out).hex().upper()


def _names(modules: Sequence[Module]) -> bytes:
    """The stream PROJECTwm: each name in both encodings."""
    pairs = (m.name.encode() + b"\0" + m.name.encode("utf-16-le") + b"\0\0" for m in modules)
    return b"".join(pairs) + b"\0\0"
