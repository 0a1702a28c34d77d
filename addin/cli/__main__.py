"""`python -m addin.cli`, as hojokin.cmd and the extension for Calc call it, of whichever version they are."""

import sys

from addin.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
