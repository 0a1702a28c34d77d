"""`hojokin inspect` and `hojokin templates`: what a draft was made from, and templates of one's own."""

from __future__ import annotations

import argparse
import json
from typing import Any

DONE, FOUND = 0, 1


def add_commands(commands: Any) -> None:
    """Adds the commands to those of `hojokin`."""
    inspect = commands.add_parser("inspect", help="下書きが何から作られたかを示し、今の見積と違う数と入力を挙げる")
    inspect.add_argument("draft", help="hojokin draft で作った下書き（.docx）")
    inspect.add_argument("quote", nargs="?", help="見積ワークブック（.xlsx）")
    inspect.add_argument("--json", action="store_true", help="JSON で出す")
    inspect.set_defaults(run=run_inspect)
    templates = commands.add_parser("templates", help="下書きのテンプレートを書き出す、検査する")
    inner = templates.add_subparsers(title="コマンド", metavar="コマンド", required=True)
    export = inner.add_parser("export", help="配布のテンプレートをフォルダーに写す（上書きしない）")
    export.add_argument("folder", metavar="DIR", help="置き場所")
    export.set_defaults(run=run_export)
    lint = inner.add_parser("lint", help="テンプレートの誤りを示す")
    lint.add_argument("files", nargs="+", metavar="FILE.docx", help="テンプレート")
    lint.set_defaults(run=run_lint)


def run_inspect(call: argparse.Namespace) -> int:
    """hojokin inspect."""
    from rules.frames import frame
    from templates import stale, stamp
    from templates.intake import document
    from templates.provenance import provenance
    from workbooks.check import assess_file

    draft = stamp.read(document(call.draft))
    changed = stale.changes(draft, provenance(assess_file(call.quote, frame(draft.frame)))) if call.quote else []
    if call.json:
        print(json.dumps(_data(draft, changed), ensure_ascii=False, indent=1))
    else:
        print(_text(draft, changed, bool(call.quote)))
    return FOUND if changed else DONE


def _text(draft: Any, changed: list[Any], compared: bool) -> str:
    from templates.stamp import NAMES

    lines = [f"{label}: {getattr(draft, name) or '—'}" for name, label in NAMES.items()]
    if not compared:
        lines += ["", *(f"{n.label}: {n.value:,}" for n in draft.numbers.values())]
    elif changed:
        lines += ["", f"この下書きは古くなっています。変わったもの {len(changed)}件:", *(f"  {c}" for c in changed)]
        lines += ["hojokin draft で作り直してください。"]
    else:
        lines += ["", "今の見積と同じ入力・同じ規則から作られています。"]
    return "\n".join(lines)


def _data(draft: Any, changed: list[Any]) -> dict[str, Any]:
    from templates.stamp import NAMES

    return {
        **{name: getattr(draft, name) for name in (*NAMES, "frame")},
        "numbers": {name: {"label": n.label, "value": n.value} for name, n in draft.numbers.items()},
        "changed": [{"name": c.name, "label": c.label, "old": c.old, "new": c.new} for c in changed],
    }


def run_export(call: argparse.Namespace) -> int:
    """hojokin templates export."""
    from templates.shipped import export

    for path in export(call.folder):
        print(path)
    return DONE


def run_lint(call: argparse.Namespace) -> int:
    """hojokin templates lint."""
    from templates import lint
    from templates.intake import template
    from templates.shapes import known

    wrong = False
    for file in call.files:
        found = lint.flaws(template(file), known())
        wrong |= any(flaw.level == lint.WRONG for flaw in found)
        print(f"{file}: " + ("\n".join(["", *map(str, found)]) if found else "誤りはありません。"))
    return FOUND if wrong else DONE
