"""What a long run shows of itself: on a terminal a line that moves, and none of it anywhere else."""

import os
import re
import sys

import pexpect  # type: ignore[import-untyped]
import pytest
from programmes import Programme

SLOW = '''
import time

@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    time.sleep(0.15)
    print("printed by the control")
    assert thing.good
'''
COMMAND = ["-m", "pytest", "-p", "no:randomly", "-p", "no:hypothesispytest", "--soc2", "--soc2-as-of", "2026-11-20"]
MOVES = re.compile(r"OWN-01: resource \d+ of 18")


@pytest.fixture
def slow(programme: Programme) -> Programme:
    programme.policy(SLOW)
    programme.things(*({"id": str(n), "good": True} for n in range(18)))
    return programme


def in_a_terminal(programme: Programme, *args: str, **env: str) -> str:
    """All that a run writes to a terminal of its own."""
    child = pexpect.spawn(
        sys.executable, [*COMMAND, *args, "policies"], dimensions=(40, 100), encoding="utf-8", timeout=60,
        cwd=programme.path, env={**os.environ, "TERM": "xterm", **env},
    )  # fmt: skip
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0, child.before
    return str(child.before)


def test_a_slow_control_shows_its_resources_and_takes_the_line_away(slow: Programme) -> None:
    shown = in_a_terminal(slow)
    assert len(MOVES.findall(re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown))) >= 2
    assert shown.count("\x1b[?25l") == shown.count("\x1b[?25h") > 0
    after = shown[shown.rindex("\x1b[?25h") :]
    assert "resource" not in after
    assert "1 passed" in after
    assert "printed by the control" not in shown  # pytest has captured it all the same
    assert slow.verdict("OWN-01") == "pass"
    for file in (slow.path / "soc2-report").rglob("*"):
        assert not file.is_file() or "OWN-01: resource" not in file.read_text("utf-8")


@pytest.mark.long
def test_quiet_is_quiet(slow: Programme) -> None:
    assert "resource" not in in_a_terminal(slow, "-q")


@pytest.mark.long
def test_a_terminal_that_knows_no_cursor_is_a_log(slow: Programme) -> None:
    shown = in_a_terminal(slow, TERM="dumb")
    assert "\x1b[?25l" not in shown
    assert not MOVES.search(shown)


@pytest.mark.long
def test_where_people_are_hidden_it_moves_as_well(slow: Programme) -> None:
    shown = in_a_terminal(slow, "--soc2-pseudonymise", SOC2TEST_PSEUDONYM_KEY="a key that is long enough for this")
    assert MOVES.search(re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown))


def test_without_a_terminal_a_short_run_shows_nothing(slow: Programme) -> None:
    result = slow.run()
    result.assert_outcomes(passed=1)
    assert "resource" not in result.stdout.str().split("OWN-01")[0]
    assert not MOVES.search(result.stdout.str())
