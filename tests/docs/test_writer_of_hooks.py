"""The writer on the page of hooks works as it is written."""

import json
import re
from pathlib import Path

import pytest
from programmes import Programme

CONTROL = '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_good(thing: Thing):
    """Every thing is good."""
    assert thing.good
'''


@pytest.mark.usefixtures("own_controls_alone")
def test_it_writes_its_artifact(programme: Programme) -> None:
    text = (Path(__file__).parents[2] / "docs/hooks.md").read_text("utf-8")
    (writer,) = re.findall(r"^```python\n((?:(?!^```).)*class Deviations.*?)^```$", text, re.MULTILINE | re.DOTALL)
    programme.write("plugins/deviations.py", writer)
    programme.policy(CONTROL)
    programme.things({"id": "a", "good": True}, {"id": "b", "good": False})
    programme.run()
    lines = (programme.path / "soc2-report/deviations.jsonl").read_text("utf-8").splitlines()
    first, last = map(json.loads, lines)
    assert first == {"test": "OWN-01", "deviations": 1}
    assert last["complete"] is False
    assert "policy files given" in last["because"]
