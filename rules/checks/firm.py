"""Checks of the firm: who may apply, its size, its papers, its address, its lowest wage."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import partial

from rules import applicant, headcount, minimum_wage, obligations, payroll
from rules.assess import Assessment
from rules.checks.codes import rule, yen
from rules.dates import months_after
from rules.findings import ERROR, NOTICE, WARNING, Finding
from rules.frames import etrade, frame

POSTCODE = re.compile(r"〒? ?[0-9]{3}-?[0-9]{4}")
ADDRESSES = {"address": "所在地", "office_address": "事業所の所在地", "vendor_address": "支援事業者の住所"}
ANSWERS = {  # of 申請者 -> which of the exclusions it answers, and what it means
    "same_as_vendor": ("vendor", "IT導入支援事業者、またはみなし同一法人に当たると答えています。申請できません。"),
    "vendor_officer": (
        "vendor",
        "代表者・役員がIT導入支援事業者の代表者・役員に当たると答えています。別の事業者としても申請できません（2025年の公募要領 2-1-2(3)）。",
    ),
    "deemed_large": ("same_large", "みなし大企業に当たると答えています。申請できません。"),
    "income_over": ("income", "課税所得の3年平均が基準を超えると答えています。申請できません。"),
}


def identity(a: Assessment) -> Iterator[Finding]:
    """SELF: the applicant may not apply at all."""
    q, found = a.quote, rule("SELF")
    own = q.get("corporate_number")
    vendors = (q.get("vendor_corporate_number"), (q.get("vendor_invoice_number") or "").removeprefix("T"))
    if own and own in vendors:
        message = "申請者とIT導入支援事業者の法人番号が同じです。支援事業者自身は申請できません。"
        yield found(message, q.cell("corporate_number"))
    asked = {x.key for x in applicant.exclusions(a.frame, a.on)}
    for name, (key, message) in ANSWERS.items():
        if q.get(name) and key in asked:
            yield found(message, q.cell(name))
    if q.get("large") and a.frame != etrade.FRAME.name:
        yield found(f"大企業と答えています。{a.label}には申請できません。", q.cell("large"))


def size(a: Assessment) -> Iterator[Finding]:
    """SIZE: neither capital nor employees within the limits of 中小企業等."""
    q = a.quote
    count = headcount.least(q)
    if count is None or headcount.sme(q, count) is not False:
        return
    known = f"{q.get('industry')}で従業員{count:,}人は、中小企業等の資本金・従業員数の範囲にありません。"
    if a.frame != etrade.FRAME.name:
        yield rule("SIZE")(f"{known}{a.label}には申請できません。", q.cell("employees"))
    elif not q.get("large"):
        message = f"{known}「大企業」を「はい」にしてください。いまは中小企業等の補助率で計算しています。"
        yield rule("SIZE")(message, q.cell("large"))


def staff(a: Assessment) -> Iterator[Finding]:
    """STAFF: the head-counts contradict each other; an error where the size hangs on it and both cannot be true."""
    q, found = a.quote, rule("STAFF")
    told, regular, everyone = q.get("employees"), q.get(headcount.REGULAR), headcount.everyone(q)
    if told is None:
        return
    cell = q.cell("employees")
    if regular is not None and regular > told:
        hangs = headcount.sizes(q, regular) != headcount.sizes(q, told)
        message = f"正規雇用の従業員数（{regular:,}人）が、常時使用する従業員数（{told:,}人）より多くなっています。正規雇用の人は皆、常時使用する従業員です。"
        done = f"多い方の{regular:,}人で規模を判定しました。正しい数に直してください。"
        yield found(message + done, cell, level=ERROR if hangs else WARNING)
    elif everyone is not None and told > everyone:
        message = f"常時使用する従業員数（{told:,}人）が、派遣を除く従業員数の内訳の合計（{everyone:,}人）より多くなっています。"
        yield found(f"{message}多い方の{told:,}人で規模を判定しました。正しい数に直してください。", cell)
    elif everyone is not None and headcount.sizes(q, everyone) != headcount.sizes(q, told):
        message = f"常時使用する従業員数（{told:,}人）で規模を判定しましたが、派遣を除く従業員は合わせて{everyone:,}人で、全員を数えると規模が変わります。"
        ask = "除いた人は皆、解雇の予告が要らない人（日々雇い入れられる人など）ですか。契約社員・パートも、予告の要る人は数えます。確かめてください。"
        yield found(message + ask, cell)


def small(a: Assessment) -> Iterator[Finding]:
    """SMALL: 小規模 claimed by a firm that is not."""
    q = a.quote
    industry, employees = q.get("industry"), q.get("employees")
    count = headcount.least(q)
    if q.get("small_claim") and industry is not None and a.small_biz is False:
        firm = industry if count is None else f"{industry}で従業員{count:,}人"
        reckoned = "中小企業の補助率で計算しました。" if _by_size(a) else "「いいえ」にしてください。"
        message = f"小規模事業者として申請するとありますが、{firm}は小規模事業者に当たりません。{reckoned}"
        yield rule("SMALL")(message, q.cell("small_claim"))
    elif a.small_biz and _by_size(a) and "small_claim" not in q.inputs:
        message = "「小規模事業者として申請」が空欄です。業種と従業員数から小規模事業者の補助率で計算しました。はい・いいえを入れてください。"
        yield rule("SMALL")(message, q.cell("small_claim"), level=WARNING)
    elif a.small_biz and _by_size(a) and (industry is None or employees is None):
        message = "業種か従業員数が空欄で、小規模事業者に当たるか確かめられません。申告どおり小規模事業者の補助率で計算しました。"
        yield rule("SMALL")(message, q.cell("employees" if employees is None else "industry"), level=WARNING)


def _by_size(a: Assessment) -> bool:
    """Whether the frame's rate depends on 小規模."""
    return any(x.name == "small_biz" for x in frame(a.frame).arguments)


def wage(a: Assessment) -> Iterator[Finding]:
    """MINWAGE: in the 直近月 the lowest wage in the firm is below the prefecture's; or it is by now, after a revision."""
    q = a.quote
    paid, prefecture = q.get("office_min_wage"), q.get("office_prefecture") or q.get("prefecture")
    if paid is None or not prefecture or a.on is None:
        return
    found, month = partial(rule("MINWAGE"), cell=q.cell("office_min_wage")), minimum_wage.latest_month(a.on)
    due, now = (minimum_wage.in_force(prefecture, day) for day in (month, a.on))
    if due and paid < due.yen:
        message = f"事業場内最低賃金{yen(paid)}が、申請の直近月（{month:%Y-%m}）の{_local(due)}を下回っています。賃金を確かめてください。"
        yield found(message + due.doubt)
    elif now and paid < now.yen:
        message = f"事業場内最低賃金{yen(paid)}は直近月（{month:%Y-%m}）の額には届きますが、申請日に発効している{_local(now)}を下回ります。賃金を改めてから申請してください。"
        yield found(message + now.doubt, level=WARNING)
    elif now and now.doubt:
        yield found(f"事業場内最低賃金は、{_local(now)}と比べました。{now.doubt}", level=NOTICE)


def _local(wage: minimum_wage.Wage) -> str:
    """A figure as a sentence names it."""
    return f"{wage.prefecture}の地域別最低賃金{yen(wage.yen)}（{wage.year}、{wage.since}から）"


def documents(a: Assessment) -> Iterator[Finding]:
    """DOCUMENT: a certificate that is too old; no SECURITY ACTION ID, or one of the old system."""
    q, found = a.quote, rule("DOCUMENT")
    issued, limit = q.get("certificate_date"), found.data["months"]
    if issued and a.on and a.on > months_after(issued, limit):
        message = f"証明書の発行日（{issued}）が申請日（{a.on}）の{limit}か月より前です。取り直してください。"
        yield found(message, q.cell("certificate_date"))
    number, prefix, since = q.get("security_action_id"), found.data["prefix"], found.data["since"]
    asked = a.on is None or a.on >= since
    if not number or (asked and not str(number).startswith(prefix)):
        state = f"が{prefix}で始まりません" if number else "がありません"
        message = f"SECURITY ACTION の自己宣言ID{state}。{since}以降の申請では{prefix}で始まるIDが要るとされます（二次資料）。"
        yield found(message, q.cell("security_action_id"), at="portal-2026#2.2 自己宣言ID")


def _numbered(text: str) -> bool:
    """Whether an address goes on to its number."""
    data = rule("ADDRESS").data
    marks = [*data["words"], *(f"{n}{mark}" for n in data["numerals"] for mark in data["after"])]
    rest = POSTCODE.sub("", text)
    return any(mark in rest for mark in marks) or re.search("[0-9]", rest) is not None


def address(a: Assessment) -> Iterator[Finding]:
    """ADDRESS: an address that stops where the postcode's part ends."""
    for name, label in ADDRESSES.items():
        text = unicodedata.normalize("NFKC", a.quote.get(name) or "")
        if text and not _numbered(text):
            message = f"{label}に丁目・番地がありません。登記のとおり最後まで入れてください。"
            yield rule("ADDRESS")(message, a.quote.cell(name))


def past(a: Assessment) -> Iterator[Finding]:
    """PAST: a grant in the years whose recipients must promise more."""
    if not a.quote.get("past_grant"):
        return
    plan = obligations.wage_plan(a.subsidy or 1, True, False, a.on, a.frame, upper=payroll.in_upper(a))
    goals = [obligations.target(a.frame, before, a.on) for before in (False, True)]
    message = "過去に交付を受けた事業者の条件が掛かります。"
    if plan.required and plan.cagr is not None:
        message += f"補助額によらず、賃上げの計画（{plan.measure} 年平均{float(plan.cagr):.1%}以上）が要ります。"
        message += "小規模事業者は適用外とされますが、2026年は未確認です。" if a.small_biz else plan.doubt
    else:
        message += plan.doubt
    if goals[1] and goals[1] != goals[0]:
        message += f"労働生産性の目標は年平均{float(goals[1].cagr):.0%}以上に上がります。"
    yield rule("PAST")(message, a.quote.cell("past_grant"))


CHECKS = (identity, size, staff, small, wage, documents, address, past)
