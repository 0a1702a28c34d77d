"""Checks of the firm: who may apply, its size, its papers, its address, its lowest wage."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from rules import applicant, headcount, minimum_wage, obligations, payroll
from rules.assess import Assessment
from rules.checks.codes import rule, yen
from rules.checks.entry import Check, Condition, later
from rules.checks.facts import Facts, wage
from rules.engine.condition import begins, equal, mentions, negated
from rules.findings import ERROR, NOTICE, WARNING, Finding
from rules.frames import FRAMES, etrade, frame

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
OTHERS = tuple(f for f in FRAMES if f is not etrade.FRAME)  # the frames for which a 大企業 may not apply
BY_SIZE = tuple(f for f in FRAMES if any(x.name == "small_biz" for x in f.arguments))  # whose rate depends on 小規模
DOCUMENT = rule("DOCUMENT").data
LIMIT, PREFIX, SINCE = DOCUMENT["months"], DOCUMENT["prefix"], DOCUMENT["since"]


def _same(f: Any) -> Any:
    """The applicant is the vendor; a person has no 法人番号, and "-" is nobody's."""
    own, registered = f.given("corporate_number", "-"), f.given("vendor_invoice_number", "")
    return equal(own, f.given("vendor_corporate_number", "")) | mentions(registered, (own,))


def _answer(name: str, key: str, message: str) -> Check:
    """SELF: an answer that bars the applicant, in the frames that ask for it."""

    def asked(p: applicant.Edition, frame: str) -> bool:
        return any(x.key == key and frame in x.frames for x in p.exclusion)

    return Check("SELF", name, message, lambda f: f.says(name) & f.law(applicant.Edition, asked))


def size(a: Assessment) -> Iterator[Finding]:
    """SIZE: neither capital nor employees within the limits of 中小企業等; the sheet has no list of these limits."""
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


def _within(f: Any) -> Any:
    """Whether 正規雇用 are no more than 常時使用する従業員."""
    return f.given(headcount.REGULAR, 0) <= f["employees"]


def _more_regular(a: Assessment) -> Finding:
    """An error where the size hangs on it and both cannot be true."""
    told, regular = a.quote.get("employees"), a.quote.get(headcount.REGULAR)
    hangs = headcount.changes_size(a.quote, regular)
    message = f"正規雇用の従業員数（{regular:,}人）が、常時使用する従業員数（{told:,}人）より多くなっています。正規雇用の人は皆、常時使用する従業員です。"
    done = f"多い方の{regular:,}人で規模を判定しました。正しい数に直してください。"
    return rule("STAFF")(message + done, level=ERROR if hangs else WARNING)


def _beyond_all(f: Any) -> Any:
    """Whether 常時使用する従業員 are more than all whom the firm employs."""
    return f["employees"] > f["everyone"]


def _counted(a: Assessment) -> str:
    told, everyone = a.quote.get("employees"), headcount.everyone(a.quote) or 0
    if _beyond_all(Facts(a)):
        message = f"常時使用する従業員数（{told:,}人）が、派遣を除く従業員数の内訳の合計（{everyone:,}人）より多くなっています。"
        return f"{message}多い方の{told:,}人で規模を判定しました。正しい数に直してください。"
    message = f"常時使用する従業員数（{told:,}人）で規模を判定しましたが、派遣を除く従業員は合わせて{everyone:,}人で、全員を数えると規模が変わります。"
    return f"{message}除いた人は皆、解雇の予告が要らない人（日々雇い入れられる人など）ですか。契約社員・パートも、予告の要る人は数えます。確かめてください。"


def _not_small(a: Assessment) -> str:
    industry, count = a.quote.get("industry"), headcount.least(a.quote)
    firm = industry if count is None else f"{industry}で従業員{count:,}人"
    reckoned = "中小企業の補助率で計算しました。" if frame(a.frame) in BY_SIZE else "「いいえ」にしてください。"
    return f"小規模事業者として申請するとありますが、{firm}は小規模事業者に当たりません。{reckoned}"


def _assumed(a: Assessment) -> Finding:
    q, found = a.quote, partial(rule("SMALL"), level=WARNING)
    if q.get("small_claim") is None:
        message = "「小規模事業者として申請」が空欄です。業種と従業員数から小規模事業者の補助率で計算しました。はい・いいえを入れてください。"
        return found(message)
    message = (
        "業種か従業員数が空欄で、小規模事業者に当たるか確かめられません。申告どおり小規模事業者の補助率で計算しました。"
    )
    return found(message, q.cell("employees" if q.get("employees") is None else "industry"))


def _wage(id: str, month: bool, level: str, says: str, condition: Condition) -> Check:
    """MINWAGE: a sentence with the figure of the 直近月, or of the day of application."""

    def message(a: Assessment) -> str:
        w = wage(a, month)
        local = f"{w.prefecture}の地域別最低賃金{yen(w.yen)}（{w.year}、{w.since}から）" if w else ""
        latest = minimum_wage.latest_month(a.on) if a.on else None
        return says.format(paid=yen(a.quote.get("office_min_wage")), latest=latest, local=local) + (
            w.doubt if w else ""
        )

    return Check(id, "office_min_wage", message, condition, level=level)


WAGES = (
    _wage(
        "MINWAGE.due", True, ERROR, "事業場内最低賃金{paid}が、申請の直近月（{latest:%Y-%m}）の{local}を下回っています。賃金を確かめてください。",
        lambda f: f["office_min_wage"] < f["wage_due"],
    ),
    _wage(
        "MINWAGE.now", False, WARNING,
        "事業場内最低賃金{paid}は直近月（{latest:%Y-%m}）の額には届きますが、申請日に発効している{local}を下回ります。賃金を改めてから申請してください。",
        lambda f: (f["office_min_wage"] >= f.given("wage_due", 0)) & (f["office_min_wage"] < f["wage_now"]),
    ),
    _wage(  # not on チェック: 計画 shows the doubt beside the figure
        "MINWAGE.doubt", False, NOTICE, "事業場内最低賃金は、{local}と比べました。",
        lambda f: (f["office_min_wage"] >= f.given("wage_due", 0)) & (f["office_min_wage"] >= f["wage_now"]) & f["wage_doubt"],
    ),
)  # fmt: skip


def _undeclared(f: Any) -> Any:
    """No SECURITY ACTION ID, or one of the old system."""
    number, asked = f.given("security_action_id", ""), f.given("on", date.max) >= SINCE
    return f.blank("security_action_id") | (asked & negated(begins(number, PREFIX)))


def _declare(a: Assessment) -> str:
    state = f"が{PREFIX}で始まりません" if a.quote.get("security_action_id") else "がありません"
    return f"SECURITY ACTION の自己宣言ID{state}。{SINCE}以降の申請では{PREFIX}で始まるIDが要るとされます（二次資料）。"


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


def _past(a: Assessment) -> str:
    """A grant in the years whose recipients must promise more."""
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
    return message


CHECKS = (
    *(_answer(name, *of) for name, of in ANSWERS.items()),
    Check("SELF", "corporate_number", "申請者とIT導入支援事業者の法人番号が同じです。支援事業者自身は申請できません。", _same),
    Check("SELF", "large", "大企業と答えています。{a.label}には申請できません。", lambda f: f.says("large"), frames=OTHERS),
    size,
    Check("STAFF.regular", "employees", _more_regular, lambda f: negated(_within(f))),
    Check("STAFF.counted", "employees", _counted, lambda f: _within(f) & (_beyond_all(f) | f["size_changes"])),
    Check(
        "SMALL.claimed", "small_claim", _not_small, lambda f: negated(f["small_biz"] | f.blank("industry")),
        when=lambda f: f.says("small_claim"),
    ),
    Check(
        "SMALL.assumed", "small_claim", _assumed,
        lambda f: (f.blank("small_claim") | f.blank("industry") | f.blank("employees")) & f["small_biz"], frames=BY_SIZE,
    ),
    *WAGES,
    Check(
        "DOCUMENT.certificate", "certificate_date",
        f"証明書の発行日（{{q[certificate_date]}}）が申請日（{{a.on}}）の{LIMIT}か月より前です。取り直してください。",
        lambda f: f["on"] > later(f["certificate_date"], LIMIT),
    ),
    Check("DOCUMENT.declared", "security_action_id", _declare, _undeclared, at="portal-2026#2.2 自己宣言ID"),
    address,
    Check("PAST", "past_grant", _past, lambda f: f.says("past_grant")),
)  # fmt: skip
