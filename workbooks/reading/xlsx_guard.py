"""Refuses a file that is no quote workbook, or that could harm the reader, before any library opens it.

Only the zip's own directory is trusted to be read first; every member is then inflated here, never beyond the size it
declares. What passes is small, whole and free of DTDs; its XML is read by `workbooks.files.markup` alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from rules.refusal import Refusal
from workbooks.files import zip_guard
from workbooks.files.markup import Damaged
from workbooks.files.zip_guard import OLE, PASSWORD, ZIP
from workbooks.reading.package import RELS, main_part

MAX_FILE = 30 << 20  # bytes on disk: a quote has 0.1 MB; the rest is room for pictures of a company
MAX_MEMBERS = zip_guard.MAX_MEMBERS
MEDIA = "xl/media/"  # pictures: never parsed, and an SVG may rightly have a DTD
DTD = b"<!DOCTYPE"  # entities stand inside one; OOXML forbids it
SAVE = "Excel で開き、「名前を付けて保存」で「Excel ブック (*.xlsx)」を選んで保存し直してください。"
FAR = "のシートに GZ列・9999行より外のセルがあるので、離れた行と列を削除して保存し直してください。"
DAMAGED = "は壊れているか途中で切れているので、もとのファイルを受け取り直してください。"
WRONG = {
    zip_guard.DAMAGED: DAMAGED,
    zip_guard.LARGE: "は開くと大きすぎるので、余分なシートや画像を除いてください。",
    zip_guard.NAMES: f"の内部の名前が正しくないので、{SAVE}",
    zip_guard.BOMB: f"の中に異常に大きく膨らむ部分があるので、{SAVE}",
}


class Unreadable(Refusal):
    """A workbook that cannot be read: one Japanese sentence with what is wrong and what to do."""


Refused = Unreadable


def inspect(path: Path | str) -> bytes:
    """The bytes of a workbook that is safe to parse, so that nothing reads another file than the one inspected.

    >>> inspect("みつもり.xlsx")
    Traceback (most recent call last):
    workbooks.reading.xlsx_guard.Unreadable: 「みつもり.xlsx」が見つからないので、名前と場所を確かめてください。
    """
    path = Path(path)
    called = name(path)
    blob = _load(path, called)
    _container(blob, called)

    def refuse(what: str) -> NoReturn:
        _refuse(called, WRONG[what])

    opened = zip_guard.opened(blob, refuse)
    opened.check(refuse)
    _workbook(opened, called, refuse)
    for part, data in opened.parts(refuse):
        _content(part, data, called)
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
    """Whether the file is a zip; otherwise, what it is instead."""
    if blob.startswith(OLE):
        if PASSWORD in blob:
            _refuse(called, "にはパスワードがかかっているので、Excel で解除して保存し直してください。")
        _refuse(called, f"は古い形式（.xls など）なので、{SAVE}")
    if not blob.startswith(ZIP):
        if b"\0" in blob[:4096]:
            _refuse(called, "は Excel のブック（.xlsx）ではないので、見積のブックを指定してください。")
        _refuse(called, f"の中身は文字だけの表（CSV など）なので、{SAVE}")


def _workbook(opened: zip_guard.Parcel, called: str, refuse: zip_guard.Refuse) -> None:
    """Whether the zip is an Excel workbook; otherwise, what it is instead."""
    names = opened.names
    if "xl/workbook.bin" in names:
        _refuse(called, f"はバイナリ形式（.xlsb）なので、{SAVE}")
    if "mimetype" in names and "content.xml" in names:
        _refuse(called, "は OpenDocument 形式（.ods など）なので、Excel 形式（.xlsx）で保存し直してください。")
    folders = {"word": "Word の文書", "ppt": "PowerPoint の資料", "xl": "壊れたブック"}
    what = next((folders[f] for f in folders if any(n.startswith(f + "/") for n in names)), "Excel 以外の圧縮ファイル")
    if not ("[Content_Types].xml" in names and what == folders["xl"] and _main(opened, refuse) in names):
        _refuse(called, f"は{what}なので、見積のブック（.xlsx）を指定してください。")


def _main(opened: zip_guard.Parcel, refuse: zip_guard.Refuse) -> str:
    """The part that is the workbook; "" where the package's relations cannot be read."""
    rels = next((opened.inflate(m, refuse) for m in opened.members if m.filename == RELS), b"")
    try:
        return main_part(rels)
    except Damaged:
        return ""


def _content(name: str, data: bytes, called: str) -> None:
    """What no workbook holds: a DTD, or another encoding than UTF-8 (it would hide one)."""
    markup = name.lower().endswith((".xml", ".rels", ".vml"))
    if (markup and b"\0" in data) or (DTD in data and not name.lower().startswith(MEDIA)):
        _refuse(called, f"の内部に Excel が書かない宣言があるので、{SAVE}")
