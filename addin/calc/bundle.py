"""The Python files of the extension: what its modules import of this project, and nothing else.

All Python extensions of one LibreOffice share one interpreter, behind the packages of the system. `rules` and `addin`
are names that others use, too (django-rules is one); so our packages move into a package of their own, and their
imports are rewritten accordingly.

>>> moved("from rules import applicant\\nimport json\\n")
'from hojokin.rules import applicant\\nimport json\\n'
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from addin.calc.names import PRIVATE

ROOT = Path(__file__).parents[2]
OURS = ("addin", "rules", "workbooks", "templates")
FIRST = "addin.calc.component"  # what LibreOffice loads
HOST = ("uno", "unohelper", "com", "jp")  # LibreOffice's own, and types of the extension
ENGINES = {"rules.engine.column"}  # takes the columns of engines, which a cell never hands over


def python_files() -> dict[str, bytes]:
    """Path inside the package `hojokin` -> content."""
    paths = sorted({path for module in _reached() for path in _with_packages(_file(module))})
    folders = sorted({path.parent for path in paths})
    pages = [page for folder in folders for page in sorted(folder.glob("*.toml"))]
    code = {_inside(path): moved(path.read_text("utf-8")).encode() for path in paths}
    return {f"{PRIVATE}/__init__.py": b"", **code, **{_inside(page): page.read_bytes() for page in pages}}


def moved(source: str) -> str:
    """A module's text with the imports of our packages moved into the private one."""
    lines = source.splitlines(keepends=True)
    for node in _imports(source):
        ours = [name for name in _modules(node) if name.split(".")[0] in OURS]
        if not ours:
            continue
        if len(ours) > 1 or (isinstance(node, ast.Import) and not node.names[0].asname):
            raise ValueError(f"import one module a line, under a name: {ast.unparse(node)}")
        at = node.lineno - 1
        lines[at] = lines[at].replace(f"{ours[0].split('.')[0]}", f"{PRIVATE}.{ours[0].split('.')[0]}", 1)
    return "".join(lines)


def _reached() -> set[str]:
    found, waiting = set[str](), [FIRST]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += [*_of_ours(module), *_packages(module)]
    return found


def _packages(module: str) -> Iterator[str]:
    """The packages above a module, which Python runs before it."""
    names = module.split(".")[:-1]
    yield from (each for n in range(len(names)) if _file(each := ".".join(names[: n + 1])).exists())


def _of_ours(module: str) -> Iterator[str]:
    """The modules of ours that a module imports; what is neither ours nor Python's stops the build."""
    for node in _imports(_file(module).read_text("utf-8")):
        for name in _modules(node):
            top = name.split(".")[0]
            if top in OURS:
                inner = [f"{name}.{a.name}" for a in node.names] if isinstance(node, ast.ImportFrom) else []
                yield from (each for each in (name, *inner) if _file(each).exists())
            elif top not in (*HOST, *sys.stdlib_module_names) and module not in ENGINES:
                raise ValueError(f"{module} imports {name}, which LibreOffice's Python does not have")


def _imports(source: str) -> Iterator[ast.Import | ast.ImportFrom]:
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom))


def _modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    return [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]


def _file(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _with_packages(path: Path) -> Iterator[Path]:
    """A file and the `__init__.py` of the folders above it."""
    if path.exists():
        yield path
    for folder in path.relative_to(ROOT).parents:
        package = ROOT / folder / "__init__.py"
        if folder != Path() and package.exists():
            yield package


def _inside(path: Path) -> str:
    return f"{PRIVATE}/{path.relative_to(ROOT).as_posix()}"
