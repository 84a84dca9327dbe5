"""`--soc2-format`: the file lies beside the others, is of this run alone, and a name that is none is refused."""

import json

import pytest
from programmes import Programme

POLICY = '''
@control("OWN-01", criteria=["CC6.1"], nature="state", severity="high")
def test_good(thing: Thing) -> None:
    """Things are good."""
    assert thing.good
'''


@pytest.fixture
def things(programme: Programme) -> Programme:
    programme.things({"id": "a", "good": True}, {"id": "b", "good": False})
    programme.policy(POLICY)
    return programme


def test_it_is_written_where_it_is_asked_for_and_gone_where_it_is_not(things: Programme) -> None:
    file = things.path / "soc2-report/results.sarif"
    things.run("policies", "--soc2-format=sarif")
    (found,) = json.loads(file.read_text("utf-8"))["runs"][0]["results"]
    assert (found["ruleId"], found["properties"]["resource"]) == ("OWN-01", "b")
    things.run("policies")
    assert not file.exists()  # yesterday's would stand for today's


def test_a_missing_export_closes_no_alert_without_another_one(things: Programme) -> None:
    (things.path / "exports/things/one/things.list.json").unlink()
    things.run("policies", "--soc2-format=sarif")
    log = json.loads((things.path / "soc2-report/results.sarif").read_text("utf-8"))
    assert [each["ruleId"] for each in log["runs"][0]["results"]] == ["not-tested"]


@pytest.mark.parametrize(("given", "said"), [
    ("sariff", "there is no format 'sariff'; did you mean 'sarif'?; there are ocsf, oscal, sarif"),
    ("sarif,", "there is no format ''"),
])  # fmt: skip
def test_a_format_that_is_none_is_refused(things: Programme, given: str, said: str) -> None:
    result = things.run("policies", f"--soc2-format={given}")
    assert result.ret == 4
    assert said in result.stderr.str()
