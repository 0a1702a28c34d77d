"""What a quote must be checked for (見積の検査). Each check reads an assessment and yields findings, all at once.

Levels, titles, sources and word lists stand in `checks.toml`; a check supplies the cell and the sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from rules import lines, minimum_wage
from rules.assess import Assessment, Share, tax_question
from rules.codes import rule, yen
from rules.dates import months_after
from rules.edition import edition
from rules.findings import ERROR, NOTICE, WARNING, Finding
from rules.frames import frame
from rules.lines import CONSULTING, NO_FUNCTION, OUTSIDE, PAIRED, PC, SOFTWARE, UNREAD

MOST_NOTICES = 3
Check = Callable[[Assessment], Iterator[Finding]]


def check(a: Assessment) -> tuple[Finding, ...]:
    """Every finding of every check; of the notices, at most three."""
    if a.edition is None:
        return (rule("EDITION")(f"{a.needs}申請日を確かめてください。", a.quote.cell("application_date")),)
    found = [f for one in CHECKS for f in one(a)]
    if a.subsidy is None and not any(f.level == ERROR for f in (*a.quote.findings, *found)):
        found.append(rule("INPUT")(f"補助額を計算できません。足りないもの: {a.needs}"))
    notices = [f for f in found if f.level == NOTICE][:MOST_NOTICES]
    return tuple(f for f in found if f.level != NOTICE or f in notices)


def frame_findings(a: Assessment) -> Iterator[Finding]:
    """What the frame itself says of its calculation, at the cell of its first line."""
    if a.calculation and a.edition:
        module = frame(a.frame)
        columns = {"ONEFUNC": "functions", "GENERIC": "processes", "LOWER": "processes", "EDGE150": "processes"}
        for found in module.findings(a.calculation, edition(module.Edition, a.on)):
            cells = [share.line.cell(columns.get(found.code, "price")) for share in a.shares]
            yield replace(found, cell=next((cell for cell in cells if cell), ""))


def prices(a: Assessment) -> Iterator[Finding]:
    """TAX: a total with tax that the lines do not give."""
    if question := tax_question(a.quote, a.total):
        yield rule("TAX")(question, a.quote.cell("quoted_gross"))


def lines_outside(a: Assessment) -> Iterator[Finding]:
    """INPUT: a line whose discount is above its price, or whose amount is beyond every quote."""
    for share in a.shares:
        if share.reason == OUTSIDE:
            amount = share.step("line_amount")
            what = f"値引（{yen(share.line.discount)}）が金額を超えています" if amount < 0 else "金額が大きすぎます"
            yield rule("INPUT")(
                f"{_name(share)}: {what}。単価・数量・月数・値引を確かめてください。", share.line.cell("price")
            )


def months(a: Assessment) -> Iterator[Finding]:
    """MONTHS: months over the limit of the category, with the yen cut."""
    p = edition(lines.Edition, a.on)
    for share in a.shares:
        limit = p.months(share.line.category, frame(a.frame).LIMITS)
        cut = share.step("line_amount") - share.step("line_months")
        if share.reason == 0 and limit and cut:
            message = f"{_name(share)}の{share.line.months}か月のうち、対象は{limit.value}か月までです。{yen(cut)}を対象から除きました。"
            yield rule("MONTHS")(message, share.line.cell("months"), at=limit.at)


def services(a: Assessment) -> Iterator[Finding]:
    """SERVICES: 役務 over the cap, two consulting lines, a service without its software, a dear hour."""
    p, found = edition(lines.Edition, a.on), rule("SERVICES")
    mine = [s for s in a.shares if p.major(s.line.category) == "Ⅲ"]
    over = [s for s in mine if s.reason == 0 and s.step("line_months") > s.step("line_capped")]
    if over:
        cut = sum(s.step("line_months") - s.step("line_capped") for s in over)
        message = f"役務の合計が上限{yen(p.services.value)}を超えています。{yen(cut)}を対象から除きました。"
        yield found(message, over[0].line.cell("price"), at=p.services.at)
    consulting = [s for s in mine if s.line.category == CONSULTING]
    for share in consulting[p.consulting.value :]:
        message = f"{_name(share)}: 導入コンサル・活用コンサル（カテゴリー5）は1申請に{p.consulting.value}つまでです。1行にまとめてください。"
        yield found(message, share.line.cell("category"), at=p.consulting.at)
    tools = {s.line.tool for s in a.shares if p.major(s.line.category) == "Ⅰ"}
    for share in mine:
        if share.line.category in PAIRED and share.line.tool not in tools:
            message = f"{_name(share)}: 対になるソフトウェア「{share.line.tool}」が見積にありません。対象経費に入れたままです。ツールの列をソフトウェアの行と揃えてください。"
            yield found(message, share.line.cell("tool"))
        if share.line.unit == "時間" and (share.line.price or 0) > p.hourly.value:
            message = f"{_name(share)}: 時間単価が{yen(p.hourly.value)}を超えています。単価を見直してください。"
            yield found(message, share.line.cell("price"), at=p.hourly.at)


def hardware(a: Assessment) -> Iterator[Finding]:
    """HARDONLY: hardware without software. REGISTERPC: a PC meant as a till."""
    p = edition(lines.Edition, a.on)
    mine = [s for s in a.shares if p.major(s.line.category) == "Ⅳ"]
    software = [s for s in a.shares if p.major(s.line.category) == "Ⅰ"]
    unsure = any(s.reason in (0, UNREAD, OUTSIDE) for s in software)  # what cannot be read has a finding of its own
    if mine and not unsure and "Ⅳ" in frame(a.frame).MAJORS:
        message = "対象になるソフトウェアが無く、ハードウェアだけでは申請できません。補助額は0円です。ソフトウェアの行を加えてください。"
        yield rule("HARDONLY")(message, mine[0].line.cell("category"))
    till = rule("REGISTERPC")
    for share in mine:
        if share.line.category == PC and any(word in share.line.note for word in till.data["words"]):
            yield till(
                f"{_name(share)}: レジに使う機器はカテゴリー9（POSレジ等）で登録してください。", share.line.cell("note")
            )


def functionless(a: Assessment) -> Iterator[Finding]:
    """NOFUNC: software without what the frame asks for counts 0, with all that belongs to it."""
    module = frame(a.frame)
    column = "processes" if module.NAME == "normal" else "functions"
    for share in a.shares:
        if share.reason == NO_FUNCTION:
            message = f"{_name(share)}: {module.LACKING}。この行とその付属は0円として計算しました。有れば入れてください。"
            yield rule("NOFUNC")(message, share.line.cell(column))


def strangers(a: Assessment) -> Iterator[Finding]:
    """TOOL: an option or a device whose software is not in the quote."""
    p = edition(lines.Edition, a.on)
    tools = {s.line.tool for s in a.shares if p.major(s.line.category) == "Ⅰ"}
    for share in a.shares:
        line = share.line
        if (
            tools
            and line.tool
            and line.category
            and line.category not in (SOFTWARE, *PAIRED)
            and line.tool not in tools
        ):
            counted = "対象経費に入れたままです。" if share.eligible else ""
            message = f"{_name(share)}: ツール「{line.tool}」のソフトウェアが見積にありません。{counted}ツールの列をソフトウェアの行と揃えてください。"
            yield rule("TOOL")(message, line.cell("tool"))


def contracts(a: Assessment) -> Iterator[Finding]:
    """CONTRACT and DOUBLE: a line that counts 0 because of how it is bought or paid."""
    p = edition(lines.Edition, a.on)
    allowed = "・".join(c.name for c in p.contract if c.eligible)
    for share in a.shares:
        line, terms = share.line, p.terms(share.line.contract)
        if line.contract and (terms is None or not terms.eligible):
            message = (
                f"{_name(share)}: 契約「{line.contract}」は対象外です。0円として計算しました。対象は{allowed}です。"
            )
            yield rule("CONTRACT")(message, line.cell("contract"), at=terms.at if terms else "")
        if line.other_subsidy:
            message = f"{_name(share)}: 国の他の補助金と同じ経費には使えません。0円として計算しました。どちらか一方にしてください。"
            yield rule("DOUBLE")(message, line.cell("other_subsidy"))


def lumps(a: Assessment) -> Iterator[Finding]:
    """LUMP: 一式 without detail."""
    found = rule("LUMP")
    for share in a.shares:
        if share.line.unit in found.data["words"] and not share.line.note:
            message = f"{_name(share)}: 単位が「{share.line.unit}」で内訳がありません。行を分けるか、備考に内訳を書いてください。"
            yield found(message, share.line.cell("unit"))


def flat_rate(a: Assessment) -> Iterator[Finding]:
    """FLATRATE: the vendor's own 補助額 differs from the rules; with the likely cause."""
    theirs = a.quote.get("vendor_subsidy")
    if theirs is None or a.subsidy is None or theirs == a.subsidy or a.frame != "invoice":
        return
    p = edition(frame("invoice").Edition, a.on).first
    flat = {int(a.eligible * rate // 1): rate for rate in (p.rate, p.small)}
    cause = f"経費の全額に{flat[theirs]}を掛けた額です。" if theirs in flat else ""
    message = (
        f"見積書の補助額{yen(theirs)}は、規則で計算した{yen(a.subsidy)}と違います。{cause}規則の額に直してください。"
    )
    yield rule("FLATRATE")(message, a.quote.cell("vendor_subsidy"))


DATES = {"order_date": "発注日", "contract_date": "契約日", "invoice_date": "請求日", "payment_date": "支払日"}


def order(a: Assessment) -> Iterator[Finding]:
    """ORDER: ordered, contracted, invoiced or paid before 交付決定."""
    decided = a.quote.get("decision_date")
    for name, label in DATES.items():
        day = a.quote.get(name)
        if day and (decided is None or day < decided):
            known = f"交付決定日（{decided}）より前です" if decided else "あるのに、交付決定日が空欄です"
            message = f"{label}（{day}）が{known}。交付決定前の発注・契約・支払は補助の対象になりません。"
            yield rule("ORDER")(message, a.quote.cell(name))


def identity(a: Assessment) -> Iterator[Finding]:
    """SELF: the applicant may not apply at all."""
    q, found = a.quote, rule("SELF")
    own, vendor = q.get("corporate_number"), q.get("vendor_corporate_number")
    if own and own == vendor:
        yield found(
            "申請者とIT導入支援事業者の法人番号が同じです。支援事業者自身は申請できません。", q.cell("corporate_number")
        )
    answers = {
        "same_as_vendor": "IT導入支援事業者、またはみなし同一法人に当たると答えています。申請できません。",
        "deemed_large": "みなし大企業に当たると答えています。申請できません。",
        "income_over": "課税所得の3年平均が基準を超えると答えています。申請できません。",
    }
    for name, message in answers.items():
        if q.get(name):
            yield found(message, q.cell(name))


def small(a: Assessment) -> Iterator[Finding]:
    """SMALL: 小規模 claimed by a firm that is not."""
    q = a.quote
    industry, employees = q.get("industry"), q.get("employees")
    if a.small_biz and "small_claim" not in q.inputs:
        message = "「小規模事業者として申請」が空欄です。業種と従業員数から小規模事業者の補助率で計算しました。はい・いいえを入れてください。"
        yield rule("SMALL")(message, q.cell("small_claim"), level=WARNING)
    elif a.small_biz and (industry is None or employees is None):
        message = "業種か従業員数が空欄で、小規模事業者に当たるか確かめられません。申告どおり小規模事業者の補助率で計算しました。"
        yield rule("SMALL")(message, q.cell("employees" if employees is None else "industry"), level=WARNING)
    if q.get("small_claim") and industry is not None and employees is not None and a.small_biz is False:
        message = f"小規模事業者として申請するとありますが、{industry}で従業員{employees}人は小規模事業者に当たりません。中小企業の補助率で計算しました。"
        yield rule("SMALL")(message, q.cell("small_claim"))


def kickback(a: Assessment) -> Iterator[Finding]:
    """KICKBACK: a word of 実質的還元 in any text, or nothing left to pay."""
    found = rule("KICKBACK")
    texts = [(f"{s.line.item} {s.line.note}", s.line.cell("note") or s.line.cell("item")) for s in a.shares]
    texts += [(str(value), a.quote.cell(name)) for name, value in a.quote.inputs.items() if isinstance(value, str)]
    for text, cell in texts:
        for word in found.data["words"]:
            if word in text:
                yield found(
                    f"「{word}」とあります。補助事業者への実質的な還元は不正とされます。取りやめてください。", cell
                )
                break
    if a.own_burden is not None and a.total and a.own_burden <= 0:
        yield found("自己負担が0円以下です。金額を見直してください。")


def documents(a: Assessment) -> Iterator[Finding]:
    """DOCUMENT: a certificate that is too old, a SECURITY ACTION ID of the old system."""
    q, found = a.quote, rule("DOCUMENT")
    issued, limit = q.get("certificate_date"), found.data["months"]
    if issued and a.on and a.on > months_after(issued, limit):
        message = f"証明書の発行日（{issued}）が申請日（{a.on}）の{limit}か月より前です。取り直してください。"
        yield found(message, q.cell("certificate_date"))
    number, prefix = q.get("security_action_id"), found.data["prefix"]
    asked = a.on is None or a.on >= found.data["since"]
    if asked and not str(number or "").startswith(prefix):
        state = f"が{prefix}で始まりません" if number else "がありません"
        message = f"SECURITY ACTION の自己宣言ID{state}。{found.data['since']}以降の申請では{prefix}で始まるIDが要るとされます（二次資料）。"
        yield found(message, q.cell("security_action_id"), at="portal-2026#2.2 自己宣言ID")


def past(a: Assessment) -> Iterator[Finding]:
    """PAST: a grant in the years whose recipients must promise more."""
    if a.quote.get("past_grant"):
        message = "過去に交付を受けているため、補助額によらず賃上げの計画が要り、労働生産性の目標も高くなります。"
        yield rule("PAST")(message, a.quote.cell("past_grant"))


def discount(a: Assessment) -> Iterator[Finding]:
    """DISCOUNT: a discount on the total, so that no unit price agrees with the portal's."""
    amount = a.quote.get("total_discount")
    if amount:
        message = (
            f"合計から{yen(amount)}を値引しています。実績報告で単価が合わなくなるため、値引は行ごとに入れてください。"
        )
        yield rule("DISCOUNT")(message, a.quote.cell("total_discount"))


def address(a: Assessment) -> Iterator[Finding]:
    """ADDRESS: an address that stops where the postcode's part ends."""
    text = a.quote.get("address")
    if text and not any(letter.isdigit() for letter in text) and "番地" not in text:
        yield rule("ADDRESS")(
            "所在地に丁目・番地がありません。登記のとおり最後まで入れてください。", a.quote.cell("address")
        )


def wage(a: Assessment) -> Iterator[Finding]:
    """MINWAGE: the lowest wage in the firm is below the prefecture's."""
    q = a.quote
    paid, prefecture = q.get("office_min_wage"), q.get("office_prefecture") or q.get("prefecture")
    if paid is None or not prefecture or a.on is None:
        return
    due = minimum_wage.in_force(prefecture, a.on)
    if due and paid < due.yen:
        message = f"事業場内最低賃金{yen(paid)}が、{prefecture}の地域別最低賃金{yen(due.yen)}（{due.since}から）を下回っています。{due.doubt}"
        yield rule("MINWAGE")(message, q.cell("office_min_wage"))
    elif due and due.doubt:
        message = f"事業場内最低賃金は、{due.since}からの{prefecture}の額{yen(due.yen)}と比べました。{due.doubt}"
        yield rule("MINWAGE")(message, q.cell("office_min_wage"), level=NOTICE)


def _name(share: Share) -> str:
    return f"{share.line.number}行目「{share.line.item}」"


CHECKS: tuple[Check, ...] = (
    lines_outside,
    prices,
    contracts,
    functionless,
    hardware,
    strangers,
    identity,
    small,
    order,
    kickback,
    wage,
    months,
    services,
    frame_findings,
    flat_rate,
    lumps,
    discount,
    documents,
    address,
    past,
)
