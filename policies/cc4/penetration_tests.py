"""Penetration tests."""

from datetime import datetime
from typing import Any

from soc2test import Deficiency, PenetrationTest, Person, Population, any_of, control, deviation
from soc2test_policies._ages import day, recent
from soc2test_policies._joins import known


@control(
    "MON-01",
    criteria=["CC4.1"],
    nature="state",
    supports={"CC7.1": "weaknesses are looked for from outside"},
    severity="high",
    operates="yearly",
    limits={"days": 365},
    looser={"days": "higher"},
    on_empty="fail",
)
def test_somebody_independent_tried_to_break_in(
    tests: Population[PenetrationTest], persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """A penetration test by others than people of ours ended within the year, with a scope and a report.

    CC4.1: a separate evaluation is one that those who built the system did not make themselves.
    """

    def wrong(test: PenetrationTest) -> str:
        if not recent(test.ended_at, limits.days, as_of):
            return f"did not end within {limits.days} days before {day(as_of)}"
        if not test.scope:
            return "names no system that it was about"
        if test.document is None:
            return "its report is not on file"
        if test.lead_email is None:
            return "nobody is named who led it"
        return f"{test.lead_email} who led it is a person of ours" if persons.all("email", test.lead_email) else ""

    if any_of(tests, lambda test: not wrong(test)):
        return
    told, _ = known(tests, lambda test: bool(wrong(test)))
    for test in told:
        deviation(test, wrong(test))
    assert told, "there was no penetration test"


@control("MON-02", criteria=["CC4.2"], nature="state", severity="medium", operates="per event")
def test_all_findings_of_penetration_tests_are_followed_up(
    test: PenetrationTest, deficiencies: Population[Deficiency]
) -> None:
    """As many findings as the report of every penetration test counts are in the register of deficiencies.

    CC4.2: a deficiency that was found and is in no list is followed up by nobody.
    """
    if test.ended_at is None:
        return
    assert test.findings is not None, "nobody counted its findings: none is a count too"
    listed = len(deficiencies.all("found_by", test.id))
    assert listed == test.findings, f"its report counts {test.findings} findings, and the register holds {listed}"
