"""A template as docxtpl read it: Jinja source for each part with tags, and the other parts as they are.

docxtpl decides what the tags mean, once (templates/engine/compiling.py); printing needs Jinja alone (templates/engine/printing.py).
The shipped templates come compiled, in templates/compiled/; one of a user's own is compiled at its first use and kept
(templates/engine/own_template.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

FORMAT = 1  # of a compiled template; raised when anything here or in compiling.py changes what one holds
DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


@dataclass(frozen=True)
class Compiled:
    """A template as text. None stands for a part that is printed, or copied out of the template's own file."""

    template: str  # the sha256 of its file
    pages: Mapping[str, str]  # Jinja source of each part with tags, the body first
    parts: Mapping[str, str | None]  # every part in the order of the package, as docxtpl writes it
    room: Mapping[str, str | None]  # the same with room for what a draft is made from

    def text(self) -> str:
        """As a file; its lines are the paragraphs of the template."""
        pages = {part: source.split("\n") for part, source in self.pages.items()}
        return json.dumps({**asdict(self), "format": FORMAT, "pages": pages}, ensure_ascii=False, indent=0) + "\n"


def read(text: str, template: str) -> Compiled | None:
    """What `text` wrote; None for anything else, and for another template's."""
    try:
        found: Any = json.loads(text)
        if found.pop("format") != FORMAT or found["template"] != template:
            return None
        found["pages"] = {part: "\n".join(lines) for part, lines in found["pages"].items()}
        return Compiled(**found)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def digest(blob: bytes) -> str:
    """By which a compiled template knows its file."""
    return sha256(blob).hexdigest()
