"""A second Excel, as far as the server can tell: asks for amounts and says what came, and which server answered.

python -m tests.windows.inside.client COUNT [wait]
"""

from __future__ import annotations

import ctypes
import json
import sys

from tests.windows.inside import bridge


def main(count: int, wait: bool) -> None:
    """Prints the amounts and the server's id, as JSON, and waits for its input's end where asked to."""
    ctypes.OleDLL("ole32").CoInitialize(None)  # type: ignore[attr-defined]
    server = bridge.server()
    calls = (bridge.called("SUBSIDY_INVOICE", (600_000.0 + n, True)) for n in range(count))
    amounts = [server.call("CallUDF", *call).items[1] for call in calls]
    print(json.dumps({"amounts": amounts, "servers": bridge.children()}), flush=True)
    if wait:
        sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]), "wait" in sys.argv[2:])
