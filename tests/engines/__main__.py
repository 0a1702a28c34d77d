"""Long proof (`python -m tests.engines`): every engine on random, boundary and invalid quotes, 0 differences."""

from __future__ import annotations

import sys

from tests.engines.proof import main

if __name__ == "__main__":
    sys.exit(main())
