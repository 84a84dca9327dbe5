"""A run says what its tests rest on and what they do not show, in the artifacts and in pytest's own JUnit file."""

from lxml import etree
from programmes import Programme

from soc2test.criteria import CRITERIA
from soc2test.not_tested import NOT_TESTED

_TWO = """
@control("OWN-11", criteria=["CC6.1"], nature="event", operates="per event")
def test_things_are_good(thing: Thing):
    \"\"\"Every thing is good.\"\"\"
    assert thing.good


@control("OWN-12", criteria=[], supports={"CC4.1": "why"}, nature="state", reliance=True)
def test_things_can_be_relied_on(thing: Thing):
    \"\"\"Every thing is known.\"\"\"
    assert thing.good
"""


def test_pytest_s_own_junit_file_tells_nature_and_what_a_test_rests_on(programme: Programme) -> None:
    programme.policy(_TWO)
    programme.things({"id": "a", "good": True}, next=None)
    programme.run("--junitxml=own.xml", "--soc2-control=OWN-11")
    root = etree.parse(str(programme.path / "own.xml"))
    found = {each.get("name"): each.get("value") for each in root.iter("property")}
    assert (found["soc2_nature"], found["soc2_rests_on"]) == ("event", "system")
    assert (found["soc2_pending"], found["soc2_exempt"]) == ("0", "0")


def test_the_artifacts_of_a_run_hold_it(programme: Programme) -> None:
    programme.policy(_TWO)
    programme.things({"id": "a", "good": True}, next=None)
    programme.run()
    own = programme.control("OWN-11")
    assert (own["nature"], own["rests_on"], own["reliance"]) == ("event", ["system"], False)
    assert programme.control("OWN-12")["reliance"] is True
    rows = {row["id"]: row for row in programme.matrix()["criteria"]}
    assert {id: tuple(row["not_tested"]) for id, row in rows.items()} == {id: NOT_TESTED[id] for id in CRITERIA}
    assert "OWN-12" in rows["CC4.1"]["supported_by"]
    assert not [id for id, row in rows.items() if "OWN-12" in row["controls"]]


def test_a_test_without_evidence_rests_on_nothing_that_was_seen(programme: Programme) -> None:
    programme.policy(_TWO)
    (programme.path / "exports").mkdir()
    programme.run("--soc2-control=OWN-11")
    assert programme.verdict("OWN-11") == "not_evaluated"
    rows = {row["id"]: row for row in programme.matrix()["criteria"]}
    assert rows["CC6.1"]["rests_on"] == []
    assert programme.matrix()["natures"]["system"] == 0
