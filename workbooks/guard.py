"""Refuses a file that is no quote workbook, or that could harm the reader, before any library opens it.

Only the zip's own directory is trusted to be read first; every member is then inflated here, never beyond the size it
declares, and searched as bytes. What passes is small, whole, free of DTDs, and its sheets lie within A1:GZ9999.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from rules.refusal import Refusal

MAX_FILE = 30 << 20  # bytes on disk: a quote has 0.1 MB; the rest is room for pictures of a company
MAX_MEMBERS = 1_000  # a quote has about 40; Excel adds one for each picture, chart and comment
MAX_PART = 32 << 20  # bytes inflated: the reader holds one part at a time, at about five times its size
MAX_TOTAL = 64 << 20  # bytes inflated, all members together
MAX_RATIO = 250  # inflated to packed: sheets reach 40, only a bomb goes towards deflate's 1,000
RATIO_FROM = 1 << 20  # bytes inflated below which a ratio does no harm

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls, and of every file with a password
PASSWORD = "EncryptedPackage".encode("utf-16-le")  # the stream that holds the encrypted workbook
ZIP, ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
LOCAL, END = 30, 22  # bytes of a member's own header without its name, and of the end record without a comment
ENCRYPTED = 1  # bit 0 of a member's flags
MEDIA = "xl/media/"  # pictures: never parsed, and an SVG may rightly have a DTD
DTD = b"<!DOCTYPE"  # entities stand inside one; OOXML forbids it
SHEET = b"sheetData"  # only inside this element does a reader look for cells
# A row or cell that does not begin with where it stands, or stands beyond GZ9999: readers lay a sheet out as a full
# rectangle, so that one cell at XFD1048576 asks for 500 GB. Every spreadsheet program writes <row r="1"><c r="A1" …>.
FAR = re.compile(rb'<(?:c(?=[\s/>])(?! r="[A-G]?[A-Z][0-9]{1,4}")|row(?=[\s/>])(?! r="[0-9]{1,4}"))')
PREFIXED = re.compile(rb"<[^\s<>/:]+:(?:c|row)[\s/>]")  # <x:c> would hide from FAR; no spreadsheet program writes it
SAVE = "Excel で開き、「名前を付けて保存」で「Excel ブック (*.xlsx)」を選んで保存し直してください。"
DAMAGED = "は壊れているか途中で切れているので、もとのファイルを受け取り直してください。"


class Unreadable(Refusal):
    """A workbook that cannot be read: one Japanese sentence with what is wrong and what to do."""


Refused = Unreadable


def inspect(path: Path | str) -> bytes:
    """The bytes of a workbook that is safe to parse, so that nothing reads another file than the one inspected.

    >>> inspect("みつもり.xlsx")
    Traceback (most recent call last):
    workbooks.guard.Unreadable: 「みつもり.xlsx」が見つからないので、名前と場所を確かめてください。
    """
    path = Path(path)
    called = name(path)
    blob = _load(path, called)
    _container(blob, called)
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            members = sorted(archive.infolist(), key=lambda m: m.header_offset)
            start = archive.start_dir
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, LookupError):
        _refuse(called, DAMAGED)
    _workbook({m.filename for m in members}, called)
    _directory(members, start, blob, called)
    for member in members:
        _content(member.filename, _inflate(member, blob, called), called)
    return blob


def name(path: Path) -> str:
    """A file's name for a message of one line."""
    return "「" + "".join(c if c.isprintable() else "?" for c in path.name) + "」"


def _refuse(called: str, why: str) -> NoReturn:
    raise Refused(called + why) from None


def _load(path: Path, called: str) -> bytes:
    try:
        if not path.exists():
            _refuse(called, "が見つからないので、名前と場所を確かめてください。")
        if not path.is_file():
            _refuse(called, "はファイルではないので、見積のブック（.xlsx）を指定してください。")
        if path.name.startswith("~$"):
            _refuse(called, "は Excel が開いている間だけ置く目印なので、「~$」の付かないファイルを指定してください。")
        size = path.stat().st_size
        if size > MAX_FILE:
            limit = f"上限は{MAX_FILE >> 20}MBなので、大きな画像や余分なシートを除いてください。"
            _refuse(called, f"は{size >> 20:,}MBあり、{limit}")
        blob = path.read_bytes()
    except OSError:
        _refuse(called, "を開けないので、Excel で開いているときは閉じ、読む権限があるかを確かめてください。")
    if not blob:
        _refuse(called, "は空のファイル（0バイト）なので、もとのファイルを受け取り直してください。")
    return blob


def _container(blob: bytes, called: str) -> None:
    """Whether the file is a whole zip with nothing before or after it; otherwise, what it is instead."""
    if blob.startswith(OLE):
        if PASSWORD in blob:
            _refuse(called, "にはパスワードがかかっているので、Excel で解除して保存し直してください。")
        _refuse(called, f"は古い形式（.xls など）なので、{SAVE}")
    if not blob.startswith(ZIP):
        if b"\0" in blob[:4096]:
            _refuse(called, "は Excel のブック（.xlsx）ではないので、見積のブックを指定してください。")
        _refuse(called, f"の中身は文字だけの表（CSV など）なので、{SAVE}")
    if blob[-END : -END + 4] != ZIP_END:
        _refuse(called, DAMAGED)


def _workbook(names: set[str], called: str) -> None:
    """Whether the zip is an Excel workbook; otherwise, what it is instead."""
    if "xl/workbook.bin" in names:
        _refuse(called, f"はバイナリ形式（.xlsb）なので、{SAVE}")
    if "mimetype" in names and "content.xml" in names:
        _refuse(called, "は OpenDocument 形式（.ods など）なので、Excel 形式（.xlsx）で保存し直してください。")
    if "xl/workbook.xml" in names and "[Content_Types].xml" in names:
        return
    folders = {"word": "Word の文書", "ppt": "PowerPoint の資料", "xl": "壊れたブック"}
    what = next((folders[f] for f in folders if any(n.startswith(f + "/") for n in names)), "Excel 以外の圧縮ファイル")
    _refuse(called, f"は{what}なので、見積のブック（.xlsx）を指定してください。")


def _directory(members: Sequence[zipfile.ZipInfo], start: int, blob: bytes, called: str) -> None:
    """Whether the members, in the order of the file, are few, small, named once, and one behind the other."""
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_TOTAL:
        _refuse(called, "は開くと大きすぎるので、余分なシートや画像を除いてください。")
    if len({m.orig_filename.lower() for m in members}) < len(members) or not all(map(_plain, members)):
        _refuse(called, f"の内部の名前が正しくないので、{SAVE}")
    ends = [_data(m, blob) + m.compress_size for m in members]
    starts = [*(m.header_offset for m in members), start]
    if starts[0] != 0 or any(end > begin for end, begin in zip(ends, starts[1:], strict=True)):
        _refuse(called, DAMAGED)
    if any(_bomb(m) for m in members):
        _refuse(called, f"の中に異常に大きく膨らむ部分があるので、{SAVE}")


def _plain(member: zipfile.ZipInfo) -> bool:
    """Whether a member has a relative name without .. and is stored in a way that every reader knows."""
    name = member.orig_filename
    odd = name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/") or ":" in name
    known = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return known and not odd and not member.flag_bits & ENCRYPTED


def _bomb(member: zipfile.ZipInfo) -> bool:
    size = member.file_size
    return size > MAX_PART or (size > RATIO_FROM and size > MAX_RATIO * member.compress_size)


def _data(member: zipfile.ZipInfo, blob: bytes) -> int:
    """Where a member's packed bytes begin: behind its own header, name and extra field."""
    at = member.header_offset
    name, extra = (int.from_bytes(blob[at + k : at + k + 2], "little") for k in (26, 28))
    return at + LOCAL + name + extra


def _inflate(member: zipfile.ZipInfo, blob: bytes, called: str) -> bytes:
    """A member's bytes. zipfile would take the declared size on trust; a reader might then inflate far more."""
    begin = _data(member, blob)
    packed = blob[begin : begin + member.compress_size]
    data, whole = packed, True
    if member.compress_type == zipfile.ZIP_DEFLATED:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = stream.decompress(packed, member.file_size + 1)
        except zlib.error:
            _refuse(called, DAMAGED)
        whole = stream.eof and not stream.unused_data
    if not whole or len(data) != member.file_size or zlib.crc32(data) != member.CRC:
        _refuse(called, DAMAGED)
    return data


def _content(name: str, data: bytes, called: str) -> None:
    """What no workbook holds: a DTD, another encoding than UTF-8 (it would hide one), a cell far out."""
    markup = name.lower().endswith((".xml", ".rels", ".vml"))
    if (markup and b"\0" in data) or (DTD in data and not name.lower().startswith(MEDIA)):
        _refuse(called, f"の内部に Excel が書かない宣言があるので、{SAVE}")
    if SHEET in data and _far(data):
        _refuse(called, "のシートに GZ列・9999行より外のセルがあるので、離れた行と列を削除して保存し直してください。")


def _far(data: bytes) -> bool:
    prefixed = (b":c" in data or b":row" in data) and PREFIXED.search(data)  # the quick test first: PREFIXED is slow
    return bool(FAR.search(data) or prefixed)
