"""チェック: what is wrong with the firm that applies, as `rules.checks_firm` says it."""

from __future__ import annotations

from collections.abc import Iterator

from rules import etrade, invoice, security
from rules.codes import codes
from rules.findings import WARNING
from workbooks.layout import NO, PARTNER_TABLE, YES
from workbooks.sheets import wages
from workbooks.sheets.lists import Lookups
from workbooks.sheets.mistake import Test, applied, at, said
from workbooks.text import AS_OF, blank, day, quoted, ref, trimmed

NUMBERS = ("corporate_number", "vendor_corporate_number", "vendor_invoice_number")


def of_firm(look: Lookups) -> Iterator[Test]:
    claim = ref("small_claim")
    told = f"OR({','.join(blank(ref(name)) for name in ('small_claim', 'industry', 'employees'))})"
    assumed = f"AND({applied(invoice, security)},{told},{ref('out_small_biz')})"
    refused = (
        f'COUNTIFS({_partner("sme")},{quoted(YES)},{_partner("consent")},{quoted(NO)},{_partner("accounts")},">0")'
    )
    paid = ref("office_min_wage")
    underpaid = f"IF(ISNUMBER({paid}),{paid}<{wages.on_date(look, AS_OF)},NA())"
    small = f"IF({claim}={quoted(YES)},NOT({ref('out_small_biz')}),FALSE)"
    prefix = codes()["DOCUMENT"]["prefix"]
    yield Test(
        "SELF",
        "みなし同一法人・みなし大企業・課税所得15億円超、支援事業者と同じ法人番号は申請できない。",
        _excluded(),
        at("same_as_vendor"),
    )
    yield Test(
        "SMALL", "小規模事業者の人数を超えている。「小規模として申請」か従業員数を直す。", small, at("small_claim")
    )
    yield Test(
        "SMALL",
        "小規模事業者の補助率で計算している。業種・従業員数・「小規模として申請」の空欄を入れる。",
        assumed,
        at("small_claim"),
        WARNING,
    )
    yield Test(
        "DOCUMENT",
        "同意書の無い取引先がある。もらえなければ按分に入れられない。",
        f"AND({applied(etrade)},{refused}>0)",
        PARTNER_TABLE.cell("consent", 1),
        bad=f"({_partner('sme')}={quoted(YES)})*({_partner('consent')}={quoted(NO)})*({_partner('accounts')}>0)",
    )
    yield Test(
        "MINWAGE",
        "事業場内最低賃金が地域別最低賃金を下回っている。賃金を確かめる。",
        underpaid,
        at("office_min_wage"),
    )
    yield Test("DOCUMENT", "証明書の発行日が、申請日の3か月より前。取り直す。", _old(), at("certificate_date"))
    yield Test(
        "DOCUMENT",
        f"SECURITY ACTION の自己宣言IDが「{prefix}」で始まるか確かめる。",
        _declared(),
        at("security_action_id"),
    )
    yield Test("NUMBER", "登録番号は「T」と13桁の数字。法人番号は13桁。", _numbers(), at("vendor_invoice_number"))
    for name in ("address", "vendor_address"):
        yield Test("ADDRESS", "所在地を丁目・番地まで入れる。", _address(ref(name)), at(name))
    yield Test(
        "PAST",
        "過去に交付を受けた事業者の賃上げ計画と労働生産性の目標が掛かる。計画シートを見る。",
        said("past_grant"),
        at("past_grant"),
    )


def _partner(name: str) -> str:
    return PARTNER_TABLE.column(name)


def _excluded() -> str:
    """As `rules.checks_firm.identity`: some answers do not concern a 大企業 in 電子取引類型."""
    own, vendor, registered = (trimmed(ref(name)) for name in NUMBERS)
    answers = [said(name) for name in ("deemed_large", "income_over", "large")]
    sized = f"AND(NOT({applied(etrade)}),OR({','.join(answers)}))"
    return f"OR({said('same_as_vendor')},{sized},AND({own}<>{quoted('')},OR({own}={vendor},{quoted('T')}&{own}={registered})))"


def _old() -> str:
    issued, months = ref("certificate_date"), codes()["DOCUMENT"]["months"]
    return f"IF(ISNUMBER({issued}),{AS_OF}>EDATE({issued},{months}),NA())"


def _declared() -> str:
    data, number = codes()["DOCUMENT"], trimmed(ref("security_action_id"))
    other = f"LEFT({number},{len(data['prefix'])})<>{quoted(data['prefix'])}"
    return f"IF({number}={quoted('')},TRUE,IF({AS_OF}<{day(data['since'])},FALSE,{other}))"


def _numbers() -> str:
    """A 法人番号 that is not 13 digits or whose check digit is wrong; a 登録番号 that is not T and such a number."""
    own, vendor, registered = (trimmed(ref(name)) for name in NUMBERS)
    expert = trimmed(ref("expert_corporate_number"))
    wrong = [f"IF({n}={quoted('')},FALSE,{_unlike(n)})" for n in (own, vendor, expert)]
    code = f"OR(LEFT({registered},1)<>{quoted('T')},{_unlike(f'MID({registered},2,99)')})"
    return f"OR({','.join(wrong)},IF({registered}={quoted('')},FALSE,{code}))"


def _unlike(number: str) -> str:
    """Whether a text is no 法人番号: the first of its 13 digits is 9 less the weighted sum of the others, modulo 9."""
    places_ = ",".join(str(n) for n in range(2, 14))
    weights = ",".join("2" if n % 2 == 0 else "1" for n in range(2, 14))
    check = f"9-MOD(SUMPRODUCT(MID({number},{{{places_}}},1)*{{{weights}}}),9)"
    return f"IF(LEN({number})<>13,TRUE,IFERROR(LEFT({number},1)*1<>{check},TRUE))"


def _address(cell: str) -> str:
    words = [f"ISNUMBER(FIND({quoted(word)},{cell}))" for word in (*"0123456789０１２３４５６７８９", "番地", "丁目")]
    kanji = [f"ISNUMBER(FIND({quoted(n + word)},{cell}))" for n in "一二三四五六七八九十" for word in "番号"]
    return f"IF({blank(cell)},NA(),NOT(OR(OR({','.join(words)}),OR({','.join(kanji)}))))"
