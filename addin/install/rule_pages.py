"""The pages of the law (rules/**/*.toml) by the names that they have in a rule pack.

A pack is read by other versions of Hojokin: these names stay when a page moves, or is called otherwise, below rules/.
"""

from __future__ import annotations

from pathlib import Path

NAMES = {  # file -> its name in a pack, where that is another
    "consumption_tax.toml": "tax.toml",
    "line_limits.toml": "lines.toml",
    "near_minimum_wage.toml": "near.toml",
    "other_applications.toml": "together.toml",
}


def name(path: Path) -> str:
    """A page's name in a pack.

    >>> name(Path("rules/frames/invoice.toml")), name(Path("rules/line_limits.toml"))
    ('invoice.toml', 'lines.toml')
    """
    return NAMES.get(path.name, path.name)


def pages(rules: Path) -> dict[str, Path]:
    """Every page below a folder `rules`, by its name in a pack, in the order of the names; words to ask by are no law."""
    return dict(sorted((name(path), path) for path in rules.rglob("*.toml") if path.parent.name != "advice"))
