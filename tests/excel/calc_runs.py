"""Run by the system's Python, which has LibreOffice's UNO: opens a file of the add-in kind and runs its VBA.

    python3 calc_runs.py FILE PROFILE < calls.json > answers.json

calls: [[module, procedure, [argument, …]], …]; answers: the modules that were found, and one value a call.
"""

# pyright: reportMissingImports=false

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

FILTER = "Calc MS Excel 2007 VBA XML"  # an .xlam is not recognised by its name
PROJECT = "Hojokin"
RUN_MACROS = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN


def main(file: Path, profile: Path) -> None:
    pipe = f"hojokin{profile.name}"
    accept = f"--accept=pipe,name={pipe};urp;"
    office = subprocess.Popen(
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", accept]
    )
    try:
        desktop = connected(pipe)
        book = desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, settings())
        names = book.BasicLibraries.getByName(PROJECT).ElementNames
        print(json.dumps([sorted(names), [run(book, *call) for call in json.load(sys.stdin)]], ensure_ascii=False))
        desktop.terminate()
        office.wait(30)
    finally:
        office.kill()


def connected(pipe: str) -> Any:
    import uno  # the system's Python alone has it

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(200):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            time.sleep(0.1)
    raise SystemExit("LibreOffice did not start")


def settings() -> tuple[Any, ...]:
    from com.sun.star.beans import PropertyValue

    values = {"FilterName": FILTER, "MacroExecutionMode": RUN_MACROS, "Hidden": True}
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


def run(book: Any, module: str, procedure: str, arguments: list[Any]) -> Any:
    place = f"vnd.sun.star.script:{PROJECT}.{module}.{procedure}?language=Basic&location=document"
    try:
        return book.getScriptProvider().getScript(place).invoke(tuple(arguments), (), ())[0]
    except Exception as e:
        return f"!! {e}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
