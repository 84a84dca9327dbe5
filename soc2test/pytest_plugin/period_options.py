"""The options of `--soc2-period`: what they ask for, and whether that can be done, before anything is tested."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from soc2test.errors import Soc2Error
from soc2test.programme.programme import Config
from soc2test.remote.urls import is_url

__all__ = ["PeriodAsked", "period_asked", "with_categories_of"]

_MOST_WORKERS = 64


class PeriodAsked:
    """A period with its report day, the open store, and how many processes open its snapshots."""

    def __init__(self, period: Any, report_day: date, store: Any, workers: int = 1) -> None:
        self.period, self.report_day, self.store, self.workers = period, report_day, store, workers


def period_asked(config: pytest.Config, programme: Config, now: datetime) -> PeriodAsked | None:
    """The period that a run is to evaluate; None where it is about a moment. Raises `pytest.UsageError`."""
    text = config.getoption("soc2_period")
    if not text:
        if config.getoption("soc2_report_date"):
            raise pytest.UsageError("--soc2-report-date says how far a period is followed: add --soc2-period")
        if config.getoption("soc2_workers"):
            raise pytest.UsageError("--soc2-workers open the snapshots of a period: add --soc2-period")
        return None
    _refuse_others(config)
    from soc2test.period.calendar import parse_period  # noqa: PLC0415  # only runs over a period pay for it
    from soc2test.store.chain import open_store  # noqa: PLC0415

    try:
        period = parse_period(text, programme.zone)
    except ValueError as error:
        raise pytest.UsageError(f"--soc2-period: {error}") from None
    report_day, workers = _report_day(config, period, now), _workers(config)
    place = config.getoption("soc2_store")
    if not (place or programme.store):
        raise pytest.UsageError("--soc2-period needs a store: `store: at:` in soc2.yaml, or --soc2-store=DIR_OR_URL")
    if workers > 1 and is_url(str(place or programme.store)):
        raise pytest.UsageError(
            "--soc2-workers need a store in a folder: a connection to a bucket does not survive that a process is "
            "doubled; copy it to a folder, or leave out --soc2-workers"
        )
    root = config.invocation_params.dir if place else programme.root
    try:
        store = open_store(place or programme.store, root)
        if not store.begun:
            raise Soc2Error(f"{store.shown}: nobody has recorded there yet: `pytest --soc2 --soc2-record` does")
    except Soc2Error as error:
        raise pytest.UsageError(f"the evidence store: {error}") from None
    return PeriodAsked(period, report_day, store, workers)


def with_categories_of(asked: PeriodAsked, programme: Config) -> Config:
    """The programme with each category that was in scope on any day of the period. Raises `pytest.UsageError`."""
    from soc2test.period.promised import categories_of  # noqa: PLC0415

    try:
        found = categories_of(asked.store, asked.period)
    except Soc2Error as error:
        raise pytest.UsageError(f"the evidence store: {error}") from None
    return replace(programme, categories=tuple(dict.fromkeys((*programme.categories, *found))))


def _refuse_others(config: pytest.Config) -> None:
    """Raises `pytest.UsageError` for options that are about a moment."""
    if config.getoption("soc2_record"):
        raise pytest.UsageError(
            "--soc2-record keeps the exports of now, --soc2-period evaluates what was kept: one each"
        )
    for name in ("as_of", "exports"):
        if config.getoption(f"soc2_{name}"):
            raise pytest.UsageError(
                f"--soc2-{name.replace('_', '-')} is about the exports of one moment: --soc2-period takes those of the "
                "evidence store, each for its own"
            )
    if config.getoption("numprocesses", None) or config.getoption("tx", None):
        way_out = "--soc2-workers=2 opens its snapshots beside each other"
        raise pytest.UsageError(f"--soc2-period is not evaluated by -n: {way_out}")


def _workers(config: pytest.Config) -> int:
    """How many processes open snapshots. Raises `pytest.UsageError`."""
    from soc2test.period.openings import can_share  # noqa: PLC0415

    text = config.getoption("soc2_workers")
    if not text:
        return 1
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_WORKERS:
        raise pytest.UsageError(f"--soc2-workers: {text!r} is no number of processes from 1 to {_MOST_WORKERS}")
    if int(text) > 1 and not can_share():
        raise pytest.UsageError("--soc2-workers: this system can't double a process: leave it out")
    return int(text)


def _report_day(config: pytest.Config, period: Any, now: datetime) -> date:
    """As given, else today; no day of the future, and none within the period."""
    today: date = period.day(now)
    last: date = period.last
    text = config.getoption("soc2_report_date")
    if not text:
        return max(today, last)
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise pytest.UsageError(f"--soc2-report-date: {text!r} is no day; write 2026-07-31") from None
    if day < last:
        raise pytest.UsageError(f"--soc2-report-date: {day} lies before the end of the period, {last}")
    if day > today:
        raise pytest.UsageError(f"--soc2-report-date: {day} is not over yet")
    return day
