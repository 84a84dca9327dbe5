"""Ways in which pytest ends green with a verdict lost or hidden; none of them may work here."""

import os
import signal
import subprocess
import sys
import time

import pytest
from programmes import Programme

GOOD = '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good
'''


def control(body: str, id: str = "OWN-02", mark: str = "") -> str:
    return f'\n@control("{id}", criteria=["CC6.1"], nature="state")\n{mark}\ndef test_{id[-2:]}(thing: Thing):\n    """It holds."""\n    {body}\n'


@pytest.mark.each(3)
@pytest.mark.parametrize(
    "body",
    [
        "return False",
        "return thing.good",
        "os._exit(0)",
        "sys.exit(0)",
        "pytest.skip('not today')",
        "pytest.xfail('known')",
        "pytest.exit('enough', returncode=0)",
        "raise KeyError(thing.id)",
    ],
)
def test_no_body_hides_a_verdict(programme: Programme, body: str) -> None:
    programme.policy(GOOD + control(body))
    programme.things({"id": "a", "good": True})
    result = programme.run()
    assert result.ret == 1
    assert programme.verdict("OWN-01") == "pass"
    # pytest.xfail is a kind of pytest.fail, so that it counts as a deviation
    assert programme.verdict("OWN-02") == ("fail" if "xfail" in body else "error")


@pytest.mark.each(2)
@pytest.mark.parametrize("mark", ["@pytest.mark.skip", "@pytest.mark.xfail", "@pytest.mark.parametrize('x', [])"])
def test_no_mark_hides_a_verdict(programme: Programme, mark: str) -> None:
    programme.policy(GOOD + control("assert thing.good", mark=mark))
    programme.things({"id": "a", "good": False})
    result = programme.run()
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*OWN-02*would hide a verdict*"])


@pytest.mark.parametrize("mark", ["skip", "xfail"])
def test_no_conftest_hides_a_verdict(programme: Programme, mark: str) -> None:
    programme.policy(GOOD)
    programme.write(
        "conftest.py",
        f"import pytest\ndef pytest_collection_modifyitems(items):\n    for i in items: i.add_marker(pytest.mark.{mark})\n",
    )
    programme.things({"id": "a", "good": False})
    result = programme.run()
    assert result.ret == 1
    assert programme.verdict("OWN-01") in ("fail", "not_evaluated")
    assert {"skipped", "xfailed", "passed"}.isdisjoint(result.parseoutcomes())


def test_an_assert_on_a_tuple_is_refused(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.policy(control('assert (thing.good, "bad")'), name="tuple.py")
    programme.things({"id": "a", "good": False})
    for _ in range(2):  # and again, when there might be a cached bytecode file
        result = programme.run()
        result.assert_outcomes(failed=1, errors=1)
        result.stdout.fnmatch_lines(["*assertion is always true*"])
        assert result.ret == 1


def test_a_broken_policy_file_hides_no_verdict(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.write("policies/broken.py", "import does_not_exist\n")
    programme.write("policies/naked.py", "def test_without_control():\n    assert False\n")
    programme.things({"id": "a", "good": True})
    result = programme.run()
    result.assert_outcomes(passed=1, errors=2)
    assert (result.ret, programme.verdict("OWN-01")) == (1, "pass")
    assert programme.matrix()["complete"] is False


def test_a_broken_plugin_hides_no_verdict(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.write("plugins/broken.py", "1 / 0\n")
    programme.things({"id": "a", "good": True})
    result = programme.run("--soc2-control", "OWN-01")
    result.assert_outcomes(passed=1, errors=1)
    assert (result.ret, programme.verdict("OWN-01")) == (1, "pass")


def test_two_controls_of_one_id_are_an_error(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.policy(GOOD, name="again.py")
    programme.things({"id": "a", "good": True})
    result = programme.run()
    result.assert_outcomes(passed=1, errors=1)
    assert result.ret == 1


def test_an_exception_in_a_thread_is_no_pass(programme: Programme) -> None:
    programme.policy(control("t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()", "OWN-01"))
    programme.things({"id": "a", "good": True})
    result = programme.run()
    assert result.ret == 1
    assert programme.verdict("OWN-01") == "error"


def test_a_fixture_that_breaks_is_an_error_of_its_control_alone(programme: Programme) -> None:
    programme.policy(
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

@control("OWN-03", criteria=["CC6.1"], nature="state")
def test_three(thing: Thing, breaks_later):
    """Takes a fixture that breaks in its teardown."""
'''
    )
    programme.things({"id": "a", "good": True})
    result = programme.run()
    assert result.ret == 1
    verdicts = [programme.verdict(id) for id in ("OWN-01", "OWN-02", "OWN-03")]
    assert verdicts == ["pass", "error", "error"]


def test_fixtures_of_the_file_and_of_conftest_work(programme: Programme) -> None:
    programme.write("policies/conftest.py", "import pytest\n@pytest.fixture\ndef wanted(): return True\n")
    programme.policy(
        '''
@pytest.fixture
def also(): return True

@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_one(thing: Thing, wanted, also, tmp_path):
    """Takes fixtures."""
    assert thing.good == wanted == also and tmp_path.exists()
'''
    )
    programme.things({"id": "a", "good": True}, {"id": "b", "good": True})
    programme.run().assert_outcomes(passed=1)
    assert programme.verdict("OWN-01") == "pass"
    programme.run("--soc2-control", "OWN-01").assert_outcomes(passed=1)


def test_stopping_early_marks_the_artifacts(programme: Programme) -> None:
    programme.policy(GOOD + control("assert thing.good"))
    programme.things({"id": "a", "good": False})
    result = programme.run("-x", "policies")
    assert result.ret == 1
    matrix = programme.matrix()
    assert matrix["complete"] is False
    assert "stopped" in matrix["incomplete_because"]
    stopped = programme.control("OWN-02")
    assert (stopped["verdict"], stopped["reason"]["code"]) == ("not_evaluated", "stopped")


def test_last_failed_runs_only_what_failed(programme: Programme) -> None:
    programme.policy(GOOD + control("assert thing.id"))
    programme.things({"id": "a", "good": False})
    programme.run()
    again = programme.run("--lf", "policies")
    again.assert_outcomes(failed=1, deselected=1)
    assert programme.matrix()["complete"] is False


@pytest.mark.long
def test_pdb_lands_on_the_deviating_resource(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True}, {"id": "b", "good": False})
    child = programme.pytester.spawn_pytest("--soc2 --soc2-as-of 2026-11-20 policies --pdb")
    child.expect("Pdb")
    child.sendline("p thing.id")
    child.expect("'b'")
    child.sendline("q")
    child.wait()


def test_a_crash_leaves_no_green_of_yesterday(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True})
    assert programme.run().ret == 0
    programme.policy(GOOD + control("import time; open('here', 'w').close(); time.sleep(60)", "OWN-03"))
    args = [sys.executable, "-m", "pytest", "--soc2", "--soc2-as-of", "2026-11-20", "policies"]
    process = subprocess.Popen(args, cwd=programme.path, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while not (programme.path / "here").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    matrix = programme.matrix()
    assert (matrix["complete"], matrix["state"]) == (False, "started")
    assert '"OWN-01"' in (programme.path / "soc2-report/journal.ndjson").read_text()


@pytest.mark.parametrize("hook", ["pytest_runtest_makereport(item, call)", "pytest_runtest_logreport(report)"])
def test_a_hook_of_a_stranger_that_raises_is_exit_3(programme: Programme, hook: str) -> None:
    programme.policy(GOOD + control("assert thing.good"))
    programme.things({"id": "a", "good": True})
    programme.write("conftest.py", f"def {hook}: raise RuntimeError('mine')\n")
    result = programme.run()
    assert result.ret == 3
    matrix = programme.matrix()
    assert matrix["complete"] is False
    assert programme.verdict("OWN-02") == "not_evaluated"


@pytest.mark.parametrize("hook", ["pytest_sessionstart(session)", "pytest_collection_finish(session)"])
def test_a_hook_that_raises_before_the_first_control_leaves_nothing_green(programme: Programme, hook: str) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True})
    assert programme.run().ret == 0
    programme.write("conftest.py", f"def {hook}: raise RuntimeError('mine')\n")
    assert programme.run().ret == 3
    assert programme.matrix()["complete"] is False


def hear_interrupts() -> None:
    """A shell lets its background jobs ignore them, and what those start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.each(2)
@pytest.mark.parametrize(
    ("number", "state", "says"),
    [(signal.SIGINT, "finished", "the run was interrupted"), (signal.SIGTERM, "started", "")],
)
def test_a_signal_leaves_marked_artifacts(programme: Programme, number: int, state: str, says: str) -> None:
    programme.policy(GOOD + control("import time; open('here', 'w').close(); time.sleep(60)", "OWN-03"))
    programme.things({"id": "a", "good": True})
    args = [sys.executable, "-m", "pytest", "--soc2", "--soc2-as-of", "2026-11-20", "policies"]
    process = subprocess.Popen(
        args,
        cwd=programme.path,
        stdout=subprocess.DEVNULL,
        preexec_fn=hear_interrupts,  # noqa: PLW1509  # no threads
    )
    deadline = time.monotonic() + 30
    while not (programme.path / "here").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(process.pid, number)
    assert process.wait() not in (0, 1)
    matrix = programme.matrix()
    assert (matrix["complete"], matrix["state"]) == (False, state)
    assert says in str(matrix["incomplete_because"])


@pytest.mark.parametrize("error", ["RuntimeError", "SystemExit"])
def test_what_breaks_while_exports_are_read_is_told_and_nothing_is_green(programme: Programme, error: str) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True})
    programme.write(
        "conftest.py",
        "from soc2test.pytest_plugin.setup import Setup\n"
        f"def broken(*given): raise {error}(0)\n"
        "Setup.inventory = broken\n",
    )
    assert programme.run().ret == 1
    matrix = programme.matrix()
    assert (matrix["state"], matrix["complete"]) == ("finished", False)
    assert f"reading the exports broke with {error}" in matrix["problems"]
    assert {control["verdict"] for control in matrix["controls"]} == {"error"}


def test_a_wrong_soc2_yaml_leaves_no_green_of_yesterday(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True})
    assert programme.run().ret == 0
    programme.write("soc2.yaml", "system: Test\nsource: {}\n")
    result = programme.run()
    assert result.ret == 4
    result.stderr.fnmatch_lines(["*soc2.yaml:2: source: an unknown key; allowed are *sources*"])
    assert programme.matrix()["state"] == "started"


def test_optimised_python_is_refused(programme: Programme) -> None:
    programme.policy(GOOD)
    args = [sys.executable, "-O", "-m", "pytest", "--soc2", "policies"]
    result = subprocess.run(args, cwd=programme.path, capture_output=True, text=True, check=False)
    assert result.returncode == 4
    assert "without -O" in result.stderr


def test_a_surrogate_on_stdout_or_in_a_message_loses_nothing_in_workers(programme: Programme) -> None:
    programme.policy(GOOD + control("sys.stdout.write('\\\\x00'); assert False, 'bad \\\\ud800 \\\\x1b[2K'"))
    programme.things({"id": "a", "good": True})
    result = programme.run("-n", "2", "policies")
    assert result.ret == 1
    assert (programme.verdict("OWN-01"), programme.verdict("OWN-02")) == ("pass", "fail")


def test_a_worker_that_dies_is_exit_3(programme: Programme) -> None:
    programme.policy(GOOD + control("os.kill(os.getpid(), 9)"))
    programme.things({"id": "a", "good": True})
    result = programme.run("-n", "1", "--max-worker-restart=0", "policies")
    assert result.ret in (1, 3)
    assert programme.verdict("OWN-02") == "not_evaluated"
    assert programme.matrix()["complete"] is False
    assert result.ret == 3


def test_an_observer_that_raises_loses_no_result(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True})
    programme.write("plugins/watch.py", "from soc2test import hookimpl\n@hookimpl\ndef soc2_result(result): 1 / 0\n")
    programme.run()
    assert programme.verdict("OWN-01") == "pass"
    assert "its hook `soc2_result` raised" in str(programme.matrix())


def test_two_files_for_one_page_are_a_gap_and_no_crash(programme: Programme) -> None:
    programme.policy(GOOD)
    for name in ("things.list.page1.json", "things.list.page1.json.gz"):
        programme.things({"id": "a", "good": True}, name=name.removesuffix(".gz"))
        if name.endswith(".gz"):
            import gzip

            text = (programme.path / "exports/things/one/things.list.page1.json").read_bytes()
            (programme.path / "exports/things/one" / name).write_bytes(gzip.compress(text))
    result = programme.run()
    assert (result.ret, programme.verdict("OWN-01")) == (1, "not_evaluated")
    result.stdout.fnmatch_lines(["*there twice among the numbered pages*"])
