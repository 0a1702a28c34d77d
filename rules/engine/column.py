# pyright: basic, reportUnknownMemberType=false
# The engines' own types are not known here: none of them is needed to use the rules.
"""Whole columns in place of single numbers: an integer column of some engine over one common `int` denominator.

The formula written for one quote runs untouched on NumPy arrays, Polars expressions and Ibis columns (SQL).
A missing value (NULL) stays missing, and a column can never take a Python branch.

>>> import numpy as np
>>> (Column(np.array([10, 11])) * Fraction(2, 3) // 1).num
array([6, 7])
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any


def _aligned(op: Callable[[Any, Any], Any]) -> Callable[[Column, Any], Column]:
    """`op` on numerators over a common denominator, which the result keeps."""

    def method(self: Column, other: Any) -> Column:
        a, b, den = self.align(other)
        return Column(op(a, b), den)

    return method


def _compared(op: Callable[[Any, Any], Any]) -> Callable[[Column, Any], Column]:
    """`op` on numerators over a common denominator; the result is a column of truth values."""

    def method(self: Column, other: Any) -> Column:
        a, b, _ = self.align(other)
        return Column(op(a, b))

    return method


@dataclass(frozen=True, eq=False)
class Column:
    """`num / den`: num is an int64 array, an expression or a plain int; den is an int."""

    num: Any
    den: int = 1

    __add__ = __radd__ = _aligned(operator.add)
    __sub__ = _aligned(operator.sub)
    __rsub__ = _aligned(lambda a, b: b - a)
    __lt__, __le__ = _compared(operator.lt), _compared(operator.le)
    __gt__, __ge__ = _compared(operator.gt), _compared(operator.ge)

    def __mul__(self, other: Any) -> Column:
        other = _column(other)
        return Column(self.num * other.num, self.den * other.den)

    __rmul__ = __mul__

    def __floordiv__(self, other: Any) -> Column:
        other = _column(other)
        return Column(_times(self.num, other.den) // _times(other.num, self.den))

    def choose(self, yes: Any, no: Any) -> Column:
        """yes where this column of truth values is true, no where it is false, NULL where it is NULL."""
        yes, no = _column(yes), _column(no)
        den = lcm(yes.den, no.den)
        a, b = _times(yes.num, den // yes.den), _times(no.num, den // no.den)
        return Column(_engine(self.num).choose(self.num, a, b), den)

    def where(self, condition: Any) -> Column:
        """This column where the condition holds, otherwise NULL."""
        return Column(_engine(self.num).where(self.num, condition.num), self.den)

    def known(self) -> Column:
        """Where this column has a value."""
        return Column(_engine(self.num).known(self.num))

    def __bool__(self) -> bool:
        raise TypeError("列は if・and・min には使えません。choose と minimum を使ってください。")

    def __eq__(self, other: object) -> Any:
        raise TypeError("列は == で比べられません。<= と >= を使ってください。")

    __hash__ = None  # type: ignore[assignment]

    def align(self, other: Any) -> tuple[Any, Any, int]:
        """The numerators of both over their common denominator, and that."""
        other = _column(other)
        den = lcm(self.den, other.den)
        return _times(self.num, den // self.den), _times(other.num, den // other.den), den


def read(values: Any, *, flag: bool = False, default: Any = None) -> Column:
    """A column from an engine's own values, as 64-bit integers (or truth values); a blank becomes the default.

    What is no whole number (a fraction, text in an object array) becomes NULL: there is no amount to compute.
    """
    return Column(_engine(values).read(values, flag, default))


class _NumPy:
    """Arrays; missing values are masked."""

    @staticmethod
    def read(values: Any, flag: bool, default: Any) -> Any:
        import numpy as np

        masked = np.ma.asarray(values)
        blank = np.ma.getmaskarray(masked)
        if masked.dtype == object:
            clean, lost, none = _cells(masked, flag)
        elif masked.dtype.kind == "f":
            with np.errstate(invalid="ignore"):
                lost = (np.abs(masked.data) >= _EXACT) | (np.floor(masked.data) != masked.data)
            none = np.isnan(masked.data)
            clean = np.where(lost | none, 0, masked.data)
        else:
            fits = masked.dtype.kind == "b" if flag else masked.dtype.kind in "iu"
            lost = np.full(masked.shape, not fits)
            none = np.zeros(masked.shape, dtype=bool)
            clean = masked.data if fits else np.zeros(masked.shape, dtype=np.int64)
        if flag:
            lost = lost | ((clean != 0) & (clean != 1))
        return _settled(clean.astype(bool if flag else np.int64), blank | none, lost, default)

    @staticmethod
    def choose(condition: Any, yes: Any, no: Any) -> Any:
        import numpy as np

        if any(isinstance(x, np.ma.MaskedArray) for x in (condition, yes, no)):
            return np.ma.where(condition, yes, no)
        return np.where(condition, yes, no)

    @staticmethod
    def where(values: Any, condition: Any) -> Any:
        import numpy as np

        dropped = ~np.ma.filled(condition, False)
        if not dropped.any():
            return values
        # an out-of-range value must not overflow under its mask, nor divide by zero
        safe = np.where(dropped, np.ones((), dtype=np.ma.getdata(values).dtype), np.ma.getdata(values))
        return np.ma.array(safe, mask=np.ma.getmaskarray(values) | dropped)

    @staticmethod
    def known(values: Any) -> Any:
        import numpy as np

        return ~np.ma.getmaskarray(values)


class _Polars:
    """Expressions; NULL is Polars' own null. `when` would take NULL for false, hence the first branch."""

    @staticmethod
    def read(values: Any, flag: bool, default: Any) -> Any:
        import polars as pl

        exact = values.cast(pl.Int64, strict=False)
        number = values.cast(pl.Float64, strict=False)
        whole = pl.when(exact.cast(pl.Float64) == number).then(exact)
        if flag:
            whole = pl.when(whole == 1).then(pl.lit(True)).when(whole == 0).then(pl.lit(False))
        return whole if default is None else pl.when(values.is_null()).then(pl.lit(default)).otherwise(whole)

    @staticmethod
    def choose(condition: Any, yes: Any, no: Any) -> Any:
        import polars as pl

        return pl.when(condition.is_null()).then(None).when(condition).then(yes).otherwise(no)

    @staticmethod
    def where(values: Any, condition: Any) -> Any:
        import polars as pl

        return pl.when(condition).then(values)

    @staticmethod
    def known(values: Any) -> Any:
        return values.is_not_null()


class _Ibis:
    """SQL columns: DuckDB here, other databases where the data lives."""

    @staticmethod
    def read(values: Any, flag: bool, default: Any) -> Any:
        kind = values.type()
        if flag:
            whole = values if kind.is_boolean() else (values == 1).ifelse(True, (values == 0).ifelse(False, None))
        elif kind.is_integer():
            whole = values.cast("int64")
        elif kind.is_floating():
            exact = values.try_cast("int64")
            whole = (exact.cast("float64") == values).ifelse(exact, None)
        else:  # text, dates, truth values: no amount
            whole = values.isnull().ifelse(None, None).cast("int64")
        return whole if default is None else values.isnull().ifelse(default, whole)

    @staticmethod
    def choose(condition: Any, yes: Any, no: Any) -> Any:
        return condition.isnull().ifelse(None, condition.ifelse(yes, no))

    @staticmethod
    def where(values: Any, condition: Any) -> Any:
        return condition.ifelse(values, None)

    @staticmethod
    def known(values: Any) -> Any:
        return values.notnull()


_EXACT = 2**53  # from here on a float no longer holds every whole number


def _engine(values: Any) -> Any:
    module = type(values).__module__.partition(".")[0]
    return {"polars": _Polars, "ibis": _Ibis}.get(module, _NumPy)


def _cells(masked: Any, flag: bool) -> tuple[Any, Any, Any]:
    """An object array as integers, with what is no whole number (or truth value) and what is blank."""
    import numpy as np

    kinds = (bool, np.bool_, int, np.integer) if flag else (int, np.integer)
    fits = [
        isinstance(x, kinds) and (flag or not isinstance(x, bool)) and abs(int(x)) < _EXACT for x in masked.data.flat
    ]
    clean = [int(x) if fit else 0 for x, fit in zip(masked.data.flat, fits, strict=True)]
    none = [x is None or x == "" for x in masked.data.flat]
    lost = [not fit for fit in fits]
    shape = masked.shape
    return np.array(clean, np.int64).reshape(shape), np.array(lost).reshape(shape), np.array(none).reshape(shape)


def _settled(clean: Any, blank: Any, lost: Any, default: Any) -> Any:
    """Values with blanks set to the default and what was lost masked; without a mask, which costs time, if none is."""
    import numpy as np

    if default is not None:
        clean, lost, blank = np.where(blank, default, clean), lost & ~blank, np.zeros_like(blank)
    gone = lost | blank
    return np.ma.array(np.where(gone, 1, clean).astype(clean.dtype), mask=gone) if gone.any() else clean


def _times(x: Any, k: int) -> Any:
    return x if k == 1 else x * k


def _column(x: Any) -> Column:
    if isinstance(x, Column):
        return x
    exact = Fraction(x)
    return Column(exact.numerator, exact.denominator)
