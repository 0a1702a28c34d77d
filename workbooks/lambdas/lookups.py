"""What is no frame, as Excel LAMBDAs: 中小企業等, 小規模事業者, the next closing date, the edition, the cost for a target."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from rules import applicant, schedule
from rules.engine.argument import NUM, VALUE, Argument, kinds
from rules.engine.edition import editions
from rules.engine.evaluate import checked_cell, first_error_or
from rules.engine.formula import formula
from rules.excel_values import NA
from rules.frames import FRAMES, invoice
from rules.frames.contract import Frame
from workbooks.lambdas.frames import Since, by_edition, checked, day, let

YEN = Argument("target", "yen", "目標の補助額（円）")
HALVINGS = 34  # powers of two that reach over the highest cost
MOST_GIVEN = 5  # arguments of a frame after its cost, as_of among them


def is_sme() -> str:
    """中小企業等: the capital or the employees within the industry's limit."""
    rows = applicant.industries()
    few = {row.name: min(_employees(row)) for row in rows}
    many = {row.name: max(_employees(row)) for row in rows}
    capital = {row.name: row.capital for row in rows if row.capital is not None}
    guards = [
        ("industry_ok", _text("industry")),
        ("capital_ok", f'IF(ISERROR(capital),capital,IF(capital="",0,IF(ISLOGICAL(capital),IF(capital,{VALUE},0),'
                       f"{checked_cell(Argument('capital', 'count', ''), 'capital')})))"),
        ("employees_ok", checked_cell(applicant.EMPLOYEES, "employees")),
    ]  # fmt: skip
    limits = [("few", _by_industry(few)), ("many", _by_industry(many)), ("most", _by_industry(capital, "0"))]
    decided = f"IF(employees_ok<=few,TRUE,IF(employees_ok>many,FALSE,{VALUE}))"
    result = f"IF(ISERROR(few),few,IF(capital_ok>0,IF(capital_ok<=most,TRUE,{decided}),{decided}))"
    return _lambda("industry, capital, employees", [*guards, *limits], _first_error(guards, result))


def is_small() -> str:
    """小規模事業者: the employees within the industry's limit; an industry without one never is."""
    small = {row.name: -1 if row.small is None else row.small for row in applicant.industries()}
    guards = [("industry_ok", _text("industry")), ("employees_ok", checked_cell(applicant.EMPLOYEES, "employees"))]
    result = _first_error(guards, "employees_ok<=most")
    return _lambda("industry, employees", [*guards, ("most", _by_industry(small))], result)


def deadline() -> str:
    """The next closing date of a frame; #N/A where none is known."""
    tables = {frame.name: _closings(frame.name) for frame in FRAMES}
    same = list(dict.fromkeys(tables.values()))
    kind = {frame.name: same.index(tables[frame.name]) + 1 for frame in FRAMES}
    guards = [
        ("frame_ok", _frame_number(kind)),
        ("as_of_ok", day("today", "TODAY()")),
    ]
    texts = [by_edition([Since(since, _next(days)) for since, days in table]) for table in same]
    return _lambda("frame, [today]", guards, _first_error(guards, _chosen("frame_ok", texts)))


def edition_in_force() -> str:
    """The edition in force in words."""
    known = editions(invoice.Edition)
    texts = [Since(e.since, f'"{edition_name(e.since)}"') for e in known]
    guards = [("as_of_ok", day("as_of", formula(known[-1].since).text))]
    return _lambda("[as_of]", guards, _first_error(guards, by_edition(texts)))


def edition_name(since: date) -> str:
    """An edition in words.

    >>> edition_name(date(2026, 3, 30))
    '2026年版（2026-03-30 以降の申請）'
    """
    return f"{since.year}年版（{since} 以降の申請）"


def required_cost(function: Callable[[Frame], str]) -> str:
    """The least cost that reaches a target, by halving. `function` gives the name of a frame's own function."""
    single = [frame for frame in FRAMES if "cost" in (a.name for a in frame.arguments)]
    kind = {frame.name: number for number, frame in enumerate(single, 1)}
    highest = kinds()["yen"].high
    names = [f"given_{n}" for n in range(1, MOST_GIVEN + 1)]
    step = f"IF(low+power>{highest},low,IF({_amount(single, function, 'low+power')}<target_ok,low+power,low))"
    guards = [
        ("frame_ok", _frame_number(kind)),
        ("target_ok", checked_cell(YEN, "target")),
        ("extra", _too_many(single, names)),
    ]
    lets = [
        *guards,
        *((checked(name), f'IF(ISOMITTED({name}),"",{name})') for name in names),
        ("top", _amount(single, function, str(highest))),
    ]
    low = f"REDUCE(-1, 2^SEQUENCE({HALVINGS},1,{HALVINGS - 1},-1), LAMBDA(low, power, {step}))"
    result = first_error_or(f"IF(top<target_ok,{NUM},{low}+1)", ["frame_ok", "extra", "target_ok", "top"])
    return _lambda(", ".join(["frame", "target", *(f"[{name}]" for name in names)]), lets, result)


def _lambda(head: str, lets: Sequence[tuple[str, str]], result: str) -> str:
    return f"=LAMBDA({head}, {let(lets, result)})"


def _first_error(guards: Sequence[tuple[str, str]], result: str) -> str:
    return first_error_or(result, [name for name, _ in guards])


def _text(name: str) -> str:
    """A text, or the error of what is none."""
    return f"IF(ISERROR({name}),{name},IF(ISTEXT({name}),{name},{VALUE}))"


def _is_one_of(name: str, words: Iterable[str]) -> str:
    """A condition for IF: whether a text is one of these words. A sum, since OR would make one answer of a whole range."""
    return "+".join(f'EXACT({name},"{word}")' for word in words)


def _employees(row: applicant.Industry) -> set[int]:
    """The limits on employees that an industry may have: several where its main industry decides."""
    names = (row.name,) if row.employees is not None else row.among
    return {limit for name in names if (limit := applicant.find(name).employees) is not None}


def _by_industry(limits: Mapping[str, int | None], otherwise: str = VALUE) -> str:
    """The limit of an industry, known by its name or an alias."""
    text = otherwise
    for limit in sorted({value for value in limits.values() if value is not None}):
        found = [applicant.find(name) for name, value in limits.items() if value == limit]
        words = [word for row in found for word in (row.name, *row.aliases)]
        text = f"IF({_is_one_of('industry_ok', words)},{limit},{text})"
    return text


def _frame_number(kind: Mapping[str, int]) -> str:
    """The number of a frame's kind, by its English or Japanese name."""
    text = VALUE
    for number in sorted(set(kind.values()), reverse=True):
        words = [w for f in FRAMES if kind.get(f.name) == number for w in (f.name, f.label, f.label.split()[-1])]
        text = f"IF({_is_one_of('frame', dict.fromkeys(words))},{number},{text})"
    return f"IF(ISERROR(frame),frame,IF(ISTEXT(frame),{text},{VALUE}))"


def _chosen(name: str, texts: Sequence[str]) -> str:
    """The text that a number from 1 stands for."""
    chosen = texts[-1]
    for number, text in reversed(list(enumerate(texts[:-1], 1))):
        chosen = f"IF({name}={number},{text},{chosen})"
    return chosen


def _closings(frame: str) -> tuple[tuple[date, tuple[date, ...]], ...]:
    known = editions(schedule.Edition)
    return tuple((e.since, tuple(r.closing for r in schedule.rounds(frame, e.since))) for e in known)


def _next(days: Sequence[date]) -> str:
    """The first of the days that is not over."""
    text = NA
    for found in reversed(days):
        text = f"IF(as_of_ok<={formula(found).text},{formula(found).text},{text})"
    return text


def _amount(frames: Sequence[Frame], function: Callable[[Frame], str], cost: str) -> str:
    """The subsidy of the frame in question for a cost."""
    texts: list[str] = []
    for frame in frames:
        given = [checked(f"given_{n}") for n in range(1, len(frame.arguments) + 1)]  # as_of in place of the cost
        texts.append(f"{function(frame)}({','.join([cost, *given])})")
    return _chosen("frame_ok", texts)


def _too_many(frames: Sequence[Frame], names: Sequence[str]) -> str:
    """#VALUE! where more is given than the frame takes."""
    over = [next((n for n in names[len(f.arguments) :]), "") for f in frames]
    texts = [f"IF(ISOMITTED({name}),0,{VALUE})" if name else "0" for name in over]
    return _chosen("frame_ok", texts)
