"""`hojokin install`, `doctor`, `uninstall`, `update` and `pack`: the add-in on a Windows PC, without admin rights.

Standard library only, since install runs before anything is installed. Where things go is said in `places.py`; every
change to the machine goes through `disk.py`, so that tests fail each one in turn.
"""
