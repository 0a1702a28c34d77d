"""`hojokin` on the command line: `main.py` parses, `commands/` holds one module a command."""
