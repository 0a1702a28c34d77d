"""What an installation answers when Excel asks it: its own DLL and pythonw, called as the add-in's VBA calls them.

python installed.py C:\\…\\app\\Scripts\\pythonw.exe       one line of JSON
"""

from __future__ import annotations

import ctypes
import json
import sys
from pathlib import Path

from pyopenvba.interpreter._values import NOTHING

from addin.excel.settings_sheets import XLWINGS
from tests.windows.inside import bridge


def answers(pythonw: Path) -> dict[str, object]:
    """A cell's yen, and where the button 新しい見積 puts the workbook."""
    bridge.LIBRARY = str(pythonw.with_name(f"xlwings64-{XLWINGS}.dll"))
    server = bridge.server(f'"{pythonw}" -I -B -m addin.excel.serve $(CLSID)')
    cell = server.call("CallUDF", *bridge.called("SUBSIDY_INVOICE", (1e6, True)))
    button = server.call("CallUDF", "addin.excel.macros", "macro", bridge.array("new_quote", ""), NOTHING, NOTHING)
    return {"cell": list(cell.items), "button": list(button.items)}


def main() -> None:
    ctypes.OleDLL("ole32").CoInitialize(None)  # type: ignore[attr-defined]
    print(json.dumps(answers(Path(sys.argv[1]))), flush=True)


if __name__ == "__main__":
    main()
