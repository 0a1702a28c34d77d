"""What each frame is for and what it pays, in short words with the numbers of the newest editions."""

from __future__ import annotations

from collections.abc import Sequence

from rules import line_limits, near_minimum_wage
from rules.dates import japanese_month
from rules.engine.edition import cite, spoken
from rules.frames import FRAMES, etrade, group, invoice, normal, security
from workbooks.building.formula_text import every
from workbooks.form.text_width import width

SOURCES = "出典"
ORDER = tuple(f.NAME for f in FRAMES)
USES = {
    "normal": "ITツールで業務を効率化し、DXを進める",
    "invoice": "会計・受発注・決済のツールで、インボイス制度に対応する",
    "etrade": "発注者が費用を持ち、取引先に受発注ソフトを無償で使ってもらう",
    "security": "サイバー攻撃に備える",
    "group": "商店街など、複数の中小企業が連携してITツールを入れる",
}
Row = tuple[str, Sequence[str]]


def rows() -> Sequence[Row]:
    """A label and a text per frame, in the order of `rules.frames`."""
    table = {
        "活用のしかた": USES,
        "対象になる経費": _costs(),
        "補助率": _rates(),
        "補助額の上限": _caps(),
        "補助額の下限": _floors(),
        SOURCES: _sources(),
    }
    return [(label, [texts[name] for name in ORDER]) for label, texts in table.items()]


def notes() -> Sequence[str]:
    """※1 and ※2 of the leaflet."""
    wage = every(near_minimum_wage.Edition)[-1].test
    year = f"{japanese_month(wage.first)}からの1年で、" if wage.first else ""
    return (
        "※1 IPA（情報処理推進機構）の「サイバーセキュリティお助け隊サービスリスト」に載ったサービス。",
        f"※2 {year}{wage.title}。「計画」で月ごとに判定します。　出典: {cite(wage.at)}",
    )


def lines_of(text: str, letters: int) -> int:
    """Lines that a text takes in a cell so many half-width letters wide."""
    return sum(max(1, -(-width(part) // letters)) for part in text.split("\n"))


def _costs() -> dict[str, str]:
    p = every(line_limits.Edition)[-1]
    months = f"最大{p.software.value}か月"
    usual = f"ソフトウェア、クラウド利用料（{months}）、オプション（{p.option.value}か月）、導入関連費（役務は{spoken(p.services.value)}まで）"
    return {
        "normal": usual,
        "invoice": f"{usual}、PC・タブレット等、レジ・券売機等",
        "etrade": f"クラウド利用料（{months}）。中小企業等の取引先が使うアカウントの割合の分",
        "security": f"サイバーセキュリティお助け隊サービスの利用料（{months}）※1",
        "group": "(a) インボイス対応類型と同じ経費\n(b) 消費動向等分析経費\n(c) 事務費・専門家経費",
    }


def _rates() -> dict[str, str]:
    n, i, e, s, g = (every(f.Edition)[-1] for f in (normal, invoice, etrade, security, group))
    return {
        "normal": f"{n.rate.rate}\n最低賃金近傍の事業者（※2） {n.rate.near}",
        "invoice": f"{i.first.title} {i.first.rate}（小規模 {i.first.small}）\n{i.above.title} {i.above.rate}\nハードウェア {i.pc.rate}",
        "etrade": f"中小企業 {e.rate.rate}、大企業 {e.rate.large}",
        "security": f"中小企業 {s.rate.rate}、小規模 {s.rate.small}",
        "group": f"(a) インボイス対応類型と同じ\n(b)・(c) {g.analysis.rate}",
    }


def _caps() -> dict[str, str]:
    n, i, e, s, g = (every(f.Edition)[-1] for f in (normal, invoice, etrade, security, group))
    few = f"1～{n.many.value - 1}プロセス {spoken(n.few.cap)}"
    tools = f"1機能 {spoken(i.cap.one)}、{i.cap.many}機能以上 {spoken(i.cap.more)}"
    hardware = f"PC等 {spoken(i.pc.up_to)}、レジ等 {spoken(i.register.up_to)}"
    each = f"(b) {spoken(g.analysis.up_to)}×構成員の数"
    admin = f"(c) {spoken(g.admin.up_to)}、かつ (a)+(b) の{g.admin.share}×{g.admin.rate}"
    return {
        "normal": f"{few}\n{n.many.value}プロセス以上 {spoken(n.most.value)}",
        "invoice": f"{tools}\n{hardware}",
        "etrade": spoken(e.most.value),
        "security": spoken(s.most.value),
        "group": f"(a)+(b) {spoken(g.combined.value)}\n{each}\n{admin}",
    }


def _floors() -> dict[str, str]:
    n, s, g = (every(f.Edition)[-1] for f in (normal, security, group))
    under = "（届かなければ0円）"
    return {
        "normal": spoken(n.least.value) + under,
        "invoice": "なし",
        "etrade": "なし",
        "security": spoken(s.least.value) + under,
        "group": f"なし（構成員{g.members.value}者以上が要る）",
    }


def _sources() -> dict[str, str]:
    n, i, e, s, g = (every(f.Edition)[-1] for f in (normal, invoice, etrade, security, group))
    places = {
        "normal": (n.rate.at, n.few.at, n.most.at),
        "invoice": (i.first.at, i.cap.at, i.pc.at),
        "etrade": (e.rate.at, e.most.at, e.share.at),
        "security": (s.rate.at, s.most.at),
        "group": (g.analysis.at, g.combined.at, g.admin.at),
    }
    return {name: "\n".join(dict.fromkeys(cite(at) for at in found)) for name, found in places.items()}
