"""What lies in `inside` runs in Windows' Python, which the tests here start; there is no Wine to start from there."""

import sys

collect_ignore_glob = ["*"] if sys.platform == "win32" else ["inside/*"]
