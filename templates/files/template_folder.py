"""The templates of a run: the shipped ones, or a user's own folder; and copies of the shipped ones to change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rules.refusal import Refusal
from templates.files.output_folder import placed
from workbooks.reading.xlsx_guard import name as called

HERE = Path(__file__).parents[1]
ENDING = ".docx"


def compiled(title: str, folder: Path = HERE) -> Path:
    """Where a shipped template lies as docxtpl read it (templates/engine/compiling.py)."""
    return folder / "compiled" / f"{title}.json"


def export(folder: Path | str) -> list[Path]:
    """Copies of the shipped templates; a changed copy that is there already stays, and the new one gets a number."""
    files = [(path.stem, ENDING, path.read_bytes()) for path in sorted(HERE.glob(f"*{ENDING}"))]
    return placed(Path(folder), files, "テンプレート")


def chosen(titles: Sequence[str], folder: Path | str | None = None) -> list[Path]:
    """The template of each title, a user's before the shipped one, and whatever else a user's folder holds."""
    if folder is None:
        return [HERE / f"{title}{ENDING}" for title in titles]
    folder = Path(folder)
    if not folder.is_dir():
        raise Refusal(f"{called(folder)}はテンプレートのフォルダーではありません。フォルダーを指定してください。")
    found = {path.stem: path for path in sorted(folder.glob(f"*{ENDING}")) if not path.name.startswith(("~$", "."))}
    if not found:
        how = "hojokin templates export で書き出してから、指定してください。"
        raise Refusal(f"フォルダー{called(folder)}にテンプレート（.docx）がありません。{how}")
    own = [path for stem, path in found.items() if stem not in titles and not (HERE / path.name).exists()]
    return [found.get(title, HERE / f"{title}{ENDING}") for title in titles] + own
