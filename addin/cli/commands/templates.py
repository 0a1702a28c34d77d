"""`hojokin templates`: the templates of drafts taken out, and what is wrong with those of one's own."""

from __future__ import annotations

import argparse

from addin.exit_codes import DONE, FOUND

HELP = "下書きのテンプレートを書き出す、検査する"


def register(parser: argparse.ArgumentParser) -> None:
    """export and lint."""
    inner = parser.add_subparsers(title="コマンド", metavar="コマンド", required=True)
    out = inner.add_parser("export", help="配布のテンプレートをフォルダーに写す（上書きしない）")
    out.add_argument("folder", metavar="DIR", help="置き場所")
    out.set_defaults(part=export)
    check = inner.add_parser("lint", help="テンプレートの誤りを示す")
    check.add_argument("files", nargs="+", metavar="FILE.docx", help="テンプレート")
    check.set_defaults(part=lint)


def run(call: argparse.Namespace) -> int:
    """The one of the two that is called."""
    return call.part(call)


def export(call: argparse.Namespace) -> int:
    """Writes the shipped templates into a folder."""
    from templates.files.output_folder import told
    from templates.files.template_folder import export

    print("\n".join(told(export(call.folder))))
    return DONE


def lint(call: argparse.Namespace) -> int:
    """Prints the flaws of templates."""
    from templates.engine.trial_print import refusals
    from templates.files.template_guard import template
    from templates.lint import lint
    from templates.lint.known_names import known

    wrong = False
    for file in call.files:
        document = template(file)
        found = lint.flaws(document, known())
        if not any(flaw.level == lint.WRONG for flaw in found):
            found = sorted([*found, *refusals(document)], key=lambda flaw: flaw.level == lint.NOTE)
        wrong |= any(flaw.level == lint.WRONG for flaw in found)
        print(f"{file}: " + ("\n".join(["", *map(str, found)]) if found else "誤りはありません。"))
    return FOUND if wrong else DONE
