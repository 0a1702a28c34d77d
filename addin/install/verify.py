"""Whether candidate pages of the law hold: run in a Python of its own, in which `rules` is the candidate.

Every page must load as complete editions, every document be listed, every value name a document, every case pass.
"""

from __future__ import annotations

import importlib
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from addin.install.rule_pages import pages


def problems(rules: Path, cases: Path) -> Iterator[str]:
    """Each problem as a Japanese sentence."""
    from rules.refusal import Refusal

    try:
        yield from _pages(rules)
    except (Refusal, KeyError, TypeError, ValueError, ZeroDivisionError) as e:
        yield f"ルールのページが読めません（{e}）。"
        return
    yield from _cases(cases)


def _pages(rules: Path) -> Iterator[str]:
    from rules.engine.argument import kinds
    from rules.engine.edition import documents, editions

    known = documents()
    kinds()
    for name, path in pages(rules).items():
        module = _beside(path, rules)
        if module is None or not hasattr(module, "Edition"):
            continue
        blocks: tuple[Any, ...] = editions(module.Edition)
        if not blocks:
            yield f"{name} に版がありません。"
        for e in blocks:
            if e.document not in known:
                yield f"{name} の {e.since} の版の文書 {e.document} が sources.toml にありません。"


def _beside(page: Path, rules: Path) -> Any:
    """The module beside a page; None where there is none."""
    if not page.with_suffix(".py").exists():
        return None
    return importlib.import_module(".".join(("rules", *page.relative_to(rules).with_suffix("").parts)))


def _cases(folder: Path) -> Iterator[str]:
    from rules.engine.edition import edition
    from rules.frames import frame

    for path in sorted(folder.glob("*.toml")):
        told = tomllib.loads(path.read_text("utf-8"))["case"]
        newest = edition(frame(path.stem).parameters).since
        if all(case["as_of"] < newest for case in told):
            yield f"{path.name} に、{newest} からの版の計算例がありません。"
        for case in told:
            wanted, got = case.get("error", case.get("subsidy")), outcome(path.stem, case)
            if wanted is None or got != wanted:
                yield f"計算例「{case['name']}」が {wanted} ではなく {got} になりました。"


def outcome(name: str, case: dict[str, Any]) -> int | str:
    """Yen, or the Excel error."""
    from rules.engine.argument import ArgumentError
    from rules.engine.evaluate import scalar
    from rules.frames import frame

    values = dict(case["arguments"])
    if "members" in values:
        blank: list[Any] = [None] * 5
        values["members"] = [m["row"] or blank for m in values["members"] for _ in range(m["times"])]
    try:
        return scalar(frame(name), values, case["as_of"]).subsidy
    except ArgumentError as e:
        return e.error


def main(rules: str, cases: str) -> None:
    """Prints the problems as JSON in ASCII."""
    try:
        found = list(problems(Path(rules), Path(cases)))
    except Exception as e:  # pages from elsewhere may break what was never thought of
        found = [f"ルールを確かめる途中で止まりました（{type(e).__name__}: {e}）。"]
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
