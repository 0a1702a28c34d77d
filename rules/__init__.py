"""The law of デジタル化・AI導入補助金: one page of dated parameters and one page of Python per frame.

Imports the standard library only; an engine's own library (NumPy, Polars) is imported inside `rules.engine.column` alone.
"""

VERSION = "0.1.0"  # of the program; pyproject.toml and every artefact take it from here
