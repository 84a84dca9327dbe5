"""The company's own controls over a period: each is judged over its own days, whatever controls.yaml says today."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import msgspec

from soc2test.company_controls.over_period import OverPeriod
from soc2test.company_controls.records import CompanyControl
from soc2test.controls.control import Control
from soc2test.period.applying import Applying
from soc2test.period.calendar import Period, stretches
from soc2test.period.company_words import changes, days_line, not_charged, today_line, unread_lines, untold_line
from soc2test.period.described_then import DescribedThen
from soc2test.period.folding import Folded
from soc2test.period.force_days import Days, ForceDays
from soc2test.period.observed import Observed
from soc2test.period.own_force import OwnForce
from soc2test.period.performances import Ask
from soc2test.period.talking import days_text, stretches_text
from soc2test.run import DaysInForce
from soc2test.verdicts import ControlResult, Reason, Verdict

__all__ = ["CompanyFolds"]

_NO_SNAPSHOT = "no snapshot shows the test on a day on which the control was in force"


class CompanyFolds:
    """Knows the days of each control, and folds the tests that looked at one on some days of the period alone."""

    def __init__(
        self,
        told: Sequence[DescribedThen],
        today: Sequence[CompanyControl],
        tests: Mapping[str, Control],
        make: Callable[[Control, Applying], Folded],
        period: Period,
        max_gap_days: int,
    ) -> None:
        """`told` is what the snapshots say, oldest first, `today` what controls.yaml says now; `make` begins to fold a
        test by the days on which it applies."""
        self._force, self._period = ForceDays(told, period), period
        self._today = {control.id: control for control in today}
        self._days: dict[tuple[str, str | None], Days] = {}
        self._folds: dict[tuple[str, Days], OwnForce] = {}
        """test and days -> what is folded: controls that came on one day share it"""
        for id in sorted({*self._force.ids, *self._today}):
            self._days[id, None] = self._force.of(id)
            for test in self._tests_of(id):
                days = self._days[id, test] = self._force.of(id, test)
                if test in tests and self._is_partial(days) and (test, days) not in self._folds:
                    self._folds[test, days] = OwnForce(partial(make, tests[test]), period, max_gap_days, days)

    def _tests_of(self, id: str) -> list[str]:
        """Each test that any snapshot names for a control."""
        return sorted({test for look in self._force.told if id in look.controls for test in look.controls[id].tests})

    def _is_partial(self, days: Days) -> bool:
        own = days.own(self._period)
        return 0 < len(own) < self._period.days

    @property
    def folds(self) -> Iterator[tuple[str, OwnForce]]:
        """What is folded, each with the id of its test."""
        return ((test, fold) for (test, _), fold in self._folds.items())

    def take(self, seen: Mapping[str, Observed], asking: Callable[[Control], Ask]) -> None:
        """One more snapshot."""
        for test, fold in self.folds:
            fold.take(seen[test], asking(fold.fold.control))

    def over_period(
        self, results: Mapping[str, ControlResult], finish: Callable[[OwnForce], ControlResult | None]
    ) -> tuple[OverPeriod, ...]:
        """The controls by id. `results` are those of all days, `finish` gives what came of one that was folded here."""
        own = {key: finish(fold) or _nothing_seen(results.get(key[0])) for key, fold in self._folds.items()}
        ids = sorted(id for id, test in self._days if test is None)
        return tuple(self._of(id, results, own) for id in ids)

    def _of(
        self,
        id: str,
        results: Mapping[str, ControlResult],
        own: Mapping[tuple[str, Days], ControlResult | None],
    ) -> OverPeriod:
        days = self._days[id, None]
        tests = {test: self._days[id, test] for of, test in self._days if of == id and test is not None}
        looking = {test: its for test, its in tests.items() if its.own(self._period)}
        judged = {test: own[test, its] for test, its in looking.items() if (test, its) in own}
        held = self._newest(id)
        control = held or self._today[id]
        if held is not None and looking:
            control = msgspec.structs.replace(held, tests=tuple(looking))
        in_force = self._told(days)
        less = [days_line(in_force), *untold_line(in_force), *self._unread(id)]
        less += self._narrower(days, looking)
        for test, result in judged.items():
            less += not_charged(test, results.get(test), result, tests[test].own(self._period), self._period)
        return OverPeriod(
            control=control,
            days=in_force,
            results={test: result for test, result in judged.items() if result is not None},
            less=tuple(filter(None, less)),
            said=(*changes(id, self._force.deciding, self._period), *today_line(held, self._today.get(id))),
        )

    def _told(self, days: Days) -> DaysInForce:
        return DaysInForce(
            days=self._period.days,
            in_force=stretches(day for day in days.in_force if self._period.holds(day)),
            not_told=stretches(day for day in self._period.all_days if day not in days.out | days.in_force),
        )

    def _newest(self, id: str) -> CompanyControl | None:
        """The newest of up to the period's end that holds it, else the first of after it; None where none does."""
        looks = [look for look in self._force.deciding or self._force.told if id in look.controls]
        within = [look for look in looks if look.day <= self._period.last]
        look = within[-1] if within else next(iter(looks), None)
        return None if look is None else look.controls[id]

    def _unread(self, id: str) -> Iterator[str]:
        looks = [look for look in self._force.deciding if self._period.holds(look.day)]
        return unread_lines(look for look in looks if not look.whole and id not in look.controls)

    def _narrower(self, days: Days, looking: Mapping[str, Days]) -> Iterator[str]:
        """Tests that looked at it on some of its days alone."""
        whole = days.own(self._period)
        for test, its in looking.items():
            if (own := its.own(self._period)) != whole:
                count = f"{len(own)} of its {days_text(len(whole))}"
                yield f"{test} looked at it on {count} ({stretches_text(stretches(own))})"


def _nothing_seen(whole: ControlResult | None) -> ControlResult | None:
    """Where no snapshot lies on its days: what the others show is none of it."""
    if whole is None:
        return None
    return msgspec.structs.replace(
        whole,
        verdict=Verdict.NOT_EVALUATED,
        reason=Reason("not_evidenced", _NO_SNAPSHOT),
        population=0,
        population_digest=None,
        passed=0,
        deviations=0,
        waived=0,
        unknown=0,
        errors=0,
        pending=0,
        exempt=0,
        exempt_deviations=0,
        findings=(),
        by_source={},
        period=None,
    )
