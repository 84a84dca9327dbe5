"""A run that ends before its controls were counted leaves no green of yesterday, and its exit code is never 0."""

import fcntl
import json
import os
import shutil
from pathlib import Path

import pytest
from programmes import Programme
from runs import run_pytest

GOOD = '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good
'''
WRITER = """
from soc2test import hookimpl
class W:
    filename = "w.txt"
    def render(self, run): return str(bool(run.controls)).encode()
@hookimpl
def soc2_writers(): return [W()]
"""


@pytest.fixture(scope="module")
def yesterday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the programme stands after its green run, once the first test has made it."""
    return tmp_path_factory.mktemp("yesterday") / "programme"


@pytest.fixture
def green(programme: Programme, yesterday: Path) -> Programme:
    """A programme with the artifacts of a green run, one of a plugin's writer among them."""
    if yesterday.exists():
        shutil.copytree(yesterday, programme.path, symlinks=True, dirs_exist_ok=True)
    else:
        programme.policy(GOOD)
        programme.things({"id": "a", "good": True})
        programme.write("plugins/own.py", WRITER)
        assert programme.run().ret == 0
        programme.write("green.json", json.dumps(artifacts(programme)))
        shutil.copytree(programme.path, yesterday, symlinks=True)
    assert len(artifacts(programme)) == 8
    assert artifacts(programme)["w.txt"] == "True"
    return programme


def artifacts(programme: Programme) -> dict[str, str]:
    return {path.name: path.read_text() for path in (programme.path / "soc2-report").glob("*.*") if path.name[0] != "."}


def yesterdays(programme: Programme) -> list[str]:
    """Artifacts that still are what yesterday's run wrote."""
    green = json.loads((programme.path / "green.json").read_text())
    return [name for name, text in artifacts(programme).items() if green.get(name) == text]


EARLY = {
    "raise SystemExit(0)": 4,
    "import sys; sys.exit()": 4,
    "import os; os._exit(0)": 4,
    "import pytest; pytest.exit('x', returncode=0)": 4,
    "def f(:": 4,
    "import nothing_of_that_name": 4,
    "def pytest_configure(): raise SystemExit(0)": 3,
    "import pytest\ndef pytest_configure(): pytest.exit('x', returncode=0)": 3,
    "import pytest\n@pytest.hookimpl(tryfirst=True)\ndef pytest_configure(): raise SystemExit(0)": 3,
    "def pytest_cmdline_main(): return 0": 3,
    "def pytest_cmdline_main(): raise SystemExit(0)": 4,
    "import os\ndef pytest_cmdline_main(): os._exit(0)": 1,
    "import pytest\ndef pytest_sessionstart(): pytest.exit('x', returncode=0)": 3,
    "def pytest_addoption(): raise SystemExit(0)": 4,
}


@pytest.mark.each(15)
@pytest.mark.parametrize(("text", "code"), EARLY.items(), ids=EARLY)
def test_a_conftest_that_ends_the_run(green: Programme, text: str, code: int) -> None:
    green.write("conftest.py", f"{text}\n")
    result = green.run()
    assert (result.ret, yesterdays(green)) == (code, [])


LATE = {
    "atexit.register(os._exit, 0)": "os._exit",
    "atexit.register(lambda: os._exit(0))": "os._exit",
    "end = os._exit\natexit.register(lambda: end(0))": "os._exit",
    "atexit.register(os.execv, sys.executable, [sys.executable, '-c', ''])": "os.execv",
    "threading.Thread(target=lambda: (threading.main_thread().join(), os._exit(0))).start()": "os._exit",
}


@pytest.mark.each(6)
@pytest.mark.parametrize(("text", "name"), LATE.items(), ids=LATE)
def test_what_ends_the_process_after_the_run_ends_it_with_the_code_of_the_run(
    green: Programme, text: str, name: str
) -> None:
    """In an interpreter of its own: what is registered there runs at its end alone."""
    green.write("conftest.py", f"import atexit, os, sys, threading\n{text}\n")
    green.things({"id": "a", "good": False})
    result = green.pytester.runpytest_subprocess("--soc2", "policies", "--soc2-as-of=2026-11-20T12:00:00Z")
    assert (result.ret, green.verdict("OWN-01"), green.matrix()["state"]) == (1, "fail", "finished")
    assert f"{name} was called after the run, which ends with its own exit code: 1" in result.stderr.str()
    assert "Traceback" not in result.stderr.str()


@pytest.mark.long
def test_what_ends_the_process_after_an_early_end(green: Programme) -> None:
    green.write("conftest.py", "import atexit, os\natexit.register(lambda: os._exit(0))\nraise SystemExit(0)\n")
    assert green.pytester.runpytest_subprocess("--soc2", "policies").ret == 4
    green.write("conftest.py", "import atexit, os\natexit.register(lambda: os._exit(0))\n")
    assert green.pytester.runpytest_subprocess("--soc2", "policies", "--no-such-option").ret == 4
    assert yesterdays(green) == []


def test_what_ends_the_process_after_a_green_run_changes_nothing(green: Programme) -> None:
    green.write("conftest.py", "import atexit, os\natexit.register(os._exit, 0)\n")
    result = green.pytester.runpytest_subprocess("--soc2", "policies", "--soc2-as-of=2026-11-20T12:00:00Z")
    assert result.ret == 0
    assert "Traceback" not in result.stderr.str()


_EXIT = "__import__('pytest').exit('x', returncode=0)"
AFTER = [
    ("pytest_unconfigure", "raise SystemExit(0)"), ("pytest_unconfigure", _EXIT),
    ("pytest_terminal_summary", "raise SystemExit(0)"),
]  # fmt: skip


@pytest.mark.parametrize(("hook", "end"), AFTER)
def test_an_end_after_the_artifacts_says_that_they_stand(green: Programme, hook: str, end: str) -> None:
    green.write("conftest.py", f"def {hook}():\n    {end}\n")
    result = green.run()
    assert (result.ret, green.matrix()["state"], green.verdict("OWN-01")) == (4, "finished", "pass")
    assert "ended the run while pytest closed it: the artifacts hold what was tested" in result.stderr.str()
    assert "(conftest.py, line 2)" in result.stderr.str()
    assert "no control was tested" not in result.stderr.str()


ZERO = {
    "summary": f"def pytest_terminal_summary(): {_EXIT}",
    "finish": "@hook\ndef pytest_sessionfinish(session):\n    yield\n    session.exitstatus = 0",
    "main": "@hook\ndef pytest_cmdline_main():\n    yield\n    return 0",
}


@pytest.mark.each(2)
@pytest.mark.parametrize("text", ZERO.values(), ids=ZERO)
def test_nobody_else_makes_the_exit_code_0(green: Programme, text: str) -> None:
    green.write("conftest.py", f"import pytest\nhook = pytest.hookimpl(wrapper=True, tryfirst=True)\n{text}\n")
    assert green.run().ret == 0
    green.things({"id": "a", "good": False})
    result = green.run()
    assert (result.ret, green.verdict("OWN-01")) == (1, "fail")
    assert "ended the run with 0; its exit code is 1" in result.stderr.str()


@pytest.mark.parametrize("args", [("--no-such-option",), ("--soc2-fail-on=nothing",), ("--soc2-report",)])
def test_an_option_that_is_wrong(green: Programme, args: tuple[str, ...]) -> None:
    result = green.run("policies", *args)
    assert (result.ret, yesterdays(green)) == (4, [])


@pytest.mark.parametrize("addopts", ["--no-such-option", "--soc2-fail-on=nothing"])
def test_addopts_that_are_wrong(green: Programme, addopts: str) -> None:
    green.write("pytest.ini", f"[pytest]\naddopts = {addopts}\n")
    result = green.run()
    assert (result.ret, yesterdays(green)) == (4, [])


def test_a_pytest_plugin_that_ends_the_run(green: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    green.write("ends.py", "raise SystemExit(0)\n")
    monkeypatch.setenv("PYTEST_PLUGINS", "ends")
    monkeypatch.setenv("PYTHONPATH", str(green.path))
    result = green.run()
    assert (result.ret, yesterdays(green)) == (4, [])
    assert "ended by SystemExit before its controls were counted" in result.stderr.str()


def test_the_options_may_stand_in_addopts_and_the_folder_elsewhere(green: Programme) -> None:
    green.write("pytest.ini", "[pytest]\naddopts = --soc2 --soc2-report=out\n")
    (green.path / "soc2-report").rename(green.path / "out")
    green.write("conftest.py", "raise SystemExit(0)\n")
    assert run_pytest(green.pytester).ret == 4
    (green.path / "out").rename(green.path / "soc2-report")
    assert yesterdays(green) == []


@pytest.mark.each(6)
@pytest.mark.parametrize(
    "option",
    ["--collect-only", "--fixtures", "--fixtures-per-test", "--markers", "--cache-show", "--help", "--version"],
)
def test_what_only_shows_something_leaves_the_artifacts_alone(green: Programme, option: str) -> None:
    assert green.run("policies", option).ret == 0
    assert len(yesterdays(green)) == 8


def test_an_ordinary_run_leaves_the_artifacts_alone(green: Programme) -> None:
    green.write("test_it.py", "def test_it(): pass\n")
    assert run_pytest(green.pytester, "test_it.py", "-k", "not --soc2").ret == 0
    assert len(yesterdays(green)) == 8


def test_a_second_run_into_the_same_folder_is_refused_and_touches_nothing(green: Programme) -> None:
    descriptor = os.open(green.path / "soc2-report", os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    result = green.run()
    assert (result.ret, len(yesterdays(green))) == (4, 8)
    assert "another run writes into soc2-report" in result.stderr.str()
    os.close(descriptor)
    assert green.run().ret == 0


def test_a_report_folder_that_is_a_link_says_what_stays_behind_it(green: Programme) -> None:
    (green.path / "soc2-report").rename(green.path / "elsewhere")
    (green.path / "soc2-report").symlink_to("elsewhere")
    result = green.run()
    assert result.ret == 4
    assert "is a symbolic link; name the folder itself; of an earlier run is still there, behind the link: " in (
        result.stderr.str()
    )


# the same command twice

STRICT = "[pytest]\naddopts = --soc2-strict\n"


def undeclared(programme: Programme) -> None:
    """A control whose source soc2.yaml does not declare: it fails a strict run alone."""
    programme.policy(GOOD)
    programme.write("soc2.yaml", "system: Test\n")
    programme.write("pytest.ini", STRICT)


def run_in(programme: Programme, *args: str) -> int:
    return int(run_pytest(programme.pytester, "--soc2", "--soc2-control=OWN-01", *args).ret)


@pytest.mark.each(4)
@pytest.mark.parametrize(
    ("args", "codes"),
    [
        (("--soc2-report=../out",), [1, 1]),
        (("--soc2-report", "../out"), [4, 4]),
        (("--soc2-report", "out"), [1, 1]),
        (("--soc2-exports", "../exports"), [4, 4]),
        (("--soc2-as-of", "2026-11-20", "--soc2-report", "../out"), [4, 4]),
    ],
)
def test_the_same_command_twice_gives_the_same_exit_code(
    programme: Programme, args: tuple[str, ...], codes: list[int]
) -> None:
    inner = programme.path / "inner"
    for name in ("soc2.yaml", "plugins"):
        inner.mkdir(exist_ok=True)
        (programme.path / name).rename(inner / name)
    (programme.path / "exports").mkdir()
    programme.path = inner
    undeclared(programme)
    os.chdir(inner)
    assert [run_in(programme, *args), run_in(programme, *args)] == codes


def test_a_value_that_happens_to_be_a_folder_with_settings_is_refused(programme: Programme) -> None:
    undeclared(programme)
    programme.write("2026-11-20/pytest.ini", "[pytest]\n")
    result = run_pytest(programme.pytester, "--soc2", "--soc2-as-of", "2026-11-20")
    assert result.ret == 4
    assert "write --soc2-as-of=2026-11-20" in result.stderr.str()


def test_without_soc2_too_since_it_may_stand_in_the_settings_that_are_lost(
    programme: Programme, tmp_path: Path
) -> None:
    undeclared(programme)
    programme.write("pytest.ini", "[pytest]\naddopts = --soc2\n")
    assert run_pytest(programme.pytester, "--soc2-report", str(tmp_path / "../out")).ret == 4


@pytest.mark.parametrize("option", ["--setup-only", "--setup-plan"])
def test_an_option_by_which_no_test_runs_is_refused(green: Programme, option: str) -> None:
    result = green.run("policies", option)
    assert (result.ret, yesterdays(green)) == (4, [])
    assert "--setup-only and --setup-plan run no test" in result.stderr.str()


@pytest.mark.parametrize("hook", ["pytest_unconfigure", "pytest_terminal_summary"])
def test_an_end_while_pytest_closes_says_what_it_is(green: Programme, hook: str) -> None:
    green.write("conftest.py", f"def {hook}(): raise SystemExit(0)\n")
    result = green.run()
    assert result.ret == 4
    assert "SystemExit ended the run while pytest closed it" in result.stderr.str()
    assert "no control was tested" not in result.stderr.str()
    assert green.matrix()["state"] == "finished"


def test_what_python_keeps_for_its_end_prints_no_traceback_of_ours(green: Programme) -> None:
    green.write("conftest.py", "import atexit, os\natexit.register(os._exit, 0)\n")
    green.things({"id": "a", "good": False})
    result = green.run()
    assert result.ret == 1
    assert "call stack is not deep enough" not in result.stderr.str()
