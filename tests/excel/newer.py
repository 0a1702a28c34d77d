"""Finds in VBA the early-bound members that Excel 2016 does not have.

An Excel that lacks one may refuse to compile the whole project, so that every function is #NAME? and every button dead.
In a string (CallByName) a name is looked up only when it is used; comments do no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

DYNAMIC = "dynamic arrays came after Excel 2019"
FUNCTION = "a worksheet function that Excel 2016 lacks"
NEWER = {
    **dict.fromkeys(("Formula2", "Formula2R1C1", "Formula2Local", "Formula2R1C1Local"), DYNAMIC),
    **dict.fromkeys(("HasSpill", "SpillingToRange", "SpillParent", "SavedAsArray"), DYNAMIC),
    **dict.fromkeys(("AddCommentThreaded", "CommentThreaded", "CommentsThreaded"), "threaded comments: 365"),
    **dict.fromkeys(
        ("LinkedDataTypeState", "ConvertToLinkedDataType", "HasRichDataType", "ShowCard"), "data types: 365"
    ),
    **dict.fromkeys(("NamedSheetViews", "AutoSaveOn", "SensitivityLabel"), "365"),
    **dict.fromkeys(("Ifs", "Switch", "MaxIfs", "MinIfs", "Concat", "TextJoin", "Let", "Lambda"), FUNCTION),
    **dict.fromkeys(("XLookup", "XMatch", "Filter", "SortBy", "Unique", "Sequence", "RandArray"), FUNCTION),
    **dict.fromkeys(("TextSplit", "TextBefore", "TextAfter", "VStack", "HStack", "ToCol", "ToRow"), FUNCTION),
    **dict.fromkeys(("WrapRows", "WrapCols", "Take", "Drop", "ChooseCols", "ChooseRows", "Expand"), FUNCTION),
    **dict.fromkeys(("xlErrSpill", "xlErrCalc", "xlErrField", "xlErrBlocked", "xlErrConnect"), "error values of 365"),
    **dict.fromkeys(("xlErrUnknown", "xlErrGettingData"), "error values of 365"),
}
_WORDS = {name.lower(): name for name in NEWER}
_NOT_CODE = re.compile(r'"(?:[^"]|"")*"|\'.*|(?i:\brem\b.*)')
_MEMBER = re.compile(r"(?<=\.)[A-Za-z]\w*|\bxl[A-Z]\w*")


def newer_members(code: str) -> Iterator[tuple[int, str, str]]:
    """Line, member and reason."""
    for number, line in enumerate(code.splitlines(), 1):
        for word in _MEMBER.findall(_NOT_CODE.sub(" ", line)):
            if word.lower() in _WORDS:
                name = _WORDS[word.lower()]
                yield number, name, NEWER[name]
