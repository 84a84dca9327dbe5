"""junit.xml: the dialect that every consumer reads."""

from collections import Counter
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from soc2test.reports.junit import Junit
from soc2test.reports.view import started_run
from soc2test.run import DISCLAIMER, Run
from soc2test.verdicts import Verdict

from .demo import demo_run

SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).with_name("junit-10.xsd"))))
OUTCOMES = ("failure", "error", "skipped")


def junit(run: Run) -> etree._Element:
    return etree.fromstring(Junit().render(run))


def case(run: Run, control: str) -> etree._Element:
    (found,) = [each for each in junit(run).iter("testcase") if str(each.get("name")).startswith(control)]
    return found


def outcome(element: etree._Element) -> str:
    """The case's outcome, "passed" where it has none; fails on two."""
    found = [child.tag for child in element if child.tag in OUTCOMES]
    assert len(found) <= 1
    return str(found[0]) if found else "passed"


def only(verdict: Verdict, *, declared: bool = True) -> Run:
    run = demo_run()
    control = next(control for control in run.controls if control.verdict is verdict)
    return msgspec.structs.replace(run, controls=(msgspec.structs.replace(control, declared=declared),))


def partial() -> Run:
    return msgspec.structs.replace(
        demo_run(), complete=False, incomplete_because="stopped by -x", problems=("p.py: no",)
    )


@pytest.mark.parametrize("run", [demo_run(), started_run(), partial()], ids=["whole", "started", "partial"])
def test_the_strict_schema_holds(run: Run) -> None:
    SCHEMA.assertValid(junit(run))
    assert b"disabled=" not in Junit().render(run)


@pytest.mark.parametrize("run", [demo_run(), started_run(), partial()], ids=["whole", "started", "partial"])
def test_totals_are_right(run: Run) -> None:
    root = junit(run)
    for suite in root:
        counted = Counter(outcome(each) for each in suite.iter("testcase"))
        assert suite.get("tests") == str(counted.total())
        assert [suite.get(name) for name in ("failures", "errors", "skipped")] == [
            str(counted[name]) for name in OUTCOMES
        ]
    for name in ("tests", "failures", "errors"):
        assert root.get(name) == str(sum(int(str(suite.get(name))) for suite in root))


def test_each_control_is_one_case_under_its_first_criterion() -> None:
    run = demo_run()
    cases = list(junit(run).iter("testcase"))
    assert len(cases) == len({each.get("name") for each in cases}) == 48
    assert case(run, "IAM-07").get("classname") == "CC6.CC6_2"
    assert case(run, "BAK-01").get("classname") == "A1.A1_2"
    suites = [suite.get("name") for suite in junit(run)]
    assert suites == ["Evidence", "Security", "Availability", "Confidentiality", "Privacy"]


def test_the_evidence_itself_is_a_suite_of_its_own() -> None:
    first, *rest = junit(demo_run())
    assert [each.get("classname") for each in first.iter("testcase")] == ["evidence.EVD", "evidence.EVD"]
    others = [each for suite in rest for each in suite.iter("testcase")]
    assert not [each for each in others if str(each.get("classname")).startswith("evidence")]


def test_what_a_test_rests_on_is_a_property() -> None:
    properties = {each.get("name"): each.get("value") for each in junit(demo_run()).iter("property")}
    assert (properties["IAM-07.nature"], properties["IAM-07.rests_on"]) == ("event", "system + record")
    assert (properties["DEV-01.nature"], properties["DEV-01.rests_on"]) == ("state", "nothing")
    assert properties["criterion.CC5.3"] == (
        "no deviations, partial; document + record; taken out: POL-02; "
        "POL-02 is without deviation (18 of 18) and was taken out by replaced_by (POL-01)"
    )
    assert len([name for name in properties if str(name).startswith("criterion.")]) == 61


def test_what_is_skipped_says_who_answers_for_it() -> None:
    def skipped(control: str) -> str:
        (found,) = case(demo_run(), control).iter("skipped")
        return str(found.get("message"))

    assert "WVR-3" in skipped("GOV-02")
    for told in ("carved out to AWS", "approved by grace.hopper@acme.example", "is not evaluated and was taken out"):
        assert told in skipped("PHY-01")
    assert "replaced by POL-01" in skipped("POL-02")


@pytest.mark.parametrize(
    ("verdict", "declared", "expected"),
    [
        (Verdict.PASS, True, "passed"),
        (Verdict.FAIL, True, "failure"),
        (Verdict.FAIL, False, "failure"),
        (Verdict.ERROR, False, "error"),
        (Verdict.NOT_EVALUATED, True, "failure"),
        (Verdict.NOT_EVALUATED, False, "skipped"),
        (Verdict.ACCEPTED, True, "skipped"),
        (Verdict.NO_OCCURRENCES, True, "skipped"),
        (Verdict.NOT_APPLICABLE, True, "skipped"),
    ],
)
def test_verdicts_become_outcomes(verdict: Verdict, declared: bool, expected: str) -> None:
    (found,) = junit(only(verdict, declared=declared)).iter("testcase")
    assert outcome(found) == expected


def test_an_accepted_deviation_is_marked() -> None:
    assert "accepted waiver" in str(case(demo_run(), "GOV-02").findtext("system-out"))


def test_the_first_twenty_findings_stand_in_the_text() -> None:
    lines = str(case(demo_run(), "VUL-01").findtext("failure")).splitlines()
    assert len(lines) == 21
    assert lines[0].endswith("[github/acme/pulls.web.json]")
    assert lines[-1] == "and 110 more, see findings.ndjson"


def test_criteria_and_limits_are_repeated_in_system_out() -> None:
    notes = str(case(demo_run(), "IAM-07").findtext("system-out"))
    assert "criteria: CC6.2, CC6.3" in notes
    assert "limits: grace_days 0 (tool default); removal_hours 24" in notes


def test_a_run_that_started_is_an_error() -> None:
    root = junit(started_run())
    assert (root.get("tests"), root.get("errors")) == ("1", "1")


def test_a_partial_run_says_why_and_a_problem_is_an_error() -> None:
    first = junit(partial())[0]
    assert [outcome(each) for each in first.iter("testcase")] == ["skipped", "error"]
    assert "stopped by -x" in str(first.find("testcase/skipped").get("message"))  # type: ignore[union-attr]


def test_a_run_without_controls_is_no_green() -> None:
    root = junit(msgspec.structs.replace(demo_run(), controls=()))
    assert (root.get("tests"), root.get("errors")) == ("1", "1")


def test_the_disclaimer_is_last() -> None:
    assert Junit().render(demo_run()).decode().splitlines()[-1] == f"<!-- {DISCLAIMER} -->"
    assert all(DISCLAIMER in str(suite.findtext("system-out")) for suite in junit(demo_run()))
