"""消費税 on a quote: one rounding down per rate (税率ごとに1回の切り捨て), and the way back from a price with tax."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rules.engine.edition import Parameter, Rate, edition


@dataclass(frozen=True)
class Edition:
    """One block of consumption_tax.toml."""

    since: date
    document: str
    standard: Rate
    reduced: Rate
    rounding: Parameter


def tax(net: int, reduced_net: int = 0, on: date | None = None) -> int:
    """消費税（円）on all lines, of which `reduced_net`（円、税抜）at the reduced rate.

    >>> tax(1_000_005), tax(1_000_005, 5)
    (100000, 100000)
    """
    p = edition(Edition, on)
    return int((net - reduced_net) * p.standard.rate // 1 + reduced_net * p.reduced.rate // 1)


def without_tax(gross: int, on: date | None = None) -> int | None:
    """税抜 price of a price with tax at the standard rate; None where it is no whole yen.

    >>> without_tax(1_100_000), without_tax(1_000_000)
    (1000000, None)
    """
    net = gross / (1 + edition(Edition, on).standard.rate)
    return int(net) if net.denominator == 1 else None
