"""However a run ends: nothing is lost without a word, no artifact of yesterday stays green, the exit code says so."""

import json
from pathlib import Path

import pytest
from programmes import Programme

GOOD = '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good
'''
HOOK = "import os, pytest\nfrom soc2test import hookimpl\nclass W:\n    filename = 'w.txt'\n    def render(self, run): {body}\n"
WRITERS = "@hookimpl\ndef soc2_writers(): return [W()]\n"


@pytest.fixture
def good(programme: Programme) -> Programme:
    """One control that passes, over one thing."""
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True})
    return programme


def problems(programme: Programme) -> str:
    return " | ".join(programme.matrix()["problems"])


# in workers the whole table takes minutes: the default run tries it without, and other tests have workers
WITH_WORKERS = pytest.mark.parametrize(
    "workers", [pytest.param((), id="plain"), pytest.param(("-n", "2"), id="workers", marks=pytest.mark.long)]
)


@pytest.mark.each(10)
@pytest.mark.parametrize(
    "body",
    [
        "raise SystemExit(0)",
        "raise ValueError",
        "os._exit(0)",
        "pytest.skip('x')",
        "pytest.exit('x', 0)",
        "return 'text'",
    ],
)
def test_a_writer_that_breaks_is_named_and_costs_no_other_artifact(good: Programme, body: str) -> None:
    good.write("plugins/own.py", HOOK.format(body=body) + WRITERS)
    result = good.run()
    assert (result.ret, good.verdict("OWN-01"), good.matrix()["state"]) == (1, "pass", "finished")
    assert "the report writer of w.txt" in problems(good)
    result.stdout.fnmatch_lines(["*problem: the report writer of w.txt *"])


ANSWERS = {
    "soc2_writers(): raise SystemExit(0)": "plugin own: its hook `soc2_writers` raised SystemExit",
    "soc2_writers(): os._exit(0)": "plugin own: its hook `soc2_writers` raised SuddenEnd",
    "soc2_writers(): return [1]": "plugin own: soc2_writers must give writers, with a filename and render, and gave a int",
    "soc2_writers(): return 5": "plugin own: soc2_writers gave no list",
    "soc2_result(result): raise SystemExit(0)": "OWN-01: plugin own: its hook `soc2_result` raised SystemExit",
    "soc2_result(result): os._exit(0)": "OWN-01: plugin own: its hook `soc2_result` raised SuddenEnd",
    "soc2_claim(export): return True": "plugin own: soc2_claim must give a Claim or None, and gave a bool",
    "soc2_claim(export): return 'aws'": "plugin own: soc2_claim must give a Claim or None, and gave a str",
    "soc2_claim(export): raise SystemExit(0)": "odd/thing.json: plugin own: its hook `soc2_claim` raised SystemExit",
    "soc2_sources(): return ['aws']": "soc2_sources must give sources, and gave a str",
    "soc2_sources(): return None": "soc2_sources must give sources, and gave a NoneType",
    "soc2_kinds(): return [int]": "soc2_kinds must give kinds, and gave a type",
    "soc2_kinds(): raise ValueError('x')": "plugin own did not load: plugins/own.py:7: ValueError: x",
}


@pytest.mark.each(15)
@pytest.mark.parametrize(("hook", "says"), ANSWERS.items(), ids=ANSWERS)
@WITH_WORKERS
def test_a_hook_that_breaks_or_answers_wrongly_is_a_problem_of_its_plugin(
    good: Programme, hook: str, says: str, workers: tuple[str, ...]
) -> None:
    good.write("exports/odd/thing.json", "{}")
    good.write("plugins/own.py", HOOK.format(body="return b''") + f"@hookimpl\ndef {hook}\n")
    result = good.run("policies", *workers)
    assert (result.ret, good.matrix()["complete"]) == (1, False)
    assert good.verdict("OWN-01") == "pass"
    assert says in problems(good)


def test_what_a_hook_raises_for_each_control_is_named_once_and_once_more(good: Programme) -> None:
    good.policy(
        "".join(GOOD.replace("01", f"0{n}").replace("test_", f"test_{n}_") for n in range(2, 6)), name="more.py"
    )
    good.write(
        "plugins/own.py", HOOK.format(body="return b''") + "@hookimpl\ndef soc2_result(result): raise SystemExit(0)\n"
    )
    assert good.run().ret == 1
    assert problems(good) == (
        "OWN-02: plugin own: its hook `soc2_result` raised SystemExit (plugins/own.py:7) | further on: plugin own: its hook `soc2_result` raised SystemExit (plugins/own.py:7)"
    )


@pytest.mark.each(3)
@pytest.mark.parametrize("name", ["matrix.json", "Matrix.JSON", "a/b", "journal.ndjson"])
def test_a_writer_with_a_name_that_is_taken_is_left_out_and_named(good: Programme, name: str) -> None:
    good.write("plugins/own.py", HOOK.format(body="return b'{}'").replace("w.txt", name) + WRITERS)
    result = good.run()
    assert (result.ret, good.verdict("OWN-01"), good.matrix()["state"]) == (1, "pass", "finished")
    result.stdout.fnmatch_lines(["*problem: a report writer of a plugin is left out: *"])


@pytest.mark.each(25)
@pytest.mark.parametrize(
    "end", ["raise SystemExit(0)", "os._exit(0)", "pytest.exit('x', returncode=0)", "raise KeyboardInterrupt"]
)
@pytest.mark.parametrize(
    "hook", ["pytest_sessionfinish()", "pytest_runtest_teardown(item)", "pytest_runtest_setup(item)"]
)
def test_no_hook_of_a_conftest_ends_the_run_green(good: Programme, hook: str, end: str) -> None:
    good.write("conftest.py", f"import os, pytest\ndef {hook}:\n    {end}\n")
    result = good.run()
    assert result.ret != 0
    assert good.matrix()["complete"] is False or good.verdict("OWN-01") == "error"


@pytest.mark.parametrize("end", ["raise SystemExit(0)", "pytest.exit('x', returncode=0)", "raise ValueError"])
def test_where_another_plugin_breaks_the_end_the_artifacts_are_written_all_the_same(good: Programme, end: str) -> None:
    good.write("conftest.py", f"import pytest\ndef pytest_sessionfinish():\n    {end}\n")
    assert good.run().ret == 1
    matrix = good.matrix()
    assert (matrix["state"], good.verdict("OWN-01")) == ("finished", "pass")
    assert any(problem.startswith("pytest_sessionfinish of a plugin or conftest.py raised") for problem in matrix["problems"])


ENDS = ["posix._exit(0)", "os.execv('/bin/true', ['true'])", "os.execlp('true', 'true')"]


@pytest.mark.parametrize("end", ENDS)
def test_no_other_way_out_of_the_process_is_green(good: Programme, end: str) -> None:
    good.policy(GOOD.replace("assert thing.good", f"import posix; {end}; assert thing.good"))
    assert good.run().ret == 1
    assert good.verdict("OWN-01") == "error"


def test_a_child_that_a_control_forks_ends_as_it_should(good: Programme) -> None:
    body = "child = os.fork(); (child == 0) and os._exit(7); assert thing.good and os.waitpid(child, 0)[1] == 7 << 8"
    good.policy(GOOD.replace("assert thing.good", body))
    assert (good.run().ret, good.verdict("OWN-01")) == (0, "pass")


@pytest.mark.parametrize("scope", ["function", "session"])
def test_a_fixture_whose_teardown_ends_the_process_is_an_error(good: Programme, scope: str) -> None:
    good.write(
        "conftest.py",
        f"import os, pytest\n@pytest.fixture(autouse=True, scope='{scope}')\ndef x():\n    yield\n    os._exit(0)\n",
    )
    assert good.run().ret == 1
    assert good.verdict("OWN-01") == "error"
    assert "os._exit(0) was called" in good.control("OWN-01")["reason"]["text"]


@WITH_WORKERS
@pytest.mark.parametrize(
    "line", ["pytest.importorskip('nope')", "pytest.skip(allow_module_level=True)", "pytest.exit('x', 0)"]
)
def test_a_policy_file_that_skips_itself_is_a_broken_file(good: Programme, line: str, workers: tuple[str, ...]) -> None:
    good.write("policies/skips.py", f"import pytest\n{line}\n")
    result = good.run("policies", *workers)
    assert (result.ret, good.verdict("OWN-01")) == (1, "pass")
    assert "policy file skips.py did not load" in problems(good)
    assert "exit" in line or "a policy file can't leave itself out" in problems(good)


@pytest.mark.parametrize("line", ["raise SystemExit(0)", "pytest.skip(allow_module_level=True)"])
def test_a_plugin_that_skips_itself_is_a_broken_plugin(good: Programme, line: str) -> None:
    good.write("plugins/own.py", f"import pytest\n{line}\n")
    assert good.run("policies/own.py").ret == 1 or good.matrix()["complete"] is False
    assert "plugin own did not load" in problems(good)


def test_a_control_that_is_lost_in_its_file_is_an_error_item(good: Programme) -> None:
    good.policy(GOOD.replace("01", "02") + GOOD.replace("01", "03"), name="twice.py")
    result = good.run()
    result.assert_outcomes(passed=1, errors=1)
    assert (result.ret, good.verdict("OWN-01")) == (1, "pass")
    result.stdout.fnmatch_lines(["*control OWN-02 in line * would never run*"])


@pytest.mark.parametrize(
    ("arg", "says"),
    [
        ("policies/typo.py", "*file or directory not found: policies/typo.py"),
        ("policies/own.py::test_nope", "*not found: policies/own.py::test_nope*"),
        ("policies/_helper.py", "*policies/_helper.py is no policy file*"),
    ],
)
def test_an_argument_that_names_nothing_is_a_usage_error(good: Programme, arg: str, says: str) -> None:
    good.write("policies/_helper.py", "X = 1\n")
    result = good.run("policies/own.py", arg)
    assert result.ret == 4
    result.stderr.fnmatch_lines([says])
    assert good.run("policies/own.py::test_things_are_good").ret == 0


@pytest.mark.parametrize("plugin", ["soc2-ending", "soc2-session", "threadexception", "warnings"])
def test_what_the_run_needs_cant_be_switched_off(good: Programme, plugin: str) -> None:
    result = good.run("-p", f"no:{plugin}")
    assert (result.ret, good.matrix()["state"]) == (4, "started")


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["plain", "workers"])
def test_no_filter_of_warnings_hides_a_thread(good: Programme, workers: tuple[str, ...]) -> None:
    body = "t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join(); assert thing.good"
    good.policy(GOOD.replace("assert thing.good", body))
    result = good.run("policies", "-W", "ignore", *workers)
    assert (result.ret, good.verdict("OWN-01")) == (1, "error")


DROP = "import pytest\n@pytest.hookimpl(trylast=True)\ndef pytest_collection_modifyitems(config, items):\n    {body}\n"


@pytest.mark.each(2)
@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["plain", "workers"])
def test_items_that_are_dropped_without_a_word_are_lost(good: Programme, workers: tuple[str, ...]) -> None:
    good.policy(GOOD.replace("01", "02").replace("test_things", "test_other"), name="other.py")
    good.write("conftest.py", DROP.format(body="items[:] = [each for each in items if 'other' not in each.nodeid]"))
    result = good.run("policies", *workers)
    assert (result.ret, good.verdict("OWN-01"), good.matrix()["complete"]) == (3, "pass", False)
    assert "1 items were dropped" in good.matrix()["incomplete_because"]
    assert good.run("policies", "-k", "things", *workers).ret == 0 or workers
    told = "out = [each for each in items if 'other' in each.nodeid]; items[:] = [each for each in items if each not in out]"
    good.write("conftest.py", DROP.format(body=f"{told}; config.hook.pytest_deselected(items=out)"))
    assert (good.run("policies", *workers).ret, good.matrix()["complete"]) == (0, False)


@pytest.mark.long
def test_a_stop_at_the_first_failure_has_one_exit_code_with_and_without_workers(good: Programme) -> None:
    good.things({"id": "a", "good": False})
    good.policy(GOOD.replace("01", "02"), name="other.py")
    for workers in ((), ("-n", "2")):
        result = good.run("policies", "-x", *workers)
        assert (result.ret, good.matrix()["complete"]) == (1, False)
        assert "stopping after 1 failures" in good.matrix()["incomplete_because"]


@pytest.mark.long
def test_exports_that_cant_be_read_are_read_once(good: Programme) -> None:
    good.policy(
        "".join(GOOD.replace("01", f"0{n}").replace("test_", f"test_{n}_") for n in range(2, 6)), name="more.py"
    )
    good.write(
        "conftest.py",
        "import soc2test.inventory.load as load\nold = load.collect\n"
        "def collect(*given, **more):\n    print('READ', file=open('reads', 'a'))\n    raise RuntimeError\nload.collect = collect\n",
    )
    result = good.run()
    assert (result.ret, good.verdict("OWN-01")) == (1, "error")
    assert (good.path / "reads").read_text().count("READ") == 1


def test_reasons_name_no_path_of_this_machine(good: Programme) -> None:
    good.policy(
        GOOD
        + '''
@pytest.fixture
def broken():
    raise RuntimeError("no")

@pytest.fixture
def breaks_later():
    yield 1
    raise RuntimeError("late")

@control("OWN-02", criteria=["CC6.1"], nature="state")
def test_two(thing: Thing, broken):
    """Takes a broken fixture."""
    assert thing.good

@control("OWN-03", criteria=["CC6.1"], nature="state")
def test_three(thing: Thing, breaks_later):
    """Takes one that breaks in its teardown."""
    assert thing.good

@control("OWN-04", criteria=["CC6.1"], nature="state")
def test_four(thing: Thing, nowhere):
    """Takes one that is not there."""
    assert thing.good
'''
    )
    good.run()
    reasons = {each["id"]: each["reason"]["text"] for each in good.matrix()["controls"] if each["verdict"] == "error"}
    assert reasons["OWN-02"].startswith("the control's set-up failed: RuntimeError in broken, line ")
    assert reasons["OWN-03"].startswith("the run around the control failed: RuntimeError in breaks_later, line ")
    assert reasons["OWN-04"] == "the control's set-up failed: there is no fixture nowhere"
    assert str(good.path) not in json.dumps(good.matrix())


def stale(programme: Programme) -> Path:
    """The folder of a green run with an artifact of a plugin's writer."""
    programme.write("plugins/own.py", HOOK.format(body="return str(run.complete).encode()") + WRITERS)
    programme.run()
    folder = programme.path / "soc2-report"
    assert (folder / "w.txt").is_file()
    return folder


def test_artifacts_of_plugins_writers_are_replaced_at_the_start_too(good: Programme) -> None:
    folder = stale(good)
    (folder / "w.txt").write_text("True")
    good.write("conftest.py", "def pytest_sessionstart(): raise RuntimeError\n")
    assert good.run().ret == 3
    assert (folder / "w.txt").read_text() == "False"
    good.write("plugins/own.py", HOOK.format(body="return str(run.controls[0]).encode()") + WRITERS)
    (folder / "w.txt").write_text("True")
    assert good.run().ret == 3
    assert not (folder / "w.txt").exists()
    good.write("conftest.py", "")
    assert good.run().ret == 0  # a writer may need more than a run that has only started
    assert (folder / "w.txt").read_text().startswith("ControlResult")


def test_where_the_start_cant_be_written_no_green_of_yesterday_stays(good: Programme) -> None:
    folder = stale(good)
    (folder / "matrix.html").unlink()
    (folder / "matrix.html").symlink_to(good.path / "elsewhere")
    result = good.run()
    assert result.ret == 4
    result.stderr.fnmatch_lines(["*matrix.html is there and is no regular file*still there: matrix.html*"])
    assert not (folder / "matrix.json").exists()
    assert not (folder / "junit.xml").exists()


def test_what_cant_be_written_at_the_end_is_said_on_the_console(good: Programme) -> None:
    good.write(
        "conftest.py",
        "import os, errno\nimport soc2test.reports, sys\np = sys.modules['soc2test.reports.publish']\nfull = False\nold = os.fsync\n"
        "def fsync(f):\n    if full: raise OSError(errno.ENOSPC, 'No space left on device')\n    old(f)\np.os.fsync = fsync\n"
        "def pytest_runtest_logreport(report):\n    global full\n    full = True\n",
    )
    result = good.run()
    assert (result.ret, good.matrix()["state"]) == (3, "started")
    result.stdout.fnmatch_lines(["*problem: report folder: *can't be written: No space left on device*"])
