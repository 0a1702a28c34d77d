"""What the buttons do, on an Excel workbook given as it is. The work is that of the command line's commands."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from addin import answers, error_messages, messages
from addin.excel import output_places
from addin.functions.catalog import catalog
from rules.findings import Finding
from rules.refusal import Refusal
from workbooks.files import writer

PDF = 0  # xlTypePDF
BOOK = Path(__file__).parents[2] / "workbooks" / "quote.xlsx"
HELP = """見積ワークブックの使い方
1 「新しい見積」でブックを作り、「申請者」と「見積」の水色のセルに入力します。
2 「入力チェック」で誤りと注意を調べ、「枠の比較」で補助額を比べます。
3 「申請書下書き」で Word の下書きを、「提案書」でお客様に渡す PDF を作ります。
4 「値に固定」で、アドインの無いパソコンでも同じ金額が見える写しを作ります。
関数が #NAME? のときは「リンク修復」、数の理由は SUBSIDY_WHY、エラーの理由は「最後のエラー」で分かります。

使える関数"""


@dataclass(frozen=True)
class Said:
    """A message for the user, and an instruction for VBA."""

    message: str
    instruction: str = ""


def check(book: Any, frame: str) -> Said:
    """入力チェック: findings as comments and on チェック, in place of the last run's."""
    from addin.excel.comments import mark
    from addin.excel.open_workbook import assessed

    a = assessed(book, frame)
    findings: tuple[Finding, ...] = a.findings
    marked = mark(book, findings)
    data = [answers.finding(f) for f in findings]
    lines = messages.checked(a.label, data)
    if marked.listed and findings:
        lines.append("シート「チェック」に一覧を書きました。")
    if marked.comments:
        lines.append(f"{marked.comments}個のセルにコメントを付けました。")
    if marked.locked:
        lines.append(f"シート「{'」「'.join(marked.locked)}」は保護されているため、コメントを付けられませんでした。")
    lines += _bare(marked.bare)
    if not marked.listed:
        lines += messages.listed(data)
    return Said("\n".join(lines))


def compare(book: Any, _: str) -> Said:
    """枠の比較: every frame, best first."""
    from addin.excel.open_workbook import filled
    from rules.advice.options import ranked
    from workbooks.reading.quote_file import checked

    return Said(messages.compare(answers.frames(ranked(checked(filled(book))))))


def draft(book: Any, frame: str) -> Said:
    """申請書下書き: Word drafts beside the workbook."""
    from addin.excel.open_workbook import assessed
    from templates.engine.render import drafted

    assessment = assessed(book, frame)
    place = output_places.folder(book)
    made = drafted(assessment, place)
    lines = [*messages.made(made.paths), *made.told(), *_warned(assessment.findings)]
    return Said("\n".join(lines), f"explorer:{place}")


def proposal(book: Any, _: str) -> Said:
    """提案書: the printable page as PDF."""
    from addin.excel.open_workbook import assessed
    from templates.engine.proposal_pdf import annexed
    from workbooks.form.layout import PROPOSAL

    a = assessed(book, "")
    page = next((sheet for sheet in book.Worksheets if sheet.Name == PROPOSAL), None)
    if page is None:
        raise Refusal(f"シート「{PROPOSAL}」がありません。シートの名前を「{PROPOSAL}」に戻してください。")
    data, place = _exported(page), output_places.folder(book)
    target = writer.numbered(place, f"{output_places.stem(book)}_{PROPOSAL}", ".pdf", data)
    made = [target.name, *_annex(book, place, annexed(a))]
    return Said("\n".join([f"{'、'.join(made)} を {place} に作りました。", *_warned(a.findings)]), f"open:{target}")


def _annex(book: Any, place: Path, rows: int) -> list[str]:
    """別紙 as a PDF of its own, where the page cannot hold all lines; its name."""
    from workbooks.form.layout import ANNEX

    sheet = next((sheet for sheet in book.Worksheets if sheet.Name == ANNEX), None)
    if not rows or sheet is None:
        return []
    data = _exported(sheet)
    return [writer.numbered(place, f"{output_places.stem(book)}_{ANNEX}", ".pdf", data).name]


def _exported(sheet: Any) -> bytes:
    """A sheet as PDF."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "page.pdf"
        sheet.ExportAsFixedFormat(PDF, str(path))
        return path.read_bytes()


def freeze(book: Any, _: str) -> Said:
    """値に固定: a copy with values in place of formulas, without our comments."""
    from addin.excel.comments import clear
    from addin.excel.values_only_copy import frozen

    bare = clear(book).bare
    place = output_places.folder(book)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.xlsx"
        book.SaveCopyAs(str(copy))
        data, suffix = frozen(copy.read_bytes())
    target = writer.numbered(place, f"{output_places.stem(book)}_値のみ", suffix, data)
    message = f"数式を値に置き換えた写し {target.name} を {place} に作りました。元のブックの数式はそのままです。"
    cleared = "入力チェックのコメントと一覧は、お客様に渡らないように消しました。"
    return Said("\n".join([message, cleared, *_bare(bare)]), f"explorer:{place}")


def new_quote(_: str) -> Said:
    """新しい見積: the shipped workbook under a Japanese name, where the user may read it; VBA makes a new book of it."""
    path = Path(tempfile.gettempdir()) / "hojokin" / "見積.xlsx"
    path.parent.mkdir(exist_ok=True)
    writer.over(path, BOOK.read_bytes())
    return Said("", f"newbook:{path}")


def edition(_: str) -> Said:
    """ルールの版: which editions of each frame are known."""
    from rules.engine.edition import editions
    from rules.frames import FRAMES

    lines = ["申請日から選ばれるルールの版です（申請日が無ければ最新）。"]
    for frame in FRAMES:
        since = "、".join(f"{e.since}以降" for e in reversed(editions(frame.parameters)))
        lines.append(f"・{frame.label}: {since}")
    return Said("\n".join(lines))


def last_error(shown: str) -> Said:
    """最後のエラー: what VBA was told last, or what went wrong here last."""
    return Said(shown or error_messages.last() or "エラーはまだ起きていません。")


def helped(_: str) -> Said:
    """ヘルプ."""
    import addin.functions as _loaded

    assert _loaded  # fills the catalogue
    return Said("\n".join([HELP, *(f"・{f.signature}" for f in catalog.values())]))


WITH_BOOK: dict[str, Callable[[Any, str], Said]] = {
    "check": check,
    "compare": compare,
    "draft": draft,
    "proposal": proposal,
    "freeze": freeze,
}
WITHOUT_BOOK: dict[str, Callable[[str], Said]] = {
    "new_quote": new_quote,
    "edition": edition,
    "last_error": last_error,
    "help": helped,
}

NO_BOOK = (
    "ブックが開いていません。見積のブックを開いてから、もう一度押してください。"
    "保護ビューで開いているときは「編集を有効にする」を押します。"
)


def pressed(name: str, argument: str, book: Any) -> tuple[str, str, str]:
    """The answer to one button: ok or err, a message, an instruction."""
    try:
        said = _said(name, argument, book)
        return "ok", said.message, said.instruction
    except Exception as e:
        return "err", error_messages.remember(error_messages.sentence(e)), ""


def _said(name: str, argument: str, book: Any) -> Said:
    if name in WITHOUT_BOOK:
        return WITHOUT_BOOK[name](argument)
    press = WITH_BOOK[name]
    if book is None:
        raise Refusal(NO_BOOK)
    return press(book, argument)


def _bare(sheets: Sequence[str]) -> list[str]:
    named = "」「".join(sheets)
    again = "「校閲」の「シートの保護」でかけ直してください。"
    return [f"シート「{named}」の保護を元に戻せませんでした。{again}"] if sheets else []


def _warned(findings: Sequence[Finding]) -> list[str]:
    return messages.warned([answers.finding(f) for f in findings])
