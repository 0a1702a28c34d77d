"""The add-in's server with `echo` as one more module: `pythonw -m tests.windows.inside.echo_server {CLSID}`."""

import sys

from addin.excel import serve

if __name__ == "__main__":
    serve.ENTRIES = (*serve.ENTRIES, "tests.windows.inside.echo")
    sys.exit(serve.main(sys.argv[1:]))
