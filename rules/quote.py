"""A quote as the rules see it: named inputs and lines, each value with the cell it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from rules.findings import Finding

UNREAD = "読めない入力の訂正"  # what a frame lacks whose amounts an unreadable cell would decide
FUNCTIONS = ("会計", "受発注", "決済")  # the functions that the invoice frame counts
PERSON = "個人"  # 事業者区分 of one who is no 法人
YES, NO = ANSWERS = "はい", "いいえ"  # of a question


@dataclass(frozen=True)
class Row:
    """One row of a table of the quote, with the cells it came from."""

    number: int  # position in the table, from 1
    cells: Mapping[str, str] = field(default_factory=dict[str, str], kw_only=True)
    readable: bool = field(default=True, kw_only=True)  # False where a cell could not be read: the row has no amount

    def cell(self, name: str) -> str:
        """The cell of one field, such as 見積!H12."""
        return self.cells.get(name, "")


@dataclass(frozen=True)
class Line(Row):
    """One line of the 見積 table. Amounts in whole yen; None where the cell is blank."""

    item: str = ""  # 品名
    tool: str = ""  # ツール: name of the software this line belongs to
    category: int | None = None  # カテゴリー 1–9
    functions: frozenset[str] = frozenset()  # 機能
    processes: frozenset[str] = frozenset()  # プロセス: 共P-01 …
    contract: str = ""  # 契約: 買取, 月額, 年額 …
    unit: str = ""  # 単位
    quantity: int | None = None  # 数量
    price: int | None = None  # 単価（円、税抜; per month for 月額, per year for 年額）
    months: int | None = None  # 月数
    discount: int = 0  # 値引（円、正の数）
    note: str = ""  # 備考
    other_subsidy: bool = False  # 他の国の補助金を同じ経費に使う


@dataclass(frozen=True)
class Partner(Row):
    """取引先 that uses accounts of the ordering software (電子取引類型)."""

    name: str = ""
    corporate_number: str | None = None
    sme: bool | None = None  # 中小企業・小規模事業者等か
    accounts: int | None = None  # アカウント数
    consent: bool | None = None  # 取引先同意書をもらったか
    note: str = ""


@dataclass(frozen=True)
class Member(Row):
    """構成員 of a group (複数者連携枠). Amounts in whole yen, 税抜; None where the cell is blank."""

    name: str = ""
    corporate_number: str | None = None
    small_biz: bool | None = None  # 小規模事業者か
    cost: int | None = None  # ソフトウェア購入費・導入関連費
    functions: int | None = None  # 会計・受発注・決済の機能の数
    pc_cost: int | None = None
    register_cost: int | None = None
    analysis: bool | None = None  # (b) のツールを導入するか
    role: str = ""  # 役割


@dataclass(frozen=True)
class Month(Row):
    """One month of the proof of 最低賃金近傍: all employees, and those paid below the threshold."""

    everyone: int | None = None
    below: int | None = None


@dataclass(frozen=True)
class Year(Row):
    """One year of 労働生産性: number 1 is the base year, 2 the first year after it … Yen, people, hours a year."""

    operating: int | None = None  # 営業利益
    personnel: int | None = None  # 人件費
    depreciation: int | None = None  # 減価償却費
    employees: Fraction | None = None
    hours: Fraction | None = None  # 年間平均労働時間（1人当たり）


@dataclass(frozen=True)
class Quote:
    """A filled quote. `inputs` holds the typed value of every named input that is not blank."""

    inputs: Mapping[str, Any]
    lines: tuple[Line, ...]
    cells: Mapping[str, str] = field(default_factory=dict[str, str])
    findings: tuple[Finding, ...] = ()  # what was wrong while reading
    partners: tuple[Partner, ...] = ()
    members: tuple[Member, ...] = ()
    months: tuple[Month, ...] = ()
    plan: tuple[Year, ...] = ()

    def get(self, name: str, default: Any = None) -> Any:
        """One named input, or the default where it is blank."""
        return self.inputs.get(name, default)

    def cell(self, name: str) -> str:
        """The cell of a named input, such as 申請者!C5."""
        return self.cells.get(name, "")

    def unread(self, *names: str) -> bool:
        """Whether a cell of these inputs holds something that could not be read: it is not blank, no default stands for it."""
        wrong = {f.cell for f in self.findings if f.code == "INPUT" and f.cell}
        return any(self.cell(name) in wrong for name in names)

    @property
    def applied_on(self) -> date | None:
        """申請日: decides the edition."""
        return self.inputs.get("application_date")
