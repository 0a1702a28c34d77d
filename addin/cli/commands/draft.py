"""`hojokin draft`: Word drafts of a quote."""

from __future__ import annotations

import argparse
from pathlib import Path

from addin import answers
from addin.cli.findings import errors, findings_text
from addin.cli.options import answered, framed, quoted
from rules.engine.argument import VALUE, ArgumentError
from rules.frames import frame
from workbooks.reading.quote_file import assess_file

HELP = "見積から Word の下書きを作る"
NO_FOLDER = "-o にフォルダーの名前がありません。今のフォルダーなら -o . と書いてください。"


def register(parser: argparse.ArgumentParser) -> None:
    """A quote, the folder for its drafts, the templates."""
    quoted(parser)
    parser.add_argument("-o", "--out", required=True, metavar="DIR", help="下書きを置くフォルダー")
    parser.add_argument("--templates", metavar="DIR", help="自分のテンプレートのフォルダー")
    parser.add_argument("--pdf", action="store_true", help="PDF も作る（LibreOffice を使う）")
    framed(parser)


def run(call: argparse.Namespace) -> int:
    """Writes the drafts and says which, with the findings of the quote."""
    if not call.out:
        raise ArgumentError("out", VALUE, NO_FOLDER)
    from templates.engine.render import drafted
    from templates.files.output_folder import kept, told

    a = assess_file(call.quote, frame(call.frame) if call.frame else None)
    done = drafted(a, call.out, call.templates)
    made = done.paths
    if call.pdf:
        from templates.engine.pdf import pdfs
        from templates.engine.proposal_pdf import annexed, made_from

        made += pdfs(made, Path(call.quote), made_from(a, Path(call.quote)), annexed(a))
    data = {
        "files": [str(path) for path in made],
        "kept": [{"new": str(new), "kept": str(old)} for new, old in kept(made)],
        "by_hand": {"taken": done.taken, "left": done.left},
        "findings": [answers.finding(f) for f in a.findings],
    }
    text = "\n".join([*told(made), *done.told()]) + findings_text(a.findings)
    return answered(call, text, data, errors(a.findings))
