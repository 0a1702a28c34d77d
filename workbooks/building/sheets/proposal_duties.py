"""提案書: what the frame asks the customer to promise, with the doubts that the drafts say in the same words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rules import minimum_wage, obligations
from rules.engine.edition import editions
from rules.frames.contract import Frame
from workbooks.building.formula_text import AS_OF, dated, day, per_edition, quoted, ref, trimmed
from workbooks.building.sheets import plan_wage_raise
from workbooks.building.sheets.lists import Lookups
from workbooks.building.sheets.proposal_cells import of_frame
from workbooks.form.entered_cells import text_of
from workbooks.form.layout import YES

LIST = "約束の文（提案書）"
PLACE = "{list}"  # stands for the range of the sentences until they are written
SMALL = "・小規模事業者として、賃上げ計画は要件の適用外で計算しています。"
UNKNOWN = "・賃上げ計画が要るかどうかは、補助額と所在地が決まると出ます。"


@dataclass
class Sentences:
    """Sentences that are too long for a formula: they stand on 一覧, and formulas point to them."""

    texts: list[str] = field(default_factory=list[str])

    def at(self, text: str) -> str:
        """The formula of a sentence."""
        if not text:
            return quoted("")
        if text not in self.texts:
            self.texts.append(text)
        return f"INDEX({PLACE},{self.texts.index(text) + 1})"


def texts(look: Lookups) -> tuple[str, str]:
    """The promise of 労働生産性 and of the raise, as formulas."""
    said = Sentences()
    found = (productivity(said), pay(said))
    place = look.lists.add(LIST, said.texts)
    return tuple(text.replace(PLACE, place) for text in found)  # type: ignore[return-value]


def productivity(said: Sentences) -> str:
    """The target of 労働生産性 in the frame, from the edition in force."""

    def text(name: str) -> str:
        both = [
            [(e.since, said.at(goal(name, past, e))) for e in editions(obligations.Edition)] for past in (True, False)
        ]
        past, new = (dated(parts) for parts in both)
        return past if past == new else f"IF({_past()},{past},{new})"

    return of_frame(lambda f: text(f.name))


def goal(name: str, past: bool, e: obligations.Edition) -> str:
    """The target of a frame in words."""
    t = obligations.target(name, past, e.since)
    if t is None:
        return "・労働生産性の数値目標は、この枠にはありません。" + _unseen(e.digits.at)
    first = f"1年後{_percent(t.first_year)}以上、" if t.first_year else ""
    least = f"{first}{t.years}年間の年平均で{_percent(t.cagr)}以上伸ばす"
    return f"・労働生産性を、{least}計画を立て、実行していただきます。{t.doubt}"


def _percent(rate: Any) -> str:
    return f"{float(rate) * 100:g}%"


def _past() -> str:
    return f"{trimmed(ref('past_grant'))}={quoted(YES)}"


def _unseen(at: str) -> str:
    """That the text of 2025 stands for one of 2026 that was not read; the place cited says so."""
    return "（2025年の公募要領によります。2026年の原文は未確認です）" if "未確認" in at else ""


def pay(said: Sentences) -> str:
    """The raise that the frame asks for at this subsidy, as 計画 finds it, or why there is none."""
    text = of_frame(lambda f: per_edition(obligations.Edition, lambda e: case(said, e, f)))
    return f"IF(ISERROR({plan_wage_raise.NEED}),{quoted(UNKNOWN)},{text})"


def case(said: Sentences, e: obligations.Edition, f: Frame) -> str:
    """What one edition says in one frame, as `rules.obligations.wage_plan` decides it."""
    rules = [r for r in e.wage if f.name in r.frames]
    unsure = [r for r in e.wage if f.name not in r.frames and r.unsure(f.name)]
    free = next(x for x in e.free if x.frame == f.name)
    none = said.at(f"・賃上げ計画は、この枠・この補助額では要件ではありません（{free.label}）。{_unseen(free.at)}")
    for r in unsure:
        none += f"&IF({plan_wage_raise.condition(r, f)},{said.at(r.unsure(f.name))},{quoted('')})"
    if not rules:
        return none
    asked = f"OR({','.join(plan_wage_raise.condition(r, f) for r in rules)})"
    text = _asked(said, e, f, rules)
    for x in reversed(e.exempt):
        exempt = said.at(f"・{x.name}として、賃上げ計画は要件の適用外で計算しています。{x.doubt}")
        text = f"IF({text_of('wage_exempt')}={quoted(x.name)},{exempt},{text})"
    if e.small.exempt:
        small = ref("out_small_biz")
        text = f"IF(IF(ISERROR({small}),FALSE,{small}),{said.at(SMALL + e.small.doubt)},{text})"
    return f"IF({asked},{text},{none})"


def _asked(said: Sentences, e: obligations.Edition, f: Frame, rules: list[obligations.Raise]) -> str:
    plus = plan_wage_raise.PLUS
    wage = f'IF(ISNUMBER({plus}),"、事業場内最低賃金"&TEXT({plus},"#,##0")&"円以上（"&{plan_wage_raise.YEAR}&"の地域別最低賃金から）"&{_region(said)},"")'
    first = said.at(f"・賃上げ計画: {e.payroll.label}を3年間の年平均で")
    last = said.at("、従業員への表明が要ります。達成できないと、補助金の返還になることがあります。" + e.payroll.doubt)
    doubts = "".join(
        f"&IF({plan_wage_raise.condition(r, f)},{said.at(r.doubt + r.unsure(f.name))},{quoted('')})"
        for r in rules
        if r.doubt + r.unsure(f.name)
    )
    return f'{first}&TEXT({plan_wage_raise.NEED},"0.0%")&"以上"&{wage}&{last}{doubts}'


def _region(said: Sentences) -> str:
    """What is doubtful of the regional wage that the floor starts from."""
    newest = minimum_wage.years()[-1]
    if not newest.doubt_from:
        return quoted("")
    return f"IF({AS_OF}>={day(newest.doubt_from)},{said.at(f'（{newest.doubt}）')},{quoted('')})"
