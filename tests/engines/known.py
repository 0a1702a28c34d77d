"""The engines that are compared. A further one is registered here."""

from __future__ import annotations

from tests.engines import ENGINES, register
from tests.engines.extension import ARRAY, CALLS
from tests.engines.sheets import CALC, CELLS, COLUMN, NAMES
from tests.engines.typed import DUCKDB, NUMPY, POLARS

for engine in (NUMPY, POLARS, DUCKDB, CELLS, NAMES, COLUMN, CALC, CALLS, ARRAY):
    register(engine)
KNOWN = {engine.name: engine for engine in ENGINES}
