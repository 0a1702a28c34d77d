"""`hojokin report`: what was bought and paid against the quote, before 実績報告."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from addin import answers
from addin.cli import side_findings
from addin.cli.findings import errors
from addin.cli.options import answered, framed, json_too
from addin.exit_codes import DONE
from rules.assess import Assessment, amounts
from rules.checks import report
from rules.checks.codes import UNSEEN
from rules.checks.report import Actual
from rules.engine.edition import cite
from rules.frames import frame
from rules.planned_dates import round_of
from templates.content.context import papers
from templates.content.documents import Document
from workbooks.form.side_files import ACTUALS
from workbooks.reading.quote_file import chosen, open_checked
from workbooks.reading.side_file import side_file

HELP = "実績報告の前に、発注・納品・請求・支払を見積と照らす"
CLEAN = "実績に誤りも違いもありません。"
LIMIT = "実績報告の期限: "
UNKNOWN = "分かりません。交付決定の通知か公式の事業スケジュールで確かめてください。"


def register(parser: argparse.ArgumentParser) -> None:
    """The actual dates and amounts, and the quote; or a list to fill in."""
    titles = "、".join(c.title for c in ACTUALS.columns)
    parser.add_argument("list", nargs="?", metavar="実績", help=f"CSV か .xlsx。請求額・支払額は税込。見出し: {titles}")
    parser.add_argument("quote", nargs="?", metavar="見積", help="見積ワークブック（.xlsx）")
    parser.add_argument("--new", metavar="ACTUAL.csv", help="見積の品名・単価・数量を入れた、実績のひな形を作る")
    framed(parser)
    json_too(parser)


def run(call: argparse.Namespace) -> int:
    """Prints what would be sent back, until when to report, and what to hand in."""
    if call.new:
        call.quote, call.list = call.quote or call.list, call.new
    side_findings.both(call, "実績のファイル")
    quote = open_checked(call.quote)[1]
    a = amounts(quote, frame(call.frame) if call.frame else chosen(quote))
    if call.new:
        print(side_findings.new(call.new, ACTUALS, ([line.item, line.price, line.quantity] for line in quote.lines)))
        return DONE
    side = side_file(Path(call.list), Actual, ACTUALS)
    found = side_findings.told(side, report.findings(a, side.rows))
    documents = papers(a, ("report", "keep"))
    lines = [
        *side_findings.text(side, found, CLEAN),
        "",
        _limit(a),
        *_listed("実績報告で出すもの", documents["report"]),
    ]
    lines += _listed("出さなくても保管するもの", documents["keep"])
    data = {
        **_limit_json(a),
        "documents": [_document(d) for d in documents["report"]],
        "kept": [_document(d) for d in documents["keep"]],
        "ignored": side.ignored,
        "findings": [answers.finding(f) for f in found],
    }
    return answered(call, "\n".join(lines), data, errors(found))


def _limit(a: Assessment) -> str:
    found = round_of(a.quote, a.frame)
    if found is None or found.report is None:
        return f"{LIMIT}{UNKNOWN}{found.doubt if found else ''}"
    return f"{LIMIT}{found.report}（{found.label}。{cite(found.at)}）{found.doubt}"


def _limit_json(a: Assessment) -> dict[str, Any]:
    found = round_of(a.quote, a.frame)
    limit = found.report if found else None
    return {"frame": a.frame, "label": a.label, "limit": limit and limit.isoformat(), "round": found and found.label}


def _listed(title: str, documents: tuple[Document, ...]) -> list[str]:
    return [f"{title}{UNSEEN}", *(f"・{d.name}: {d.terms}（{cite(d.at)}）" for d in documents)]


def _document(d: Document) -> dict[str, str]:
    return {"name": d.name, "terms": d.terms, "source": cite(d.at)}
