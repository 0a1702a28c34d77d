"""中小企業等 and 小規模事業者: every limit of the table below, at and above, and the names that are accepted."""

from datetime import date

import pytest

from rules.applicant import Edition, Industry, find, industries, is_small, is_sme
from rules.engine.argument import ArgumentError
from rules.engine.edition import EditionError, edition
from tests.oracle import applicant as oracle

SMES = [  # industry, capital limit in yen, employee limit: 公募要領 2-1-1(1) ①–⑧
    ("製造業", 300_000_000, 300),
    ("建設業", 300_000_000, 300),
    ("運輸業", 300_000_000, 300),
    ("卸売業", 100_000_000, 100),
    ("サービス業", 50_000_000, 100),
    ("小売業", 50_000_000, 50),
    ("ゴム製品製造業", 300_000_000, 900),
    ("ソフトウェア業・情報処理サービス業", 300_000_000, 300),
    ("旅館業", 50_000_000, 200),
    ("その他", 300_000_000, 300),
]
BODIES = [("医療法人", 300), ("社会福祉法人", 300), ("学校法人", 300), ("商工会等", 100)]  # ⑨–⑪: employees only
BY_MAIN_INDUSTRY = ("中小企業団体", "組合", "財団法人", "社団法人", "特定非営利活動法人")  # ⑫–⑮
SMALL = [  # the second table: 商業・サービス業 5, 宿泊業・娯楽業 20, 製造業その他 20
    *[(name, 5) for name in ("卸売業", "小売業", "サービス業", "ソフトウェア業・情報処理サービス業")],
    *[(name, 20) for name in ("旅館業", "娯楽業", "宿泊業・娯楽業")],
    *[(name, 20) for name in ("製造業", "建設業", "運輸業", "ゴム製品製造業", "その他")],
]


@pytest.mark.parametrize(("name", "capital", "employees"), SMES)
def test_capital_or_employees_is_enough(name: str, capital: int, employees: int) -> None:
    for yen, heads in ((capital - 1, employees + 1), (capital, employees + 1), (capital + 1, employees)):
        assert is_sme(name, yen, heads)
    assert not is_sme(name, capital + 1, employees + 1)


@pytest.mark.parametrize(("name", "employees"), [(name, employees) for name, _, employees in SMES])
def test_without_capital_the_employees_decide(name: str, employees: int) -> None:
    assert is_sme(name, None, employees - 1)
    assert is_sme(name, None, employees)
    assert not is_sme(name, None, employees + 1)
    assert is_sme(name, 0, employees + 1)  # a capital of 0 is a capital within the limit


@pytest.mark.parametrize(("name", "employees"), BODIES)
def test_the_capital_of_a_body_does_not_count(name: str, employees: int) -> None:
    assert is_sme(name, 10**12, employees)
    assert not is_sme(name, 0, employees + 1)


@pytest.mark.parametrize("name", BY_MAIN_INDUSTRY)
def test_the_main_industry_decides(name: str) -> None:
    assert is_sme(name, None, 50)  # within 50, the lowest limit (小売業)
    assert not is_sme(name, 0, 901)  # above 900, the highest (ゴム製品製造業); the capital does not count
    assert is_sme(name, None, 200, main="旅館業")
    assert not is_sme(name, None, 201, main="宿泊業")
    for heads in (51, 900):
        with pytest.raises(ArgumentError, match="主たる業種"):
            is_sme(name, None, heads)
    with pytest.raises(ArgumentError, match="主たる業種になりません"):
        is_sme(name, None, 10, main="医療法人")


def test_lodging_and_amusement_differ_only_between_their_limits() -> None:
    assert is_sme("宿泊業・娯楽業", 50_000_000, 10_000)
    assert is_sme("宿泊業・娯楽業", None, 100)
    assert not is_sme("宿泊業・娯楽業", None, 201)
    with pytest.raises(ArgumentError, match="旅館業、娯楽業"):
        is_sme("宿泊業・娯楽業", None, 101)
    assert (is_sme("宿泊業", None, 101), is_sme("娯楽業", None, 101)) == (True, False)


@pytest.mark.parametrize(("name", "limit"), SMALL)
def test_small(name: str, limit: int) -> None:
    assert [is_small(name, heads) for heads in (0, limit - 1, limit, limit + 1)] == [True, True, True, False]


@pytest.mark.parametrize("name", [*(name for name, _ in BODIES), *BY_MAIN_INDUSTRY, "NPO法人"])
def test_bodies_are_never_small(name: str) -> None:
    assert not is_small(name, 0)


@pytest.mark.parametrize("on", [date(2025, 3, 31), date(2026, 3, 30)])
def test_every_industry_is_tested_here_in_both_editions(on: date) -> None:
    tested = {name for name, *_ in [*SMES, *BODIES, *SMALL]} | set(BY_MAIN_INDUSTRY)
    assert {row.name for row in industries(on)} == tested


def test_a_name_or_alias_means_one_industry() -> None:
    names = [name for row in industries() for name in (row.name, *row.aliases)]
    assert len(names) == len(set(names))
    assert all(find(name).name in names for name in names)
    for row in industries():
        assert all(find(name).employees is not None for name in row.among)


def test_an_unknown_industry_is_told_what_is_allowed() -> None:
    for call in (lambda: is_sme("占い", None, 1), lambda: is_small("占い", 1)):
        with pytest.raises(ArgumentError, match="製造業、建設業") as raised:
            call()
        assert (raised.value.argument, raised.value.error) == ("industry", "#VALUE!")


@pytest.mark.parametrize(("capital", "employees"), [(-1, 1), (1, -1), (1, None), (1.5, 1), (1, "五")])
def test_a_number_that_is_none_raises(capital: object, employees: object) -> None:
    with pytest.raises(ArgumentError):
        is_sme("製造業", capital, employees)  # type: ignore[arg-type]


def test_no_edition_before_2025() -> None:
    with pytest.raises(EditionError):
        is_small("製造業", 1, date(2025, 3, 30))


def test_2026_says_that_its_text_is_not_confirmed() -> None:
    before, after = industries(date(2025, 3, 31)), industries(date(2026, 3, 30))
    assert not any("未確認" in row.at for row in before)
    assert all("未確認" in row.at for row in after)


def test_large_firms_may_use_etrade_only() -> None:
    asked = edition(Edition).exclusion
    frames = {x.key: x.frames for x in asked}
    assert "normal" in frames["same_large"] and "etrade" not in frames["same_large"]
    assert "group" in frames["group_vendor"]
    assert all("か" in x.question for x in asked)


@pytest.mark.parametrize("row", industries(), ids=lambda row: row.name)
def test_the_oracle_agrees(row: Industry) -> None:
    name = "NPO法人" if row.name == "特定非営利活動法人" else row.name
    edges = [limit + d for limit in (0, 5, 20, 50, 100, 200, 300, 900) for d in (0, 1)]
    for heads in edges:
        small = oracle.is_small(name, heads)
        assert small is None or small == is_small(row.name, heads)
        for capital in (None, 0, 50_000_000, 50_000_001, 100_000_001, 300_000_000, 300_000_001):
            sme = oracle.is_sme(name, capital, heads)
            assert sme is None or sme == is_sme(row.name, capital, heads)
