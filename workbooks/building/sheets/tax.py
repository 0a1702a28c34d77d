"""消費税 as a formula: one cut per rate, from the rules' own arithmetic."""

from __future__ import annotations

from fractions import Fraction

from rules import consumption_tax
from rules.engine.argument import VALUE
from rules.engine.formula import Formula, renamed
from workbooks.building.formula_text import per_edition
from workbooks.building.sheets.amount_working import TAXED


def on(net: str, reduced: str) -> str:
    """The tax on a net amount, of which `reduced` at the reduced rate.

    >>> on("A1", "A2")
    '(INT((A1-A2)/10)+INT(A2*2/25))'
    """

    def text(e: consumption_tax.Edition) -> str:
        n, r = Formula("net"), Formula("reduced")
        found = (n - r) * e.standard.rate // 1 + r * e.reduced.rate // 1
        return renamed(found.text, {"net": net, "reduced": reduced})

    return per_edition(consumption_tax.Edition, text)


def without_tax(amount: str) -> str:
    """An amount typed as 税区分 says, without tax: whole, or an error where the tax does not divide it."""

    def net(e: consumption_tax.Edition) -> str:
        share = Fraction(1) / (1 + e.standard.rate)
        n, d = share.numerator, share.denominator
        return f"IF(INT({amount}*{n}/{d})*{d}={amount}*{n},INT({amount}*{n}/{d}),{VALUE})"

    return f"IF({TAXED}=1,{per_edition(consumption_tax.Edition, net)},{amount})"
