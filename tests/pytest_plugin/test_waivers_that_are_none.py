"""Waivers that are none, and those that nobody rightly approved: exit code 4 or 1, and never an accepted deviation."""

from typing import Any

import pytest
from programmes import Programme
from waived_things import ALONE, GOOD, people, prepare, waive


@pytest.fixture
def things(programme: Programme) -> Programme:
    """Two things of which one is bad."""
    return prepare(programme)


@pytest.mark.each(3)
@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({"resources": ["*"]}, "waivers[0].resources[0]: is too broad"),
        ({"resources": ["bad", "*/**?"]}, "waivers[0].resources[1]: is too broad"),
        ({"resources": ["b*"]}, "is too broad"),
        ({"resources": []}, "waivers[0].resources"),
        ({"opened": "2026-11-21"}, "waivers[0].opened: 2026-11-21 lies after 2026-11-20"),
        ({"opened": "2026-11-02", "expires": "2026-11-01"}, "waivers[0].expires: lies before 2026-11-02"),
        ({"expires": "2027-11-03"}, "waivers[0].expires: must be at most a year after opened, which is 2027-11-02"),
        ({"expires": "2027-03-31T00:00:00"}, "waivers[0].expires"),
        ({"expires": "soon"}, "waivers[0].expires"),
        ({"expires": None}, "needs the key expires"),
        ({"approver": "ann@acme.example"}, "waivers[0].approver: the approver must be somebody else than the owner"),
        ({"approver": "ANN@acme.example"}, "the approver must be somebody else than the owner"),
        ({"approver": "ann+x@acme.example"}, "look like one address"),
        ({"approver": "tbd"}, "waivers[0].approver: names nobody"),
        ({"owner": "n/a"}, "waivers[0].owner: names nobody"),
        ({"reason": "TBD"}, "waivers[0].reason: says nothing"),
        ({"reason": "ok"}, "waivers[0].reason: says nothing"),
        ({"test": "OWN-99"}, "waivers[0].test: no loaded control has the id OWN-99"),
        ({"test": "EVD-01"}, "EVD-01 tests whether the evidence can be relied on"),
        ({"compensating": "OWN-99"}, "waivers[0].compensating: no loaded control has the id OWN-99"),
        ({"compensating": "OWN-01"}, "what compensates is another control"),
        ({"id": "-"}, "waivers[0].id: is no id"),
        ({"severity": "low"}, "severity"),
    ],
)
def test_one_that_is_none_is_a_usage_error(things: Programme, entry: dict[str, Any], says: str) -> None:
    things.shipped = True  # one entry names a shipped test
    waive(things, entry)
    result = things.run(ALONE)
    assert result.ret == 4
    assert says in result.stderr.str()
    assert "waivers.yaml" in result.stderr.str()
    assert things.matrix()["state"] == "started"


def test_all_that_are_none_are_named(things: Programme) -> None:
    waive(things, {"resources": ["*"]}, {"id": "WV-2"}, {"id": "WV-2"})
    result = things.run(ALONE)
    assert result.ret == 4
    assert "waivers[0].resources[0]: is too broad" in result.stderr.str()
    assert "waivers[1].id: WV-2 stands twice" in result.stderr.str()
    assert "waivers[2].id: WV-2 stands twice" in result.stderr.str()


@pytest.mark.parametrize("text", ["waivers: [\n", "waivers: 3\n", "- WV-1\n", "waived: []\n"])
def test_a_file_that_is_none_is_a_usage_error(things: Programme, text: str) -> None:
    things.write("waivers.yaml", text)
    result = things.run(ALONE)
    assert result.ret == 4
    assert "waivers.yaml" in result.stderr.str()


@pytest.mark.each(3)
@pytest.mark.parametrize("text", ["", "# none\n", "waivers:\n", "waivers: []\n"])
def test_a_file_without_entries_accepts_nothing(things: Programme, text: str) -> None:
    things.write("waivers.yaml", text)
    result = things.run(ALONE)
    assert (result.ret, things.verdict("OWN-01"), things.matrix()["problems"]) == (1, "fail", [])


@pytest.mark.each(2)
@pytest.mark.parametrize(
    ("entry", "left", "says"),
    [
        ({"approver": "nobody@acme.example"}, {}, "who is not in the register of people"),
        ({}, {"ben": "2026-11-15"}, "ben@acme.example, who does not work here on 2026-11-20"),
        ({}, {"ann": "2026-11-15"}, "waivers[0].owner: is ann@acme.example, who does not work here"),
        ({"approver": "ned@acme.example"}, {}, "ned@acme.example, who did not work here on 2026-11-02"),
        ({"owner": "ben.two@acme.example"}, {}, "are people of one name in the register"),
    ],
    ids=["a stranger", "approver left", "owner left", "came later", "an alias"],
)
def test_one_that_nobody_rightly_approved_accepts_nothing_and_is_a_problem(
    things: Programme, entry: dict[str, Any], left: dict[str, str], says: str
) -> None:
    things.write("exports/registers/people.yaml", people(**left))
    waive(things, entry)
    result = things.run(ALONE)
    assert (result.ret, things.verdict("OWN-01"), things.control("OWN-01")["waivers"]) == (1, "fail", [])
    (problem,) = things.matrix()["problems"]
    assert problem.startswith("waivers.yaml:1: waivers[0].")
    assert says in problem


def test_nobody_can_be_looked_up_without_a_register(things: Programme) -> None:
    (things.path / "exports/registers/people.yaml").unlink()
    waive(things, {})
    assert things.run(ALONE).ret == 1
    assert things.verdict("OWN-01") == "fail"


def test_one_alone_makes_no_exit_code_0_where_nobody_rightly_approved_it(things: Programme) -> None:
    things.things(GOOD)
    waive(things, {"approver": "nobody@acme.example"})
    result = things.run(ALONE)
    result.assert_outcomes(passed=1)
    assert result.ret == 1
