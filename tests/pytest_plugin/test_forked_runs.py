"""A run that is forked (`runs.py`) is what a process of its own is: the same words, artifacts and exit code."""

from functools import partial

import pytest
from programmes import Programme
from runs import run_pytest

POLICY = '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good, f"{thing.id} is bad"

@control("OWN-02", criteria=["CC6.2"], nature="state")
def test_things_are_owned(thing: Thing):
    """Every thing has an owner."""
    assert thing.owner
'''
ARGS = ("-p", "no:randomly", "-p", "no:hypothesispytest", "--soc2", "--soc2-as-of", "2026-11-20T12:00:00Z", "policies")
SAYS = """
import os, sys
def pytest_report_header():
    return [f"path {sys.path[0] == os.getcwd()}", f"imported {'marked' in sys.modules}", f"env {os.environ.get('MARK')}"]
"""


@pytest.fixture
def mixed(programme: Programme) -> Programme:
    """A pass, a deviation and a gap; its conftest says what its process is."""
    programme.policy(POLICY)
    programme.write("conftest.py", SAYS)
    programme.things({"id": "a", "good": False}, {"id": "b", "good": True})
    programme.write("exports/things/one/things.owner.a.json", '{"owner": "x"}')
    return programme


def told(programme: Programme, ran: pytest.RunResult) -> tuple[object, ...]:
    timeless = [line.split(" in ")[0] for line in ran.outlines]
    artifacts = {path.name: path.read_bytes() for path in (programme.path / "soc2-report").rglob("*") if path.is_file()}
    return ran.ret, timeless, ran.errlines, artifacts["matrix.json"], sorted(artifacts)


def test_a_forked_run_says_what_a_process_of_its_own_says(mixed: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARK", "set by the test")
    alone = told(mixed, mixed.pytester.runpytest_subprocess(*ARGS))
    ran = run_pytest(mixed.pytester, *ARGS)
    assert told(mixed, ran) == alone
    ran.stdout.fnmatch_lines(["path True", "imported False", "env set by the test"])


WORKER = """
import os, sys
def pytest_configure():
    if name := os.environ.get("PYTEST_XDIST_WORKER"):
        own = os.environ.get("MARK"), sys.argv, os.getcwd(), sys.path, "marked" in sys.modules, os.isatty(0), os.isatty(1)
        open(name, "w").write(repr(own))
"""


@pytest.mark.long
def test_a_forked_worker_is_what_one_in_an_interpreter_of_its_own_is(
    mixed: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    mixed.write("conftest.py", WORKER)
    monkeypatch.setenv("MARK", "set by the test")
    seen = []
    for run in (mixed.pytester.runpytest_subprocess, partial(run_pytest, mixed.pytester)):
        ran = told(mixed, run(*ARGS, "-n", "1"))
        seen.append((ran, (mixed.path / "gw0").read_text("utf-8")))
    assert seen[0] == seen[1]
    assert "set by the test" in seen[1][1]


def test_nothing_is_left_of_a_run(mixed: Programme) -> None:
    mixed.write("conftest.py", f"{SAYS}\nsys.modules['marked'] = os\nos.environ['MARK'] = 'left'\nos.chdir('/')\n")
    run_pytest(mixed.pytester, "--version")
    run_pytest(mixed.pytester, "--help")
    mixed.write("conftest.py", SAYS)
    run_pytest(mixed.pytester, *ARGS).stdout.fnmatch_lines(["path True", "imported False", "env None"])


@pytest.mark.each(2)
@pytest.mark.parametrize("end", ["os._exit(3)", "os.kill(os.getpid(), 9)", "raise SystemExit(3)"])
def test_how_a_run_ends_is_told_and_the_next_one_is_whole(mixed: Programme, end: str) -> None:
    mixed.write("conftest.py", f"import os\n{end}\n")
    ended = run_pytest(mixed.pytester, "nothing", "-p", "no:soc2test")
    assert ended.ret == mixed.pytester.runpytest_subprocess("nothing", "-p", "no:soc2test").ret != 0
    mixed.write("conftest.py", "")
    assert run_pytest(mixed.pytester, *ARGS).ret == 1


@pytest.mark.long
def test_variables_that_the_interpreter_reads_are_read(mixed: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    mixed.write("lib/of_a_path.py", "")
    mixed.write(
        "conftest.py",
        "import sys, of_a_path\ndef pytest_report_header(): return [f'{sys.stdout.encoding} at {sys.path[:3]}']\n",
    )
    monkeypatch.setenv("PYTHONPATH", str(mixed.path / "lib"))
    seen = []
    for encoding in ("iso8859-1", "ascii"):
        monkeypatch.setenv("PYTHONIOENCODING", encoding)
        seen.append(run_pytest(mixed.pytester, "-s", *ARGS).outlines)
    monkeypatch.delenv("PYTHONIOENCODING")
    seen.append(run_pytest(mixed.pytester, "-s", *ARGS).outlines)
    paths = [str(mixed.path), str(mixed.path), str(mixed.path / "lib")]
    for encoding, lines in zip(("iso8859-1", "ascii", "utf-8"), seen, strict=True):
        assert f"{encoding} at {paths}" in lines


def test_a_run_has_no_input_and_the_descriptors_of_a_process(mixed: Programme) -> None:
    mixed.write(
        "conftest.py",
        "import os, sys\ndef pytest_report_header(): return [repr(sys.stdin.read()), repr(os.isatty(0))]\n",
    )
    run_pytest(mixed.pytester, "-s", *ARGS).stdout.fnmatch_lines(["''", "False"])
