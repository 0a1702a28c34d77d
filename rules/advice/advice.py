"""All that a consultant would say about a quote, best first; and the few sentences that `check` adds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rules import payroll
from rules.advice import combinations, duties, edges, idle, line_edges, timeline
from rules.advice.cockpit import Cockpit, cockpit
from rules.advice.combinations import Application, Combination
from rules.advice.duties import Duty
from rules.advice.options import ranked
from rules.advice.timeline import Timeline
from rules.advice.what_if import Tip, quoted, told
from rules.assess import Assessment, amounts
from rules.checks.codes import yen
from rules.frames import FRAMES, group, normal, security
from rules.line_limits import SOFTWARE
from rules.quote import Quote

SENTENCES = 5  # that `check` adds at most
ASKED = ("exempt", "near_wage", "number", "untold")  # kinds that are questions
DATED = ("stale", "deadline", "lead", "lead_late")


@dataclass(frozen=True)
class Advice:
    """What to say of a quote: `frames` best first, `tips` of the first one, the most yen first."""

    quote: Quote
    frames: tuple[Assessment, ...]
    late: Tip | None
    combination: Combination | None
    tips: tuple[Tip, ...]
    duty: Duty | None
    timeline: Timeline
    group: Cockpit | None  # the members of 複数者連携枠, where it has an amount

    @property
    def best(self) -> Assessment:
        """The frame that is worth the most by itself."""
        return self.frames[0]


def advise(quote: Quote, today: date) -> Advice:
    """Everything about a quote, as things stand on a day.

    Units: amounts in whole 円; costs and own burdens 税抜.
    Errors: none: a frame that lacks an input, or an edition, says so in its `needs`.
    Source: each tip has its own; the pages of rules/.

    >>> from tests import samples
    >>> found = advise(samples.quote(), date(2026, 9, 15))
    >>> found.best.frame, found.tips[0].text
    ('invoice', 'PC・タブレット等は経費200,000円まで補助が増え、それを超える20,000円には補助がつきません。')
    """
    frames = tuple(ranked(quote))
    best = frames[0]
    combination = combinations.best(quote) if best.edition else None
    dates = timeline.timeline(best, today)
    every = (*_together(best, combination, frames), *of_frame(best), *timeline.tips(best, dates))
    return Advice(
        quote,
        frames,
        timeline.late(best, dates),
        combination,
        tuple(sorted(every, key=lambda tip: (not tip.near, -tip.worth))),
        duties.duty(best),
        dates,
        next((made for a in frames if (made := cockpit(a))), None),
    )


def of_frame(a: Assessment) -> Iterator[Tip]:
    """What concerns one frame alone, most yen first."""
    if a.calculation:
        yield from sorted((*idle.tips(a), *line_edges.tips(a), *edges.tips(a), *duties.tips(a)), key=lambda t: -t.worth)


def short(a: Assessment) -> tuple[str, ...]:
    """At most five sentences about the frame that a quote applies for: what is late, what is better, what is lost.

    Units: amounts in whole 円; those of lines 税抜.
    Errors: none: nothing is said of a quote without a day or an edition.
    Source: as of `advise`, the pages of rules/.

    >>> from tests.samples import assessment
    >>> short(assessment())
    ('PC・タブレット等は経費200,000円まで補助が増え、それを超える20,000円には補助がつきません。',)
    """
    if a.on is None or a.edition is None:
        return ()
    late = timeline.late(a, timeline.timeline(a, a.on))
    others = [amounts(a.quote, f) for f in FRAMES if a.frame != f.name]
    tips = [*([late] if late else []), *_better(a, others), *_together(a, combinations.best(a.quote), [a, *others])]
    tips += [t for t in of_frame(a) if t.near and (t.worth or t.kind.endswith("_short"))]
    return tuple(_few(t.text for t in tips))


def _few(texts: Iterable[str]) -> Iterator[str]:
    left = SENTENCES
    for text in texts:
        left -= text.count("。")
        if left < 0:
            return
        yield text


def _better(a: Assessment, others: Sequence[Assessment]) -> Iterator[Tip]:
    """Another frame that pays more for the same lines; a group's costs are others."""
    lined = [o for o in others if o.frame != group.FRAME.name]
    most = max(lined, key=lambda o: o.subsidy or 0)
    if a.frame != group.FRAME.name and a.subsidy is not None and (most.subsidy or 0) > a.subsidy:
        more = (most.subsidy or 0) - a.subsidy
        text = f"{most.label}なら、同じ見積で補助額は{yen(most.subsidy or 0)}（＋{yen(more)}）です。"
        yield Tip("better", text, more, most.frame, a.subsidy, most.subsidy)


def _together(a: Assessment, found: Combination | None, frames: Sequence[Assessment]) -> Iterator[Tip]:
    """What further applications add to the best single one."""
    first = max(frames, key=lambda f: f.subsidy or 0)
    single = first.subsidy or 0
    if found and found.subsidy > single:
        text = (_further(found, single) or _divided(found, single)) + _duty_too(first, found)
        gain, t = found.subsidy - single, found.together
        yield Tip("together", text, gain, a.frame, single, found.subsidy, {}, t.at, t.doubt)
    yield from _unnumbered(a, found)
    yield from _untold(frames, single)


def _further(found: Combination, single: int) -> str:
    """The best single application stays as it is, and others stand beside it."""
    first, *rest = found.applications
    if first.assessment.subsidy != single:
        return ""
    added = "、".join(f"{x.assessment.label}に{_tools(x)}で{yen(x.assessment.subsidy or 0)}" for x in rest)
    return f"同じ期間に{added}を別に申請すると、補助額は合計{yen(found.subsidy)}（＋{yen(found.subsidy - single)}）になります。"


def _divided(found: Combination, single: int) -> str:
    parts = "、".join(
        f"{x.assessment.label}に{_tools(x)}で{yen(x.assessment.subsidy or 0)}" for x in found.applications
    )
    return f"ツールを分け、同じ期間に{parts}を申請すると、補助額は合計{yen(found.subsidy)}（一つだけより＋{yen(found.subsidy - single)}）になります。"


def _duty_too(first: Assessment, found: Combination) -> str:
    """Whether 賃上げ計画 falls away or comes with the applications beside one another; "" where neither."""
    alone, beside = _bound(first), any(_bound(x.assessment) for x in found.applications)
    if alone == beside:
        return ""
    return (
        "この分け方では、賃上げ計画の義務がなくなります。" if alone else "この分け方では、賃上げ計画の義務が付きます。"
    )


def _bound(a: Assessment) -> bool:
    plan = payroll.plan(a)
    return plan is not None and plan.required


def _tools(application: Application) -> str:
    return "".join(f"「{name}」" for name in application.tools) or "構成員の経費"


def _unnumbered(a: Assessment, found: Combination | None) -> Iterator[Tip]:
    """お助け隊サービス without its number in the IPA list: what it would be worth to find it."""
    quote = a.quote
    if (
        not any(security.accepts(line) for line in quote.lines)
        or quote.get("otasuke_number")
        or quote.get("otasuke_granted")
    ):
        return
    then = combinations.best(told(quote, otasuke_number=security.SERVICE)) if found or quote.lines else None
    before = found.subsidy if found else 0
    if then and then.subsidy > before:
        gain = then.subsidy - before
        text = f"{security.FRAME.label}は、お助け隊サービスのIPAのリストの番号が分かれば申請でき、補助額は合計{yen(then.subsidy)}（＋{yen(gain)}）です。"
        yield Tip(
            "number",
            text,
            gain,
            security.FRAME.name,
            before,
            then.subsidy,
            at=then.together.at,
            doubt=then.together.doubt,
        )


def _untold(frames: Sequence[Assessment], single: int) -> Iterator[Tip]:
    """通常枠 where no line says its process: what it would pay with a single one."""
    for a in frames:
        if a.frame == normal.FRAME.name and a.needs == normal.UNTOLD:
            one = frozenset(normal.PROCESSES[:1])
            lines = (replace(x, processes=one) if x.category == SOFTWARE else x for x in a.quote.lines)
            quote = replace(a.quote, lines=tuple(lines))
            after = quoted(a, quote).subsidy or 0
            if after > single:
                text = f"明細に業務プロセスがありませんが、1つでもあれば{a.label}の補助額は{yen(after)}（＋{yen(after - single)}）です。"
                yield Tip("untold", text, after - single, a.frame, single, after, quote=quote)
