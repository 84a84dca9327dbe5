"""Workers of pytest-xdist test what the controller names, and say what they tested; any difference is exit 3."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from programmes import Programme

GOOD = '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good
'''


@pytest.fixture
def good(programme: Programme) -> Programme:
    """One control that passes, over one thing."""
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True})
    return programme


def test_a_worker_with_other_settings_tests_what_the_controller_names(good: Programme) -> None:
    """pytest.ini is gone when the workers start: --soc2, the exports and the moment stand there."""
    (good.path / "exports").rename(good.path / "kept")
    good.things({"id": "a", "good": False})
    good.write("pytest.ini", "[pytest]\naddopts = --soc2 --soc2-exports=kept --soc2-as-of=2026-11-20 -n 2\n")
    good.write(
        "conftest.py",
        "import os\ndef pytest_configure_node(): os.path.exists('pytest.ini') and os.remove('pytest.ini')\n",
    )
    result = good.pytester.runpytest_subprocess("policies")
    assert good.verdict("OWN-01") == "pass"  # with the worker's own settings it would be no run of controls at all
    assert [each["path"] for each in good.matrix()["evidence"]] == ["things/one/things.list.json"]
    assert result.ret == 3
    assert (
        "worker gw0 tested something else than this report names: settings file" in good.matrix()["incomplete_because"]
    )


CHANGES = {
    "policies of": "open('policies/own.py', 'a').write('# changed')",
    "plugin things": "open('plugins/things.py', 'a').write('# changed')",
    "soc2.yaml": "open('soc2.yaml', 'a').write('# changed')",
    "the exports things/one/things.list.json": "open('exports/things/one/things.list.json', 'a').write(' ')",
    "the exports things/one/things.list.json ": "os.remove('exports/things/one/things.list.json')",
    "limits, soc2.yaml": "open('soc2.yaml', 'a').write('limits: {OWN-01: {days: 5}}')",
}


@pytest.mark.each(5)
@pytest.mark.parametrize(("says", "change"), CHANGES.items(), ids=CHANGES)
def test_what_a_worker_tested_is_held_against_what_is_reported(good: Programme, says: str, change: str) -> None:
    """The first worker reads after a change that the controller does not know of."""
    good.policy(GOOD.replace('["CC6.1"]', '["CC6.1"], limits={"days": 3}'))
    good.write("conftest.py", f"import os\ndef pytest_configure_node():\n    {change}\n"
               "def pytest_testnodedown():\n    __import__('shutil').copytree('before', '.', dirs_exist_ok=True)\n")  # fmt: skip
    for name in ("policies/own.py", "plugins/things.py", "soc2.yaml", "exports/things/one/things.list.json"):
        good.write(f"before/{name}", (good.path / name).read_text())
    result = good.run("policies", "-n", "1")
    assert result.ret == 3, result.stdout.str()
    assert (
        f"worker gw0 tested something else than this report names: {says.strip()}"
        in good.matrix()["incomplete_because"]
    )


def test_a_worker_that_says_nothing_is_a_difference(good: Programme) -> None:
    good.write("conftest.py", "import pytest\n@pytest.hookimpl(trylast=True)\ndef pytest_sessionfinish(session):\n"
               "    getattr(session.config, 'workeroutput', {}).clear()\n")  # fmt: skip
    result = good.run("policies", "-n", "1")
    assert result.ret == 3
    assert "worker gw0 ended without a word of what it tested" in good.matrix()["incomplete_because"]


@pytest.mark.each(3)
@pytest.mark.parametrize("args", [(), ("--soc2-strict",), ("--soc2-report=out",), ("--dist", "loadfile")])
def test_where_all_test_the_same_nothing_is_said(good: Programme, args: tuple[str, ...]) -> None:
    good.policy(GOOD.replace("01", "02").replace("test_things", "test_other"), name="other.py")
    result = good.run("--soc2-control=OWN-01", "--soc2-control=OWN-02", "-n", "2", *args)
    assert result.ret == 0, result.stdout.str()


def test_the_moment_is_that_of_the_controller(good: Programme) -> None:
    good.write("exports/manifest.yaml", "collected_at: 2999-01-01T00:00:00Z\n")  # none of it counts: the clock decides
    result = good.run("policies", "-n", "2", as_of=None)
    assert good.matrix()["as_of"]["source"] == "clock"
    assert result.ret == 1


def test_workers_end_with_their_controller(good: Programme, tmp_path: Path) -> None:
    good.policy(
        GOOD.replace(
            "assert thing.good",
            f"open({str(tmp_path)!r} + '/' + str(os.getpid()), 'w'); __import__('time').sleep(60); assert thing.good",
        )
    )
    run = subprocess.Popen(
        [sys.executable, "-m", "pytest", "--soc2", "--soc2-as-of=2026-11-20", "-n", "1", "policies"],
        cwd=good.path,
        stdout=subprocess.DEVNULL,
    )
    try:
        worker = wait_for_worker(tmp_path)
    finally:
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
    for _ in range(100):
        if not Path(f"/proc/{worker}").exists():
            return
        time.sleep(0.1)
    os.kill(worker, signal.SIGKILL)
    pytest.fail("the worker outlived its controller by ten seconds")


def wait_for_worker(folder: Path) -> int:
    for _ in range(300):
        if names := [path.name for path in folder.iterdir() if path.name.isdigit()]:
            return int(names[0])
        time.sleep(0.1)
    pytest.fail("no worker began")
