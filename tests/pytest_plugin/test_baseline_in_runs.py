"""`--soc2-baseline` by the installed plugin and command: exit codes, first lines, and that the file only shrinks."""

import json
import os

import pytest
from programmes import Programme
from runs import run_forked

pytestmark = pytest.mark.usefixtures("own_controls_alone")

OWN = '''
@control(id="OWN-01", criteria=["CC6.1"], severity="high", operates="daily", nature="state")
def test_good(thing: Thing) -> None:
    """Good.

    CC6.1: it is.
    """
    assert thing.good
'''


def soc2test(programme: Programme, *args: str) -> tuple[int, str]:
    done = run_forked([*args], str(programme.path), {**os.environ}, program="soc2test")
    return done.returncode, done.stdout + done.stderr


def things(programme: Programme, **good: bool) -> None:
    programme.things(*({"id": name, "good": is_good} for name, is_good in good.items()))


@pytest.fixture
def own(programme: Programme) -> Programme:
    programme.write("pytest.ini", "[pytest]\n")
    programme.policy(OWN)
    things(programme, a=False, b=True)
    return programme


def write(programme: Programme, *entries: tuple[str, str]) -> None:
    """A baseline with the deviations of the last run."""
    lines = (programme.path / "soc2-report/findings.ndjson").read_text().splitlines()
    found = [json.loads(text) for text in lines]
    known = [
        {key: each[key] for key in ("control", "id", "kind", "resource")}
        for each in found
        if each.get("outcome") == "deviation"
    ]
    programme.write("b.json", json.dumps({"schema": "baseline/1", "deviations": known}))


def test_known_deviations_change_the_exit_code_and_nothing_else(own: Programme) -> None:
    assert own.run("policies").ret == 1
    write(own)
    result = own.run("policies", "--soc2-baseline=b.json")
    assert result.ret == 0
    assert own.verdict("OWN-01") == "fail"
    assert next(row for row in own.matrix()["criteria"] if row["id"] == "CC6.1")["status"] == "deviation"
    result.stdout.fnmatch_lines(["*1 failed*"])


def test_the_first_line_of_every_artifact_says_how_many_are_held_back(own: Programme) -> None:
    own.run("policies")
    write(own)
    result = own.run("policies", "--soc2-baseline=b.json")
    said = "BASELINE b.json: 1 known deviations of 1 tests that fail for nothing else are held back from the exit code"
    report = own.path / "soc2-report"
    for name in ("matrix.md", "junit.xml", "findings.ndjson", "controls.ndjson", "evidence.ndjson"):
        assert said in (report / name).read_text().splitlines()[0].replace("\\", ""), name
    assert [*own.matrix()][:2] == ["schema", "held_back"]
    assert own.matrix()["held_back"]["deviations"] == 1
    page = (report / "matrix.html").read_text()
    assert page.index(said) < page.index("<h1>")
    assert json.loads((report / "populations/index.json").read_text())["held_back"] == said
    assert said in result.stdout.str()


def test_a_new_deviation_fails(own: Programme) -> None:
    own.run("policies")
    write(own)
    things(own, a=False, b=False)
    assert own.run("policies", "--soc2-baseline=b.json").ret == 1


def test_an_entry_that_is_none_any_more_fails_until_it_is_taken_out(own: Programme) -> None:
    own.run("policies")
    write(own)
    things(own, a=True, b=True)
    result = own.run("policies", "--soc2-baseline=b.json")
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        ["problem: b.json: OWN-01 Thing(a): no deviation any more: `soc2test baseline b.json` takes it out"]
    )


def test_the_command_writes_shrinks_and_adds_nothing(own: Programme) -> None:
    own.write("exports/manifest.yaml", "collected_at: 2026-11-20T08:00:00Z\n")
    assert own.run("-q").ret == 1  # all controls: a whole run
    code, said = soc2test(own, "baseline", "b.json")
    assert (code, said.strip()) == (0, "b.json: 1 known deviations")
    assert own.run("-q", "--soc2-baseline=b.json").ret == 0
    things(own, a=True, b=False)
    own.run("-q")
    code, said = soc2test(own, "baseline", "b.json")
    assert (code, said.strip()) == (0, "b.json: 1 entries taken out")
    assert json.loads((own.path / "b.json").read_text())["deviations"] == []
    assert own.run("-q", "--soc2-baseline=b.json").ret == 1


def test_a_run_that_is_not_complete_makes_no_baseline(own: Programme) -> None:
    own.run("policies")
    code, said = soc2test(own, "baseline", "b.json")
    assert code == 1
    assert "is of a run that is not complete: what it did not test may deviate" in said
    assert not (own.path / "b.json").exists()


@pytest.mark.parametrize("other", ["--soc2-record", "--soc2-period=2026-01-01..2026-06-30"])
def test_what_others_rely_on_holds_nothing_back(own: Programme, other: str) -> None:
    own.write("b.json", '{"schema": "baseline/1", "deviations": []}')
    result = own.run("policies", "--soc2-baseline=b.json", "--soc2-store=kept", other, as_of=None)
    assert result.ret == 4
    result.stderr.fnmatch_lines(["*--soc2-baseline holds deviations back, and --soc2-* is evidence: leave one out*"])


def test_a_file_that_is_none_ends_before_anything_is_tested(own: Programme) -> None:
    result = own.run("policies", "--soc2-baseline=none.json")
    assert result.ret == 4
    result.stderr.fnmatch_lines(["*--soc2-baseline: none.json: *`soc2test baseline none.json` writes one*"])


@pytest.mark.long
def test_workers_hold_back_the_same(own: Programme) -> None:
    own.run("policies")
    write(own)
    assert own.run("policies", "--soc2-baseline=b.json", "-n2").ret == 0
