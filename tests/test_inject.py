"""inject changes the defined names of a copy and nothing else, in workbooks of any program."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openxml_audit import FileFormat, OpenXmlValidator
from PIL import Image as Picture

from addin.cli.main import main
from rules.refusal import Refusal
from tests.office import converted
from tests.packages import BOOKS, EXCEL, PLAIN, PREFIXED, book
from workbooks.files import writer
from workbooks.lambdas import defined_names, inject
from workbooks.lambdas.inject import inject_file
from workbooks.lambdas.names import MARK, Named, named
from workbooks.reading.package import WORKBOOK

NAMES = named()
BOTH = [Named("SUBSIDY_A", "=LAMBDA(cost, cost<1)", f'{MARK}"一" & 二'), Named("SUBSIDY_B", "=LAMBDA([x], x)", MARK)]
ELEMENTS = {  # BOTH as it stands in the file
    "": f'<definedName name="SUBSIDY_A" comment=\'{MARK}"一" &amp; 二\'>_xlfn.LAMBDA(_xlpm.cost,_xlpm.cost&lt;1)</definedName>'
    f'<definedName name="SUBSIDY_B" comment="{MARK}">_xlfn.LAMBDA(_xlop.x,_xlpm.x)</definedName>'
}
ELEMENTS["x:"] = ELEMENTS[""].replace("<definedName", "<x:definedName").replace("</definedName", "</x:definedName")
ORDER = ["fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups"]
ORDER += ["externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "extLst"]


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def unchanged_but_names(old: Path, new: Path) -> None:
    """Every part has its bytes, in the same order; workbook.xml without its names is the same, too."""
    before, after = parts(old), parts(new)
    assert list(before) == list(after)
    assert {n for n in before if before[n] != after[n]} == {WORKBOOK}
    assert without_ours(after[WORKBOOK]) == without_ours(before[WORKBOOK])


def without_ours(data: bytes) -> str:
    text = re.sub(r"<(x:)?definedName [^>]*SUBSIDY_\w+[^>]*>[^<]*</(x:)?definedName>", "", data.decode())
    return re.sub(r"<(x:)?definedNames(/>|></(x:)?definedNames>)", "", text)


def rich(path: Path) -> Path:
    """A workbook of openpyxl with a chart, a picture, a list to choose from, a table's worth of names."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "売上 '26"
    for row in range(1, 5):
        sheet.append([row, row * 10])
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=4))
    chart.anchor = "E2"
    sheet.add_chart(chart)
    picture = io.BytesIO()
    Picture.new("RGB", (20, 10), "red").save(picture, "PNG")
    sheet.add_image(Image(picture), "E20")
    choice = DataValidation(type="list", formula1='"はい,いいえ"')
    choice.add("C1:C4")
    sheet.add_data_validation(choice)
    sheet.print_title_rows = "1:1"
    made.defined_names["税率"] = DefinedName("税率", attr_text="0.1", comment="自分の名前")
    sheet.defined_names["subsidy_normal"] = DefinedName("subsidy_normal", attr_text="1")
    made.save(path)
    return path


# --- workbook.xml --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("there", ["", "empty", "short", "some"])
def test_names_come_in_at_their_place_in_every_writers_workbook(name: str, there: str, tmp_path: Path) -> None:
    prefix = "x:" if name == "prefixed" else ""
    tag = f"{prefix}definedNames"
    own = f'<{prefix}definedName name="税率" hidden="1">0.1</{prefix}definedName>'
    existing = {"": "", "empty": f"<{tag}></{tag}>", "short": f"<{tag} />", "some": f"<{tag}>{own}</{tag}>"}[there]
    data = parts(book(tmp_path / "b.xlsx", BOOKS[name], existing))[WORKBOOK]
    made = defined_names.put(data, BOTH)
    kept = own if there == "some" else ""
    place = existing or None
    wanted = f"<{tag}>{kept}{ELEMENTS[prefix]}</{tag}>"
    if place:
        assert made == data.replace(place.encode(), wanted.encode())
    else:
        assert made.replace(wanted.encode(), b"") == data and made.count(wanted.encode()) == 1
    children = [c.tag.partition("}")[2] for c in fromstring(made)]
    known = [c for c in children if c in ORDER]
    assert known == sorted(known, key=ORDER.index) and "definedNames" in known


def test_ours_are_replaced_and_others_stay_where_they_are() -> None:
    old = [Named(n.name.lower(), "=LAMBDA(x, 1)", f"{MARK}前の版") for n in BOTH]
    own = '<definedName name="あ">1</definedName><definedName name="subsidy_a" localSheetId="0">2</definedName>'
    data = EXCEL.replace("{names}", f"<definedNames>{own}</definedNames>").encode()
    assert defined_names.put(defined_names.put(data, old), BOTH) == defined_names.put(data, BOTH)
    assert own in defined_names.put(data, BOTH).decode()
    assert defined_names.scoped(data, BOTH) == ["subsidy_a"]


@pytest.mark.parametrize("comment", ["", ' comment="自分の式"', ' comment="x［Hojokin］"'])
def test_a_users_own_name_is_refused_by_name(comment: str) -> None:
    data = PLAIN.replace(
        "{names}", f'<definedNames><definedName name="Subsidy_A"{comment}>1</definedName></definedNames>'
    )
    with pytest.raises(Refusal, match="名前 Subsidy_A があるので、") as caught:
        defined_names.put(data.encode(), BOTH)
    assert str(caught.value).count("。") == 1


def test_a_broken_workbook_is_refused() -> None:
    for data in (
        b"<workbook",
        b"",
        b"<?xml version='1.0' encoding='klingon'?><workbook/>",
        f"<a xmlns='{'x'}'/>".encode(),
    ):
        with pytest.raises(Refusal, match="Excel で保存し直してください。"):
            defined_names.put(data, BOTH)


def test_another_encoding_keeps_its_bytes() -> None:
    data = f"<?xml version='1.0' encoding='iso-8859-1'?>{PREFIXED.replace('表 1', 'é').replace('{names}', '')}".encode(
        "latin-1"
    )
    made = defined_names.put(data, BOTH)
    assert b"\xe9" in made and b"&#19968;" in made
    assert [e.get("comment") for e in fromstring(made).iterfind(".//{*}definedName")] == [n.comment for n in BOTH]


def test_a_names_element_inside_an_extension_is_not_ours() -> None:
    inner = "<sheets/><extLst><ext><definedNames><definedName name='SUBSIDY_A'/></definedNames></ext></extLst>"
    data = f"<workbook xmlns='{EXCEL.split(chr(34))[1]}'>{inner}</workbook>".encode()
    made = defined_names.put(data, BOTH)
    assert made.startswith(data[: data.index(b"<extLst>")] + b"<definedNames>")


# --- files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_only_the_names_change_in_packages_of_other_programs(name: str, suffix: str, tmp_path: Path) -> None:
    path = book(tmp_path / f"請求{suffix}", BOOKS[name])
    done = inject_file(path)
    assert done.path == tmp_path / f"請求-365{suffix}"
    unchanged_but_names(path, done.path)
    again = inject_file(done.path, tmp_path / f"again{suffix}")
    assert parts(again.path) == parts(done.path)


def test_only_the_names_change_in_a_rich_workbook(tmp_path: Path) -> None:
    path = rich(tmp_path / "a.xlsx")
    done = inject_file(path)
    unchanged_but_names(path, done.path)
    assert done.scoped == ["subsidy_normal"]
    read = openpyxl.load_workbook(done.path)
    assert {n.name: (read.defined_names[n.name].attr_text, read.defined_names[n.name].comment) for n in NAMES} == {
        n.name: (n.stored, n.comment) for n in NAMES
    }
    assert read.defined_names["税率"].comment == "自分の名前"


@pytest.mark.office
def test_only_the_names_change_in_a_workbook_of_libreoffice(tmp_path: Path) -> None:
    path = converted(rich(tmp_path / "a.xlsx"), "xlsx", tmp_path / "office")
    unchanged_but_names(path, inject_file(path).path)


def test_the_quote_workbook_raises_no_new_alarm(tmp_path: Path) -> None:
    shipped = Path(inject.__file__).parents[1] / "quote.xlsx"
    done = inject_file(shipped, tmp_path / "q.xlsx")
    unchanged_but_names(shipped, done.path)
    for version in (FileFormat.OFFICE_2019, FileFormat.MICROSOFT_365):
        alarms = [
            [str(e.description) for e in OpenXmlValidator(file_format=version).validate(p).errors]
            for p in (shipped, done.path)
        ]
        assert alarms[0] == alarms[1]


def test_times_and_packing_of_the_members_stay(tmp_path: Path) -> None:
    path = rich(tmp_path / "a.xlsx")

    def looks(p: Path) -> list[tuple[object, ...]]:
        with zipfile.ZipFile(p) as package:
            return [(m.filename, m.date_time, m.compress_type, m.external_attr) for m in package.infolist()]

    assert looks(path) == looks(inject_file(path).path)


# --- the command ---------------------------------------------------------------------------------------------------


def said(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = main(words)
    captured = capsys.readouterr()
    return status, captured.out + captured.err


def test_the_command_makes_a_copy_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = rich(tmp_path / "a.xlsx")
    before = path.read_bytes()
    status, text = said(["inject", str(path), "-o", str(tmp_path / "b.xlsx")], capsys)
    assert status == 0 and "10 の関数を入れました: SUBSIDY_NORMAL、" in text
    assert "シートだけの名前 subsidy_normal は残しました。" in text
    assert path.read_bytes() == before and sorted(p.name for p in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx"]


def test_what_cannot_be_done_is_one_sentence_and_leaves_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = '<definedNames><definedName name="SUBSIDY_GROUP">1</definedName></definedNames>'
    taken, path = book(tmp_path / "t.xlsx", EXCEL, own), book(tmp_path / "a.xlsx", EXCEL)
    text, locked, signed = tmp_path / "x.xlsx", tmp_path / "p.xlsx", tmp_path / "s.xlsx"
    text.write_text("品名,単価\n")
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as old, zipfile.ZipFile(signed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    bomb = book(tmp_path / "bomb.xlsx", EXCEL)
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/big.xml", bytes(20 << 20))
    calls = {
        "名前 SUBSIDY_GROUP": [taken], "文字だけの表": [text], "パスワード": [locked], "電子署名": [signed], "膨らむ": [bomb],
        "見つからない": [tmp_path / "無い.xlsx"], "拡張子": [path, "-o", tmp_path / "a.xlsm"], "すでにある": [path, "-o", path],
        "を書けません": [path, "-o", tmp_path / "無い" / "b.xlsx"],
    }  # fmt: skip
    files = sorted(tmp_path.iterdir())
    for word, arguments in calls.items():
        status, answer = said(["inject", *map(str, arguments)], capsys)
        assert status == 2 and word in answer and answer.count("\n") == 1, answer
    assert sorted(tmp_path.iterdir()) == files


def test_a_copy_that_cannot_be_finished_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path / "a.xlsx", EXCEL)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer, "_linked", full)
    with pytest.raises(Refusal, match="ディスクの空きが足りません"):
        inject_file(path)
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


def test_lambda_prints_what_is_pasted(capsys: pytest.CaptureFixture[str]) -> None:
    status, text = said(["lambda", "セキュリティ対策推進枠"], capsys)
    assert status == 0 and text == next(n.text for n in NAMES if n.name == "SUBSIDY_SECURITY") + "\n"
    assert "[as_of]" in text and "_xl" not in text
    assert said(["lambda", "normal", "--as-of", "2025-06-01"], capsys)[1].count("1499999") == 1
    for words in (
        ["lambda", "無い枠"],
        ["lambda", "normal", "--as-of", "2020-01-01"],
        ["lambda", "normal", "--as-of", "x"],
        ["lambda"],
    ):
        status, text = said(words, capsys)
        assert status == 2 and text.count("\n") == 1
