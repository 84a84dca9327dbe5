"""One of the company's own controls over a period: on which days it was in force, and what its tests found on these."""

from collections.abc import Mapping

import msgspec

from soc2test.company_controls.records import CompanyControl
from soc2test.run import DaysInForce
from soc2test.verdicts import ControlResult

__all__ = ["OverPeriod"]


class OverPeriod(msgspec.Struct, frozen=True, kw_only=True):
    """What the snapshots of a period say of a control, whatever controls.yaml says today."""

    control: CompanyControl
    """as the newest snapshot of the period has it, with each test that looked at it on any of its days"""
    days: DaysInForce
    results: Mapping[str, ControlResult] = {}
    """of tests that looked at it on some of the days alone what came of these"""
    less: tuple[str, ...] = ()
    """why it is no better than partial, in words"""
    said: tuple[str, ...] = ()
    """what changes nothing of that"""

    @property
    def in_force(self) -> bool:
        """True where it was in force on a day of the period, or no snapshot tells that it was not."""
        return bool(self.days.in_force or self.days.not_told)
