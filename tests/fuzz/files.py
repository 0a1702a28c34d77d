"""Files that are not as we wrote them, given to the commands; amounts are held against what openpyxl sees."""

from __future__ import annotations

import io
import shutil
import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import openpyxl

from addin.install.rule_pages import pages
from tests import samples
from tests.books import filled_in
from tests.fuzz import mutate
from tests.fuzz.outcome import Said, said
from workbooks.form import layout

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "workbooks" / "examples"
NUMERIC = ("quantity", "price", "months", "discount")
CSV = "cost,small_biz,functions,pc_cost,register_cost\n1000000,true,2,,\n500000,false,1,100000,\n" + "800000,1,,,\n" * 9

PRICES = """ツール名,カテゴリー,機能,プロセス,契約,単価,ツール番号
みのり受発注,1 ソフトウェア,会計・受発注,共P-02・共P-04,年額,480000,DL99-0000001
みのり受発注 連携,3 データ連携ツール,,,年額,"60,000",DL99-0000002
"""
REPORT = """品名,単価,数量,発注日,納品日,請求日,請求額,支払日,支払額,支払方法,口座名義
みのり受発注 クラウド利用料,480000,1,2026/10/5,2026/10/9,2026/10/31,"1,056,000",2026/11/30,1056000,銀行振込,カ）ミホン
導入設定・操作研修,8000,20,令和8年10月6日,2026/10/20,,176000,,,,
"""


class Made(NamedTuple):
    """One case: the files, the words of the call, and the workbook whose amounts are held against another reader."""

    files: dict[str, bytes]
    words: list[str]
    book: bytes | None = None


@cache
def small() -> bytes:
    """A small filled workbook."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return filled_in(Path(folder) / "q.xlsx", samples.quote()).read_bytes()


@cache
def example(name: str) -> bytes:
    """A shipped example."""
    return (EXAMPLES / f"{name}.xlsx").read_bytes()


@cache
def templates() -> dict[str, bytes]:
    """The shipped templates."""
    return {p.name: p.read_bytes() for p in sorted((ROOT / "templates").glob("*.docx"))}


@cache
def draft() -> bytes:
    """A draft of the small workbook."""
    import tempfile

    from templates.engine.render import drafts

    with tempfile.TemporaryDirectory() as folder:
        return drafts(samples.assessment(), folder)[0].read_bytes()


def workbook(r: Random) -> bytes:
    """A workbook with something changed."""
    blob = small() if r.random() < 0.97 else example(r.choice(("wholesale", "group", "security")))
    if r.random() < 0.15:
        return mutate.scrambled(blob, r)
    parts = mutate.parts_of(blob)
    for _ in range(r.choice((1, 1, 1, 2, 4))):
        name = r.choice([n for n in parts if n.endswith((".xml", ".rels"))])
        if r.random() < 0.7:
            name = f"xl/worksheets/sheet{r.choice((2, 3, 3, 3, 4, 5, 6))}.xml"
        change = r.choice((mutate.revalued, mutate.revalued, mutate.respelt, mutate.rewritten, mutate.scrambled))
        parts[name] = change(parts[name], r) if name in parts else b""
    return mutate.packed(parts)


def document(blob: bytes, r: Random) -> bytes:
    """A Word file with something changed."""
    if r.random() < 0.2:
        return mutate.scrambled(blob, r)
    parts = mutate.parts_of(blob)
    for _ in range(r.choice((1, 1, 2, 5))):
        name = r.choice([n for n in parts if n.endswith((".xml", ".rels"))])
        name = "word/document.xml" if r.random() < 0.5 else name
        parts[name] = (mutate.tagged if r.random() < 0.4 else r.choice((mutate.rewritten, mutate.scrambled)))(
            parts[name], r
        )
    return mutate.packed(parts)


def made(number: int) -> Made:
    """The case of a number."""
    r = Random(f"files {number}")
    what = r.random()
    if what < 0.80:
        blob = workbook(r)
        command = r.choices(("check", "compare", "inject", "draft", "migrate"), (70, 20, 7, 2.5, 0.5))[0]
        more = {"draft": ["-o", "out"], "migrate": ["-o", "new.xlsx"], "inject": ["-o", "i.xlsx"]}.get(command, [])
        return Made({"q.xlsx": blob}, [command, "q.xlsx", *more], blob if command in ("check", "compare") else None)
    if what < 0.88:
        name = r.choice(list(templates()))
        return Made({f"t/{name}": document(templates()[name], r)}, ["templates", "lint", f"t/{name}"])
    if what < 0.89:
        name = r.choice(list(templates()))
        files = {f"t/{name}": document(templates()[name], r), "q.xlsx": small()}
        return Made(files, ["draft", "q.xlsx", "-o", "out", "--templates", "t"])
    if what < 0.92:
        return Made({"d.docx": document(draft(), r), "q.xlsx": small()}, ["inspect", "d.docx", "q.xlsx"])
    if what < 0.96:
        data = mutate.scrambled(CSV.encode(), r)
        return Made({"m.csv": data}, ["calc", "group", "members=m.csv"])
    return Made({"p.zip": pack(r)}, ["pack of rules"])


def beside(number: int) -> Made:
    """The case of a number for the commands that hold a quote against a file of a person's, or say more of it."""
    r = Random(f"beside {number}")
    command = r.choices(("prices", "fill", "report", "advise", "editions"), (30, 10, 30, 20, 10))[0]
    if command in ("advise", "editions"):
        more = ["--today", "2026-07-01", "--json"] if command == "advise" else []
        words = [command, *([] if command == "advise" else ["diff", "2025", "2026"]), "q.xlsx", *more]
        return Made({"q.xlsx": workbook(r)}, words)
    page, called = (REPORT, "report") if command == "report" else (PRICES, "prices")
    data = page.encode("cp932" if r.random() < 0.3 else "utf-8-sig")
    data = mutate.scrambled(data, r) if r.random() < 0.8 else data
    quote = workbook(r) if r.random() < 0.5 else small()
    return Made(
        {"l.csv": data, "q.xlsx": quote},
        [called, "l.csv", "q.xlsx", *(["--fill", "f.xlsx"] if command == "fill" else [])],
    )


def pack(r: Random) -> bytes:
    """A pack of rules with one page changed."""
    from hashlib import sha256

    called, page = r.choice(list(pages(ROOT / "rules").items()))
    data = page.read_bytes()
    if r.random() < 0.3:
        deep = r.choice((5, 100, 2000, 20_000))
        data += (
            b"\nx = "
            + r.choice((b"[" * deep + b"]" * deep, b"0x" + b"f" * deep, b'"1e300000000"', b"1e400", b"9" * deep))
            + b"\n"
        )
    else:
        data = mutate.scrambled(data, r)
    name = f"rules/{called}"
    head = f'title = "x"\nchanges = []\n[files]\n"{name}" = "{sha256(data).hexdigest()}"\n'
    return mutate.packed({name: data, "pack.toml": head.encode()})


def run(case: Made) -> str:
    """Runs a case in the current folder, which is emptied; what is wrong with it, or ""."""
    assert not Path(".git").exists(), "a folder of its own, please"
    for path in Path().iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, data in case.files.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(data)
    if case.words == ["pack of rules"]:
        return _updated(Path("p.zip"))
    found, wrong = said([*case.words, *(["--json"] if case.words[0] in ("check", "compare") else [])])
    left = [p.name for p in Path().rglob("*.tmp")]
    return wrong or (f"left {left}" if left else "") or (amounts(case.book, found) if case.book else "")


def _updated(path: Path) -> str:
    """A pack as `hojokin update` reads it, and its pages as the program of the check does."""
    from addin.install import update
    from rules.engine.edition import build
    from rules.frames.invoice import Edition
    from rules.refusal import Refusal
    from tests.fuzz.outcome import Hang, bounded

    try:
        with bounded(20):
            found = update.read(path)
            update.changes(update._pages(ROOT / "rules"), found)
            for data in found.rules.values():
                for block in tomllib.loads(data.decode()).get("edition", ()):
                    build(Edition, block, "x")
    except (Refusal, KeyError, TypeError, ValueError, ZeroDivisionError):  # as addin.install.verify takes them
        return ""
    except Hang:
        return "it did not end"
    except BaseException as e:
        return f"{type(e).__name__}: {e}"[:300]
    return ""


def amounts(blob: bytes, found: Said) -> str:
    """Whether our quote has other amounts than openpyxl sees, without a finding at the cell."""
    if found.status == 2:
        return ""
    from workbooks.reading.quote_file import open_checked

    quote = open_checked("q.xlsx")[1]
    told = {f.cell for f in quote.findings}
    if any(f.code == "TAX" for f in quote.findings) or quote.get("tax_mode") == layout.TAX_MODES[1]:
        return ""
    seen = _seen(blob, {line.cell("price").rpartition("!")[0] for line in quote.lines})
    if seen is None:
        return ""
    for line in quote.lines:
        for name in NUMERIC:
            at = line.cell(name)
            problem = "" if at in told else _held(seen.get(at), getattr(line, name), line, name)
            if problem:
                return f"{at}: {problem}"
    return ""


def _seen(blob: bytes, sheets: set[str]) -> dict[str, Any] | None:
    """The cells that openpyxl sees; None where it cannot read the file."""
    try:
        other = openpyxl.load_workbook(io.BytesIO(blob), data_only=True, read_only=True)
        for name in sheets:
            other[name].reset_dimensions()  # type: ignore[union-attr]  # what the sheet says of its size may be mutated
        return {
            f"{s}!{c.coordinate}": c for s in sheets for row in other[s].iter_rows() for c in row if c.value is not None
        }
    except Exception:
        return None


def _held(cell: Any, ours: int | None, line: Any, name: str) -> str:
    value = None if cell is None else cell.value
    if cell is not None and cell.data_type == "e":
        return f"{value} is read as {ours}"
    if isinstance(value, bool | str) or (name == "months" and line.contract == "買取"):
        return ""
    return "" if (value or 0) == (ours or 0) else f"{value} is read as {ours}"
