"""docs/template-names.md: every name that a template may print, what it means, and an example. `make docs` writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints, is_typeddict

from templates import sandbox
from templates.content.words import CONTINUED, EVERY
from templates.lint import known_names
from workbooks.files import writer
from workbooks.form import layout

PAGE = Path(__file__).parents[2] / "docs" / "template-names.md"
UNKNOWN = "―"
SHOWN = 40  # letters of an example
HEAD = """# テンプレートで使える名前

`make docs` が配布の見積の例から作る一覧です。書き方は [templates.md](templates.md) にあります。

- 値は `{{ 名前 }}` と書きます。例: `{{ firm }}`
- `[]` の付く名前は一覧です。`blocks[].title` は、`{%p for block in blocks %}` と `{%p endfor %}` の間で `{{ block.title }}` と書きます。
- 「はい・いいえ」は `{%p if 名前 %}` の条件に使います。
"""


def page() -> str:
    """The page's text."""
    rows = [
        f"| `{path}` | {meaning(path)} | {_example(value)} |" for path, value in known_names.paths(known_names.known())
    ]
    return "\n".join([HEAD, "| 名前 | 意味 | 例 |", "|---|---|---|", *rows, "", *_rules(), ""])


def meaning(path: str) -> str:
    """What a name means: said of it, or of the group that it stands in and of its last word.

    >>> meaning("lines[].amount"), meaning("sign.author.value"), meaning("firm")
    ('見積の明細: 金額', '作成者: 値', '事業者名')
    """
    path = path.removesuffix("[]")
    names, words = _said()
    if path in names:
        return names[path]
    before, _, last = path.rpartition(".")
    group = meaning(before) if before else ""
    if group == names["sign"] and last in layout.INPUT:
        return layout.INPUT[last].label
    word = words.get(last, "")
    return f"{group}{word}" if word and group != UNKNOWN else UNKNOWN


@cache
def _said() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What is said of names, and of words that mean the same in whichever group they stand."""
    found = dict(pair for kind in EVERY for pair in _fields(kind))
    names = {path: text for path, text in found.items() if not text.startswith(CONTINUED)}
    return names, {path.rpartition(".")[2]: text for path, text in found.items() if path not in names}


def _fields(group: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """(path, what is said of it) of each name in a group and below."""
    for name, hint in get_type_hints(group, include_extras=True).items():
        path = before + ("draft" if name == "drafts" else name)  # each draft is given its own
        kind, *said = get_args(hint) if get_origin(hint) is Annotated else (hint,)
        yield from ((path, text) for text in said)
        inner = (kind, *get_args(kind))[-1]
        if is_typeddict(inner):
            yield from _fields(inner, f"{path}{'[]' if get_origin(kind) is list else ''}.")


def _rules() -> Iterator[str]:
    yield "## タグの中で使えるもの"
    yield ""
    yield f"- 加工: {'、'.join(f'`| {name}`' for name in sandbox.FILTERS)}"
    yield f"- 判定: {'、'.join(f'`is {name}`' for name in sandbox.TESTS if name != 'in')}、`in`、`==`、`!=`、`and`、`or`、`not`"
    yield f"- 繰り返しの中: {'、'.join(f'`loop.{name}`' for name in sandbox.LOOP)}"


def _example(value: object) -> str:
    if isinstance(value, bool):
        return "はい・いいえ"
    text = " ".join(str(value or "").split()).replace("|", "\\|")
    return f"{text[:SHOWN]}…" if len(text) > SHOWN else text or "（空）"


def main() -> None:
    """Writes the page."""
    writer.over(PAGE, page().encode())


if __name__ == "__main__":
    main()
