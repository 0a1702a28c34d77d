"""`hojokin` on the command line: `main.py` parses, the other modules are its commands."""
