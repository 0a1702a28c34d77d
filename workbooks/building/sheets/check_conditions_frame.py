"""チェック: what is wrong with the frame applied for and with its plan, as `rules.checks.frame` and `checks.plan` say it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rules.frames import FRAMES, etrade, group, invoice, normal, security
from rules.frames.contract import Frame
from workbooks.building.formula_text import absolute, blank, per_edition, quoted, ref, trimmed
from workbooks.building.sheets import (
    eligibility,
    frame_inputs,
    line_columns,
    partners,
    plan,
    plan_common,
    plan_wage_raise,
)
from workbooks.building.sheets.check_conditions import Test, applied, at, falls, said, where
from workbooks.form.layout import INPUT, LINES, MEMBER_TABLE, MONTH_TABLE, NO, PLAN, PLAN_TABLE


def of_frame() -> Iterator[Test]:
    first, software = LINES.cell("processes", 1), f"SUM({line_columns.column('software')})>0"
    yield Test(
        "GENERIC",
        "汎P-07 だけでは申請できない。ほかの業務プロセスを持つソフトウェアを加える。",
        where(normal.FRAME, f"AND({software},{_out(normal.FRAME, 'processes')}=0)"),
        first,
    )
    yield Test("FLOOR", "補助額が下限に届かず0円。経費を確かめる。", _floor(), LINES.cell("price", 1))
    yield Test(
        "EDGE150",
        "補助額が下の区分の上限にある。公募要領の引用では1円少ない。下の区分なので、賃上げの義務はない。",
        where(normal.FRAME, _edge()),
        first,
    )
    yield Test("LOWER", "プロセスは足りるが額が届かず、下の区分として扱われる。", where(normal.FRAME, _lower()), first)
    yield Test(
        "ONEFUNC",
        "機能が1つのため上限が掛かっている。",
        where(invoice.FRAME, _one_function()),
        LINES.cell("functions", 1),
    )
    yield Test(
        "ETRADE",
        "総数の空欄・上限の無い契約、総数を超えるアカウント、2つ以上のソフトウェアは申請できない。",
        falls(etrade.FRAME),
        at("total_accounts"),
    )
    yield Test(
        "ACCOUNTS",
        "中小企業等のアカウント数が一覧の合計と違う。一覧の数で計算している。",
        where(etrade.FRAME, _accounts()),
        at("sme_accounts"),
    )
    yield Test(
        "OTASUKE",
        "お助け隊サービスの番号が要る。過去に交付を受けていれば申請できない。",
        falls(security.FRAME),
        at("otasuke_number"),
    )
    yield Test(
        "GROUP",
        "構成員の人数が足りないか、同じ法人番号、支援事業者、外部専門家が構成員にいる。",
        _group(),
        MEMBER_TABLE.cell("name", 1),
    )
    yield Test(
        "GROUPCAP",
        "グループの上限が掛かっている。減る額は補助額シートにある。",
        where(group.FRAME, _group_cap()),
        at("analysis_cost"),
    )
    claimed = said("near_min_wage")
    shown = f"IF({frame_inputs.FILLED}=0,TRUE,AND(NOT({ref('out_near_min_wage')}),NOT({frame_inputs.undecided()})))"
    unknown = f"AND({frame_inputs.undecided()},OR({claimed},{blank(ref('near_min_wage'))}))"
    yield Test(
        "NEARWAGE",
        "最低賃金近傍と答えたが、月ごとの人数が無いか、当たらない。計画の表を確かめる。",
        where(normal.FRAME, f"IF({claimed},{shown},FALSE)"),
        at("near_min_wage"),
    )
    yield Test(
        "NEARWAGE",
        "月ごとの人数が足りず判定不能。低い率で計算している。残りの月を入れる。",
        where(normal.FRAME, unknown),
        MONTH_TABLE.cell("everyone", 1),
    )


def _floor() -> str:
    found = "FALSE"
    for frame in (normal.FRAME, security.FRAME):
        least = per_edition(frame.parameters, lambda e: str(e.floor_amount.value))
        counted = f"{_out(normal.FRAME, 'processes')}>0" if frame is normal.FRAME else "TRUE"
        found = f"IF({applied(frame)},AND({counted},{_out(frame, 'capped')}<{least}),{found})"
    return found


def _edge() -> str:
    few, many = _of(normal.FRAME, lambda e: e.lower_tier.strict), _of(normal.FRAME, lambda e: e.tier_from.value)
    count = _out(normal.FRAME, "processes")
    return f"AND({count}>=1,{count}<{many},{ref('out_subsidy')}>{few})"


def _lower() -> str:
    many, least, upper = (
        _of(normal.FRAME, lambda e, n=name: getattr(e, n).value)
        for name in ("tier_from", "floor_amount", "upper_tier_from")
    )
    amount = ref("out_subsidy")
    return f"AND({_out(normal.FRAME, 'processes')}>={many},{amount}>={least},{amount}<{upper})"


def _of(frame: Frame, value: Callable[[Any], int]) -> str:
    return per_edition(frame.parameters, lambda e: str(value(e)))


def _one_function() -> str:
    many = _of(invoice.FRAME, lambda e: e.cap.multiple_from)
    return (
        f"AND({_out(invoice.FRAME, 'functions')}<{many},{_out(invoice.FRAME, 'uncapped')}>{_out(invoice.FRAME, 'cap')})"
    )


def _accounts() -> str:
    typed = ref("sme_accounts")
    differs = f"AND({partners.READ.rows()}>0,ISNUMBER({typed}),{typed}<>{partners.ACCOUNTS})"
    return f"OR({differs},{partners.ACCOUNTS}=0)"


def _group() -> str:
    return f"IF({falls(group.FRAME)},TRUE,{where(group.FRAME, eligibility.few())})"


def _group_cap() -> str:
    together, combined, flat, part = (
        _out(group.FRAME, n) for n in ("together", "combined", "admin_flat", "admin_part")
    )
    return f"AND({ref('out_subsidy')}>0,OR({together}>{combined},{flat}>{part}))"


def of_plan() -> Iterator[Test]:
    rows = [plan.TOP + n for n in range(len(FRAMES))]
    verdicts = [f"CHOOSE({ref('out_frame')},{','.join(absolute(PLAN, f'{c}{row}') for row in rows)})" for c in "FJ"]
    missed = [f"{verdict}={quoted(plan_common.MISSED)}" for verdict in verdicts]
    yield Test(
        "GROWTH",
        "労働生産性の伸びが、申請する枠の目標に届かない。計画を見直す。",
        f"OR({','.join(missed)})",
        PLAN_TABLE.cell("operating", 2),
    )
    short = f"{plan_wage_raise.VERDICT}={quoted(plan_common.MISSED)}"
    asked = f"AND(ISNUMBER({plan_wage_raise.NEED}),{trimmed(ref('wage_raise'))}={quoted(NO)})"
    none = (
        f"AND(ISNUMBER({plan_wage_raise.PLUS}),{trimmed(ref('wage_margin'))}={quoted(INPUT['wage_margin'].choices[0])})"
    )
    yield Test(
        "WAGEPLAN", "この補助額で求められる賃上げに、計画が届かない。", f"OR({short},{asked},{none})", at("wage_y3")
    )


def _out(frame: Frame, name: str) -> str:
    return ref(f"out_{frame.name}_{name}")
