"""What went wrong last, in Japanese: shown by the ribbon's 最後のエラー."""

from __future__ import annotations

import traceback
from pathlib import PureWindowsPath

from rules.refusal import Refusal

_LAST: list[str] = []
SHOWN = 200  # characters of a foreign message


def remember(message: str) -> str:
    """Keeps a message, without the numbers of people, and hands it back."""
    from workbooks.reading.identifiers import covered

    _LAST[:] = [covered(message)]
    return last()


def last() -> str:
    """The message of the last mishap, or ""."""
    return "".join(_LAST)


def bug(e: Exception) -> str:
    """Our own mistake as a sentence: its kind and the place in our sources."""
    place = traceback.extract_tb(e.__traceback__)[-1]
    where = f"{PureWindowsPath(place.filename).name} {place.lineno}行"
    return (
        f"プログラムの誤りで計算できませんでした（{type(e).__name__}: {str(e)[:SHOWN]}、{where}）。"
        "この文を作成者に知らせてください。"
    )


def sentence(e: Exception) -> str:
    """Any failure as one Japanese sentence."""
    if isinstance(e, Refusal):
        return str(e)
    if refused(e):
        return (
            f"Excel が操作を受け付けませんでした（{_details(e)}）。"
            "入力中のセルやダイアログを閉じ、シートやブックの保護を確かめて、もう一度押してください。"
        )
    if isinstance(e, OSError):
        return f"{e.filename or 'ファイル'} を読み書きできません（{e.strerror}）。場所と権限を確かめてください。"
    return bug(e)


def refused(e: Exception) -> bool:
    """Whether Excel refused something (pywintypes exists on Windows alone)."""
    return type(e).__name__ == "com_error"


def _details(e: Exception) -> str:
    """Excel's own words in a com_error (hresult, text, details, argument), or its number."""
    number, _, details, *_ = (*e.args, None, None, None)
    words = [str(word) for word in (details or ())[1:3] if word]  # the program, its text
    return (words[-1] if words else str(number))[:SHOWN]
