"""What comes in: counted at each interface, and what is refused worked off."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
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
    pending,
)
from soc2test_policies._ages import CLOCKS_DIFFER, disorder, due_in_window, late
from soc2test_policies._joins import known, problems
from soc2test_policies._named import signer_problem
from soc2test_policies._processing import Told, due_runs, jobs_told, lacking, minute, run_name, untimely


@control(
    "PRC-09",
    criteria=["PI1.2"],
    nature="event",
    dated="run_due",
    severity="medium",
    operates="per event",
    where=lambda batch, limits, as_of: due_in_window(
        batch.run_due, timedelta(days=limits.resolve_days), limits.since_days, as_of
    ),
    limits={"resolve_days": 5, "settle_hours": 48, "since_days": 365},
    looser={"resolve_days": "higher", "settle_hours": "higher", "since_days": "lower"},
    least={"since_days": 1},
    blind_spots={"InputBatch.run_due": "what came in before the window was another period's"},
)
def test_refused_inputs_are_worked_off(
    batch: InputBatch,
    jobs: Population[ProcessingJob],
    reconciliations: Population[Reconciliation],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Of every batch what was received was accepted or refused, and each refused record was seen to in days.

    It came in by an interface that the specification of its job names. A job or an interface that is used no more stays
    in the register as long as batches of the window are of it. Once the hours to settle are over, totals show that the
    run was which took in what was accepted.

    PI1.2: input that is wrong is kept out, and is neither lost nor forgotten.
    """
    found = jobs.all("id", batch.job)
    assert found, f"came in for {batch.job}, which is no job of the register"
    specified = any_of(found, lambda job: batch.interface in job.inputs)
    assert specified, f"came in by {batch.interface}, which no specification of {batch.job} names"
    received, taken, refused = batch.received, batch.accepted, batch.rejected
    ties = received == taken + refused
    assert ties, f"{received} received are not the {taken} accepted and {refused} refused: {received - taken - refused}"
    looks = (
        partial(_run_problem, batch, reconciliations, timedelta(hours=limits.settle_hours), as_of),
        partial(_refused_problem, batch, persons, timedelta(days=limits.resolve_days), as_of),
    )
    problem = problems(lambda look: look(), looks)
    assert not problem, problem


def _run_problem(
    batch: InputBatch, reconciliations: Population[Reconciliation], settle: timedelta, as_of: datetime
) -> str:
    """What is wrong where no totals show the run that input was accepted for. Raises `Pending` while it may settle."""
    if any_of(reconciliations.all("job", batch.job), lambda totals: minute(totals.run_due) == minute(batch.run_due)):
        return ""
    settled = minute(batch.run_due) + settle
    if as_of <= settled:
        pending("no totals show its run yet", until=settled)
    return f"{batch.accepted} records were accepted for {run_name(batch.run_due)}, and no totals show that it was"


def _refused_problem(batch: InputBatch, persons: Population[Person], limit: timedelta, as_of: datetime) -> str:
    """What is wrong with what was refused. Raises `Pending` while it may still be resolved in time."""
    refused = batch.rejected
    if not refused:
        return f"{batch.resolved} refused records were resolved, and none was refused" if batch.resolved else ""
    if batch.resolved > refused:
        return f"{batch.resolved} refused records were resolved, of {refused}"
    at = batch.resolved_at if batch.resolved == refused else None
    # what is refused in the day before its run may be seen to before the run is due
    problem = disorder(as_of, ("due", batch.run_due), ("resolved", at), slack=CLOCKS_DIFFER)
    problem = problem or late("resolved", at, batch.run_due, limit, as_of)
    if not problem and at is not None:
        problem = signer_problem("resolver", batch.resolved_by, at, persons)
    return problem and f"{batch.resolved} of {refused} refused records are resolved: {problem}"


@control(
    "PRC-10",
    criteria=["PI1.2"],
    nature="state",
    supports={"PI1.3": "the totals that were compared begin with what was accepted"},
    severity="high",
    operates="daily",
    limits={"settle_hours": 48, "since_days": 30},
    looser={"settle_hours": "higher", "since_days": "lower"},
    least={"since_days": 1},
    complete=jobs_told,
    blind_spots={"batches": "one of a run outside of the window is not looked for; that of each run within it is"},
)
def test_inputs_are_counted_and_tie_to_what_was_processed(
    job: ProcessingJob,
    batches: Population[InputBatch],
    reconciliations: Population[Reconciliation],
    deliveries: Population[Delivery],
    limits: Any,
    as_of: datetime,
) -> None:
    """For each run that was due in the window, what each interface accepted is counted, and was what was processed.

    All totals of a run begin with what was accepted for it: of two that contradict each other one is wrong. Where an
    interface counts nothing in any run, whether it counts at all is unknown. The window begins no earlier than the job
    is in use by its row; nothing is told of a run before that, or of one that was not due in the window.

    PI1.2: input is complete where what was let in is what the job began with, by counts of two systems.
    """
    assert job.inputs, "its specification names no input"
    problem = untimely(job, Told(batches, reconciliations, deliveries), limits.since_days, as_of)
    assert not problem, problem
    runs = list(due_runs(job, timedelta(hours=limits.settle_hours), limits.since_days, as_of))
    own, totals = batches.all("job", job.id), reconciliations.all("job", job.id)
    for interface in job.inputs:

        def counted(run: datetime, name: str = interface) -> bool:
            return any_of(own, lambda batch: batch.interface == name and minute(batch.run_due) == run)

        problem = lacking(counted, runs)
        assert not problem, f"what {interface} received is not counted: {problem}"

    def ties(run: datetime) -> bool:
        of_run, unknown = known(own, lambda batch: minute(batch.run_due) == run)
        if unknown is not None:
            raise unknown
        accepted = sum(batch.accepted for batch in of_run if batch.interface in job.inputs)
        compared, unclear = known(totals, lambda one: minute(one.run_due) == run)
        others, untold = known(compared, lambda one: one.source_count != accepted)
        lost = unclear or untold
        if lost is not None and not others:
            raise lost
        return bool(compared) and not others

    problem = lacking(ties, runs)
    assert not problem, f"the totals that were compared do not begin with the records that were accepted: {problem}"
    for interface in job.inputs:
        _raise_if_perhaps_not_counted(interface, runs, own)


def _raise_if_perhaps_not_counted(interface: str, runs: list[datetime], batches: Iterable[InputBatch]) -> None:
    """Zeros in each run look the same whether nothing came in or nobody counts."""

    def counts_something(batch: InputBatch) -> bool:
        if batch.interface != interface or minute(batch.run_due) not in runs:
            return False
        return batch.accepted > 0 or batch.received > 0 or batch.rejected > 0

    if not any_of(batches, counts_something):
        text = f"{interface} counts nothing in any of {len(runs)} runs: is it counted?"
        raise UnknownFact("received", text, kind="InputBatch")
