"""`hojokin inspect`: what a draft was made from, and what of it is not as it was."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from addin.cli.options import answered, json_too
from rules.findings import ERROR

HELP = "下書きが何から作られたかを示し、今の見積と違う数と入力を挙げる"
PDF = b"%PDF"
SAME = "今の見積と同じ入力・同じ規則から作られています。"
UNSEEN = "見積か規則は変わりましたが、この下書きに印字された数と文は今のものと同じです。"
OTHER = "この下書きを作った見積を指定してください。番号や名前を直したのなら、hojokin draft で作り直してください。"


def register(parser: argparse.ArgumentParser) -> None:
    """A draft, and the quote to hold it against."""
    parser.add_argument("draft", help="hojokin draft で作った下書き（.docx）か提案書（.pdf）")
    parser.add_argument("quote", nargs="?", help="見積ワークブック（.xlsx）")
    json_too(parser)


def run(call: argparse.Namespace) -> int:
    """Prints what is known of the draft, and what has changed since."""
    told = _inspected(call.draft, call.quote)
    return answered(call, _text(told), _data(told), bool(told.changed or told.stranger))


@dataclass(frozen=True)
class Inspected:
    """What is known of a draft; with a quote, what is not as it was."""

    draft: Any  # its Provenance
    notes: list[str]
    compared: bool = False
    stranger: str = ""  # why the quote is another applicant's
    changed: tuple[Any, ...] = ()
    why: tuple[str, ...] = ()  # there is no amount today
    same: bool = True  # whether the quote and the rules are the same, not only what the draft prints of them


def is_pdf(file: str) -> bool:
    """Whether a file is a PDF, by its first bytes."""
    path = Path(file)
    if not path.is_file():
        return False
    with path.open("rb") as opened:
        return opened.read(len(PDF)) == PDF


def _inspected(file: str, quote: str | None) -> Inspected:
    from templates.engine.render import reprinted
    from templates.files.docx_guard import document
    from templates.record import comparison, embedding

    if is_pdf(file):
        return _proposal(Path(file), quote)
    found = document(file)
    draft = embedding.read(found)
    notes = comparison.notes(found, draft)
    return _compared(draft, notes, quote, lambda a, now: comparison.changes(draft, now, found, reprinted(draft, a)))


def _proposal(file: Path, quote: str | None) -> Inspected:
    """The same of a 提案書（PDF）, which no template prints."""
    from templates.engine import proposal_pdf
    from templates.record import comparison

    draft = proposal_pdf.read(file)

    def changed(_: Any, now: Any) -> Iterator[Any]:
        known = {key: n for key, n in now.numbers.items() if key in draft.numbers}
        yield from (c for c in comparison.changes(draft, replace(now, numbers=known)) if _shown(draft, c.name))

    return _compared(draft, comparison.versions(draft), quote, changed)


def _compared(
    draft: Any, notes: list[str], quote: str | None, changed: Callable[[Any, Any], Iterable[Any]]
) -> Inspected:
    """What is known of a draft, and with a quote what has changed in its assessment and record of today."""
    from rules.frames import frame
    from templates.record import comparison
    from templates.record.provenance import provenance
    from workbooks.reading.quote_file import assess_file

    if not quote:
        return Inspected(draft, notes)
    a = assess_file(quote, frame(draft.frame))
    now = provenance(a)
    if stranger := comparison.stranger(draft, now):
        return Inspected(draft, notes, True, stranger)
    same = (draft.digest, draft.edition) == (now.digest, now.edition)
    return Inspected(draft, notes, True, "", tuple(changed(a, now)), tuple(_why(a)), same)


def _shown(draft: Any, name: str) -> bool:
    return name not in draft.numbers or draft.numbers[name].printed


def _why(a: Any) -> list[str]:
    """Why an assessment pays nothing: the errors of the quote with their cells, or else what the frame says."""
    if a.subsidy:
        return []
    errors = [f"{f.cell} {f.message}".strip() for f in a.findings if f.level == ERROR]
    return errors or [why for why in (a.needs, a.falls) if why]


def _text(told: Inspected) -> str:
    if told.stranger:
        return "\n".join([*told.notes, f"別の事業者の見積です（{told.stranger}）。{OTHER}"])
    return "\n".join([*_verdict(told), *told.notes, *_made_from(told)])


def _verdict(told: Inspected) -> Iterator[str]:
    """What came of the comparison: why there is no amount, the headline, and then the rest."""
    if told.compared and not told.changed:
        yield SAME if told.same else UNSEEN
    if told.changed:
        lines = list(dict.fromkeys(map(str, told.changed)))
        yield f"この下書きは古くなっています。変わったもの {len(lines)}件。hojokin draft で作り直してください。"
        if told.why:
            yield "補助額が出ない理由（先に見積を直してください）:"
        yield from (f"  {line}" for line in dict.fromkeys(told.why))
        if told.why:
            yield "変わったもの:"
        yield from (f"  {line}" for line in lines)
    if told.compared:
        yield ""


def _made_from(told: Inspected) -> Iterator[str]:
    from templates.record.comparison import headed
    from templates.record.embedding import NAMES

    yield from (f"{label}: {getattr(told.draft, name) or '—'}" for name, label in NAMES.items() if "digest" not in name)
    if not told.compared:
        yield ""
        yield from dict.fromkeys(f"{n.label}: {n.value:,}" for n in headed(told.draft.numbers).values())


def _data(told: Inspected) -> dict[str, Any]:
    from templates.record.embedding import FACTS

    return {
        **{name: getattr(told.draft, name) for name in FACTS},
        "numbers": {name: {"label": n.label, "value": n.value} for name, n in told.draft.numbers.items()},
        "notes": told.notes,
        "stranger": told.stranger,
        "why": list(told.why) if told.changed else [],
        "changed": [{"name": c.name, "label": c.label, "old": c.old, "new": c.new} for c in told.changed],
    }
