"""The working of 明細計算: one row per line, one column per value, some of them once for every frame.

It mirrors `rules.assess` cell by cell. Every limit comes from the rules' own formula (`rules.line_limits.eligible`) run on Excel
text, every list of 大分類 and functions from the frames themselves; how a line is read stands in `lines_as_read`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from types import SimpleNamespace

from openpyxl.utils import get_column_letter

from rules import line_limits, total_discount
from rules.engine.argument import NUM, Argument, kinds
from rules.engine.edition import editions
from rules.engine.evaluate import checked_cell
from rules.engine.formula import Formula, renamed
from rules.engine.steps import Let, Step
from rules.frames import FRAMES
from rules.frames.contract import Frame
from rules.frames.security import SERVICE as OTASUKE
from rules.line_limits import MAJORS
from rules.quote import FUNCTIONS, Line
from workbooks.building.formula_text import absolute, blank, dated, per_edition, quoted, ref, span, total
from workbooks.building.sheets import amount_working
from workbooks.form.layout import LINES, MOST_LINES, QUOTE, RESULT, WORKING
from workbooks.form.word_lists import contracts

LEFT = 16  # column P: the printed part ends before it
FIRST = 8  # row of the first line
END = LINES.header + MOST_LINES + 200  # row of 見積 down to which nothing but lines stands
SOFTWARE, SERVICE, HARDWARE = (MAJORS.index(major) + 1 for major in "ⅠⅢⅣ")  # 大分類 as numbers
ARGUMENTS = {a.name: a for a in line_limits.ARGUMENTS}
OF_LINES: tuple[Frame, ...] = tuple(f for f in FRAMES if f.line_classes)  # the frames whose costs stand in the lines
APPLIED = RESULT["out_frame"]  # the number of the frame applied for

NAMED = (*FUNCTIONS, OTASUKE)  # functions that a frame asks for
FLAGS = tuple(f"has_{n}" for n in range(1, len(NAMED) + 1))
PROCESS = tuple(f"process_{n}" for n in range(1, 8))
ASKED = {  # of which more is asked than that they can be read
    "used": "行がある",
    "filled": "入力のセル",
    "order": "通し番号",
    "text_category": "カテゴリー（文字）",
    "category": "カテゴリー",
    "major": "大分類",
    "text_contract": "契約（文字）",
    "terms": "契約",
    "allowed": "契約が対象",
    "timed": "月数が要る",
    "text_price": "単価（文字）",
    "found_price": "単価（数）",
    "typed_price": "単価（入力）",
    "price": "単価（税抜）",
    "text_quantity": "数量（文字）",
    "found_quantity": "数量（数）",
    "quantity": "数量",
    "text_months": "月数（文字）",
    "found_months": "月数（数）",
    "months": "月数",
    "text_discount": "値引（文字）",
    "found_discount": "値引（数）",
    "typed_discount": "値引（入力）",
    "discount": "値引（税抜）",
    "monthly": "月額",
    "yearly": "年額",
    "service": "役務",
    "text_other_subsidy": "他補助金（文字）",
    "other_subsidy": "他補助金",
    "text_functions": "機能（文字）",
    "spelt": "機能",
    **dict(zip(FLAGS, NAMED, strict=True)),
    "text_processes": "プロセス（文字）",
    "codes": "プロセス",
    **{name: f"P-0{n}" for n, name in enumerate(PROCESS, 1)},
    "processes": "プロセスの数",
    "word": "ツール",
    "kana": "ツール（かな）",
    "key": "ツール（照らす形）",
    "name": "ソフトの名前",
    "tool": "同じツールの行",
    "named": "同じツールのソフト",
    "wrong": "読めないか空欄",
    "full": "金額（検査前）",
}
PLAIN = tuple(c for c in LINES.typed if c.reader in ("number", "yesno", "digits") and c.name not in ASKED)
READ: Mapping[str, str] = ASKED | {
    f"{part}{c.name}": f"{c.title}{word}"
    for c in PLAIN
    for part, word in (("text_", "（文字）"), ("found_", "（数）"), ("", ""))
    if part != "found_" or c.reader == "number"
}
SHARED = {  # from the columns above, once for every frame
    "paired": "対のソフトがある",
    "allotted": "合計からの値引の分",
    "travel": "交通費・宿泊費",
    "unread": "直すセル",
}
OWN = {  # in a frame
    "limit": "月数の上限",
    "own": "行だけの理由",
    "software": "対象のソフト",
    "company": "ほかの行による理由",
    "reason": "理由の番号",
    "before": "先の行の役務",
}
USUAL = "usual_"  # columns that all frames share which have no limits of their own
LIMITED = ("limit", "line_months")  # the values that such limits change
CHOSEN = ("reason", "software", "limit", "line_months", "line_capped", "line_eligible")  # in the frame applied for


# Where a frame pays for software alone, no line hangs on another one: a column stands for another, or for nothing.
SAME = {"reason": "own", "line_capped": "line_months"}
LONE = (*SAME, "company", "before", "line_room")


def _let(e: line_limits.Edition) -> list[Step]:
    trace = Let()
    line_limits.eligible(SimpleNamespace(**{name: Formula(name) for name in ARGUMENTS}), e, trace)
    return list(trace)


def _spread() -> tuple[str, list[Step]]:
    trace = Let()
    whole = total_discount.share(SimpleNamespace(**{a.name: Formula(a.name) for a in total_discount.ARGUMENTS}), trace)
    return whole.text, list(trace)


WHOLE, SPREAD = _spread()
STEPS: tuple[Step, ...] = tuple(_let(editions(line_limits.Edition)[-1]))
LISTED, AMOUNT = (s.name for s in STEPS[:2])  # before and after 合計からの値引; the same in every frame
REST = SPREAD[-1].name
LABELS = {**READ, **SHARED, **OWN, **{s.name: s.label for s in (*SPREAD, *STEPS)}}
USUAL_FRAME = next(f for f in OF_LINES if not f.month_limits)


def _alone(frame: Frame) -> bool:
    """Whether a frame pays for software alone, so that no line hangs on another one."""
    return MAJORS[SOFTWARE - 1] == frame.line_classes


def _of_frame(frame: Frame) -> Iterator[str]:
    """The columns that a frame has of its own."""
    for name in (*OWN, *(s.name for s in STEPS[2:])):
        if (frame.month_limits or name not in LIMITED) and not (_alone(frame) and name in LONE):
            yield f"{frame.name}_{name}"


NAMES: tuple[str, ...] = (
    *READ,
    LISTED,
    *(s.name for s in SPREAD),
    *SHARED,
    AMOUNT,
    *(USUAL + name for name in LIMITED),
    *(name for f in OF_LINES for name in _of_frame(f)),
    *CHOSEN,
)
PLACE = {name: LEFT + at for at, name in enumerate(NAMES)}


def contract(name: str) -> int:
    """The place of a contract in the list, which stands for it."""
    return contracts().index(name) + 1


def called(name: str, frame: Frame | None = None) -> str:
    """The column of a value in a frame: its own, or the one that frames share; without a frame, of the one applied for."""
    name = SAME.get(name, name) if frame and _alone(frame) else name
    own = (f"{frame.name}_{name}", USUAL + name) if frame else ()
    return next((known for known in own if known in PLACE), name)


def letter(name: str) -> str:
    """The column of a working value on 明細計算."""
    return get_column_letter(PLACE[name])


def column(name: str, frame: Frame | None = None) -> str:
    """The range of a working value over all lines that a workbook may have; of a frame, or of the one applied for."""
    at = letter(called(name, frame))
    return span(WORKING, f"{at}{FIRST}", f"{at}{FIRST + MOST_LINES - 1}")


def cell(name: str, number: int, frame: Frame | None = None) -> str:
    """The cell of a working value of line `number`, from 1."""
    return absolute(WORKING, f"{letter(called(name, frame))}{FIRST + number - 1}")


def overflow() -> str:
    """Whether cells are filled on 見積 that no working row reads: rows put in by hand."""
    beside = [
        [LINES.letter(c.name) for c in run]
        for computed, run in groupby(LINES.columns, attrgetter("computed"))
        if not computed
    ]
    parts = (span(QUOTE, f"{run[0]}{LINES.first}", f"{run[-1]}{END}") for run in beside)
    return f"COUNTA({','.join(parts)})<>SUM({column('filled')})"


def own(text: str) -> str:
    """A formula as it stands on 明細計算 itself: without the name of its own sheet."""
    return text.replace(f"'{WORKING}'!", "")


def row(n: int, read: Mapping[str, str], limits: Mapping[str, str]) -> Mapping[str, str]:
    """All formulas of line n: `read` says how its cells are read, `limits` the months that count in each frame."""
    found = {**read, "paired": _where_used(n, _paired(n), "1"), **_amount(n), **_discount(n)}
    found |= {called("limit", f): _where_used(n, limits[f.name], "0") for f in OF_LINES}
    for frame in OF_LINES:
        texts = {**_counted(n, frame), **_steps(n, frame)}
        found |= {called(name, frame): text for name, text in texts.items() if not (_alone(frame) and name in LONE)}
    return found | {name: _applied(name, n) for name in CHOSEN}


def _amount(n: int) -> Mapping[str, str]:
    """The amount of a line: an error where a cell cannot be read, or beyond every quote."""
    needed = [
        cell(name, n) for name in ("category", "terms", "other_subsidy", "price", "quantity", "months", "discount")
    ]
    needed += [f"LEN({cell(name, n)})" for name in ("spelt", "codes", *(c.name for c in PLAIN))]
    kind, full = kinds()["yen"], cell("full", n)
    inside = f"IF(OR({full}<{kind.low},{full}>{kind.high}),{NUM},{full})"
    text = f"{_texts(n, USUAL_FRAME)[LISTED]}+0*({'+'.join(needed)})"  # an error among them comes back
    return {"full": _where_used(n, text, "0"), LISTED: _where_used(n, inside)}


def _discount(n: int) -> Mapping[str, str]:
    """`rules.total_discount`: what a line bears of 合計からの値引, and what its amount is then."""
    inputs = {
        "listed": cell(LISTED, n),
        "high": amount_working.HIGH,
        "low": amount_working.LOW,
        "total": amount_working.LISTED,
    }
    me = inputs | {s.name: cell(s.name, n) for s in SPREAD}
    found = {s.name: f"IF({amount_working.LESS}=0,0,{renamed(s.value.text, me)})" for s in SPREAD}
    rest, first = me[REST], column(REST).partition(":")[0]
    earlier = f"COUNTIF({first}:{rest.partition('!')[2]},{rest})"
    one = f'IF(COUNTIF({column(REST)},">"&{rest})+{earlier}<={amount_working.LEFT},1,0)'
    found["allotted"] = f"IF({amount_working.LESS}=0,0,{renamed(WHOLE, me)}+{one})"
    return {name: _where_used(n, text) for name, text in {**found, AMOUNT: _texts(n, USUAL_FRAME)[AMOUNT]}.items()}


def less() -> str:
    """合計からの値引; an error where the lines cannot bear it (`rules.total_discount.bearable`)."""
    typed = ref("total_discount")
    off = f"IF({blank(typed)},0,{checked_cell(Argument('total_discount', 'yen', ''), typed)})"
    whole, high = amount_working.LISTED, kinds()["yen"].high
    return f"IF({off}=0,0,IF({off}>{whole},{NUM},IF({whole}>{high},{NUM},{off})))"


def parts() -> Mapping[str, str]:
    """The two parts of the discount, by their places."""
    texts = [
        renamed(part.text, {"discount": amount_working.LESS}) for part in total_discount.parts(Formula("discount"))
    ]
    return dict(zip((amount_working.HIGH, amount_working.LOW), texts, strict=True))


def left() -> str:
    """The yen that whole shares leave."""
    shares = renamed(WHOLE, {s.name: f"SUM({column(s.name)})" for s in SPREAD})
    return f"IF({amount_working.LESS}=0,0,{amount_working.LESS}-{shares})"


def _where_used(n: int, text: str, otherwise: str = quoted("")) -> str:
    return f"IF({cell('used', n)}=0,{otherwise},{text})"


def _texts(n: int, frame: Frame) -> Mapping[str, str]:
    """The limits of the law on line n, in the edition in force."""
    me = _known(n, frame, *ARGUMENTS, *(s.name for s in STEPS))
    by_edition = [(e.since, [renamed(s.value.text, me) for s in _let(e)]) for e in editions(line_limits.Edition)]
    return {s.name: dated([(since, each[i]) for since, each in by_edition]) for i, s in enumerate(STEPS)}


def _steps(n: int, frame: Frame) -> Mapping[str, str]:
    return {name: _where_used(n, text) for name, text in _texts(n, frame).items() if name not in (LISTED, AMOUNT)}


def _counted(n: int, frame: Frame) -> Mapping[str, str]:
    """`rules.assess`: why a line does not count in a frame, and what the lines above have used of the cap."""
    me = _known(n, frame, *READ, *SHARED, *OWN, AMOUNT)
    software = f"IF(AND({me['major']}={SOFTWARE},{me['own']}={line_limits.COUNTS}),1,0)"
    texts = {"own": _own_reason(frame, me), "software": software}
    if _alone(frame):
        return {name: _where_used(n, text, "0") for name, text in texts.items()}
    texts |= {"company": _company(frame, me), "reason": _reason(frame, me, n)}
    return {**{name: _where_used(n, text, "0") for name, text in texts.items()}, "before": _before(n, frame)}


def _known(n: int, frame: Frame, *names: str) -> Mapping[str, str]:
    """The cells of some values of line n, of those that the frame has."""
    return {name: cell(name, n, frame) for name in names if called(name, frame) in PLACE}


def _own_reason(frame: Frame, me: Mapping[str, str]) -> str:
    """`_own_reason`: why a line cannot count by itself."""
    majors = ",".join(f"{me['major']}={MAJORS.index(major) + 1}" for major in frame.line_classes)
    served = total(me[name] for name in _served(frame))
    tests = (
        (f"{me['major']}=0", line_limits.UNREAD),
        (f"{me['allowed']}=0", line_limits.BAD_CONTRACT),
        (f"NOT(OR({majors}))", line_limits.NOT_HERE),
        (f"AND({me['major']}={SOFTWARE},{served}=0)", line_limits.NO_FUNCTION),
        (f"{me['other_subsidy']}=1", line_limits.TWICE),
    )
    text = str(line_limits.COUNTS)
    for test, number in reversed(tests):
        text = f"IF({test},{number},{text})"
    return text


def _served(frame: Frame) -> list[str]:
    """The columns of which one must be above 0 for a software line to belong to a frame: the frame says so itself."""
    asked = [
        flag for flag, name in zip(FLAGS, NAMED, strict=True) if frame.accepts(Line(1, functions=frozenset({name})))
    ]
    return [*asked, *(["processes"] if frame.accepts(Line(1, processes=frozenset({"共P-01"}))) else [])]


def _paired(n: int) -> str:
    """`rules.line_limits.paired`: 1 where a service stands beside its software, or need not."""
    category, word = cell("category", n), cell("word", n)
    names = column("name")  # a software without a tool goes by its 品名
    among = f"IF(SUMPRODUCT(({names}={cell('key', n)})+({names}=UPPER({word})))>0,1,0)"
    asked = f"OR({','.join(f'{category}={number}' for number in line_limits.PAIRED)})"
    return f"IF({asked},IF(LEN({word})=0,1,{among}),1)"


def _company(frame: Frame, me: Mapping[str, str]) -> str:
    """`_company_reason`: options, services and hardware need eligible software, of their own tool if it is named."""
    software = column("software", frame)
    served = f"COUNTIFS({column('tool')},{me['tool']},{software},1)"
    apart = f"IF({me['paired']}=1,0,{line_limits.UNPAIRED})"
    company = f"IF(SUM({software})=0,{line_limits.ALONE},IF({me['named']}=0,{apart},IF({served}>0,{apart},{line_limits.ALONE})))"
    return f"IF({me['own']}>0,{me['own']},IF({me['major']}={SOFTWARE},0,{company}))"


def _reason(frame: Frame, me: Mapping[str, str], n: int) -> str:
    """`_reasons`: of the consulting lines that would count, only the largest do, the first of equal ones."""
    which = f"{column('category')},{line_limits.CONSULTING},{column('company', frame)},{line_limits.COUNTS}"
    larger = f'COUNTIFS({which},{column(AMOUNT)},">"&{me[AMOUNT]})'
    names = ("category", "company", AMOUNT)
    category, company, amount = (
        f"{column(x, frame).partition(':')[0]}:{cell(x, n, frame).partition('!')[2]}" for x in names
    )
    equal = f"COUNTIFS({category},{line_limits.CONSULTING},{company},{line_limits.COUNTS},{amount},{me[AMOUNT]})"
    allowed = per_edition(line_limits.Edition, lambda e: str(e.consulting.value))
    second = f"IF({larger}+{equal}<={allowed},{line_limits.COUNTS},{line_limits.SECOND})"
    return f"IF({me['company']}>0,{me['company']},IF({me['category']}={line_limits.CONSULTING},{second},0))"


def _before(n: int, frame: Frame) -> str:
    """役務 that the lines above have used of the cap."""
    if n == 1:
        return "0"
    above = {name: cell(name, n - 1, frame) for name in ("before", "major", "reason", "line_months")}
    counted = f"IF(AND({above['major']}={SERVICE},{above['reason']}=0),{above['line_months']},0)"
    return f"{above['before']}+{counted}"


def _applied(name: str, n: int) -> str:
    """A value in the frame applied for; 0 where its costs stand elsewhere."""
    each = ",".join(cell(name, n, f) if f in OF_LINES else "0" for f in FRAMES)
    return f"CHOOSE({absolute(APPLIED.sheet, APPLIED.cell)},{each})"


def cost(frame: Frame, *categories: int) -> str:
    """補助対象経費 of all lines but those whose cost has an argument of its own, or of the lines of some categories."""
    eligible = column("line_eligible", frame)
    if categories:
        return total(f"SUMIFS({eligible},{column('category')},{number})" for number in categories)
    rest = "".join(f"-SUMIFS({eligible},{column('category')},{number})" for number in line_limits.PARTS)
    return f"SUM({eligible}){rest}"


def functions(frame: Frame) -> str:
    """Functions of all eligible software together (和集合), at least 1."""
    software = column("software", frame)
    counted = FLAGS[: len(FUNCTIONS)]
    found = total(f"IF(SUMIFS({column(flag)},{software},1)>0,1,0)" for flag in counted)
    return f"IF({found}=0,1,{found})"


def processes(frame: Frame) -> str:
    """Kinds of process of all eligible software together; the last one alone counts as none."""
    software = column("software", frame)
    each = [f"IF(SUMIFS({column(name)},{software},1)>0,1,0)" for name in PROCESS]
    return f"IF({total(each[:-1])}=0,0,{total(each)})"
