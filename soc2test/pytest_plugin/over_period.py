"""`--soc2-period`: the controls of a run over the snapshots of the evidence store."""

import tempfile
from pathlib import Path

import pytest

from soc2test.controls.control import Control
from soc2test.errors import EvidenceError
from soc2test.evaluation.running import Raises
from soc2test.period.found import PeriodFound
from soc2test.progress.watch import Watch
from soc2test.pytest_plugin.setup import Setup
from soc2test.pytest_plugin.sudden_end import EXIT
from soc2test.subservice.watched import watched_by

__all__ = ["over_period"]


def over_period(
    config: pytest.Config, setup: Setup, controls: list[Control], raises: Raises, watch: Watch
) -> PeriodFound:
    """Evaluate `controls` over the period that the options name. Raises `EvidenceError` where nothing can be read."""
    from soc2test.period.evaluate_period import Asked, evaluate_period  # noqa: PLC0415  # only such runs pay for it
    from soc2test.period.openings import Processes  # noqa: PLC0415
    from soc2test.period.replaying import Tests  # noqa: PLC0415
    from soc2test.store.objects import StoreError  # noqa: PLC0415

    asked = setup.period
    if asked is None:
        raise ValueError("no period was asked for")
    kept = tempfile.TemporaryDirectory(prefix="soc2test-period-")
    config.add_cleanup(kept.cleanup)
    tests = Tests(
        controls=controls,
        loaded=setup.controls(),
        plugins=setup.plugins,
        raises=raises,
        all_loaded=setup.all_loaded,
    )
    given = Asked(
        period=asked.period,
        report_day=asked.report_day,
        max_gap_days=setup.config.max_gap_days,
        schedule=setup.config.schedule,
        tests=tests,
        now=setup.clock.now,
        watched=watched_by(setup.config.exceptions.scope_outs.values(), setup.config.organisations),
        revisions=setup.config.exceptions.revisions,
        described=setup.company.controls,
        processes=Processes(count=asked.workers, end=EXIT),
    )
    try:
        return evaluate_period(asked.store, given, Path(kept.name), watch)
    except StoreError as error:
        raise EvidenceError("the evidence store", str(error)) from None
