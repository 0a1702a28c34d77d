"""Every place of a 2025 document that the project cites stands there, with the words that it is cited for."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

import pytest

from rules.engine.edition import documents
from tests.citations import locate
from tests.citations.cited import DOCUMENTS, HERE, cited

LEAST = 10  # letters of a passage, white space removed
UNCHECKED = {  # places whose documents' text the project does not have, and why
    "form-2025-group#労働生産性の計算用様式 ROUNDDOWN((Hn/H0)^(1/n)-1,3)": "an Excel form",
    "form-2025-group#様式5": "an Excel form",
    "form-2025-price#時間単価": "an Excel form, second hand",
}
WORDS: dict[str, dict[str, Any]] = tomllib.loads((HERE / "places.toml").read_text("utf-8"))
PLACES = sorted(
    {
        (at.partition("#")[0], part)
        for at in set(cited()) - set(UNCHECKED)
        for part in locate.parts(at.partition("#")[2])
    }
)


@cache
def text(document: str) -> locate.Text:
    return locate.read(DOCUMENTS[document])


def stands(document: str, part: str, words: str) -> bool:
    """Whether the words stand in the lines that the place leads to."""
    here = text(document)
    wanted = locate.squeezed(words)
    return any(wanted in locate.squeezed("".join(here.lines[r.start : r.stop])) for r in locate.found(here, part))


def whole(document: str, part: str, words: str) -> bool:
    """Whether the words are a whole item, as short as 宗教法人 and 中古品 are."""
    here = text(document)
    return any(
        locate.squeezed(line) == locate.squeezed(words)
        for r in locate.found(here, part)
        for line in here.lines[r.start : r.stop]
    )


@pytest.mark.parametrize(("document", "part"), PLACES, ids=[f"{d}#{p}" for d, p in PLACES])
def test_the_place_says_what_it_is_cited_for(document: str, part: str) -> None:
    known = WORDS[document].get(part)
    assert known, f"tests/citations/places.toml に {document} の「{part}」の言葉がありません。"
    for words in [known] if isinstance(known, str) else known:
        assert len(locate.squeezed(words)) >= LEAST or whole(document, part, words), words
        assert stands(document, part, words), (document, part, words)
    for quoted in locate.QUOTED.findall(part):
        assert stands(document, part, quoted), (document, part, quoted)


def test_every_place_is_checked_or_said_to_be_unchecked() -> None:
    without_text = {at for at in cited() if at.partition("#")[0] not in DOCUMENTS}
    assert without_text == set(UNCHECKED)
    assert {(document, part) for document, known in WORDS.items() for part in known} == set(PLACES)


@pytest.mark.parametrize(
    ("document", "wrong"),
    [
        ("koubo-2025-security", "2-5(4) ※過去のお助け隊サービス"),  # there is no 2-5
        ("koubo-2025-security", "3-2(4)(イ) ※過去のお助け隊サービス"),  # one item on
        ("koubo-2025-normal", "2-1-1(2)(ト)四"),  # 介護 is 三
        ("koubo-2025-normal", "2-1-1(2)(テ)三"),
        ("koubo-2025-group", "3-4(2) 実績報告時に必要となる書類"),  # 6-2 in this 公募要領
        ("koubo-2025-invoice", "補足5 実質的還元(ア)"),
    ],
)
def test_a_wrong_place_is_seen(document: str, wrong: str) -> None:
    right = {
        "koubo-2025-security": "いずれかの枠で交付決定を受けた場合又はIT導入補助金2025において",
        "koubo-2025-normal": "介護保険法に基づく保険給付の対象となる居宅サービス",
        "koubo-2025-group": "請求内容が一式表記で詳細が不明な場合",
        "koubo-2025-invoice": "仮に紹介等の実態を伴っていたとしても実質的還元に該当する",
    }[document]
    assert not stands(document, wrong, right)


def test_the_extracts_name_their_documents() -> None:
    for key, path in DOCUMENTS.items():
        first = path.read_text("utf-8").splitlines()[0]
        assert documents()[key].title in first
        assert documents()[key].file in first


if __name__ == "__main__":
    print(f"{len(PLACES)} places in {len(DOCUMENTS)} documents, {len(UNCHECKED)} without a text: {sorted(UNCHECKED)}")
