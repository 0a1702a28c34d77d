"""The shipped workbooks and the drafts as packages, judged by a validator that is not ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from rules.frames import invoice
from templates.design.build import build as build_templates
from templates.engine.render import drafts
from workbooks.building import fill
from workbooks.reading import quote_file

HERE = Path(fill.__file__).parents[1]
# What openpyxl's own empty workbook is told, too (order of a font's children), and a remark on inline strings,
# which Excel reads and writes back as shared ones.
KNOWN = re.compile(r"Unexpected element '(color|sz|b|i|u|name|family)' found|inline-string cell")


def alarms(path: Path) -> list[str]:
    return [str(e.description) for e in OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(path).errors]


@pytest.mark.parametrize(
    "path", [HERE / "quote.xlsx", *sorted((HERE / "examples").glob("*.xlsx"))], ids=lambda p: p.name
)
def test_a_workbook_raises_only_known_false_alarms(path: Path) -> None:
    assert [text for text in alarms(path) if not KNOWN.search(text)] == []


@pytest.mark.parametrize("name", ["wholesale", "beginner", "gaps"])
def test_drafts_raise_no_alarm(name: str, tmp_path: Path) -> None:
    for path in drafts(quote_file.assess_file(HERE / "examples" / f"{name}.xlsx", invoice.FRAME), tmp_path):
        assert alarms(path) == [], path.name


def test_templates_raise_no_alarm(tmp_path: Path) -> None:
    for path in build_templates(tmp_path):
        assert alarms(path) == [], path.name
