"""`hojokin check`: what is wrong with a quote."""

from __future__ import annotations

import argparse

from addin import answers, messages
from addin.cli.findings import errors, findings_text
from addin.cli.options import answered, framed, quoted
from rules.advice.advice import short
from rules.frames import frame
from workbooks.reading.portal_limits import blanks
from workbooks.reading.quote_file import assess_file

HELP = "見積の誤りと注意を示す"


def register(parser: argparse.ArgumentParser) -> None:
    """A quote and its frame."""
    quoted(parser)
    framed(parser)


def run(call: argparse.Namespace) -> int:
    """Prints every finding of the quote in the frame that it applies for, or in another that the call names."""
    a = assess_file(call.quote, frame(call.frame) if call.frame else None)
    missing = [{"label": i.label, "cell": i.address} for i in blanks(a.quote)]
    told = findings_text(a.findings).strip() or messages.CLEAN
    text = "\n".join([messages.tried(a.label), told, *messages.unfilled(missing)])
    advice = short(a)
    text += "".join(["\n助言（詳しくは hojokin advise）", *(f"\n・{line}" for line in advice)]) if advice else ""
    found = [answers.finding(f) for f in a.findings]
    data = {"frame": a.frame, "label": a.label, "findings": found, "missing": missing, "advice": advice}
    return answered(call, text, data, errors(a.findings))
