"""Where an entry of an odd shape stands in an export, and a part of it that is odd is found wherever it is."""

from typing import Any

import pytest

from soc2test.telling.body_items import stray


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"a": 1, "b": "text"}, None),
        ({"a": [{"x": 1}], "b": [None]}, "b[0]: null stands where an object belongs"),
        ([{"x": 1}, {"y": [{"z": 1}, "odd"]}], "[1].y[1]: a text stands where an object belongs"),
        ([["a"], [True]], "[1][0]: true or false stands where an object belongs"),
        (["a", "b"], None),
    ],
)
def test_the_first_entry_of_an_odd_shape_is_named(value: Any, said: str | None) -> None:
    assert stray(value) == said
