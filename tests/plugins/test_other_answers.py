"""An answer of a shape that no reader knows tells nothing: whatever it is, it is not the thing that was asked for.

`body is not None` takes `{"message": "Internal error"}` for a console password, and an account of a program for a person's.
"""

from pathlib import Path
from typing import Any

import pytest
from test_planted_items import load, write
from test_wrong_values import EXPORTS, PLUGINS

from soc2test.resources.unknown import Unknown

OFF = (None, False)
"""S3 prints nothing of what is off: an answer without the key means that, and no control passes for it."""
OF_THE_CALL = ("name", "category", "scope")
"""Facts that follow from where the export lies."""
OTHERS: tuple[Any, ...] = (0, True, "surprise", {"surprise": 1}, {"message": "Internal error"})


@pytest.mark.each(15)
@pytest.mark.parametrize("name", EXPORTS)
def test_an_answer_of_another_shape_tells_of_nothing_that_is_on(tmp_path: Path, name: str) -> None:
    source, files = EXPORTS[name]
    file = list(files)[-1]
    told = {}
    for number, body in enumerate(OTHERS):
        folder = tmp_path / str(number)
        write(folder, {**files, file: body})
        loaded = load(folder, PLUGINS[source])
        words = [
            (resource.id, fact, value)
            for resource in loaded.inventory._told.values()
            for fact, values in resource.values.items()
            for _, evidence, value in values
            if evidence == file and not isinstance(value, Unknown) and fact not in OF_THE_CALL and value not in OFF
        ]
        if words or loaded.faults:
            told[repr(body)] = words, loaded.faults
    assert told == {}
