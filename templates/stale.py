"""What changed since a draft was made: its own record against today's assessment of the quote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from templates.provenance import Hash, Number, Provenance

GONE = "なし"
YEN = "{:,}"


@dataclass(frozen=True)
class Change:
    """Something that is not as it was: what, and from what to what; a text's contents are not kept, only its hash."""

    name: str
    label: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.label}: {self.old} → {self.new}"


def changes(old: Provenance, new: Provenance) -> list[Change]:
    """Everything that changed since, the facts and the numbers first."""
    return [*_facts(old, new), *_numbers(old.numbers, new.numbers), *_inputs(old, new)]


def _facts(old: Provenance, new: Provenance) -> Iterator[Change]:
    for name, label in (("label", "枠"), ("edition", "規則の版"), ("program", "プログラムの版")):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change(name, label, before or GONE, after or GONE)
    if new.template_digest and old.template_digest != new.template_digest:
        yield Change("template", f"テンプレート「{old.template}」", old.template_digest[:12], new.template_digest[:12])


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
        if name in told or (before and after and before.digest == after.digest):
            continue
        yield Change(name, _input(before, after), _digest(before), _digest(after))


def _input(before: Hash | None, after: Hash | None) -> str:
    found = after or before
    assert found
    return f"入力「{found.label}」"


def _digest(entry: Hash | None) -> str:
    return f"sha256 {entry.digest[:8]}…" if entry else GONE


def _shown(number: Number | None) -> str:
    return GONE if number is None else YEN.format(number.value)
