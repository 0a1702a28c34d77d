# pyright: basic, reportMissingImports=false, reportAttributeAccessIssue=false
"""LibreOffice started for a script that runs under Debian's own Python, which alone has `uno`."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

PIPE = f"hojokin{os.getpid()}_{time.time_ns()}"
QUIET = ("--norestore", "--nologo", "--nodefault", "--nofirststartwizard", "--nolockcheck")
XLSX = "Calc MS Excel 2007 XML"


class Office:
    """One LibreOffice with a profile of its own."""

    def __init__(self, profile: str, *more: str, shown: bool = False):
        how = () if shown else ("--headless",)
        profile_url = f"-env:UserInstallation={Path(profile).as_uri()}"
        command = ["soffice", profile_url, *how, *QUIET, *more, f"--accept=pipe,name={PIPE};urp;"]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        self.context = self._connected()
        self.desktop = self.create("com.sun.star.frame.Desktop")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Ends it by asking, since a profile that is killed in the middle may lose its settings."""
        with suppress(Exception):
            self.desktop.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)

    def _connected(self):
        import uno

        resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
        for _ in range(300):
            try:
                return resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
            except Exception:  # the pipe is not there yet
                time.sleep(0.1)
        os.killpg(self.process.pid, signal.SIGKILL)
        raise SystemExit("LibreOffice did not answer within 30 seconds")

    def create(self, service: str):
        """An object of LibreOffice's."""
        return self.context.ServiceManager.createInstanceWithContext(service, self.context)

    def open(self, path, **how):
        """A document, hidden unless told otherwise."""
        document = self.desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, values(Hidden=True, **how))
        assert document is not None, f"LibreOffice could not open {path}"
        return document

    def new(self, **how):
        """An empty spreadsheet."""
        return self.desktop.loadComponentFromURL(
            "private:factory/scalc", "_blank", 0, values(**{"Hidden": True, **how})
        )


def save(document, path, filter_name: str = XLSX) -> None:
    """Writes a copy of a document."""
    document.storeToURL(Path(path).as_uri(), values(FilterName=filter_name))


def values(**named):
    """Arguments as LibreOffice takes them."""
    from com.sun.star.beans import PropertyValue

    return tuple(PropertyValue(Name=name, Value=value) for name, value in named.items())
