"""The spreadsheet functions, in plain Python. Importing this module loads nothing but the standard library.

Any single-value argument may be a range (a list of rows); the result then has its shape. Errors are Excel errors,
never text in a money cell.

>>> invoice(1_000_000, True), invoice([[625_000], [None]], "小規模"), invoice(1_000_000, False, 0)
(750000, [[500000], ['#VALUE!']], '#NUM!')
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from addin.functions.arguments import day, or_error
from addin.functions.broadcasting import rows, spread
from addin.functions.catalog import function
from addin.functions.explanation import sentence, table
from rules import applicant, schedule
from rules.engine.argument import VALUE, ArgumentError, ExcelError
from rules.engine.evaluate import in_force, scalar
from rules.excel_values import NA
from rules.frames import FRAMES
from rules.frames import frame as frame_named
from rules.frames.contract import Frame
from rules.required_cost import required_cost as least_cost


def _doc(frame: str, name: str) -> dict[str, Any]:
    """An argument's help, from the frame; a table takes a whole range as one value."""
    a = next(a for a in frame_named(frame).arguments if a.name == name)
    return {"doc": a.doc, "table": a.kind == "members"}


AsOf = Annotated[Any, {"doc": "申請日。省くと最新の版で計算します"}]
Today = Annotated[Any, {"doc": "基準日。省くと今日"}]
FrameName = Annotated[Any, {"doc": f"枠の名前。{'、'.join(f.name for f in FRAMES)} か、その日本語名"}]
Arguments = Annotated[Any, {"doc": "その枠の関数と同じ引数を、同じ順に"}]
RestOfArguments = Annotated[Any, {"doc": "その枠の関数と同じ引数を、経費（cost）を除いて同じ順に"}]
Target = Annotated[Any, {"doc": "目標の補助額（円）"}]
Lines = Annotated[Any, {"doc": "見積の明細の範囲。列は見積シートと同じ順（見出し行を含めてもよい）", "table": True}]
Small = Annotated[Any, _doc("invoice", "small_biz")]
Near = Annotated[Any, _doc("normal", "near_min_wage")]
Large = Annotated[Any, _doc("etrade", "large")]
Industry = Annotated[Any, {"doc": "業種。製造業、卸売業、小売業、サービス業 など"}]
Capital = Annotated[Any, {"doc": "資本金（円）。個人事業主など資本金が無ければ空欄"}]
Employees = Annotated[Any, {"doc": "常時使用する従業員数（役員と個人事業主を除く）"}]


@function
def invoice(
    cost: Annotated[Any, _doc("invoice", "cost")],
    small_biz: Small,
    functions: Annotated[Any, _doc("invoice", "functions")] = None,
    pc_cost: Annotated[Any, _doc("invoice", "pc_cost")] = None,
    register_cost: Annotated[Any, _doc("invoice", "register_cost")] = None,
    as_of: AsOf = None,
) -> Any:
    """インボイス枠（インボイス対応類型）の補助額（円）を返します。

    Units: costs in 円、税抜; the subsidy in 円.
    Errors: #VALUE! what cannot be read, #NUM! what is out of range, #N/A a day without an edition.
    Source: rules/frames/invoice.toml.

    >>> invoice(1_000_000, True, 2, 220_000)
    850000
    """
    return _amounts("invoice", cost, small_biz, functions, pc_cost, register_cost, as_of)


@function
def normal(
    cost: Annotated[Any, _doc("normal", "cost")],
    processes: Annotated[Any, _doc("normal", "processes")],
    near_min_wage: Near = None,
    as_of: AsOf = None,
) -> Any:
    """通常枠の補助額（円）を返します。下限に届かなければ0です。

    Units: cost in 円、税抜; the subsidy in 円.
    Errors: #VALUE! what cannot be read, #NUM! what is out of range, #N/A a day without an edition.
    Source: rules/frames/normal.toml.

    >>> normal(1_000_000, 4), normal(99_999, 1)
    (500000, 0)
    """
    return _amounts("normal", cost, processes, near_min_wage, as_of)


@function
def etrade(
    cost: Annotated[Any, _doc("etrade", "cost")],
    sme_accounts: Annotated[Any, _doc("etrade", "sme_accounts")],
    total_accounts: Annotated[Any, _doc("etrade", "total_accounts")],
    large: Large = None,
    as_of: AsOf = None,
) -> Any:
    """インボイス枠（電子取引類型）の補助額（円）を返します。

    Units: cost in 円、税抜; accounts by number; the subsidy in 円.
    Errors: #VALUE! what cannot be read, #NUM! what is out of range, #N/A a day without an edition.
    Source: rules/frames/etrade.toml.

    >>> etrade(1_000_000, 1, 2)
    333333
    """
    return _amounts("etrade", cost, sme_accounts, total_accounts, large, as_of)


@function
def security(
    cost: Annotated[Any, _doc("security", "cost")],
    small_biz: Small,
    as_of: AsOf = None,
) -> Any:
    """セキュリティ対策推進枠の補助額（円）を返します。下限に届かなければ0です。

    Units: cost in 円、税抜; the subsidy in 円.
    Errors: #VALUE! what cannot be read, #NUM! what is out of range, #N/A a day without an edition.
    Source: rules/frames/security.toml.

    >>> security(180_000, True)
    120000
    """
    return _amounts("security", cost, small_biz, as_of)


@function
def group(
    members: Annotated[Any, _doc("group", "members")],
    analysis_cost: Annotated[Any, _doc("group", "analysis_cost")] = None,
    admin_cost: Annotated[Any, _doc("group", "admin_cost")] = None,
    analysis_members: Annotated[Any, _doc("group", "analysis_members")] = None,
    as_of: AsOf = None,
) -> Any:
    """複数者連携デジタル化・AI導入枠の補助額（円）を返します。空白の行は構成員に数えません。

    Units: costs in 円、税抜; the subsidy in 円.
    Errors: #VALUE! what cannot be read, #NUM! what is out of range, #N/A a day without an edition.
    Source: rules/frames/group.toml.

    >>> group([[1_000_000, True], [None, None]] * 10)
    7500000
    """
    call, table = _amount("group"), None if members is None else rows(members)
    return spread(lambda *rest: call(table, *rest), analysis_cost, admin_cost, analysis_members, as_of)


@function
def explain(frame: FrameName, *arguments: Arguments) -> Any:
    """計算の段階を表で返します（段階、円、公募要領などの場所）。

    Units: costs in 円、税抜; each step in 円.
    Errors: #VALUE!, #NUM! or #N/A in place of the table, as of the frame's function.
    Source: the page of the frame in rules/frames/, cited row by row.

    >>> explain("security", 180_000, True)[-1][:2]
    ['補助額', 120000]
    """
    return or_error(lambda: table(_calculate(frame, arguments)))()


@function
def why(frame: FrameName, *arguments: Arguments) -> Any:
    """その補助額になる理由、またはエラーの理由を、一文で返します。

    Units: costs in 円、税抜; amounts in the sentence in 円.
    Errors: none in the cell: #VALUE!, #NUM! or #N/A stands before the sentence that says why.
    Source: the page of the frame in rules/frames/.

    >>> why("security", 180_000, True)
    'セキュリティ対策推進枠の補助額は120,000円です。利用料に補助率を掛けた額が120,000円だからです。'
    """
    try:
        return sentence(_calculate(frame, arguments))
    except ArgumentError as e:
        return f"{e.error}: {e.message}"


@function
def required_cost(frame: FrameName, target: Target, *arguments: RestOfArguments) -> Any:
    """目標の補助額に届く最小の経費（円、税抜）を返します。複数者連携には使えません。

    Units: target and subsidies in 円; the cost in 円、税抜.
    Errors: #NUM! a target that no cost reaches, #VALUE! 複数者連携 and what cannot be read, #N/A a day without an edition.
    Source: the page of the frame in rules/frames/.

    >>> required_cost("security", 50_000, True)
    75000
    """

    def least(goal: Any, *rest: Any) -> int:
        module = _module(frame)
        values, on = _named(module, (None, *rest))
        return least_cost(module, goal, values, on)

    return spread(or_error(least), target, *arguments)


@function
def compare(
    lines: Lines,
    small_biz: Small,
    near_min_wage: Near = None,
    large: Large = None,
    as_of: AsOf = None,
) -> Any:
    """一つの見積を枠ごとに比べた表を返します（枠、対象経費、補助額、自己負担（税抜）。補助額の大きい順）。

    Units: all amounts in 円, costs 税抜; contracts in か月.
    Errors: #VALUE! a cell of the lines that cannot be read, #NUM! what is out of range.
    Source: rules/frames/ and rules/line_limits.toml.

    >>> lines = [["品名", "カテゴリー", "機能", "契約", "数量", "単価"], ["会計", 1, "会計", "買取", 1, 500_000]]
    >>> compare(lines, True)[0]
    ['インボイス枠 インボイス対応類型', 500000, 400000, 100000]
    """
    from addin.functions.comparison import comparison  # reads lines as the workbook's reader does

    return or_error(lambda: comparison(lines, small_biz, near_min_wage, large, day(as_of)))()


@function
def is_sme(industry: Industry, capital: Capital, employees: Employees) -> Any:
    """中小企業等なら TRUE を返します（資本金か従業員数のどちらかが業種の基準以内）。

    Units: capital in 円; employees by number.
    Errors: #VALUE! an industry that there is not, or one that hangs on its 主たる業種; #NUM! what is out of range.
    Source: rules/applicant.toml.

    >>> is_sme("小売業", 60_000_000, 50), is_sme("小売業", 60_000_000, 51)
    (True, False)
    """

    def test(name: Any, amount: Any, count: Any) -> bool:
        return applicant.is_sme(_text(name), amount or None, count)  # 0: a firm without capital, such as a person

    return spread(or_error(test), industry, capital, employees)


@function
def is_small(industry: Industry, employees: Employees) -> Any:
    """小規模事業者なら TRUE を返します。

    Units: employees by number.
    Errors: #VALUE! an industry that there is not, or no whole number; #NUM! what is out of range.
    Source: rules/applicant.toml.

    >>> is_small("サービス業", 5), is_small("サービス業", 6)
    (True, False)
    """

    def test(name: Any, count: Any) -> bool:
        return applicant.is_small(_text(name), count)

    return spread(or_error(test), industry, employees)


@function
def deadline(frame: FrameName, today: Today = None) -> Any:
    """次の締切日を返します。分かっている締切が無ければ #N/A です。

    Units: a day; in cells its serial number.
    Errors: #N/A no closing day known, #VALUE! a frame that there is not, #NUM! no day.
    Source: rules/schedule.toml.

    >>> deadline("通常枠", date(2026, 5, 13))
    datetime.date(2026, 6, 15)
    """

    def closing(name: Any, now: Any) -> date | ExcelError:
        found = schedule.next_deadline(_module(name).name, day(now, "today") or date.today())
        return ExcelError(NA) if found is None else found

    return spread(or_error(closing), frame, today)


@function
def edition(as_of: AsOf = None) -> Any:
    """申請日に有効なルールの版を返します。

    Units: a day; the edition as a text with its year.
    Errors: #N/A a day before the first edition, #VALUE! or #NUM! no day.
    Source: rules/frames/invoice.toml.

    >>> edition(date(2025, 6, 1))
    '2025年版（2025-03-31 以降の申請）'
    """

    def name(on: Any) -> str:
        found = in_force(frame_named("invoice"), day(on))
        return f"{found.since.year}年版（{found.since} 以降の申請）"

    return spread(or_error(name), as_of)


def _amounts(frame: str, *arguments: Any) -> Any:
    return spread(_amount(frame), *arguments)


def _amount(frame: str) -> Callable[..., Any]:
    """A function of single values that gives the frame's subsidy, or an Excel error."""

    named = frame_named(frame)

    def subsidy(*arguments: Any) -> int:
        values, on = _named(named, arguments)
        return scalar(named, values, on).subsidy

    return or_error(subsidy)


def _calculate(frame: Any, arguments: tuple[Any, ...]) -> Any:
    module = _module(frame)
    values, on = _named(module, arguments)
    return scalar(module, values, on)


def _module(frame: Any) -> Frame:
    return frame_named(_text(frame, "frame"))


def _named(frame: Frame, arguments: tuple[Any, ...]) -> tuple[dict[str, Any], date | None]:
    """Arguments in the order of the frame's function, the last being as_of, by their names."""
    names = [a.name for a in frame.arguments]
    if len(arguments) > len(names) + 1:
        raise ArgumentError(
            "argument", VALUE, f"引数が多すぎます。{frame.label}の引数は {'、'.join(names)}、as_of です。"
        )
    values = dict(zip(names, arguments, strict=False))
    if values.get("members") is not None:
        values["members"] = rows(values["members"])  # a range of one cell comes as its value
    on = arguments[len(names)] if len(arguments) > len(names) else None
    return {name: value for name, value in values.items() if value is not None}, day(on)


def _text(value: Any, name: str = "industry") -> str:
    if isinstance(value, ExcelError):
        raise ArgumentError(name, str(value), f"{name} がエラー値です。")
    if not isinstance(value, str):
        raise ArgumentError(name, VALUE, f"{name} は文字で入れてください。")
    return value
