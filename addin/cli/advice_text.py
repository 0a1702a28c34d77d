"""The advice as a text, best first: sentences that can be read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from addin.cli import advice_cash, advice_group
from addin.cli.text_table import table
from rules import business_days
from rules.advice.advice import ASKED, DATED, Advice
from rules.advice.cash import Cash
from rules.advice.cockpit import Block
from rules.advice.duties import Duty
from rules.advice.inverse import Wish
from rules.advice.options import Uncounted, uncounted
from rules.advice.timeline import FROM, Event, Task, Timeline
from rules.advice.what_if import Tip
from rules.checks.codes import yen
from rules.dates import japanese, with_weekday
from rules.engine.edition import cite
from rules.findings import ERROR
from rules.zero_reasons import why

TITLES = (
    "できること",
    "確かめたいこと",
    "気をつけること",
    "少し離れた境目",
    "日程（営業日は、土日・祝日・年末年始を除いて数えています）",
)


def as_text(found: Advice, wished: Sequence[Wish] = (), money: Cash | None = None, chosen: Sequence[Block] = ()) -> str:
    """The advice for a person, best first; `chosen`: members of a group that are shown in detail."""
    group = found.group
    said = {title: [_said(tip) for tip in found.tips if _title(tip) == title] for title in TITLES}
    parts: list[tuple[str, list[str] | str]] = [
        ("", _opening(found)),
        *[(title, said[title]) for title in TITLES[:-1]],
        ("ほしい額から", [w.text for w in wished]),
        ("数えない経費", list(_lines(found))),
        ("賃上げの約束", list(_duty(found.duty))),
        (TITLES[-1], [*said[TITLES[-1]], *_dates(found.timeline)]),
        ("これから何をいつまでに", _tasks(found.timeline)),
        ("構成員（複数者連携枠）", _under(advice_group.members(group, chosen), advice_group.sentences(group, chosen))),
        (
            f"資金繰り（{found.best.label}、税込、円）",
            _under(advice_cash.calendar(money), [*advice_cash.sentences(found.best, money), *_apart(found)]),
        ),
        ("根拠と確かさ", list(_sources(found))),
    ]
    return "\n\n".join(_section(title, lines) for title, lines in parts if lines)


def _title(tip: Tip) -> str:
    """The section that a sentence belongs to."""
    if tip.kind in DATED:
        return TITLES[4]
    if tip.kind in ASKED:
        return TITLES[1]
    return TITLES[3] if not tip.near else TITLES[0] if tip.worth else TITLES[2]


def _said(tip: Tip) -> str:
    """A sentence; a question with its doubt."""
    return tip.text + (f"（{tip.doubt}）" if tip.doubt and tip.kind in ASKED else "")


def _section(title: str, said: list[str] | str) -> str:
    """Sentences as items; a table as it stands."""
    lines = [said] if isinstance(said, str) else [f"・{line}" if title else line for line in said]
    return "\n".join([f"■ {title}", *lines] if title else lines)


def _apart(found: Advice) -> Iterator[str]:
    """That the calendar is one application's, where several bring more."""
    if found.combination and found.combination.subsidy > (found.best.subsidy or 0):
        yield "別の枠と組み合わせて申請するときの補助額は含みません。"


def _under(shown: str, said: Iterable[str]) -> str:
    """Sentences below a table."""
    return "\n".join([shown, *(f"・{line}" for line in said)]) if shown else ""


def _opening(found: Advice) -> list[str]:
    """What is late, what is wrong, and the frames, best first."""
    wrong = sum(f.level == ERROR for f in found.best.findings)
    lines = [found.late.text + "補助額は参考です。事務局の公表で確かめてください。"] if found.late else []
    lines += [f"見積に誤りが{wrong}件あります。先に hojokin check で直してください。"] if wrong else []
    if found.best.subsidy:
        own = yen(found.best.own_burden or 0)
        lines.append(
            f"いちばん有利なのは{found.best.label}で、補助額は{yen(found.best.subsidy)}、自己負担（税抜）は{own}です。"
        )
    rows = [[a.label, a.subsidy, a.own_burden, why(a)] for a in found.frames]
    return [
        *lines,
        table([["枠（有利な順）", "補助額", "自己負担（税抜）", "足りないもの・0円の理由"], *rows], right=[1, 2]),
    ]


def _lines(found: Advice) -> Iterator[str]:
    """In each frame with an amount, what does not count and why."""
    for a in found.frames:
        if a.calculation and a.expenses:
            told = "、".join(_uncounted(u) for u in uncounted(a)) or "すべて数えます"
            yield f"{a.label}: 対象 {yen(a.eligible)}。{told}。"


def _uncounted(u: Uncounted) -> str:
    first, more = u.lines[0], f"ほか{len(u.lines) - 1}行" if len(u.lines) > 1 else ""
    return f"{u.reason}: 「{first.item}」{more} {yen(u.yen)}"


def _duty(duty: Duty | None) -> Iterator[str]:
    """What is promised, year by year, and what is repaid."""
    if duty is None:
        return
    plan = duty.plan
    rate = f"年平均{float(plan.cagr):.1%}以上" if plan.cagr else ""
    yield f"{plan.measure}を{rate}増やす約束です。"
    for y in duty.years:
        plans = (
            ""
            if y.planned is None
            else f"。計画は{yen(y.planned)}" + (f"で{yen(y.short)}足りません" if y.short else "で足ります")
        )
        firm = "" if y.firm is None or not duty.person else f"、会社全体で年{yen(y.firm)}"
        yield f"{y.year}年目: {'1人当たり' if duty.person else ''}{yen(y.needed)}（今より＋{yen(y.raised)}{firm}）{plans}。"
    if not duty.years:
        yield "給与支給総額が未記入なので、円では示せません（計画シートに入れてください）。"
    if duty.hourly:
        h = duty.hourly
        short = (
            ""
            if not h.short
            else f"。今は{yen(h.paid or 0)}で{yen(h.short)}足りず、1人につき年{yen(h.yearly)}掛かります"
            if h.yearly
            else f"。今より{yen(h.short)}足りません"
        )
        yield f"事業場内最低賃金は時給{yen(h.needed)}以上（{h.prefecture}の{yen(h.legal)}より{h.needed - h.legal}円高く）{short}。"
    for r in duty.repaid:
        if r.yen:
            yield f"{r.name}が{r.year}年目に未達なら、返還は{yen(r.yen)}です。"
    yield from (f"ただし、{label}。" for label in dict.fromkeys(duty.reliefs))


def _dates(found: Timeline) -> Iterator[str]:
    """The rounds, and the way to the money."""
    if found.rounds:
        yield (
            "公募の回: "
            + "、".join(f"{r.round.label} {japanese(r.round.closing)}（{r.state}）" for r in found.rounds)
            + "。"
        )
    yield "申請から入金まで: " + " → ".join(_event(e) for e in found.events) + "。"
    yield from found.doubts


def _event(e: Event) -> str:
    day = japanese(e.day) if e.day else "未定"
    return f"{e.label} {day}" + (f"（{e.note}）" if e.note else "")


def _tasks(found: Timeline) -> str:
    """What to do by when, in the order of the days."""
    rows = [[_when(task), _left(task), task.todo, task.note] for task in found.tasks]
    return table([["日", "残り（営業日）", "すること", "備考"], *rows], right=[1])


def _when(task: Task) -> str:
    return f"{with_weekday(task.day)}{task.word}" if task.day else "未定"


def _left(task: Task) -> str:
    if task.left is not None or task.day is None:
        return "" if task.left is None else f"{task.left}日"
    return "できます" if task.word == FROM else "過ぎました"


def _sources(found: Advice) -> Iterator[str]:
    """Where the sentences stand, each once, and what is doubtful."""
    tips = [tip for tip in (found.late, *found.tips) if tip and tip.near]
    plan = found.duty.plan if found.duty else None
    counted = any(task.left is not None for task in found.timeline.tasks)
    days = business_days.sources() if counted else ()
    places = [*(tip.at for tip in tips), *([plan.source] if plan else []), *days]
    yield from (f"{cite(at)}" for at in dict.fromkeys(places) if at)
    doubts = [*(tip.doubt for tip in tips if tip.kind not in ASKED), *([plan.doubt] if plan else [])]
    doubts += [business_days.doubt()] if counted else []
    yield from (doubt for doubt in dict.fromkeys(doubts) if doubt)
    if found.combination and not found.combination.exact:
        yield "ツールが多いので、額の小さいものはまとめて組み合わせました。"
