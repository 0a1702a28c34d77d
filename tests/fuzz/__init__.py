"""A bench that mutates what comes from outside: workbooks, Word files, CSV, TOML, words of a call, values of a cell.

Every case follows from its kind and its number alone, so that a run may be cut, resumed and repeated. `make test` runs a
few of each kind and every kept find (tests/fuzz/finds); `python -m tests.fuzz` runs long.
"""
