"""hojokin.oxt from the catalogue and this project's own Python files."""

from __future__ import annotations

from pathlib import Path

from addin.calc import bundle, registration
from addin.functions.catalog import catalog
from rules import VERSION
from workbooks.files import writer
from workbooks.files.zip_parts import FILE, zipped

DAY = (1980, 1, 1)  # the first that a ZIP can say
NOTICES = ("LICENSE", "THIRD_PARTY_NOTICES.md")


def build_oxt(path: Path) -> None:
    """Writes the extension; the same sources give the same bytes."""
    writer.over(path, oxt_bytes())


def oxt_bytes() -> bytes:
    """The extension's bytes."""
    return zipped(files(), FILE, DAY)


def unpacked(folder: Path) -> Path:
    """The extension as a folder, for LibreOffice's BUNDLED_EXTENSIONS."""
    for name, data in files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        writer.over(path, data)
    return folder


def files() -> dict[str, bytes]:
    """Path inside the extension -> content."""
    texts = registration.files(catalog.values(), VERSION)
    component = bundle.moved(Path(__file__).with_name("component.py").read_text("utf-8"))
    return {
        **{name: text.encode() for name, text in texts.items()},
        "about.txt": registration.ABOUT.encode(),
        "component.py": component.encode(),
        **{name: (bundle.ROOT / name).read_bytes() for name in NOTICES},
        **{f"pythonpath/{name}": data for name, data in bundle.python_files().items()},
    }
