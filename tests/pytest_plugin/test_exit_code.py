"""The exit code is decided by what happened, worst first."""

import pytest

from soc2test.pytest_plugin.exit_code import Happened, exit_code
from soc2test.pytest_plugin.problems import Problems

OK, FAILED, INTERRUPTED = pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED


@pytest.mark.parametrize(
    ("exitstatus", "lost", "failed", "judged", "code"),
    [
        (OK, False, False, True, 0),
        (OK, False, False, False, 5),
        (OK, False, True, True, 1),
        (OK, False, True, False, 1),
        (OK, True, False, True, 3),
        (FAILED, True, True, True, 3),
        (FAILED, False, False, True, 0),  # what pytest counted as failed is ours, and fails by our own rules alone
        (INTERRUPTED, True, True, True, INTERRUPTED),
        (pytest.ExitCode.INTERNAL_ERROR, True, False, True, pytest.ExitCode.INTERNAL_ERROR),
        (pytest.ExitCode.USAGE_ERROR, False, False, True, pytest.ExitCode.USAGE_ERROR),
    ],
)
def test_the_worst_decides(exitstatus: int, lost: bool, failed: bool, judged: bool, code: int) -> None:
    assert exit_code(Happened(exitstatus=exitstatus, lost=lost, failed=failed, judged=judged)) == code


def test_a_problem_that_is_a_gap_as_well_fails_only_where_something_else_said_it() -> None:
    problems = Problems()
    problems.extend(["an export"], fails=False)
    assert (list(problems), problems.fail) == (["an export"], False)
    problems.add("an export")
    problems.add("an export", fails=False)
    assert (list(problems), problems.fail) == (["an export"], True)
