"""合計からの値引: a discount after the total, spread over the lines in proportion to their amounts, to the yen.

By the largest remainder: each line bears the whole yen of its share, and of the yen that are left one each goes to the
lines with the largest remainders, the first of equal ones. A formula runs on each line (one value, or its cells beside the
見積 table); the engine's own order of the remainders stands between it and what a line bears.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from rules.engine.argument import Argument, kinds
from rules.engine.arithmetic import Fraction, choose, floor
from rules.engine.steps import Trace

PART = 10**5  # the discount is multiplied in two parts, so that no product passes 2^53
AT = "hojokin-quote#合計からの値引（明細の金額の割合で、最大剰余法）"
ARGUMENTS = (
    Argument("listed", "yen", "行の金額（円、税抜、合計からの値引の前）"),
    Argument("high", "yen", "合計からの値引を10万で割った商"),
    Argument("low", "yen", "合計からの値引を10万で割った余り"),
    Argument("total", "yen", "明細の合計（円、税抜、合計からの値引の前）"),
)


def share(q: Any, step: Trace) -> Any:
    """The whole yen of a line's share of the discount; the last step is the remainder. q has the names of ARGUMENTS.

    >>> steps = Trace()
    >>> high, low = parts(100_000)
    >>> share(SimpleNamespace(listed=1_000_000, high=high, low=low, total=1_300_000), steps), steps[-1].value
    (76923, 100000)
    """
    first = step("spread_high", "値引の割り振り（上の桁）", _whole(q.listed * q.high, q.total), AT)
    rest = (q.listed * q.high - first * q.total) * PART + q.listed * q.low
    product = step("spread_product", "値引の割り振り（下の桁の積）", rest, AT)
    low = step("spread_low", "値引の割り振り（下の桁）", _whole(product, q.total), AT)
    step("spread_rest", "値引の割り振りの余り", product - low * q.total, AT)
    return first * PART + low


def parts(discount: Any) -> tuple[Any, Any]:
    """The two parts of a discount, of at most five digits each up to the largest amount."""
    high = floor(discount * Fraction(1, PART))
    return high, discount - high * PART


def _whole(product: Any, total: Any) -> Any:
    """How often `total` goes into a product; a cell's INT may be one too high just below a whole number."""
    found = floor(product // total)
    return choose(found * total <= product, found, found - 1)


def spread(listed: Sequence[int], discount: int) -> list[int]:
    """What each line bears of the discount, which is not above their sum.

    >>> spread([1_000_000, 299_999, 1], 100_000)
    [76923, 23077, 0]
    """
    total = sum(listed)
    if discount == 0 or total == 0:
        return [0] * len(listed)
    traces = [Trace() for _ in listed]
    high, low = parts(discount)
    facts = [SimpleNamespace(listed=x, high=high, low=low, total=total) for x in listed]
    found = [share(q, t) for q, t in zip(facts, traces, strict=True)]
    rests = [t[-1].value for t in traces]
    order = sorted(range(len(listed)), key=lambda n: -rests[n])
    for n in order[: discount - sum(found)]:
        found[n] += 1
    return found


def bearable(listed: Sequence[int], discount: int) -> bool:
    """Whether a discount can be spread: it is not above the lines' sum, and that is no more than any amount may be."""
    return discount == 0 or discount <= sum(listed) <= (kinds()["yen"].high or 0)
