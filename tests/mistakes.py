"""One mistake per case: the code it gives, at which place, in which frame; and a twin that does not give it.

A place is an input's name, or table.column.row. A change replaces inputs or whole tables of the frame's sample.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from rules.frames import FRAMES
from rules.frames.contract import Frame
from rules.quote import Line, Month, Year
from tests.samples import CLOUD, GROUP_PLAN, LINES, MEMBERS, MONTHS, OWN, PARTNERS, PLAN, TOOL, WATCH, staff

normal, invoice, etrade, security, group = FRAMES

Change = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A change that gives a code at a place; the twin gives nothing."""

    frame: Frame
    code: str
    place: str
    change: Change
    twin: Change = field(default_factory=dict[str, Any])
    level: str = ""  # where it is not the code's own
    also: tuple[str, ...] = ()  # codes that the same mistake gives too
    file: bool = True  # whether a file can hold it


def lines(number: int, base: tuple[Line, ...] = LINES, **values: Any) -> Change:
    """One line changed."""
    return {"lines": _with(base, number, values)}


def more(*extra: Line, base: tuple[Line, ...] = LINES) -> Change:
    """Lines added."""
    return {"lines": (*base, *extra)}


def members(number: int, **values: Any) -> Change:
    """One member changed."""
    return {"members": _with(MEMBERS, number, values)}


def partners(number: int, **values: Any) -> Change:
    """One partner changed."""
    return {"partners": _with(PARTNERS, number, values)}


def year(number: int, base: tuple[Year, ...], operating: int) -> Change:
    """One year of the plan changed."""
    return {"plan": _with(base, number, {"operating": operating})}


def _with(rows: tuple[Any, ...], number: int, values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(replace(row, **values) if n == number else row for n, row in enumerate(rows, 1))


MY = OWN["group"]["members"][0].corporate_number
SOFT = LINES[:4]  # 1,300,000 yen, two processes
DEAR = lines(1, SOFT, price=1_330_000)["lines"]  # 2,660,000 + 340,000 = 3,000,000
FOUR = frozenset(("共P-01", "共P-02", "共P-03", "共P-04"))
UPPER = lines(1, DEAR, processes=FOUR)["lines"]  # 1,500,000 in the upper bracket, with its duties
CHEAPER = lines(1, SOFT, price=200_000)["lines"]  # 400,000 of software, 120,000 of support
CHEAP = {"lines": (replace(SOFT[0], price=49_999),)}  # 99,998 / 2 = 49,999
CONSULTING = Line(0, "導入コンサル", TOOL, 5, contract="買取", unit="回", quantity=1, price=50_000)
BIG = replace(CONSULTING, category=6, item="追加設定", price=1_900_000, note="内訳は別紙")
OTHER_CLOUD = replace(CLOUD, item="別のクラウド", tool="別のクラウド")
OPTION = Line(0, "帳票の追加", CLOUD.tool, 2, contract="月額", unit="契約", quantity=1, price=1_000, months=12)
SERVICE = Line(0, "操作研修", CLOUD.tool, 6, contract="買取", unit="時間", quantity=1, price=9_000)
WAGED = {"wage_y3": 21_637_000, "small_claim": False, **staff(40), "wage_margin": "+30円"}
NO_RAISE = {**WAGED, "wage_raise": False, "wage_y3": 19_800_000, "wage_margin": "賃上げを行わない"}
FEW = tuple(Month(n, everyone=10, below=3) for n in (1, 5))
UNTOLD = {"members": tuple(replace(m, analysis=None) for m in MEMBERS)}
DECIDED = {"decision_date": date(2026, 11, 9)}
LARGE = {**staff(101), "capital": 100_000_001, "small_claim": False}
EARLY = {
    "application_date": date(2026, 5, 12),
    "certificate_date": date(2026, 5, 1),
    "wage_when": date(2026, 5, 1),
    "planned_report": date(2026, 12, 25),
}
LATER = {"application_date": date(2026, 10, 15)}  # the revision of 2026 came in between: 1,050 -> 1,108
SIXTH = {**LATER, "office_min_wage": 1_150}  # the last round that is known; its 交付決定 is not
NONE = tuple(Month(n, everyone=10, below=2) for n in range(1, 13))

LINE_CASES = (
    Case(invoice, "MONTHS", "lines.months.1", lines(1, months=36), lines(1, months=12)),
    Case(invoice, "MONTHS", "lines.months.2", lines(2, months=24), lines(2, months=12)),
    Case(invoice, "MONTHS", "lines.months.4", lines(4, months=25), lines(4, months=24)),
    Case(normal, "MONTHS", "lines.months.1", lines(1, SOFT, months=36)),
    Case(etrade, "MONTHS", "lines.months.1", lines(1, (CLOUD,), months=25)),
    Case(security, "MONTHS", "lines.months.1", lines(1, (WATCH,), months=25), lines(1, (WATCH,), months=23)),
    Case(invoice, "SERVICES", "lines.price.6", more(BIG), more(replace(BIG, price=1_720_000))),
    Case(normal, "DEARSERVICE", "lines.price.3", lines(3, CHEAPER, quantity=200, price=7_000), lines(3, CHEAPER, quantity=100, price=7_000)),
    Case(invoice, "SERVICES", "lines.category.7", more(CONSULTING, CONSULTING), more(CONSULTING)),
    Case(invoice, "SERVICES", "lines.category.6", more(CONSULTING, replace(CONSULTING, price=60_000)), more(replace(CONSULTING, price=60_000))),
    Case(invoice, "SERVICES", "lines.tool.3", lines(3, tool="別のソフト")),
    Case(normal, "SERVICES", "lines.tool.4", lines(4, SOFT, tool="別のソフト")),
    Case(invoice, "SERVICES", "lines.tool.4", lines(4, tool="")),
    Case(normal, "SERVICES", "lines.price.3", lines(3, SOFT, price=10_001), lines(3, SOFT, price=10_000)),
    Case(invoice, "TRAVEL", "lines.item.3", lines(3, item="出張交通費"), lines(3, item="交通費精算の設定")),
    Case(invoice, "TRAVEL", "lines.note.3", lines(3, note="設定、旅費を含む"), lines(3, note="交通費・宿泊費は別途")),
    Case(normal, "TRAVEL", "lines.item.3", lines(3, SOFT, item="現地の設定と宿泊費"), lines(3, SOFT, item="旅費交通費精算の研修")),
    Case(invoice, "HARDONLY", "lines.category.1", {"lines": LINES[4:]}, {"lines": (LINES[0], LINES[4])}),
    Case(group, "HARDONLY", "members.cost.3", members(3, cost=0), members(3, cost=1)),
    Case(invoice, "REGISTERPC", "lines.note.5", lines(5, note="レジ用途のタブレット"), lines(5, note="事務用")),
    Case(normal, "NOTHERE", "lines.category.5", {"lines": (*SOFT, LINES[4])}),
    Case(security, "NOTHERE", "lines.category.2", more(SERVICE, base=(WATCH,))),
    Case(invoice, "CONTRACT", "lines.contract.5", lines(5, contract="リース"), lines(5, contract="買取")),
    Case(normal, "CONTRACT", "lines.contract.4", lines(4, SOFT, contract="従量")),
    Case(security, "CONTRACT", "lines.contract.1", lines(1, (WATCH,), contract="無償"), also=("FLOOR",)),
    Case(invoice, "DOUBLE", "lines.other_subsidy.5", lines(5, other_subsidy=True)),
    Case(etrade, "DOUBLE", "lines.other_subsidy.1", lines(1, (CLOUD,), other_subsidy=True)),
    Case(invoice, "NOFUNC", "lines.functions.1", lines(1, LINES[:1], functions=frozenset(("なし",)))),
    Case(normal, "NOFUNC", "lines.processes.5", more(replace(LINES[0], tool="勤怠", processes=frozenset()), base=SOFT)),
    Case(etrade, "NOFUNC", "lines.functions.1", lines(1, (CLOUD,), functions=frozenset(("会計",)))),
    Case(security, "NOFUNC", "lines.functions.2", more(replace(LINES[0], tool="会計"), base=(WATCH,))),
    Case(invoice, "TOOL", "lines.tool.5", lines(5, tool="別のソフト")),
    Case(invoice, "LUMP", "lines.unit.5", lines(5, unit="一式", note=""), lines(5, unit="一式", note="2台と設置台")),
    Case(invoice, "LUMP", "lines.months.4", lines(4, months=None), lines(4, months=1), also=("INPUT",)),
    Case(invoice, "LUMP", "lines.months.1", lines(1, item="会計クラウド利用料", contract="買取", months=None), lines(1, item="会計ソフト", contract="買取", months=None)),
    Case(invoice, "INPUT", "lines.price.5", lines(5, discount=220_001), lines(5, discount=20_000)),
    Case(invoice, "INPUT", "lines.price.5", lines(5, price=10**10)),
)  # fmt: skip

FRAME_CASES = (
    Case(normal, "FLOOR", "lines.price.1", CHEAP, {"lines": (replace(SOFT[0], price=50_000),)}),
    Case(security, "FLOOR", "lines.price.1", lines(1, (WATCH,), price=3_124), lines(1, (WATCH,), price=3_125)),
    Case(normal, "EDGE150", "lines.processes.1", {"lines": DEAR}, {"lines": lines(1, DEAR, price=1_329_999)["lines"]}),
    Case(normal, "EDGE150", "lines.processes.1", {**NO_RAISE, "lines": DEAR}, {**WAGED, "lines": UPPER}),
    Case(normal, "LOWER", "lines.processes.1", lines(1, SOFT, processes=FOUR), {**WAGED, "lines": lines(1, DEAR, processes=FOUR)["lines"]}),
    Case(normal, "GENERIC", "lines.processes.1", lines(1, SOFT, processes=frozenset(("汎P-07",))), lines(1, SOFT, processes=frozenset(("汎P-07", "共P-01")))),
    Case(invoice, "ONEFUNC", "lines.functions.1", lines(1, functions=frozenset(("会計",)))),
    Case(group, "ONEFUNC", "members.functions.2", members(2, functions=1), members(2, functions=1, cost=600_000)),
    Case(invoice, "FORM", "lines.price.1", {}, {"small_claim": False}),
    Case(group, "FORM", "members.cost.4", members(4, small_biz=True, cost=1_300_000)),
    Case(etrade, "ETRADE", "accounts_unlimited", {"accounts_unlimited": True}),
    Case(etrade, "ETRADE", "total_accounts", {"total_accounts": None}),
    Case(etrade, "ETRADE", "partners.accounts.2", {"total_accounts": 4}, {"total_accounts": 5}),
    Case(etrade, "ETRADE", "sme_accounts", {"partners": (), "sme_accounts": 11}, {"partners": (), "sme_accounts": 10}),
    Case(etrade, "ETRADE", "lines.tool.2", more(OTHER_CLOUD, base=(CLOUD,)), more(replace(CLOUD, item="追加ID"), base=(CLOUD,))),
    Case(etrade, "NOTHERE", "lines.category.2", more(OPTION, base=(CLOUD,))),
    Case(etrade, "NOTHERE", "lines.category.2", more(SERVICE, base=(CLOUD,))),
    Case(etrade, "NOTHERE", "lines.category.2", more(LINES[4], base=(CLOUD,))),
    Case(etrade, "ACCOUNTS", "sme_accounts", {"sme_accounts": 6}, {"sme_accounts": 5}),
    Case(etrade, "ACCOUNTS", "partners.sme.1", {"partners": PARTNERS[2:]}, {"partners": PARTNERS[1:]}),
    Case(etrade, "ACCOUNTS", "sme_accounts", {"partners": (), "sme_accounts": 0}),
    Case(etrade, "DOCUMENT", "partners.consent.1", partners(1, consent=False), partners(3, consent=False)),
    Case(security, "OTASUKE", "otasuke_number", {"otasuke_number": None}),
    Case(security, "OTASUKE", "otasuke_granted", {"otasuke_granted": True}),
    Case(group, "GROUP", "members.name.9", {"members": MEMBERS[:9]}),
    Case(group, "GROUP", "members.corporate_number.4", members(4, corporate_number=MEMBERS[1].corporate_number), members(4, corporate_number=None)),
    Case(group, "GROUP", "members.corporate_number.1", {"vendor_corporate_number": MY, "vendor_invoice_number": f"T{MY}"}),
    Case(group, "GROUP", "members.corporate_number.1", {"expert_corporate_number": MY}),
    Case(group, "GROUP", "members.name.2", {"expert_name": "架空2号店"}, {"expert_name": "架空 二郎"}, level="warning"),
    Case(group, "GROUPCAP", "analysis_cost", {"members": tuple(replace(m, cost=5_000_000) for m in MEMBERS)}, {"members": tuple(replace(m, cost=3_000_000) for m in MEMBERS)}),
    Case(group, "GROUPCAP", "admin_cost", {"admin_cost": 900_000}, {"admin_cost": 828_888}),
    Case(group, "HEADCOUNT", "analysis_members", UNTOLD, {**UNTOLD, "analysis_members": 10}),
    Case(normal, "NEARWAGE", "near_min_wage", {"near_min_wage": True, "months": NONE}, {"near_min_wage": True, "months": MONTHS}),
    Case(normal, "NEARWAGE", "near_min_wage", {"near_min_wage": True}, level="warning"),
    Case(normal, "NEARWAGE", "near_min_wage", {"near_min_wage": False, "months": MONTHS}, {"months": MONTHS}, level="warning"),
    Case(normal, "NEARWAGE", "months.everyone.2", {"months": FEW}, {"months": FEW, "near_min_wage": False}, level="warning"),
    Case(normal, "GROWTH", "plan.operating.2", year(2, PLAN, 4_700_000), year(2, PLAN, 4_750_000)),
    Case(normal, "GROWTH", "plan.operating.4", year(4, PLAN, 6_200_000), year(4, PLAN, 6_319_000)),
    Case(normal, "GROWTH", "plan.operating.2", {"past_grant": True, **year(4, PLAN, 7_200_000)}, {"plan": ()}, also=("PAST",)),
    Case(security, "GROWTH", "plan.operating.4", year(4, PLAN, 4_700_000), year(4, PLAN, 4_800_000)),
    Case(group, "GROWTH", "plan.operating.3", year(3, GROUP_PLAN, 6_500_000), {"plan": ()}),
    Case(normal, "WAGEPLAN", "wage_y3", {**WAGED, "lines": UPPER, "wage_y3": 21_600_000}, {**WAGED, "lines": UPPER}),
    Case(normal, "WAGEPLAN", "wage_raise", {**WAGED, "lines": UPPER, "wage_raise": False}, {"lines": UPPER, "wage_raise": False}),
    Case(normal, "WAGEPLAN", "wage_margin", {**WAGED, "lines": UPPER, "wage_margin": "賃上げを行わない"}),
    Case(invoice, "WAGEPLAN", "wage_y3", {**WAGED, "past_grant": True}, {**WAGED, "past_grant": True, "wage_y3": 22_000_000}, also=("PAST",)),
)  # fmt: skip

QUOTE_CASES = (
    Case(invoice, "TAX", "quoted_gross", {"quoted_gross": 1_520_000}, {"quoted_gross": 1_672_000}),
    Case(normal, "TAX", "quoted_gross", {"quoted_gross": 1_300_000}, {"quoted_gross": 1_430_000}),
    Case(invoice, "TAX", "quoted_gross", {"quoted_gross": 1_670_000, "reduced_base": 50_000}, {"quoted_gross": 1_671_000, "reduced_base": 50_000}),
    Case(invoice, "TAX", "quoted_gross", {"quoted_gross": 1_671_000}),
    Case(invoice, "TAX", "reduced_base", {"reduced_base": 1_520_001}, {"reduced_base": 1_520_000}),
    Case(invoice, "FLATRATE", "vendor_subsidy", {"vendor_subsidy": 1_140_000}, {"vendor_subsidy": 1_050_000}),
    Case(normal, "FLATRATE", "vendor_subsidy", {"vendor_subsidy": 866_666}, {"vendor_subsidy": 650_000}),
    Case(etrade, "FLATRATE", "vendor_subsidy", {"vendor_subsidy": 800_000}, {"vendor_subsidy": 400_000}),
    Case(security, "FLATRATE", "vendor_subsidy", {"vendor_subsidy": 120_000}, {"vendor_subsidy": 160_000}),
    Case(group, "FLATRATE", "vendor_subsidy", {"vendor_subsidy": 9_225_000}, {"vendor_subsidy": 8_588_880}),
    Case(invoice, "ORDER", "order_date", {**DECIDED, "order_date": date(2026, 11, 8)}, {**DECIDED, "order_date": date(2026, 11, 9)}),
    Case(normal, "ORDER", "contract_date", {"contract_date": date(2026, 9, 20)}),
    Case(etrade, "ORDER", "invoice_date", {"invoice_date": date(2026, 9, 20)}),
    Case(group, "ORDER", "payment_date", {"payment_date": date(2026, 9, 1)}),
    Case(invoice, "ORDER", "planned_order", {"planned_order": date(2026, 11, 8)}, {"planned_order": date(2026, 11, 9)}),
    Case(group, "ORDER", "planned_order", {"planned_order": date(2026, 10, 6)}, {"planned_order": date(2026, 10, 7)}),
    Case(invoice, "ORDER", "planned_order", {**SIXTH, "planned_order": date(2026, 10, 30)}, {**SIXTH, "planned_order": date(2026, 10, 31)}),
    Case(normal, "ORDER", "planned_payment", {"planned_payment": date(2026, 11, 8), "planned_order": None}, {"planned_payment": date(2026, 11, 9), "planned_order": None}),
    Case(invoice, "ROUND", "valid_until", {"valid_until": date(2026, 11, 8), "planned_order": None}, {"valid_until": date(2026, 11, 9), "planned_order": None}),
    Case(invoice, "ROUND", "valid_until", {"valid_until": date(2026, 11, 15)}, {"valid_until": date(2026, 11, 16)}),
    Case(invoice, "ROUND", "planned_report", {"planned_report": date(2027, 5, 1)}, {"planned_report": date(2027, 4, 30)}),
    Case(group, "ROUND", "planned_report", {"planned_report": date(2027, 4, 1)}, {"planned_report": date(2027, 3, 31)}),
    Case(security, "ROUND", "planned_payment", {"planned_payment": date(2027, 5, 1), "planned_report": None}, {"planned_payment": date(2027, 4, 30), "planned_report": None}),
    Case(invoice, "ROUND", "application_date", {**SIXTH, "application_date": date(2026, 10, 31)}, {**SIXTH, "application_date": date(2026, 10, 30)}),
    Case(group, "ROUND", "application_date", {"application_date": date(2026, 8, 26)}, {"application_date": date(2026, 8, 25)}),
    Case(invoice, "ORDER", "planned_order", {"decision_date": date(2026, 11, 20)}, {"decision_date": date(2026, 11, 16)}),
    Case(invoice, "KICKBACK", "lines.note.5", lines(5, note="キャッシュバック有り")),
    Case(invoice, "KICKBACK", "lines.item.2", lines(2, item="データ連携（ﾎﾟｲﾝﾄ5%進呈）"), lines(2, item="エンドポイント連携、ポイントカード管理")),
    Case(invoice, "KICKBACK", "lines.note.5", lines(5, note="ｷｬｯｼｭﾊﾞｯｸ有り")),
    Case(invoice, "KICKBACK", "lines.note.5", lines(5, note="キャッシュバックなし"), level="notice"),
    Case(invoice, "KICKBACK", "lines.note.5", lines(5, note="ポイント付与は行いません"), level="notice"),
    Case(invoice, "KICKBACK", "lines.note.5", lines(5, note="キャッシュバックなし、紹介料なし"), level="notice"),
    Case(invoice, "KICKBACK", "lines.note.5", lines(5, note="キャッシュバックなし。紹介料を支払う")),
    Case(invoice, "KICKBACK", "lines.note.5", lines(5, note="キャッシュバック有り。保証はありません")),
    Case(normal, "KICKBACK", "subject", {"subject": "実質無料の会計クラウド"}),
    Case(etrade, "KICKBACK", "partners.note.2", partners(2, note="紹介料を支払う"), partners(2, note="紹介者は佐々木氏")),
    Case(group, "KICKBACK", "members.role.7", members(7, role="キャッシュバックの窓口")),
    Case(invoice, "KICKBACK", "total_discount", {"total_discount": 470_000}, also=("DISCOUNT",)),
    Case(invoice, "DISCOUNT", "total_discount", {"total_discount": 10_000}, {"total_discount": 0}),
    Case(invoice, "NUMBER", "corporate_number", {"corporate_number": "6000000000012"}),
    Case(invoice, "NUMBER", "vendor_invoice_number", {"vendor_invoice_number": "T5000000000013"}),
    Case(invoice, "NUMBER", "business", {"business": "個人番号 1234-5678-9018 を控える"}, {"business": "伝票 1234-5678-9012 を控える"}),
    Case(invoice, "NUMBER", "lines.note.5", lines(5, note="１２３４５６７８９０１８")),
    Case(etrade, "NUMBER", "partners.corporate_number.1", partners(1, corporate_number="6000000000012")),
    Case(etrade, "NUMBER", "partners.note.2", partners(2, note="担当 123456789018")),
    Case(group, "NUMBER", "members.corporate_number.5", members(5, corporate_number="6000000000012")),
    Case(group, "NUMBER", "members.role.5", members(5, role="1234 5678 9018")),
    Case(group, "NUMBER", "expert_corporate_number", {"expert_corporate_number": "6000000000012"}),
    Case(invoice, "EDITION", "application_date", {"application_date": date(2024, 10, 1), "wage_when": date(2024, 9, 1)}),
)  # fmt: skip

FIRM_CASES = (
    Case(invoice, "SELF", "corporate_number", {"vendor_corporate_number": "6000000000011"}),
    Case(invoice, "SELF", "corporate_number", {"vendor_corporate_number": None, "vendor_invoice_number": "T6000000000011"}),
    Case(normal, "SELF", "same_as_vendor", {"same_as_vendor": True}),
    Case(security, "SELF", "deemed_large", {"deemed_large": True}),
    Case(invoice, "SELF", "income_over", {"income_over": True}),
    Case(invoice, "SELF", "large", {"large": True}, {"large": False}),
    Case(etrade, "SELF", "same_as_vendor", {"same_as_vendor": True}, {"deemed_large": True}),
    Case(normal, "SIZE", "employees", LARGE, {**LARGE, "capital": 100_000_000}),
    Case(etrade, "SIZE", "large", LARGE, {**LARGE, "large": True}),
    Case(invoice, "SMALL", "small_claim", staff(6), {**staff(6), "small_claim": False}),
    Case(security, "SMALL", "small_claim", {"industry": "医療法人"}, {"industry": "医療法人", "small_claim": False}),
    Case(normal, "SMALL", "small_claim", staff(6), {"small_claim": None}),
    Case(invoice, "SMALL", "small_claim", {"small_claim": None}, level="warning"),
    Case(invoice, "SMALL", "employees", {"employees": None}, level="warning"),
    Case(invoice, "STAFF", "employees", {"staff_regular": 30, "staff_part": 20}, {"employees": 30, "staff_regular": 30, "small_claim": False}, level="error", also=("SMALL",)),
    Case(security, "STAFF", "employees", {"staff_regular": 6}, {"staff_regular": 5, "staff_part": 0}, level="error", also=("SMALL",)),
    Case(invoice, "STAFF", "employees", {"employees": 3}, {"employees": 4}),  # 3 < 4 regular, but 小規模 either way
    Case(invoice, "STAFF", "employees", {"staff_part": 2}, {"staff_part": 1, "staff_dispatch": 9}),  # 4 + 2 > 5
    Case(normal, "STAFF", "employees", {"employees": 7, "small_claim": False}, {"employees": 7, "small_claim": False, "staff_part": 3}),
    Case(invoice, "SMALL", "small_claim", {"employees": None, "staff_regular": 6}),
    Case(invoice, "SMALL", "small_claim", {"industry": "NPO法人", "employees": None, "staff_regular": None}, {"industry": "NPO法人", "small_claim": False}),
    Case(invoice, "MINWAGE", "office_min_wage", {"office_min_wage": 1_049}, {"office_min_wage": 1_050}),
    Case(group, "MINWAGE", "office_min_wage", {"office_prefecture": "東京都"}),
    Case(invoice, "MINWAGE", "office_min_wage", {**LATER, "office_min_wage": 1_107}, {**LATER, "office_min_wage": 1_108}, level="warning"),
    Case(invoice, "DOCUMENT", "certificate_date", {"certificate_date": date(2026, 6, 14)}, {"certificate_date": date(2026, 6, 15)}),
    Case(normal, "DOCUMENT", "security_action_id", {"security_action_id": "40000000001"}, {"security_action_id": "40000000001", **EARLY}),
    Case(invoice, "DOCUMENT", "security_action_id", {"security_action_id": None}),
    Case(invoice, "ADDRESS", "address", {"address": "新潟市中央区架空町"}, {"address": "新潟市中央区架空町十二番"}),
    Case(invoice, "ADDRESS", "address", {"address": "〒950-0000 新潟市中央区架空町"}, {"address": "架空村字下の沢番地なし"}),
    Case(group, "ADDRESS", "vendor_address", {"vendor_address": "新潟市東区架空通"}, {"vendor_address": "新潟市東区架空通２丁目"}),
    Case(invoice, "PAST", "past_grant", {"past_grant": True}),
    Case(normal, "SELF", "vendor_officer", {"vendor_officer": True}, {"vendor_officer": False}),
    Case(invoice, "SELF", "founded_by_recipient", {"founded_by_recipient": True}, level="warning"),
    Case(invoice, "EARLIER", "past_date", {"past_date": date(2025, 9, 16)}, {"past_date": date(2025, 9, 15)}),
    Case(group, "EARLIER", "past_date", {"past_date": date(2026, 1, 10)}),
    Case(normal, "SAME", "past_processes", {"past_processes": "共P-04"}, {"past_processes": "共P-03"}),
    Case(group, "TOGETHER", "also_applied", {"also_applied": ("通常枠",)}, {"also_applied": ("セキュリティ対策推進枠",)}),
    Case(normal, "TOGETHER", "also_applied", {"also_applied": ("通常枠",)}, {"also_applied": ("インボイス枠 インボイス対応類型",)}),
    Case(etrade, "TOGETHER", "also_applied", {"also_applied": ("複数者連携デジタル化・AI導入枠",)}),
)  # fmt: skip

CASES = (*LINE_CASES, *FRAME_CASES, *QUOTE_CASES, *FIRM_CASES)
