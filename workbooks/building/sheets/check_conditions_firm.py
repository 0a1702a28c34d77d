"""チェック: what is wrong with the firm that applies, as `rules.checks.firm` says it."""

from __future__ import annotations

from collections.abc import Iterator

from rules import headcount
from rules.checks.codes import codes
from rules.checks.past import ALONE
from rules.findings import WARNING
from rules.frames import FRAMES, etrade, group, invoice, security
from rules.frames.contract import Frame
from workbooks.building.formula_text import AS_OF, blank, day, quoted, ref, total, trimmed
from workbooks.building.sheets import frame_inputs, partners, plan_wage_raise
from workbooks.building.sheets.check_conditions import Test, applied, at, said
from workbooks.building.sheets.lists import Lookups
from workbooks.form.layout import NO, PARTNER_TABLE, YES

NUMBERS = ("corporate_number", "vendor_corporate_number", "vendor_invoice_number")


def of_firm(look: Lookups) -> Iterator[Test]:
    claim = ref("small_claim")
    told = f"OR({','.join(blank(ref(name)) for name in ('small_claim', 'industry', 'employees'))})"
    assumed = f"AND({applied(invoice.FRAME, security.FRAME)},{told},{ref('out_small_biz')})"
    refused = (
        f'COUNTIFS({_partner("sme")},{quoted(YES)},{_partner("consent")},{quoted(NO)},{_partner("accounts")},">0")'
    )
    paid = ref("office_min_wage")
    month, now = (plan_wage_raise.on_date(look, day_) for day_ in (f"({AS_OF}-DAY({AS_OF}))", AS_OF))
    underpaid = f"IF(ISNUMBER({paid}),{paid}<{month},NA())"
    overtaken = f"IF(ISNUMBER({paid}),AND({paid}>={month},{paid}<{now}),NA())"
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
        "STAFF",
        "正規雇用が、常時使用する従業員数より多い。多い方で規模を判定している。正しい数に直す。",
        f"IF(ISNUMBER({ref('employees')}),{frame_inputs.regular()}>{ref('employees')},NA())",
        at("employees"),
    )
    yield Test(
        "STAFF",
        "従業員数の内訳の合計（派遣を除く）と、常時使用する従業員数とで、規模が変わる。除いた人が解雇の予告の要らない人か確かめる。",
        _excused(look),
        at("employees"),
        WARNING,
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
        f"AND({applied(etrade.FRAME)},{refused}>0)",
        PARTNER_TABLE.cell("consent", 1),
        bad=f"({_partner('sme')}={quoted(YES)})*({_partner('consent')}={quoted(NO)})*({_partner('accounts')}>0)",
    )
    yield Test(
        "MINWAGE",
        "事業場内最低賃金が、申請の直近月（申請日の前の月）の地域別最低賃金を下回っている。賃金を確かめる。",
        underpaid,
        at("office_min_wage"),
    )
    yield Test(
        "MINWAGE",
        "申請日に発効している新しい地域別最低賃金を下回っている。賃金を改めてから申請する。",
        overtaken,
        at("office_min_wage"),
        WARNING,
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
        "SELF",
        "過去に交付を受けた個人事業主が設立した法人は、同一の者とみなされる。申請は1者だけ。",
        said("founded_by_recipient"),
        at("founded_by_recipient"),
        WARNING,
    )
    yield Test(
        "EARLIER",
        "前の交付決定から12か月たっていない。前の枠によっては申請できない（2025年の公募要領。2026年は未確認）。",
        _barred(),
        at("past_date"),
    )
    yield Test(
        "TOGETHER",
        "同じ期間に重ねて申請できない枠がある。どちらか一つにする（2025年の公募要領。2026年は未確認）。",
        _beside(),
        at("also_applied"),
    )
    yield Test(
        "PAST",
        "過去に交付を受けた事業者の賃上げ計画と労働生産性の目標が掛かる。計画シートを見る。",
        said("past_grant"),
        at("past_grant"),
    )


def _excused(look: Lookups) -> str:
    """Whether the number of employees is above all kinds together, or the firm is 小規模 with it and not with them."""
    told, kinds = ref("employees"), [ref(name) for name in headcount.KINDS]
    limit = look.small(f"MATCH({trimmed(ref('industry'))},{look.industries},0)")
    everyone = f"SUM({','.join(kinds)})"
    changes = f"AND({told}<={limit},{everyone}>{limit},{frame_inputs.regular()}<={told})"
    differs = f"IF({told}>{everyone},TRUE,IF(ISERROR({limit}),FALSE,{changes}))"
    return f"IF(COUNT({told},{','.join(kinds)})={len(kinds) + 1},{differs},NA())"


def _partner(name: str) -> str:
    return partners.READ.down(f"given_{name}")


def _excluded() -> str:
    """As `rules.checks.firm.identity`: some answers do not concern a 大企業 in 電子取引類型."""
    own, vendor, registered = (trimmed(ref(name)) for name in NUMBERS)
    answers = [said(name) for name in ("deemed_large", "income_over", "large")]
    officer = said("vendor_officer")
    sized = f"AND(NOT({applied(etrade.FRAME)}),OR({','.join(answers)}))"
    return f"OR({said('same_as_vendor')},{officer},{sized},AND({own}<>{quoted('')},OR({own}={vendor},{quoted('T')}&{own}={registered})))"


def _barred() -> str:
    """As `rules.checks.past.earlier`."""
    data, granted = codes()["EARLIER"], ref("past_date")
    mine = applied(*(f for f in FRAMES if f.name in data["grants"]))
    return f"IF({blank(granted)},FALSE,AND({mine},{AS_OF}<EDATE({granted},{data['months']})))"


def _beside() -> str:
    """As `rules.checks.past.together`: the frame itself, or one that does not go with it."""
    listed = ref("also_applied")

    def named(f: Frame) -> str:
        return f"ISNUMBER(FIND({quoted(f.label.split()[-1])},{listed}))"  # its short name, which ends the long one

    alone = [f for f in FRAMES if f.name in ALONE]
    others = {f: [f, *(alone if f is group.FRAME else [group.FRAME] if f in alone else [])] for f in FRAMES}
    tests = ",".join(f"OR({','.join(named(x) for x in others[f])})" for f in FRAMES)
    return f"IF({blank(listed)},FALSE,CHOOSE({ref('out_frame')},{tests}))"


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
    check = f"9-MOD({total(f'MID({number},{n},1)*{2 - n % 2}' for n in range(2, 14))},9)"
    return f"IF(LEN({number})<>13,TRUE,IFERROR(LEFT({number},1)*1<>{check},TRUE))"


def _address(cell: str) -> str:
    """As `rules.checks.firm.address`: what follows the postcode has no number; half-width and full-width alike."""
    data = codes()["ADDRESS"]
    digits = "0123456789０１２３４５６７８９"
    marks = [*digits, *data["words"], *(f"{n}{mark}" for n in data["numerals"] for mark in data["after"])]
    text = f"SUBSTITUTE(SUBSTITUTE({trimmed(cell)},{quoted('〒 ')},{quoted('〒')}),{quoted('〒')},{quoted('')})"
    hyphen = f"ISNUMBER(FIND(MID({text},4,1),{quoted('-－‐−ー')}))"
    led = f"OR(LEFT({trimmed(cell)},1)={quoted('〒')},AND({hyphen},ISNUMBER(FIND(MID({text},1,1),{quoted(digits)}))))"
    rest = f"IF({led},MID({text},IF({hyphen},9,8),999),{text})"
    listed = "{" + ",".join(quoted(mark) for mark in marks) + "}"
    return f"IF({blank(cell)},NA(),SUMPRODUCT(ISNUMBER(FIND({listed},{rest}))*1)=0)"
