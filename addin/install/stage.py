"""The next installation, made complete in a folder of its own before anything that is in use is touched."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from addin.install import lock_file, manifest, wheels
from addin.install.disk import Disk
from addin.install.source import Source
from addin.install.start_menu import COMMAND
from addin.install.xlam_settings import stamped
from addin.places import XLAM, Places, scripts, site_packages, usable
from rules.refusal import Refusal

# ASCII; %~dp0 is the folder of the file. The first line mends a rule update that was cut off between two renamings.
# cmd reads a file line by line while it runs it, and `uninstall` removes this one: all that follows stands in its line,
# and `exit` ends cmd before it reads on.
CMD = r"""@echo off
if not exist "%~dp0{site}\rules" if exist "%~dp0{site}\rules.old" ren "%~dp0{site}\rules.old" rules
if /i "%~1"=="uninstall" cd /d "%SystemRoot%" & {run} & pause & exit
{run}
""".replace("{run}", r'"%~dp0Scripts\python.exe" -I -B -X utf8 -m addin.cli %*')
PTH = "python{0}.zip\n.\nimport site\n"  # the standard library, and the packages below it


def build(places: Places, source: Source, disk: Disk) -> manifest.Manifest:
    """Writes the stage; whatever was there before goes."""
    stage = places.stage
    disk.discard(stage)
    disk.make(stage)
    if source.python is None:
        disk.environment(stage, places.python.path)
    else:
        _own_python(source.python, stage, disk)
    _packages(places, source, disk)
    for name, data in source.project_files():
        disk.write(site_packages(stage) / name, data)
    for name, data in source.notices():
        disk.write(stage / name, data)
    site = str(site_packages(stage).relative_to(stage)).replace("/", "\\")
    disk.write(stage / COMMAND, CMD.replace("{site}", site).replace("\n", "\r\n").encode("ascii"))
    disk.write(stage / XLAM, stamped(source.xlam(), places.interpreter))
    return _noted(stage, source, _version(places, source), disk)


def _own_python(folder: Path, stage: Path, disk: Disk) -> None:
    """An embeddable Python, with its packages switched on."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        if path.suffix == "._pth":
            data = PTH.format(path.stem.removeprefix("python")).encode()
        disk.write(scripts(stage) / path.relative_to(folder), data)


def _version(places: Places, source: Source) -> str:
    """The Python version that the packages are for."""
    wanted = source.pack["python"] if source.pack else places.python.short
    if source.python is None and wanted != places.python.short:
        raise Refusal(
            f"この配布 ZIP は Python {wanted} 用です（いまは {places.python.short}）。合う版で実行してください。"
        )
    return wanted


def _packages(places: Places, source: Source, disk: Disk) -> None:
    pins, version = lock_file.pins(source.lock), _version(places, source)
    folder = source.wheels or places.root / "download"
    if source.wheels is None:
        disk.discard(folder)
        wheels.fetch(disk, places.python.path, pins, version, folder)
    into = {"site": site_packages(places.stage), "scripts": scripts(places.stage)}
    for wheel in wheels.chosen(pins, folder):
        for place, name, data in wheels.unpacked(wheel):
            disk.write(into[place] / name, data)
    if source.wheels is None:
        disk.discard(folder)


def _noted(stage: Path, source: Source, python: str, disk: Disk) -> manifest.Manifest:
    """The manifest, written last."""
    dlls = sorted(scripts(stage).glob("xlwings64-*.dll"))
    xlwings = dlls[0].stem.removeprefix("xlwings64-") if dlls else ""
    xlam = sha256((stage / XLAM).read_bytes()).hexdigest()
    made = manifest.Manifest(source.version, python, xlwings, xlam, manifest.listing(stage, stage))
    manifest.write(disk, stage, made)
    return made


def allowed(places: Places, source: Source) -> None:
    """Refuses a Python that Excel cannot use, before anything is written."""
    if source.python is None:
        usable(places.python)
    _version(places, source)
