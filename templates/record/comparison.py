"""What changed since a draft was made: its own record against its text, this program, and today's quote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from rules import VERSION
from templates.files.template_folder import ENDING, HERE
from templates.record import embedding
from templates.record.provenance import INPUT, Hash, Number, Provenance, count

if TYPE_CHECKING:
    from templates.files.docx_guard import Document

GONE = "なし"
YEN = "{:,}"
HEADLINE = ("subsidy", "out_of_pocket", "gross")  # what a person looks for first
NAME, NUMBER = f"{INPUT}.name", f"{INPUT}.corporate_number"


@dataclass(frozen=True)
class Change:
    """Something that is not as it was: what, and from what to what; a text's contents are not kept, only its hash."""

    name: str
    label: str
    old: str
    new: str
    hashed: bool = False

    def __str__(self) -> str:
        if self.hashed:
            how = "加わりました" if self.old == GONE else "なくなりました" if self.new == GONE else "変わりました"
            return f"{self.label}が{how}"
        return f"{self.label}: {self.old} → {self.new}"


def changes(old: Provenance, new: Provenance, draft: Document | None = None, today: str | None = None) -> list[Change]:
    """Everything that changed in the quote and the rules since and that the draft prints: the headline first.

    `today`: the text that the same template prints of today's quote, where it is at hand; where that is the draft's own,
    nothing changed.
    """
    if today is not None and embedding.hashed(today) == old.text:
        return []
    before = embedding.shown(draft.parts) if draft else None
    found = [c for c in _numbers(headed(old.numbers), headed(new.numbers)) if _printed(c, old, new, before, today)]
    first = [c for c in found if c.name in HEADLINE]
    return [*first, *_facts(old, new), *(c for c in found if c not in first), *_inputs(old, new)]


def _printed(c: Change, old: Provenance, new: Provenance, before: str | None, today: str | None) -> bool:
    """Whether a number that changed stands in the draft, or would stand there today."""
    was, now = old.numbers.get(c.name), new.numbers.get(c.name)
    if before is None or today is None:
        return was.printed if was else before is None
    fewer = was is not None and count(was.value, before) > count(was.value, today)
    return fewer or (now is not None and count(now.value, today) > count(now.value, before))


def headed(numbers: Mapping[str, Number]) -> dict[str, Number]:
    """The numbers with the headline first.

    >>> list(headed({"total": Number("", 1), "gross": Number("", 1), "subsidy": Number("", 1)}))
    ['subsidy', 'gross', 'total']
    """
    return {name: numbers[name] for name in dict.fromkeys((*HEADLINE, *numbers)) if name in numbers}


def stranger(old: Provenance, new: Provenance) -> str:
    """Why the quote is another applicant's, in Japanese; "" where it is not. A number tells more than a name."""
    number, name = ((old.hashes.get(key), new.hashes.get(key)) for key in (NUMBER, NAME))
    if all(number):
        return "" if _same(*number) else "法人番号が下書きと違います"
    return "事業者名が下書きと違います" if all(name) and not _same(*name) else ""


def _same(before: Hash | None, after: Hash | None) -> bool:
    return bool(before and after and before.digest == after.digest)


def notes(draft: Document, made_from: Provenance) -> list[str]:
    """What a person must know of the draft itself: edited by hand, made by another version, from another template."""
    found = list[str]()
    if made_from.text and made_from.text != embedding.text(draft.parts):
        found.append("手で直されています（作ったときの文と違います）。作り直すときは、直した所を写してください。")
    found += versions(made_from)
    shipped = next((path for path in HERE.glob(f"*{ENDING}") if path.stem == made_from.template), None)
    if shipped and sha256(shipped.read_bytes()).hexdigest() != made_from.template_digest:
        why = "自分のテンプレートで作ったか、配布のものが変わりました"
        found.append(f"テンプレート「{made_from.template}」が今の配布のものと違います（{why}）。")
    return found


def versions(made_from: Provenance) -> list[str]:
    """That another version of this program made it."""
    if made_from.program == VERSION:
        return []
    return [f"プログラムの版が違います（作成時 {made_from.program or '不明'}、今 {VERSION}）。"]


def _facts(old: Provenance, new: Provenance) -> Iterator[Change]:
    for name, label in (("label", "枠"), ("edition", "規則の版")):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change(name, label, before or GONE, after or GONE)


def _numbers(old: Mapping[str, Number], new: Mapping[str, Number]) -> Iterator[Change]:
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        if before is None or after is None or before.value != after.value:
            found = after or before
            assert found
            yield Change(name, found.label, _shown(before), _shown(after))


def _inputs(old: Provenance, new: Provenance) -> Iterator[Change]:
    """The inputs whose hash differs and whose number does not say it already."""
    told = {name for name in (*old.numbers, *new.numbers) if old.numbers.get(name) != new.numbers.get(name)}
    for name in dict.fromkeys((*old.hashes, *new.hashes)):
        before, after = old.hashes.get(name), new.hashes.get(name)
        if name in told or _same(before, after) or (before is not None and not before.printed):
            continue
        yield Change(name, _input(before, after), _digest(before), _digest(after), hashed=True)


def _input(before: Hash | None, after: Hash | None) -> str:
    found = after or before
    assert found
    return f"入力「{found.label}」"


def _digest(entry: Hash | None) -> str:
    return f"sha256 {entry.digest[:8]}…" if entry else GONE


def _shown(number: Number | None) -> str:
    return GONE if number is None else YEN.format(number.value)
