"""PDFs of drafts through LibreOffice: all in one call, with a profile of its own, named like the drafts."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rules.refusal import Refusal
from templates.engine.proposal_pdf import alone
from templates.files.output_folder import placed
from templates.record.provenance import Provenance
from workbooks.files import programs
from workbooks.form.layout import PROPOSAL

START, EACH = 90, 20  # seconds for LibreOffice to start the first time, and for each document
PROGRAMS = ("soffice", "libreoffice")
ENOUGH = 10  # minutes for all of them
MAC = "Applications/LibreOffice.app/Contents/MacOS/soffice"
UNIX = ("/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/libreoffice*/program")
ABSENT = (
    "PDF を作るには LibreOffice が要ります。https://ja.libreoffice.org/ から入れるか、Word で下書きを開き、"
    "「名前を付けて保存」で PDF を選んでください。下書き（.docx）はできています。"
)
FAILED = "PDF を作れませんでした（{why}）。LibreOffice を閉じてもう一度実行するか、Word から PDF にしてください。下書き（.docx）はできています。"
# What differs between two PDFs of the same document: when it was written, and the numbers made from that
MOMENT = re.compile(
    rb"/(CreationDate|ModDate)\s*\([^)]*\)|/ID\s*\[[^\]]*\]|/DocChecksum\s*/\w+|<xmp:(\w+Date)>[^<]*</xmp:\2>"
)


def pdfs(
    drafts: Sequence[Path], quote: Path | None = None, record: Provenance | None = None, rows: int = 0
) -> list[Path]:
    """A PDF beside each draft, and one of the quote's 提案書, with its record and so many rows of its 別紙.

    One that a person changed stays, the new gets a number.
    """
    program = soffice()
    if program is None:
        raise Refusal(ABSENT)
    sources = {path: path.read_bytes() for path in drafts} | dict(_proposal(drafts, quote, record, rows))
    with TemporaryDirectory(prefix="hojokin") as scratch:
        made = _converted(program, sources, Path(scratch))
    found = list[Path]()
    for folder in dict.fromkeys(path.parent for path in made):
        files = [(path.stem, ".pdf", made[path]) for path in made if path.parent == folder]
        found += placed(folder, files, "PDF", _same)
    return found


def soffice() -> Path | None:
    """LibreOffice's program, wherever it usually is."""
    usual = (path for path in _usual() if path.is_absolute() and path.is_file())
    return programs.found(PROGRAMS, os.environ) or next(usual, None)


def _usual() -> Iterator[Path]:
    for variable in ("PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if base := os.environ.get(variable):
            yield from sorted(Path(base).glob("LibreOffice*/program/soffice.exe"), reverse=True)
            yield from sorted(Path(base).glob("Programs/LibreOffice*/program/soffice.exe"), reverse=True)
    yield Path("/") / MAC
    yield Path.home() / MAC
    for pattern in UNIX:
        yield from (path / "soffice" for path in sorted(Path("/").glob(pattern.lstrip("/")), reverse=True))


def _proposal(
    drafts: Sequence[Path], quote: Path | None, record: Provenance | None, rows: int
) -> Iterator[tuple[Path, bytes]]:
    """The quote's printed page, named like the drafts."""
    page = alone(quote.read_bytes(), record, rows) if quote and drafts else None
    if page is not None:
        applicant = drafts[0].name.partition("_")[0]
        yield drafts[0].with_name(f"{applicant}_{PROPOSAL}.xlsx"), page


def _converted(program: Path, sources: Mapping[Path, bytes], scratch: Path) -> dict[Path, bytes]:
    """The bytes of each PDF. The sources are copied under plain names: LibreOffice never sees the folder."""
    source, target = scratch / "from", scratch / "pdf"
    source.mkdir()
    names = {path: f"{number}{path.suffix}" for number, path in enumerate(sources)}
    for path, data in sources.items():
        (source / names[path]).write_bytes(data)
    options = (f"-env:UserInstallation={(scratch / 'profile').as_uri()}", "--headless", "--norestore", "--nologo")
    files = [str(source / name) for name in names.values()]
    command = [str(program), *options, "--convert-to", "pdf", "--outdir", str(target), *files]
    _run(command, min(START + EACH * len(sources), ENOUGH * 60), scratch)
    return {path: _read(target / f"{Path(name).stem}.pdf") for path, name in names.items()}


def _run(command: Sequence[str], seconds: int, folder: Path) -> None:
    try:
        code = programs.run(command, seconds, folder).code
    except subprocess.TimeoutExpired:
        raise Refusal(FAILED.format(why=f"{seconds}秒たっても終わりません")) from None
    except OSError:
        code = -1
    if code:
        raise Refusal(FAILED.format(why="LibreOffice が動きません"))


def _read(path: Path) -> bytes:
    data = path.read_bytes() if path.is_file() else b""
    if not data.startswith(b"%PDF"):
        raise Refusal(FAILED.format(why="LibreOffice が下書きを開けません"))
    return data


def _same(old: bytes, new: bytes) -> bool:
    """Whether two PDFs are of the same document, whenever each was written."""
    return MOMENT.sub(b"", old) == MOMENT.sub(b"", new)
