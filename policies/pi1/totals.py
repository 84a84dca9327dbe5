"""Totals of two systems: what went into each run, and what came out of it."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import (
    Delivery,
    InputBatch,
    Person,
    Population,
    ProcessingJob,
    Reconciliation,
    UnknownFact,
    any_of,
    control,
)
from soc2test_policies._ages import disorder, due_in_window, in_window, late
from soc2test_policies._named import signer_problem
from soc2test_policies._one_person import are_two
from soc2test_policies._processing import Told, due_runs, jobs_told, lacking, minute, run_name, untimely
from soc2test_policies._spelling import one_spelling

_MINUTES = timedelta(minutes=5)


@control(
    "PRC-07",
    criteria=["PI1.3"],
    nature="state",
    supports={"PI1.4": "what a run brought out is counted"},
    severity="high",
    operates="daily",
    limits={"settle_hours": 48, "since_days": 30},
    looser={"settle_hours": "higher", "since_days": "lower"},
    least={"since_days": 1},
    complete=jobs_told,
)
def test_every_run_is_reconciled(
    job: ProcessingJob,
    batches: Population[InputBatch],
    reconciliations: Population[Reconciliation],
    deliveries: Population[Delivery],
    limits: Any,
    as_of: datetime,
) -> None:
    """Each result of every run that was due in the window was reconciled with its input within the allowed hours.

    The window begins no earlier than the job is in use by its row; nothing is told of a run before that, or of one that
    was not due in the window.

    PI1.3: that a job ended well shows that it ran, not that it took in all and lost nothing.
    """
    assert job.outputs, "its specification names no output whose totals could be compared"
    problem = untimely(job, Told(batches, reconciliations, deliveries), limits.since_days, as_of)
    assert not problem, problem
    settle = timedelta(hours=limits.settle_hours)
    runs = list(due_runs(job, settle, limits.since_days, as_of))
    own = reconciliations.all("job", job.id)
    for output in job.outputs:

        def done(run: datetime, name: str = output.name) -> bool:
            return any_of(own, lambda one: _is_of(one, name, run) and run <= one.done_at <= run + settle)

        problem = lacking(done, runs)
        assert not problem, f"{output.name} was not reconciled within {limits.settle_hours} hours: {problem}"


def _is_of(one: Reconciliation, output: str, run: datetime) -> bool:
    return one.output == output and minute(one.run_due) == run


def _of_window(reconciliation: Reconciliation, limits: Any, as_of: datetime) -> bool:
    """Also one whose difference had to be explained within the window, when the run was due before it."""
    if in_window(reconciliation.run_due, limits.since_days, as_of):
        return True
    return due_in_window(reconciliation.done_at, timedelta(days=limits.explain_days), limits.since_days, as_of)


@control(
    "PRC-08",
    criteria=["PI1.3"],
    nature="event",
    dated="run_due",
    supports={"PI1.4": "output totals tie to those of the input"},
    severity="high",
    operates="per event",
    where=_of_window,
    limits={"explain_days": 5, "since_days": 365},
    looser={"explain_days": "higher", "since_days": "lower"},
    least={"since_days": 1},
    blind_spots={"others": "one earlier run with amounts is enough, whatever the rest say"},
)
def test_totals_agree_or_are_explained(
    reconciliation: Reconciliation,
    others: Population[Reconciliation],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """The totals of two systems agree for every run, or another person than who compared them found out why not.

    Two names that differ by case or blanks alone are one system's. Where an earlier run of the result has amounts and
    this one has none, it is unknown whether the amounts agree.

    PI1.3: processing is complete where what went in and what came out, counted apart, are the same.
    """
    source, target = reconciliation.source_system, reconciliation.target_system
    assert not one_spelling(source, target), f"both totals are of {source}: one system alone"
    done = reconciliation.done_at
    problem = disorder(as_of, ("due", reconciliation.run_due), ("reconciled", done), slack=_MINUTES)
    assert not problem, problem
    amounts = reconciliation.source_total, reconciliation.target_total
    both = (amounts[0] is None) == (amounts[1] is None)
    assert both, f"only one of {source} and {target} tells amounts: there is nothing to compare them with"
    if reconciliation.source_count == reconciliation.target_count and amounts[0] == amounts[1]:
        _raise_where_amounts_are_missing(reconciliation, others)
        return
    told = f"{source} has {_totals(reconciliation.source_count, amounts[0])}"
    told += f", {target} has {_totals(reconciliation.target_count, amounts[1])}"
    problem = late("explained", reconciliation.explained_at, done, timedelta(days=limits.explain_days), as_of)
    assert not problem, f"{told}: {problem}"
    assert reconciliation.explanation, f"{told}: no explanation is written down"
    explained = reconciliation.explained_at
    assert explained is not None
    problem = signer_problem("explainer", reconciliation.explained_by, explained, persons)
    problem = problem or disorder(as_of, ("reconciled", done), ("explained", explained))
    assert not problem, f"{told}: {problem}"
    compared = reconciliation.done_by
    same = compared is not None and not are_two(compared, str(reconciliation.explained_by), persons)
    assert not same, f"{told}: {compared} compared the totals and explained them too"


def _raise_where_amounts_are_missing(reconciliation: Reconciliation, others: Population[Reconciliation]) -> None:
    if reconciliation.source_total is not None:
        return

    def had_amounts(other: Reconciliation) -> bool:
        earlier = other.run_due < reconciliation.run_due and other.output == reconciliation.output
        return earlier and other.source_total is not None

    if any_of(others.all("job", reconciliation.job), had_amounts):
        text = f"the counts agree, and {run_name(reconciliation.run_due)} has no amounts, which earlier ones have"
        raise UnknownFact("source_total", text)


def _totals(count: int, amount: int | None) -> str:
    return f"{count} records" if amount is None else f"{count} records of {amount}"
