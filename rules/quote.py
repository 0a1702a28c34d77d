"""A quote as the rules see it: named inputs and lines, each value with the cell it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rules.findings import Finding

FUNCTIONS = ("会計", "受発注", "決済")  # the functions that the invoice frame counts


@dataclass(frozen=True)
class Line:
    """One line of the 見積 table. Amounts in whole yen; None where the cell is blank."""

    number: int  # position in the table, from 1
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
    cells: Mapping[str, str] = field(default_factory=dict[str, str])  # field name -> cell, for findings
    readable: bool = True  # False where a cell of the line could not be read: the line has no amount

    def cell(self, name: str) -> str:
        """The cell of one field, such as 見積!H12."""
        return self.cells.get(name, "")


@dataclass(frozen=True)
class Quote:
    """A filled quote. `inputs` holds the typed value of every named input that is not blank."""

    inputs: Mapping[str, Any]
    lines: tuple[Line, ...]
    cells: Mapping[str, str] = field(default_factory=dict[str, str])
    findings: tuple[Finding, ...] = ()  # what was wrong while reading

    def get(self, name: str, default: Any = None) -> Any:
        """One named input, or the default where it is blank."""
        return self.inputs.get(name, default)

    def cell(self, name: str) -> str:
        """The cell of a named input, such as 申請者!C5."""
        return self.cells.get(name, "")

    @property
    def applied_on(self) -> date | None:
        """申請日: decides the edition."""
        return self.inputs.get("application_date")
