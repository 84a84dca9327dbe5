"""What reruns and time limits do to a control: an error stays one, and what hangs is ended without a verdict of its own.

The plugins themselves are tried in an environment of their own (tests/services); here stand their ways of working.
"""

import pytest
from programmes import Programme

GOOD = '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good
'''
FLAKY = '''
@pytest.fixture
def flaky():
    first = not os.path.exists("seen")
    open("seen", "w").close()
    if first and BREAKS == "setup": raise RuntimeError
    yield 1
    if first and BREAKS == "teardown": raise RuntimeError

@control("OWN-02", criteria=["CC6.1"], nature="state")
def test_with_a_fixture(thing: Thing, flaky):
    """Every thing is good, with a fixture."""
    assert thing.good
'''
RERUNS = """
from _pytest.runner import runtestprotocol

def pytest_runtest_protocol(item, nextitem):
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for attempt in range(3):
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
        again = attempt < 2 and any(report.failed for report in reports)
        for report in reports:
            if again and report.failed:
                report.outcome = "rerun"
            item.ihook.pytest_runtest_logreport(report=report)
        if not again:
            break
        item._initrequest()
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True
"""


@pytest.fixture
def good(programme: Programme) -> Programme:
    """One control that passes, over three things."""
    programme.policy(GOOD)
    programme.things(*({"id": id, "good": True} for id in "abc"))
    return programme


@pytest.mark.each(3)
@pytest.mark.parametrize("workers", [(), ("-n", "1")], ids=["plain", "worker"])
@pytest.mark.parametrize("breaks", ["setup", "teardown"])
def test_a_rerun_takes_no_error_back(good: Programme, breaks: str, workers: tuple[str, ...]) -> None:
    good.policy(f"BREAKS = {breaks!r}\n{FLAKY}", name="flaky.py")
    good.write("conftest.py", RERUNS)
    result = good.run("policies", *workers)
    assert (result.ret, good.verdict("OWN-01"), good.verdict("OWN-02")) == (1, "pass", "error")
    assert "RuntimeError in flaky" in good.control("OWN-02")["reason"]["text"]


def test_a_rerun_of_what_passes_or_fails_changes_nothing(good: Programme) -> None:
    good.policy(
        GOOD.replace("01", "02").replace("test_things", "test_other") + "\n    assert thing.id != 'b'\n",
        name="other.py",
    )
    good.write("conftest.py", RERUNS)
    assert good.run().ret == 1
    assert (good.verdict("OWN-01"), good.verdict("OWN-02")) == ("pass", "fail")
    assert [each["resource"] for each in good.control("OWN-02")["findings"]] == ["b"]


HANGS = '''
@control("OWN-02", criteria=["CC6.1"], nature="state")
def test_hangs(thing: Thing):
    """Hangs on each thing."""
    import time
    while WAITS:
        time.sleep(0.05)
    assert thing.good
'''
BY_SIGNAL = """
import pytest, signal

def handler(signum, frame):
    {body}

@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 1)
    result = yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    return result
"""
BY_THREAD = """
import sys, threading, types
limit = types.ModuleType("pytest_timeout")
exec("import os\\ndef end(): os._exit(1)", limit.__dict__)

def pytest_runtest_setup(item):
    if "hangs" in item.nodeid:
        threading.Timer(0.5, limit.end).start()
"""


@pytest.mark.each(3)
@pytest.mark.parametrize(
    "body",
    [
        "pytest.fail('Timeout')",
        "raise AssertionError('Timeout')",
        "raise TimeoutError",
        "helper()\ndef helper(): pytest.fail('x')",
    ],
)
@pytest.mark.parametrize("population", [False, True], ids=["each", "population"])
def test_a_time_limit_by_signal_is_no_deviation_and_ends_the_control(
    good: Programme, body: str, population: bool
) -> None:
    text = HANGS.replace("WAITS", "True")
    if population:
        text = text.replace("thing: Thing", "things: Population[Thing]").replace("thing.good", "things")
    good.policy(text, name="hangs.py")
    good.write("conftest.py", BY_SIGNAL.format(body=body))
    result = good.run()
    assert (result.ret, good.verdict("OWN-01"), good.verdict("OWN-02")) == (3, "pass", "error")
    control = good.control("OWN-02")
    assert (control["findings"], control["deviations"], control["reason"]["code"]) == ([], 0, "interrupted")
    assert "1 controls were ended from outside: OWN-02" in good.matrix()["incomplete_because"]


def test_a_time_limit_that_is_not_met_changes_nothing(good: Programme) -> None:
    good.policy(
        HANGS.replace("WAITS", "False").replace("assert thing.good", "assert thing.id != 'b', 'own words'"),
        name="hangs.py",
    )
    good.write("conftest.py", BY_SIGNAL.format(body="pytest.fail('Timeout')"))
    assert good.run().ret == 1
    assert [each["message"] for each in good.control("OWN-02")["findings"]] == ["own words"]


@pytest.mark.parametrize("workers", [(), ("-n", "1")], ids=["plain", "worker"])
def test_a_time_limit_by_thread_ends_the_run_with_what_is_known(good: Programme, workers: tuple[str, ...]) -> None:
    good.policy(HANGS.replace("WAITS", "True"), name="zz_hangs.py")
    good.write("conftest.py", BY_THREAD)
    result = good.run("policies", *workers)
    assert (result.ret, good.verdict("OWN-01"), good.verdict("OWN-02")) == (3, "pass", "not_evaluated")
    assert good.matrix()["state"] == "finished"
    assert good.matrix()["complete"] is False


def test_nobody_else_ends_the_process_from_a_thread(good: Programme) -> None:
    body = "t = threading.Thread(target=os._exit, args=(0,)); t.start(); t.join(); assert thing.good"
    good.policy(GOOD.replace("assert thing.good", body))
    assert good.run().ret == 1
    assert good.verdict("OWN-01") == "error"


def test_what_is_deselected_and_is_no_item_breaks_nothing(good: Programme) -> None:
    good.write(
        "conftest.py",
        "def pytest_collection_modifyitems(config):\n    config.hook.pytest_deselected(items=[__import__('types').SimpleNamespace()])\n",
    )
    assert good.run().ret == 0
    assert good.verdict("OWN-01") == "pass"


def test_a_mark_that_would_run_a_control_in_a_child_is_not_seen_by_anybody(good: Programme) -> None:
    seen = "def pytest_runtest_setup(item):\n    assert item.get_closest_marker('forked') is None\n    assert item.get_closest_marker('other')\n"
    mark = "def pytest_collection_modifyitems(items):\n    for each in items:\n        each.add_marker('forked')\n        each.add_marker('other')\n"
    good.write("conftest.py", f"import pytest\n{seen}@pytest.hookimpl(trylast=True)\n{mark}")
    assert good.run().ret == 0, good.matrix()["controls"]
