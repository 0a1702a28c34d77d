"""What a template is given is what templates/content/words.py says: each name of every example, and no other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from rules.frames import FRAMES
from templates.content import words
from templates.content.words import EtradeWords, GroupWords, NormalWords, SecurityWords, Words
from templates.lint.known_names import examples

OF_FRAME = {"normal": NormalWords, "etrade": EtradeWords, "security": SecurityWords, "group": GroupWords}


def wrong(value: Any, kind: Any, path: str = "") -> list[str]:
    """Where a value is not of its kind."""
    if is_typeddict(kind):
        hints = get_type_hints(kind)
        if not isinstance(value, dict) or value.keys() != hints.keys():
            return [f"{path}: {sorted(set(value) ^ hints.keys())}"]
        return [w for name, child in value.items() for w in wrong(child, hints[name], f"{path}.{name}")]
    if get_origin(kind) is list:
        return [w for child in value for w in wrong(child, get_args(kind)[0], f"{path}[]")]
    if get_origin(kind) is dict:
        return [w for child in value.values() for w in wrong(child, get_args(kind)[1], f"{path}{{}}")]
    return [] if type(value) is kind else [f"{path}: {type(value).__name__}"]


@pytest.mark.parametrize("number", range(len(examples())))
def test_every_name_of_an_example_is_declared_and_of_its_kind(number: int) -> None:
    given = examples()[number]
    own = OF_FRAME.get(given["frame_name"])
    common = {k: v for k, v in given.items() if k in get_type_hints(Words)}
    assert wrong(common, Words) == []
    if own:
        assert wrong({k: v for k, v in given.items() if k in get_type_hints(own)}, own) == []
    assert given.keys() == common.keys() | (get_type_hints(own).keys() if own else set())


def test_each_frame_has_its_words() -> None:
    assert OF_FRAME.keys() == {f.name for f in FRAMES} - {"invoice"}


def test_a_word_that_means_the_same_in_every_group_is_said_once() -> None:
    continued = re.findall(r'^    (\w+): Annotated\[.*, ": ', Path(words.__file__).read_text("utf-8"), re.MULTILINE)
    assert sorted(continued) == sorted(set(continued))
    assert {"label", "value"} < set(continued)
