"""What stands in a sheet, what is asked of the functions there, and what Calc must show."""

from __future__ import annotations

from datetime import date
from typing import Any

from addin import functions
from rules.excel_values import day_of, serial_of

DAY = 46_204.0  # 2026-07-01
DATED = day_of(DAY)
VALUE, NUM, NA = "error #VALUE!", "error #NUM!", "error #N/A"
# what the cells of a sheet hold: a cost, blank, a text, an error, a date, blank text, TRUE
CELLS: list[tuple[str, Any]] = [
    ("A1", 1_000_000), ("A3", "百万円"), ("A4", "=NA()"), ("A5", "=1/0"), ("A6", DAY), ("A7", '=""'), ("A8", "=TRUE()"),
    ("B1", 625_000), ("B2", 1_000_000), ("C1", "=TRUE()"), ("C2", "=FALSE()"),
    *((f"E{r}", 1_000_000) for r in range(1, 12)), *((f"F{r}", "小規模") for r in range(1, 12)),
]  # fmt: skip
# A2 and D1 stay blank
FORMULAS: list[tuple[str, Any]] = [
    ("SUBSIDY_INVOICE(A1;TRUE())", 750_000),
    ("SUBSIDY_INVOICE(A1;A8)", 750_000),
    ('SUBSIDY_INVOICE(A1;"小規模")', 750_000),
    ('SUBSIDY_INVOICE(A1;"中小";;0)', 722_222),
    ("SUBSIDY_INVOICE(A1;C2;2;200000;100000;A6)", 722_222 + 100_000 + 50_000),
    ("SUBSIDY_INVOICE(A1;C2;2;200000;100000;A2)", 722_222 + 100_000 + 50_000),  # a blank 申請日: the newest edition
    ("SUBSIDY_INVOICE(A2;TRUE())", 0),  # Calc hands a single blank cell over as 0
    ("SUBSIDY_INVOICE(A2:A2;TRUE())", VALUE),  # … but not in a range
    ("SUBSIDY_INVOICE(;TRUE())", VALUE),
    ("SUBSIDY_INVOICE(A1)", VALUE),
    ("SUBSIDY_INVOICE(A3;TRUE())", VALUE),
    ("SUBSIDY_INVOICE(A7;TRUE())", VALUE),
    ("SUBSIDY_INVOICE(A4;TRUE())", NA),  # an error comes back as the same error
    ("SUBSIDY_INVOICE(A5;TRUE())", "error #DIV/0!"),
    ("SUBSIDY_INVOICE(A1;TRUE();;;;A4)", NA),
    ("SUBSIDY_INVOICE(A4:A4;TRUE())", "error Err:504"),  # … but not in a range
    ('SUBSIDY_INVOICE(IFERROR(A4:A4;"");TRUE())', VALUE),
    ("SUBSIDY_INVOICE(A1;TRUE();A2)", NUM),
    ("SUBSIDY_INVOICE(A1;TRUE();0)", NUM),
    ("SUBSIDY_INVOICE(-1;TRUE())", VALUE),
    ("SUBSIDY_INVOICE(0.5;TRUE())", VALUE),
    ("SUBSIDY_INVOICE(1E+17;TRUE())", NUM),
    ("SUBSIDY_INVOICE(A1;TRUE();;;;DATE(2020;1;1))", NA),
    ('SUBSIDY_INVOICE(A1;TRUE();;;;"2026-06-01")', VALUE),
    ("SUM(SUBSIDY_INVOICE({1000000|625000};TRUE()))", 1_250_000),
    ("SUMPRODUCT(SUBSIDY_INVOICE(E1:E11;F1:F11))", 11 * 750_000),
    ("IFERROR(SUBSIDY_INVOICE(A3;TRUE());-1)", -1),
    ("ISNA(SUBSIDY_INVOICE(A4;TRUE()))", 1),
    ("SUBSIDY_NORMAL(3999999;4)", 1_999_999),
    ("SUBSIDY_NORMAL(99999;1)", 0),
    ("SUBSIDY_NORMAL(4000000;-1)", VALUE),
    ("SUBSIDY_ETRADE(1200000;5;10)", 400_000),
    ("SUBSIDY_ETRADE(1200000;11;10)", NUM),
    ("SUBSIDY_ETRADE(A3;5;10;TRUE())", VALUE),
    ("SUBSIDY_SECURITY(240000;TRUE())", 160_000),
    ("SUBSIDY_SECURITY(A4;TRUE())", NA),
    ("SUBSIDY_GROUP(E1:F11)", 11 * 750_000),
    ("SUBSIDY_GROUP(E1:I15;;;;A2)", 11 * 750_000),
    ("SUBSIDY_GROUP(E1)", VALUE),
    ("SUBSIDY_GROUP(E1:F11;-1)", VALUE),
    ("SUBSIDY_GROUP()", VALUE),
    ("SUBSIDY_GROUP(E1:A4)", "error Err:504"),
    ('SUBSIDY_WHY("invoice";A1;TRUE())', functions.why("invoice", 1_000_000, True)),
    ('SUBSIDY_WHY("invoice";A3;TRUE())', functions.why("invoice", "百万円", True)),
    ('SUBSIDY_WHY("invoice";A1;TRUE();2;0;0;A2)', functions.why("invoice", 1_000_000, True, 2, 0, 0)),
    ('SUBSIDY_WHY("invoice";A1;TRUE();2;0;0;A6)', functions.why("invoice", 1_000_000, True, 2, 0, 0, DATED)),
    ('SUBSIDY_WHY("どこか";1)', functions.why("どこか", 1)),
    ('SUBSIDY_WHY("invoice")', functions.why("invoice")),
    ("SUBSIDY_WHY()", functions.why(None)),
    ('SUBSIDY_WHY("invoice";A4)', NA),
    ('SUBSIDY_WHY("group";E1:F11)', functions.why("group", [[1_000_000, "小規模"]] * 11)),
    ('SUBSIDY_REQUIRED_COST("invoice";500000;TRUE())', 625_000),
    ('SUBSIDY_REQUIRED_COST("group";1)', VALUE),
    ('SUBSIDY_REQUIRED_COST("normal";1;0)', NUM),
    ('SUBSIDY_EXPLAIN("invoice";A3;TRUE())', VALUE),
    ("SUBSIDY_COMPARE(A1;TRUE())", VALUE),
    ('SUBSIDY_IS_SME("小売業";50000000;51)', 1),
    ('SUBSIDY_IS_SME("小売業";50000001;51)', 0),
    ('SUBSIDY_IS_SME("魔法業";1;1)', VALUE),
    ('SUBSIDY_IS_SME("小売業";A2;50)', 1),  # no capital: a person
    ('SUBSIDY_IS_SMALL("製造業";20)', 1),
    ("SUBSIDY_IS_SMALL(A2;20)", VALUE),
    ('SUBSIDY_DEADLINE("invoice";DATE(2026;10;30))', serial_of(date(2026, 10, 30))),
    ('SUBSIDY_DEADLINE("invoice";DATE(2026;10;31))', NA),
    ('SUBSIDY_DEADLINE("どこか";A6)', VALUE),
    ("SUBSIDY_EDITION()", functions.edition()),
    ("SUBSIDY_EDITION(A2)", functions.edition()),
    ("SUBSIDY_EDITION(DATE(2025;6;1))", functions.edition(date(2025, 6, 1))),
    ("SUBSIDY_EDITION(A3)", VALUE),
]  # fmt: skip
ARRAYS: list[tuple[str, str, Any]] = [
    ("M1:M3", "SUBSIDY_INVOICE(A1:A3;TRUE())", [[750_000], [VALUE], [VALUE]]),
    ("M5:N6", "SUBSIDY_INVOICE(B1:B2;TRANSPOSE(C1:C2))", [[500_000, 468_750], [750_000, 722_222]]),
    ("M8:M10", "SUBSIDY_SECURITY(B1:B2;TRUE())", [[416_666], [666_666], [NA]]),
    ("M12:M13", 'SUBSIDY_IS_SMALL({"小売業"|"製造業"};6)', [[0], [1]]),
    ("M15:M16", "SUBSIDY_INVOICE(B1:B2;TRUE();;;;{46204|43831})", [[500_000], [NA]]),
    ("P1:R12", 'SUBSIDY_EXPLAIN("invoice";A1;TRUE())', functions.explain("invoice", 1_000_000, True)),
]
