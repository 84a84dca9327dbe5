"""What the console shows at the end: short failures, a line for each control, and the summary last."""

import re

import pytest
from programmes import Programme

LONG = '''
@control("OWN-01", criteria=["CC6.1"], nature="state", severity="high")
def test_things_are_good(thing: Thing):
    """Every thing is good.

    Told at length, in lines that say nothing of what deviates.
    """
    first_line_of_the_body = thing.good
    assert first_line_of_the_body, f"{thing.id} is bad"
'''
PASSES = '''
@control("OWN-02", criteria=["CC6.2"], nature="state", severity="low")
def test_things_are_told(thing: Thing):
    """Every thing is told of."""
    assert thing.good in (True, False) and thing.id
'''
NAMED = PASSES.replace("assert thing.good in (True, False) and thing.id", 'assert thing.id != "never"\n    thing.good')


@pytest.fixture
def bad(programme: Programme) -> Programme:
    """Two things, one of them bad, and a control that sees it."""
    programme.policy(LONG)
    programme.things({"id": "a", "good": True}, {"id": "b", "good": False})
    return programme


def test_of_the_function_only_the_assert_is_shown(bad: Programme) -> None:
    shown = bad.run().stdout.str()
    assert ">       assert first_line_of_the_body, f" in shown
    assert "E       AssertionError: b is bad" in shown
    assert "Told at length" not in shown
    assert "first_line_of_the_body = thing.good" not in shown


def test_the_whole_function_is_shown_where_that_is_asked_for(bad: Programme) -> None:
    shown = bad.run("policies", "--tb=long").stdout.str()
    assert "first_line_of_the_body = thing.good" in shown


def test_functions_are_named_without_their_place_in_memory(programme: Programme) -> None:
    programme.policy(
        LONG.replace(
            'assert first_line_of_the_body, f"{thing.id} is bad"',
            'assert bool(list(filter(lambda found: found, [first_line_of_the_body]))), f"{thing.id} is bad"',
        ).replace("first_line_of_the_body = thing.good", "first_line_of_the_body = thing.good; look = lambda: 1")
    )
    programme.things({"id": "b", "good": False})
    assert "<function" not in programme.run().stdout.str()


def test_a_long_introspection_is_cut_and_says_so(programme: Programme) -> None:
    parts = " and ".join(["(thing.good or not thing.good)"] * 20)
    programme.policy(LONG.replace("assert first_line_of_the_body, f", f"assert {parts} and thing.good, f"))
    programme.things({"id": "b", "good": False})
    said = [line for line in programme.run().stdout.lines if line.startswith("E  ")]
    assert len(said) <= 13
    programme.run("policies", "--tb=long").stdout.fnmatch_lines(["E*AssertionError: b is bad"])


def test_a_short_line_names_the_control_and_what_deviates_first(bad: Programme) -> None:
    result = bad.run()
    result.stdout.fnmatch_lines(["FAILED high OWN-01: 1 of 2 deviates: b: b is bad"])
    assert "::test_things_are_good" not in result.stdout.str()


def test_on_ci_the_short_line_repeats_nothing_else(bad: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    lines = bad.run().stdout.lines
    at = next(place for place, line in enumerate(lines) if line.startswith("FAILED "))
    assert lines[at] == "FAILED high OWN-01: 1 of 2 deviates: b: b is bad"
    assert not lines[at + 1].strip()


def test_on_ci_no_short_line_is_cut(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CI", "BUILD_NUMBER"):
        monkeypatch.delenv(name, raising=False)
    programme.policy(LONG.replace("is bad", "is bad " + "in many words " * 20 + "to the end"))
    programme.things({"id": "b", "good": False})
    (cut,) = [line for line in programme.run().stdout.lines if line.startswith("FAILED ")]
    assert cut.endswith("...")
    monkeypatch.setenv("CI", "true")
    (whole,) = [line for line in programme.run().stdout.lines if line.startswith("FAILED ")]
    assert whole.endswith("to the end")


def test_lines_come_worst_severity_first(bad: Programme) -> None:
    worse = LONG.replace("OWN-01", "OWN-09").replace("high", "critical").replace("test_things_", "test_other_")
    bad.policy(worse, name="worse.py")
    lines = [line for line in bad.run().stdout.lines if line.startswith("FAILED ")]
    assert [line.split()[:3] for line in lines] == [["FAILED", "critical", "OWN-09:"], ["FAILED", "high", "OWN-01:"]]


def test_other_tests_keep_the_lines_of_pytest(bad: Programme) -> None:
    bad.write("test_own.py", "def test_other():\n    assert 1 == 2\n")
    result = bad.run("policies", "test_own.py")
    result.stdout.fnmatch_lines(["FAILED test_own.py::test_other - *", "FAILED high OWN-01: *"])
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["in pytest's counts: 1 failed (1 deviation); 1 more, which are no controls*"])


def test_short_lines_that_nobody_asks_for_are_not_shown(bad: Programme) -> None:
    result = bad.run("policies", "-rN")
    assert not [line for line in result.stdout.lines if line.startswith("FAILED ")]
    result.assert_outcomes(failed=1)


def test_a_file_that_does_not_load_is_named_by_pytest(bad: Programme) -> None:
    bad.policy("raise ValueError('broken')\n", name="wrong.py")
    result = bad.run()
    result.stdout.fnmatch_lines(["ERROR *wrong.py::does-not-load*"])
    result.stdout.fnmatch_lines(["FAILED high OWN-01: *"])


def test_the_summary_comes_last(bad: Programme) -> None:
    lines = [line for line in bad.run().stdout.lines if line.strip()]
    short = next(place for place, line in enumerate(lines) if line.startswith("FAILED "))
    counts = next(place for place, line in enumerate(lines) if re.match(r"\d+ tests: \d+ with deviations", line))
    assert short < counts >= len(lines) - 5


def test_what_passes_is_listed_with_v(bad: Programme) -> None:
    bad.policy(NAMED, name="two.py")
    assert "Without deviations" not in bad.run().stdout.str()
    shown = bad.run("policies", "-v")
    shown.stdout.fnmatch_lines(["Without deviations", "  OWN-02*CC6.2*2 of 2*Every thing is told of."])


def test_each_resource_of_a_named_control_is_listed_with_vv(bad: Programme) -> None:
    shown = bad.run("policies", "-vv", "--soc2-control=OWN-01")
    shown.stdout.fnmatch_lines(
        ["OWN-01: each of its population, by populations/OWN-01.csv", "  passed*Thing a", "  deviation*Thing b"]
    )
    assert "each of its population" not in bad.run("policies", "-v", "--soc2-control=OWN-01").stdout.str()


def test_a_population_that_is_not_listed_is_told(bad: Programme) -> None:
    shown = bad.run("policies", "-vv", "--soc2-control=OWN-01", "--soc2-no-populations")
    shown.stdout.fnmatch_lines(["OWN-01: its population is not listed"])


def test_controls_that_were_not_selected_are_told_apart_from_counts(bad: Programme) -> None:
    bad.policy(NAMED, name="two.py")
    shown = bad.run("policies", "--soc2-control=OWN-02")
    shown.stdout.fnmatch_lines(["in pytest's counts: 1 passed (1 no deviations); 1 controls are not in them*"])


def test_the_summary_comes_though_that_of_another_plugin_breaks(bad: Programme) -> None:
    bad.write("conftest.py", "def pytest_terminal_summary():\n    raise ValueError('broken')\n")
    shown = bad.run()
    shown.stdout.fnmatch_lines(["FAILED *OWN-01: *", "1 tests: 1 with deviations"])
    assert shown.ret


@pytest.mark.long
def test_with_workers_the_lines_are_the_same(bad: Programme) -> None:
    shown = bad.run("policies", "-n2")
    shown.stdout.fnmatch_lines(["FAILED high OWN-01: 1 of 2 deviates: b: b is bad"])
