"""The guard refuses what is no quote workbook, or harmful, with one Japanese sentence, before anything parses it."""

from __future__ import annotations

import io
import re
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.books import LINE, book, packed, windows
from workbooks.reading import xlsx_guard
from workbooks.reading.xlsx_guard import Refused, Unreadable, inspect

MB = 1 << 20
TYPES, WORKBOOK, SHEET = "[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"
ROWS = "<worksheet><sheetData>{}</sheetData></worksheet>"
PARTS = {TYPES: b"<Types/>", WORKBOOK: b"<workbook/>", SHEET: ROWS.format('<row r="1"><c r="A1"/></row>').encode()}


def refused(path: Path) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(Refused) as caught:
        inspect(path)
    message = str(caught.value)
    assert re.fullmatch(r"「[^\n」]*」[^\n。]+(?:ください|ください。)", message), message
    return message


def written(path: Path, data: bytes) -> Path:
    """A file of these bytes."""
    path.write_bytes(data)
    return path


# --- what it is ----------------------------------------------------------------------------------------------------


def test_a_workbook_passes_with_its_own_bytes(tmp_path: Path) -> None:
    path = book(tmp_path / "q.xlsx", rows=[LINE])
    assert path.read_bytes() == inspect(path) == inspect(str(path))
    assert packed(tmp_path / "p.xlsx", PARTS).read_bytes() == inspect(tmp_path / "p.xlsx")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert "見つからない" in refused(tmp_path / "無い.xlsx")
    assert "ファイルではない" in refused(tmp_path)
    assert "空のファイル" in refused(written(tmp_path / "q.xlsx", b""))
    assert "「~$」の付かない" in refused(written(tmp_path / "~$q.xlsx", b"x"))
    assert "見つからない" in refused(tmp_path / "長い" / ("あ" * 300))


def test_a_name_with_a_line_break_stays_on_one_line(tmp_path: Path) -> None:
    assert "「a?b.xlsx」" in refused(tmp_path / "a\nb.xlsx")


def test_old_and_encrypted_workbooks_are_told_apart(tmp_path: Path) -> None:
    assert "古い形式（.xls" in refused(written(tmp_path / "q.xlsx", xlsx_guard.OLE + bytes(2000)))
    locked = xlsx_guard.OLE + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    assert "パスワード" in refused(written(tmp_path / "q.xlsx", locked))


@pytest.mark.parametrize(
    "text", ["品名,単価\nソフト,1000\n".encode(), "品名,単価\n".encode("cp932"), b"<html></html>", b"PK"]
)
def test_a_text_under_the_name_of_a_workbook_is_refused(tmp_path: Path, text: bytes) -> None:
    assert "文字だけの表（CSV など）" in refused(written(tmp_path / "q.xlsx", text))


def test_another_binary_file_is_refused(tmp_path: Path) -> None:
    assert "Excel のブック（.xlsx）ではない" in refused(written(tmp_path / "q.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(99)))


@pytest.mark.parametrize(
    ("names", "what"),
    [
        ((TYPES, "word/document.xml"), "Word の文書"),
        ((TYPES, "ppt/presentation.xml"), "PowerPoint の資料"),
        ((TYPES, "xl/workbook.bin"), ".xlsb"),
        (("mimetype", "content.xml"), "OpenDocument"),
        ((TYPES, "xl/styles.xml"), "壊れたブック"),
        ((WORKBOOK,), "壊れたブック"),
        (("写真.jpg",), "Excel 以外の圧縮ファイル"),
    ],
)
def test_another_package_is_named(tmp_path: Path, names: tuple[str, ...], what: str) -> None:
    assert what in refused(packed(tmp_path / "q.xlsx", dict.fromkeys(names, b"<x/>")))


# --- whether it is whole -------------------------------------------------------------------------------------------


def test_a_truncated_or_lengthened_workbook_is_refused(tmp_path: Path) -> None:
    data = packed(tmp_path / "q.xlsx", PARTS).read_bytes()
    changed = [data[:n] for n in range(100, len(data), 7)] + [data + b"x", data + bytes(22), data[:40] + data]
    for wrong in changed:
        assert "壊れている" in refused(written(tmp_path / "q.xlsx", wrong))


def test_a_wrong_byte_anywhere_is_refused_or_harmless(tmp_path: Path) -> None:
    data = packed(tmp_path / "q.xlsx", PARTS).read_bytes()
    for at in range(len(data)):
        wrong = written(tmp_path / "q.xlsx", data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        try:
            inspect(wrong)
        except Unreadable as e:
            assert "ください" in str(e)


def lying(path: Path, declared: int, data: bytes) -> Path:
    """A workbook whose sheet declares another size than it inflates to, with the CRC of what it declares."""
    packed(path, {**PARTS, SHEET: data})
    blob = bytearray(path.read_bytes())
    crc = zlib.crc32(data[:declared])
    for signature, at in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        header = blob.find(SHEET.encode()) - 30 if signature == b"PK\x03\x04" else blob.rfind(SHEET.encode()) - 46
        assert blob[header : header + 4] == signature
        size = struct.unpack_from("<I", blob, header + at + 4)[0]
        struct.pack_into("<III", blob, header + at, crc, size, declared)
    return written(path, bytes(blob))


def test_a_member_that_inflates_beyond_its_declared_size_is_refused(tmp_path: Path) -> None:
    assert "壊れている" in refused(lying(tmp_path / "q.xlsx", 10, b" " * 40 * MB))
    assert "壊れている" in refused(lying(tmp_path / "q.xlsx", 1000, b" " * 999))


def test_overlapping_members_are_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "q.xlsx", {**PARTS, "xl/a.xml": b"<a/>", "xl/b.xml": b"<a/>"})
    blob = bytearray(path.read_bytes())
    first, second = (blob.rfind(name) - 46 for name in (b"xl/a.xml", b"xl/b.xml"))
    blob[second + 42 : second + 46] = blob[first + 42 : first + 46]  # both point at the same bytes
    assert "壊れている" in refused(written(path, bytes(blob)))


@pytest.mark.parametrize("at", [0, 30, 34])
def test_a_member_whose_own_header_differs_from_the_directory_is_refused(at: int, tmp_path: Path) -> None:
    blob = bytearray(packed(tmp_path / "q.xlsx", PARTS).read_bytes())
    blob[blob.find(SHEET.encode()) - 30 + at] = ord("&")
    assert "壊れている" in refused(written(tmp_path / "q.xlsx", bytes(blob)))


def test_a_member_with_a_japanese_name_passes(tmp_path: Path) -> None:
    path = packed(tmp_path / "q.xlsx", {**PARTS, "xl/media/社名ロゴ.png": b"x"})
    assert inspect(path) == path.read_bytes()


# --- limits --------------------------------------------------------------------------------------------------------


def test_a_hundred_megabytes_are_refused_by_their_size(tmp_path: Path) -> None:
    path = tmp_path / "q.xlsx"
    with path.open("wb") as file:
        file.truncate(100 * MB)
    assert "100MBあり、上限は30MB" in refused(path)


@pytest.mark.parametrize("name", [SHEET, "xl/sharedStrings.xml", "xl/media/image1.png"])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / "q.xlsx", {**PARTS, name: b" " * (40 * MB)})
    tracemalloc.start()
    assert "膨らむ" in refused(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * MB


def test_many_large_members_are_refused(tmp_path: Path) -> None:
    parts = {f"xl/media/{n}.bin": bytes(range(256)) * 4096 * 4 for n in range(17)}
    assert "大きすぎる" in refused(packed(tmp_path / "q.xlsx", {**PARTS, **parts}))


def test_many_members_are_refused(tmp_path: Path) -> None:
    parts = {f"xl/media/{n}.png": b"" for n in range(xlsx_guard.MAX_MEMBERS)}
    assert "大きすぎる" in refused(packed(tmp_path / "q.xlsx", {**PARTS, **parts}))


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../x.xml", "xl/../../x.xml", "xl\\x.xml", "C:/x.xml", "xl/Workbook.XML"]
)
def test_a_name_that_leads_elsewhere_or_stands_twice_is_refused(tmp_path: Path, name: str) -> None:
    assert "内部の名前" in refused(packed(tmp_path / "q.xlsx", {**PARTS, name: b"<x/>"}))


def test_a_backslash_is_one_on_windows_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    windows(monkeypatch)
    assert "内部の名前" in refused(packed(tmp_path / "q.xlsx", {**PARTS, "xl\\x.xml": b"<x/>"}))
    hidden = {TYPES: b"<Types/>", "xl\\workbook.xml": b"<workbook/>"}
    assert "内部の名前" in refused(packed(tmp_path / "q.xlsx", hidden))  # not taken for xl/workbook.xml


def test_encrypted_and_unknown_members_are_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "q.xlsx", PARTS)
    blob = bytearray(path.read_bytes())
    blob[blob.rfind(SHEET.encode()) - 46 + 8] |= 1
    assert "内部の名前" in refused(written(path, bytes(blob)))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as package:
        for name, data in PARTS.items():
            package.writestr(name, data)
    assert "内部の名前" in refused(path)


# --- contents ------------------------------------------------------------------------------------------------------

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>'


@pytest.mark.parametrize("part", [WORKBOOK, SHEET, TYPES, "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/x"])
def test_a_dtd_in_any_part_is_refused(tmp_path: Path, part: str) -> None:
    assert "宣言" in refused(packed(tmp_path / "q.xlsx", {**PARTS, part: LAUGHS.encode()}))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_an_encoding_that_hides_a_dtd_is_refused(tmp_path: Path, encoding: str) -> None:
    assert "宣言" in refused(packed(tmp_path / "q.xlsx", {**PARTS, WORKBOOK: LAUGHS.encode(encoding)}))


def test_a_picture_may_have_a_dtd(tmp_path: Path) -> None:
    picture = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg/>'
    inspect(packed(tmp_path / "q.xlsx", {**PARTS, "xl/media/image1.svg": picture}))


def test_nothing_reads_another_file_than_the_one_inspected(tmp_path: Path) -> None:
    path = packed(tmp_path / "q.xlsx", PARTS)
    data = inspect(path)
    path.write_bytes(b"")
    assert sorted(PARTS) == sorted(zipfile.ZipFile(io.BytesIO(data)).namelist())
