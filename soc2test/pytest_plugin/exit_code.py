"""The exit code of a run, decided by what happened."""

from dataclasses import dataclass

import pytest

from soc2test.pytest_plugin.starting import LOST

__all__ = ["NOTHING", "Happened", "exit_code"]

NOTHING = 5
"""nothing was tested"""
_ITS_OWN = (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR)


@dataclass(frozen=True, kw_only=True)
class Happened:
    """What decides over the exit code."""

    exitstatus: int
    """what pytest would end with"""
    lost: bool
    """a verdict was lost, ended from outside, or is that of other evidence"""
    failed: bool
    """a control, a file that did not load, an ordinary test, or something beside them"""
    judged: bool
    """some control has a verdict over what it looked at"""


def exit_code(happened: Happened) -> int:
    """0 where something was judged and nothing failed."""
    if happened.exitstatus in _ITS_OWN:
        return happened.exitstatus
    if happened.lost:
        return LOST
    if happened.failed:
        return 1
    return 0 if happened.judged else NOTHING
