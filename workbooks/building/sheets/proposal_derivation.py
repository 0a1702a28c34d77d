"""提案書: how the subsidy comes about, in three lines: what counts of the quote, what the rates give, what is left of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rules import line_limits
from rules.engine.edition import spoken
from rules.engine.evaluate import formulas
from rules.frames import etrade, group, invoice, normal, security
from rules.frames.contract import Frame
from workbooks.building.formula_text import per_edition, quoted, ref
from workbooks.building.sheets import line_columns
from workbooks.building.sheets.proposal_cells import of_frame

LINES = 3


def texts() -> tuple[str, str, str]:
    """The three lines as formulas; nothing stands where the amount is not known."""
    of = {
        invoice.FRAME: (_counted(), _invoice(), _sum(invoice.FRAME, ("software", "pc_part", "register_part"))),
        normal.FRAME: (_counted(), _normal(), _kept(normal.FRAME)),
        etrade.FRAME: (_counted(), _etrade(), _kept(etrade.FRAME)),
        security.FRAME: (_counted(), _security(), _kept(security.FRAME)),
        group.FRAME: (_group_counted(), _group(), _group_sum()),
    }
    known = ref("out_subsidy")
    first, second, third = (of_frame(lambda f, n=n: (of.get(f) or _plain(f))[n]) for n in range(LINES))
    return tuple(f"IF(ISERROR({known}),{quoted('')},{text})" for text in (first, second, third))  # type: ignore[return-value]


def _plain(frame: Frame) -> tuple[str, str, str]:
    """A frame that has no words of its own: the step that decides, by its label."""
    label = next(s.label for s in formulas(frame) if s.name == frame.deciding[0])
    return _counted(), f"{quoted(f'② {label} ')}&{_yen(_result(frame, frame.deciding[0]))}", _kept(frame)


def _yen(value: str) -> str:
    return f'TEXT({value},"#,##0")&"円"'


def _cut(value: str, words: str) -> str:
    """An amount that is taken away, where there is one."""
    return f'IF({value}>0," − {words} "&{_yen(value)},"")'


def _result(frame: Frame, name: str) -> str:
    return ref(f"out_{frame.name}_{name}")


def _rate(frame: Frame, make: Callable[[Any], str]) -> str:
    return per_edition(frame.parameters, make)


def _counted() -> str:
    """The quote's total, what of it does not count, and what limits cut, down to the 補助対象経費."""

    amount, dated, capped = (
        f"SUMIFS({line_columns.column(name)},{line_columns.column('reason')},{line_limits.COUNTS})"
        for name in ("line_amount", "line_months", "line_capped")
    )
    outside, months, services = f"({ref('out_total')}-{amount})", f"({amount}-{dated})", f"({dated}-{capped})"
    cap = per_edition(line_limits.Edition, lambda e: quoted(spoken(e.services.value)))
    over = f'IF({services}>0," − 役務の上限"&{cap}&"を超える分 "&{_yen(services)},"")'
    text = f"{_cut(outside, '対象外の行')}&{_cut(months, '月数の上限を超える分')}&{over}"
    return f'"① 見積の合計 "&{_yen(ref("out_total"))}&{text}&" ＝ 補助対象経費 "&{_yen(ref("out_eligible"))}&"（税抜）"'


def _invoice() -> str:
    """Software in two bands, PC and register, each with what its cap takes."""
    given = {name: _result(invoice.FRAME, name) for name in ("cost", "pc_cost", "register_cost")}
    small = f"IF({ref('out_small_biz')},"

    def bands(e: invoice.Edition) -> str:
        rest = f"、超える部分{e.band_2.rate}）"
        first = f"（{e.band_1.title}"
        return f"{small}{quoted(f'{first}{e.band_1.small}{rest}')},{quoted(f'{first}{e.band_1.rate}{rest}')})"

    lost = f"({_result(invoice.FRAME, 'uncapped')}-{_result(invoice.FRAME, 'software')})"
    software = (
        f'"② ソフトウェア等 "&{_yen(given["cost"])}&{_rate(invoice.FRAME, bands)}&" → "&{_yen(_result(invoice.FRAME, "uncapped"))}'
        f"&{_cut(lost, '上限を超える分')}"
    )
    parts = [software]
    for label, cost, line, part, cap in (
        ("PC等", "pc_cost", "pc_line", "pc_part", "pc"),
        ("レジ等", "register_cost", "till_line", "register_part", "register"),
    ):
        rate = _rate(invoice.FRAME, lambda e, cap=cap: quoted(f"×{getattr(e, cap).rate} ＝ "))
        over = f"({_result(invoice.FRAME, line)}-{_result(invoice.FRAME, part)})"
        words = f'"、{label} "&{_yen(given[cost])}&{rate}&{_yen(_result(invoice.FRAME, line))}&{_cut(over, "上限を超える分")}'
        parts.append(f"IF({given[cost]}>0,{words},{quoted('')})")
    return "&".join(parts)


def _sum(frame: Frame, names: tuple[str, ...]) -> str:
    added = '&" ＋ "&'.join(_yen(_result(frame, name)) for name in names)
    none = f'IF({_result(frame, "cost")}=0,"（ソフトウェアが無いため0円）","")'
    return f'"③ 補助額 ＝ "&{added}&" ＝ "&{_yen(_result(frame, "subsidy"))}&{none}'


def _kept(frame: Frame) -> str:
    """What the limits leave of the amount."""
    before, limited = frame.deciding[0], any(s.name == "capped" for s in formulas(frame))
    amount, subsidy = _result(frame, before), _result(frame, "subsidy")
    capped = _result(frame, "capped") if limited else subsidy
    over = _cut(f"({amount}-{capped})", "上限を超える分")
    low = f'IF({subsidy}<{capped},"（下限に届かないため0円）","")' if limited else quoted("")
    led = f'IF({amount}={subsidy},"",{_yen(amount)}&{over}&" ＝ ")'
    return f'"③ 補助額 ＝ "&{led}&{_yen(subsidy)}&{low}'


def _normal() -> str:
    near = _result(normal.FRAME, "near_min_wage")
    rate = _rate(normal.FRAME, lambda e: f"IF({near},{quoted(str(e.rate.near))},{quoted(str(e.rate.rate))})")
    who = f'IF({near},"（最低賃金近傍の事業者）","")'
    cap = f'"（"&{_result(normal.FRAME, "processes")}&"プロセスの上限 "&{_yen(_result(normal.FRAME, "cap"))}&"）"'
    cost = _yen(_result(normal.FRAME, "cost"))
    return f'"② "&{cost}&" × "&{rate}&{who}&" ＝ "&{_yen(_result(normal.FRAME, "amount"))}&{cap}'


def _etrade() -> str:
    large = _result(etrade.FRAME, "large")
    rate = _rate(etrade.FRAME, lambda e: f"IF({large},{quoted(str(e.rate.large))},{quoted(str(e.rate.rate))})")
    accounts = f'{_result(etrade.FRAME, "sme_accounts")}&"／"&{_result(etrade.FRAME, "total_accounts")}'
    cap = _rate(etrade.FRAME, lambda e: quoted(f"（上限 {e.cap.value:,}円）"))
    return (
        f'"② 利用料 "&{_yen(_result(etrade.FRAME, "cost"))}&" × 中小企業等のアカウント "&{accounts}&" × "&{rate}&" ＝ "'
        f"&{_yen(_result(etrade.FRAME, 'share'))}&{cap}"
    )


def _security() -> str:
    small = _result(security.FRAME, "small_biz")
    rate = _rate(security.FRAME, lambda e: f"IF({small},{quoted(str(e.rate.small))},{quoted(str(e.rate.rate))})")
    cap = _rate(security.FRAME, lambda e: quoted(f"（上限 {e.cap.value:,}円）"))
    cost, amount = _yen(_result(security.FRAME, "cost")), _yen(_result(security.FRAME, "amount"))
    return f'"② 利用料 "&{cost}&" × "&{rate}&" ＝ "&{amount}&{cap}'


def _group_counted() -> str:
    return f'"① 経費の合計 "&{_yen(ref("out_total"))}&"（税抜。構成員の経費と、(b)・(c)）"'


def _group() -> str:
    """(a), (b) and the cap on both."""
    r = {
        name: _result(group.FRAME, name)
        for name in ("base_part", "analysis_line", "analysis_part", "together", "combined")
    }
    rate = _rate(group.FRAME, lambda e: quoted(f"×{e.analysis.rate} ＝ "))
    cost = _result(group.FRAME, "analysis_cost")
    over = f"({r['analysis_line']}-{r['analysis_part']})"
    analysis = f'"、(b) "&{_yen(cost)}&{rate}&{_yen(r["analysis_line"])}&{_cut(over, "人数の上限を超える分")}'
    both = f"({r['together']}-{r['combined']})"
    cap = _rate(group.FRAME, lambda e: quoted(f" − (a)＋(b)の上限{spoken(e.combined.value)}を超える分 "))
    held = f'IF({both}>0,{cap}&{_yen(both)},"")'
    return f'"② (a) 構成員の補助額の合計 "&{_yen(r["base_part"])}&{analysis}&{held}'


def _group_sum() -> str:
    """(c) and the total."""
    r = {name: _result(group.FRAME, name) for name in ("combined", "admin_line", "admin_part", "subsidy")}
    rate = _rate(group.FRAME, lambda e: quoted(f"×{e.admin.rate} ＝ "))
    over = f"({r['admin_line']}-{r['admin_part']})"
    admin = f'"(c) "&{_yen(_result(group.FRAME, "admin_cost"))}&{rate}&{_yen(r["admin_line"])}&{_cut(over, "上限を超える分")}'
    low = f'IF({r["subsidy"]}=0,"（構成員が足りないため0円）","")'
    return f'"③ "&{admin}&"。補助額 ＝ "&{_yen(r["combined"])}&" ＋ "&{_yen(r["admin_part"])}&" ＝ "&{_yen(r["subsidy"])}&{low}'
