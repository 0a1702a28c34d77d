"""One believable applicant with its quote, as data: 業務用食材の卸 with five people. Firms and people are invented.

The arithmetic of インボイス対応類型, 小規模事業者, two functions:
software and services 960,000 + 60,000 + 160,000 + 120,000 = 1,300,000;
625,000 × 4/5 = 500,000, the other 675,000 × 2/3 = 450,000; PCs 220,000 × 1/2 = 110,000, at most 100,000.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from stdnum.jp import cn

from rules.assess import Assessment, amounts
from rules.findings import Finding
from rules.frames import invoice
from rules.frames.contract import Frame
from rules.quote import Line, Member, Month, Partner, Quote, Year
from workbooks.form.layout import INPUT

SUBSIDY = 500_000 + 450_000 + 100_000
TOTAL = 960_000 + 60_000 + 160_000 + 120_000 + 220_000
TAX = TOTAL // 10

BUSINESS = (
    "当社は業務用食材を飲食店120店に卸す従業員5名の小規模事業者である。FAX注文を販売台帳へ手入力し、税率別合計と登録番号を"
    "目視で確かめるため、受注と請求に月88時間を費やし、請求の訂正も月6件ある。受発注と会計の機能を持つ「みのり受発注」を"
    "導入し、受注から適格請求書、仕訳までを一度の入力でつなぐ。月88時間を35時間（60％減）、訂正を月1件以下とし、その時間で"
    "新規店への提案を月8件増やし、3年後の売上を現在の112％にする。"
)

APPLICANT: dict[str, Any] = {
    "application_date": date(2026, 9, 15),
    "role": "申請者",
    "author": "佐久間 圭",
    "reviewer": "青葉 里子",
    "kind": "法人",
    "corporate_number": "6000000000011",
    "name": "株式会社あおば食材",
    "name_kana": "カブシキガイシャアオバショクザイ",
    "zip": "9500000",
    "prefecture": "新潟県",
    "address": "新潟市中央区架空町1丁目2番3号",
    "started_on": date(1998, 4, 1),
    "industry": "卸売業",
    "industry_code": "5229",
    "capital": 10_000_000,
    "employees": 5,
    "small_claim": True,
    "offices": 1,
    "url": "https://aoba.example/",
    "business": BUSINESS,
    "fiscal_month": "3月",
    "contact_department": "総務部",
    "contact_name": "佐久間 圭",
    "contact_kana": "サクマ ケイ",
    "contact_mail": "sakuma@aoba.example",
    "contact_tel": "025-000-0001",
    "contact_mobile": "090-0000-0001",
    "officers": 2,
    "rep_title": "代表取締役",
    "rep_name": "青葉 里子",
    "rep_kana": "アオバ サトコ",
    "rep_tel": "025-000-0000",
    "officer_list": "取締役・青葉 一郎・アオバ イチロウ",
    "staff_regular": 4,
    "staff_contract": 0,
    "staff_part": 1,
    "staff_dispatch": 0,
    "staff_other": 0,
    "past_grant": False,
    "eruboshi": "認定なし",
    "kurumin": "認定なし",
    "security_action_id": "50000000001",
    "itnavi": True,
    "industries_run": ("I 卸売業・小売業",),
    "fin_regular": 4,
    "fin_contract": 0,
    "fin_part": 1,
    "fin_officers": 2,
    "fin_hours": Fraction(1920),
    "fin_sales": 186_000_000,
    "fin_gross": 33_480_000,
    "fin_operating": 2_950_000,
    "fin_ordinary": 2_700_000,
    "fin_depreciation": 620_000,
    "fin_personnel": 21_400_000,
    "mgmt_intent": "事業の拡大に積極的",
    "mgmt_security": "IDやパスワードを設け情報セキュリティ管理",
    "mgmt_goal": "利益の確保",
    "inv_status": "登録済・対応ツール未導入",
    "inv_scope": ("自社の会計", "自社の請求書発行", "自社の受発注"),
    "inv_work": ("登録番号の記載", "税率ごとの区分表示"),
    "certificate_date": date(2026, 8, 20),
    "tool_number": "DL06-0000001",
    "hardware_use": "「みのり受発注」で、倉庫と事務所の2か所から受注と請求を入力するため。",
    "same_as_vendor": False,
    "deemed_large": False,
    "income_over": False,
    "office_min_wage": 1_100,
    "wage_heads": Fraction(9, 2),
    "wage_base": 19_800_000,
    "wage_y1": 20_394_000,
    "wage_y2": 21_006_000,
    "wage_y3": 21_637_000,
    "wage_raise": True,
    "wage_declared": True,
    "wage_margin": "+30円",
    "wage_how": "社内掲示",
    "wage_when": date(2026, 9, 1),
    "wage_representative": "中野 正",
    "wage_payroll": "佐久間 圭",
    "wage_lowest": "大島 みどり",
    "bonus_wage1": False,
    "bonus_wage2": False,
}

QUOTED: dict[str, Any] = {
    "subject": "会計・受発注クラウドの導入",
    "quote_number": "HS-2609-014",
    "issued_on": date(2026, 9, 1),
    "valid_until": date(2026, 12, 31),
    "tax_mode": "税抜",
    "quoted_gross": TOTAL + TAX,
    "vendor_name": "株式会社はるかシステムズ",
    "vendor_corporate_number": "5000000000012",
    "vendor_invoice_number": "T5000000000012",
    "vendor_address": "新潟市東区架空通2丁目4番6号",
    "vendor_tel": "025-000-0002",
    "vendor_contact": "水野 遥",
    "vendor_subsidy": SUBSIDY,
    "planned_order": date(2026, 11, 16),
    "planned_payment": date(2026, 12, 25),
    "planned_report": date(2027, 1, 15),
    "own_funds": 1_000_000,
    "loan": 672_000,
    "lender": "みなと信用金庫 中央支店",
}

TOOL = "みのり受発注"
LINES = (
    Line(
        1,
        item="みのり受発注 クラウド利用料",
        tool=TOOL,
        category=1,
        functions=frozenset(("会計", "受発注")),
        processes=frozenset(("共P-02", "共P-04")),
        contract="年額",
        unit="契約",
        quantity=1,
        price=480_000,
        months=24,
    ),
    Line(2, "銀行口座データ連携", TOOL, 3, contract="年額", unit="契約", quantity=1, price=60_000, months=12),
    Line(
        3,
        "導入設定・操作研修",
        TOOL,
        6,
        contract="買取",
        unit="時間",
        quantity=20,
        price=8_000,
        note="設定12時間、研修8時間",
    ),
    Line(4, "保守サポート", TOOL, 7, contract="月額", unit="契約", quantity=1, price=5_000, months=24),
    Line(
        5,
        "ノートパソコン 14型",
        TOOL,
        8,
        contract="買取",
        unit="台",
        quantity=2,
        price=110_000,
        note="倉庫と事務所で受注と請求を入力",
    ),
)


def _number(n: int) -> str:
    """The n-th invented 法人番号 with its right check digit."""
    digits = f"7000000{n:05d}"
    return cn.calc_check_digit(digits) + digits


WATCH = Line(
    1,
    "見守り隊 基本サービス",
    "見守り隊",
    1,
    functions=frozenset(("お助け隊",)),
    contract="月額",
    unit="契約",
    quantity=1,
    price=10_000,
    months=24,
)  # 240,000 × 2/3 = 160,000
CLOUD = Line(
    1,
    "むすび受発注",
    "むすび受発注",
    1,
    frozenset(("受発注",)),
    contract="月額",
    unit="契約",
    quantity=1,
    price=50_000,
    months=24,
)  # 1,200,000 × 5/10 × 2/3 = 400,000
PARTNERS = (
    Partner(1, name="青木農園", corporate_number=_number(1), sme=True, accounts=3, consent=True),
    Partner(2, name="石田青果", sme=True, accounts=2, consent=True),
    Partner(3, name="全国物流", corporate_number=_number(2), sme=False, accounts=1, consent=True),
)
MEMBERS = tuple(
    Member(n, name=f"架空{n}号店", corporate_number=_number(10 + n), small_biz=False, cost=800_000, functions=2, pc_cost=100_000,
           register_cost=0, analysis=True, role="参画事業者")
    for n in range(1, 11)
)  # fmt: skip
GROUP_PLAN = tuple(
    Year(n, operating=grown, personnel=20_000_000, depreciation=1_000_000, employees=Fraction(5), hours=Fraction(2_000))
    for n, grown in enumerate((4_000_000, 5_300_000, 6_600_000), 1)
)  # 2,500 -> 2,760 in two years (5.07% a year)
PLAN = tuple(
    Year(n, operating=grown, personnel=20_000_000, depreciation=1_000_000, employees=Fraction(5), hours=Fraction(2_000))
    for n, grown in enumerate((4_000_000, 4_800_000, 5_600_000, 6_500_000), 1)
)  # 2,500 -> 2,580 (+3.2%), 2,660, 2,750 (3.2% a year)
MONTHS = tuple(Month(n, everyone=10, below=3 if n in (1, 5, 9) else 2) for n in range(1, 13))
EARLIER = {  # the last round of the group frame that is known closes on 2026-08-25
    "application_date": date(2026, 8, 20),
    "certificate_date": date(2026, 8, 3),
    "wage_when": date(2026, 8, 5),
    "issued_on": date(2026, 8, 6),
}
OWN: dict[str, dict[str, Any]] = {  # what each frame adds to the sample
    "invoice": {},
    "normal": {"plan": PLAN},
    "etrade": {"partners": PARTNERS, "total_accounts": 10, "accounts_unlimited": False},
    "security": {"otasuke_number": "2024-001-00", "otasuke_granted": False, "plan": PLAN},
    "group": {**EARLIER, "members": MEMBERS, "analysis_cost": 3_000_000, "admin_cost": 300_000, "plan": GROUP_PLAN},
}
LINES_OF = {"invoice": LINES, "normal": LINES[:4], "etrade": (CLOUD,), "security": (WATCH,), "group": ()}
TABLES = ("lines", "partners", "members", "plan", "months")


def of(frame: Frame, **change: Any) -> Quote:
    """The sample for a frame; keywords replace inputs or whole tables, its cells are called by their places."""
    label = {} if frame is invoice.FRAME else {"frame": frame.label}
    made = {
        "vendor_subsidy": None,
        "quoted_gross": None,
        **label,
        "lines": LINES_OF[frame.name],
        **OWN[frame.name],
        **change,
    }
    tables = {name: made.pop(name) for name in TABLES if name in made}
    placed = {
        name: tuple(
            replace(row, number=n, cells={c: f"{name}.{c}.{n}" for c in vars(row)}) for n, row in enumerate(rows, 1)
        )
        for name, rows in tables.items()
    }
    return replace(quote(**made), cells={name: name for name in INPUT}, **placed)


def quote(**inputs: Any) -> Quote:
    """The sample quote; keywords replace inputs, None makes one blank."""
    given = {**APPLICANT, **QUOTED, **inputs}
    return Quote({name: value for name, value in given.items() if value is not None}, LINES)


def staff(count: int) -> dict[str, Any]:
    """A firm with so many employees, all of them regular ones."""
    return {"employees": count, "staff_regular": count, "staff_part": 0}


def assessment(*findings: Finding, lines: tuple[Line, ...] | None = None, **inputs: Any) -> Assessment:
    """The sample's amounts with the given findings, so that no check needs to run."""
    made = quote(**inputs)
    made = made if lines is None else replace(made, lines=lines)
    return replace(amounts(made, invoice.FRAME), findings=findings)
