"""What came of a period."""

from collections.abc import Mapping, Sequence

import msgspec

from soc2test.company_controls.over_period import OverPeriod
from soc2test.exceptions.judge import InForce
from soc2test.inventory.load import Loaded
from soc2test.period.listing import Member
from soc2test.programme.programme import Config
from soc2test.run import PeriodTold
from soc2test.verdicts import ControlResult

__all__ = ["PeriodFound"]


class PeriodFound(msgspec.Struct, frozen=True, kw_only=True):
    """The results by control, and what there was to look at."""

    results: Mapping[str, ControlResult]
    members: Mapping[str, Sequence[Member]]
    """the populations over the period by control"""
    config: Config
    """the programme as the newest snapshot of the period has it"""
    loaded: Loaded
    """the exports of that snapshot"""
    in_force: InForce
    """what took something out over all of the period"""
    told: PeriodTold
    problems: tuple[str, ...]
    incomplete: str | None
    """why the period is not evaluated to its end"""
    company: Sequence[OverPeriod] = ()
    """the company's own controls by id: those of its snapshots, and of today's controls.yaml"""
