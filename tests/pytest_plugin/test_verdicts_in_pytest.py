"""What each verdict is in pytest's terms, and which exit code it gives."""

import pytest
from programmes import Programme

GOOD = '''
@control("OWN-01", criteria=["CC6.1"], nature="state", severity="medium")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good, f"{thing.id} is bad"
'''


def test_a_clean_population_passes_and_exits_0(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True}, {"id": "b", "good": True})
    result = programme.run()
    result.assert_outcomes(passed=1)
    assert result.ret == 0
    found = programme.control("OWN-01")
    assert (found["verdict"], found["population"], found["passed"]) == ("pass", 2, 2)
    assert programme.matrix()["complete"] is False  # policy files were given: the shipped controls did not run


def test_a_deviation_fails_with_the_resource_the_message_and_the_evidence(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True}, {"id": "b", "good": False})
    result = programme.run()
    result.assert_outcomes(failed=1)
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*OWN-01: 1 of 2 deviates*", "*deviation Thing b: b is bad*things.list.json*"])
    (finding,) = programme.control("OWN-01")["findings"]
    assert (finding["resource"], finding["outcome"], finding["source"]) == ("b", "deviation", "things")


def test_the_first_deviation_is_shown_with_pytests_introspection(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things({"id": "b", "good": False})
    programme.run().stdout.fnmatch_lines(["E*AssertionError: b is bad", "E*where False = Thing(b).good"])


@pytest.mark.parametrize("strict", [False, True])
def test_a_gap_of_a_declared_source_fails(programme: Programme, strict: bool) -> None:
    programme.policy(GOOD)
    result = programme.run("policies", *(["--soc2-strict"] if strict else []))
    result.assert_outcomes(failed=1)
    assert result.ret == 1
    assert programme.verdict("OWN-01") == "not_evaluated"
    result.stdout.fnmatch_lines(["*export `things things list --org one`*"])


def test_a_gap_of_an_undeclared_source_is_skipped_unless_strict(programme: Programme) -> None:
    programme.write("soc2.yaml", "system: Test\n")
    programme.policy(GOOD)
    programme.policy(
        GOOD.replace("Thing)", "Vendor)")
        .replace("OWN-01", "OWN-02")
        .replace("thing.good", "thing.active")
        .replace("import", "import"),
        name="two.py",
    )
    programme.write(
        "policies/two.py", "from soc2test import Vendor\n" + (programme.path / "policies/two.py").read_text()
    )
    programme.things({"id": "a", "good": True})
    result = programme.run()
    result.assert_outcomes(passed=1, skipped=1)
    assert result.ret == 0
    strict = programme.run("policies", "--soc2-strict")
    strict.assert_outcomes(passed=1, failed=1)
    assert strict.ret == 1


BREAKS = """
from soc2test import Identity, Source, facts, hookimpl, unpaged

other = Source("other")

@other.reads("users", kind=Identity, items="", lists=True, paging=unpaged)
def user(item, at):
    return facts(item["id"], active=1 // item["none"])

@hookimpl
def soc2_sources():
    return [other]
"""


@pytest.mark.each(2)
@pytest.mark.parametrize(("body", "code"), [('[{"id": "a", "none": 0}]', 1), ('[{"id": "a"}]', 0), ("[1", 0)])
def test_a_plugin_that_breaks_fails_the_run_and_a_broken_export_of_an_undeclared_source_does_not(
    programme: Programme, body: str, code: int
) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True})
    programme.write("plugins/other.py", BREAKS)
    programme.write("exports/other/users.json", body)
    assert programme.run().ret == code
    assert programme.verdict("OWN-01") == "pass"
    assert (len(programme.matrix()["problems"]) > 0) is (code == 1)


def test_nothing_evaluated_at_all_exits_5(programme: Programme) -> None:
    programme.write("soc2.yaml", "system: Test\n")
    programme.policy(GOOD)
    result = programme.run()
    result.assert_outcomes(skipped=1)
    assert result.ret == 5


def test_an_unknown_fact_is_no_pass(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True}, {"id": "b"}, {"id": "c", "good": None}, {"id": "d", "good": "false"})
    result = programme.run()
    assert result.ret == 1
    found = programme.control("OWN-01")
    assert (found["verdict"], found["passed"], found["unknown"]) == ("not_evaluated", 1, 3)


def test_a_deviation_beside_unknown_facts_is_a_fail(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": False}, {"id": "b"})
    programme.run()
    assert programme.verdict("OWN-01") == "fail"


def test_an_exception_is_an_error_that_hides_no_deviation_and_no_other_control(programme: Programme) -> None:
    programme.policy(
        GOOD
        + '''
@control("OWN-02", criteria=["CC6.1"], nature="state")
def test_breaks(thing: Thing):
    """Breaks."""
    raise KeyError("S3CRET")
'''
    )
    programme.things({"id": "a", "good": True})
    result = programme.run()
    result.assert_outcomes(passed=1, errors=1)
    assert result.ret == 1
    assert (programme.verdict("OWN-01"), programme.verdict("OWN-02")) == ("pass", "error")
    result.stdout.no_fnmatch_line("*S3CRET*")
    result.stdout.fnmatch_lines(["*raised KeyError (policies/own.py:*)"])


def test_severity_decides_the_exit_code_and_nothing_else(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": False})
    result = programme.run("policies", "--soc2-fail-on", "high")
    result.assert_outcomes(failed=1)
    assert result.ret == 0
    assert programme.verdict("OWN-01") == "fail"
    assert programme.run("policies", "--soc2-fail-on", "medium").ret == 1


def test_an_empty_population_is_no_pass(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things()
    result = programme.run()
    assert (result.ret, programme.verdict("OWN-01")) == (1, "not_evaluated")


def test_no_occurrences_where_the_control_says_so(programme: Programme) -> None:
    programme.policy(GOOD.replace('severity="medium"', 'on_empty="no_occurrences"'))
    programme.things()
    result = programme.run()
    result.assert_outcomes(skipped=1)
    assert (result.ret, programme.verdict("OWN-01")) == (0, "no_occurrences")


def test_a_control_of_a_category_that_is_not_in_scope_is_not_evaluated(programme: Programme) -> None:
    programme.policy(
        GOOD + GOOD.replace("OWN-01", "OWN-02").replace("CC6.1", "A1.2").replace("def test_", "def test_more_")
    )
    programme.things({"id": "a", "good": True})
    programme.write("soc2.yaml", "system: Test\nsources: {things: {orgs: [one]}}\n")
    result = programme.run()
    result.assert_outcomes(passed=1, skipped=1)
    assert (result.ret, programme.verdict("OWN-01"), programme.verdict("OWN-02")) == (0, "pass", "not_applicable")
    assert programme.control("OWN-02")["reason"]["text"] == "tests A1.2 alone, and soc2.yaml has in scope: security"
    programme.write("soc2.yaml", "system: Test\ncategories: [availability]\nsources: {things: {orgs: [one]}}\n")
    programme.run().assert_outcomes(passed=2)


def test_junitxml_of_pytest_carries_the_control(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": False})
    programme.run("policies", "--junitxml=out.xml")
    text = (programme.path / "out.xml").read_text("utf-8")
    for wanted in (
        'name="soc2_control" value="OWN-01"',
        'name="soc2_criteria" value="CC6.1"',
        'name="soc2_population" value="1"',
    ):
        assert wanted in text
