"""What goes out: to whom it is meant for, in time, and all of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from soc2test import Delivery, InputBatch, JobOutput, Population, ProcessingJob, Reconciliation, any_of, control
from soc2test_policies._ages import disorder, in_window, late
from soc2test_policies._processing import Told, due_runs, jobs_told, lacking, minute, run_name, untimely
from soc2test_policies._spelling import one_spelling

_MINUTES = timedelta(minutes=5)
"""Clocks of the job's system and of the recipient's differ by no more."""


@control(
    "PRC-11",
    criteria=["PI1.4"],
    nature="event",
    dated="run_due",
    severity="high",
    operates="per event",
    where=lambda delivery, limits, as_of: in_window(delivery.run_due, limits.since_days, as_of),
    limits={"since_days": 365},
    looser={"since_days": "lower"},
    least={"since_days": 1},
    blind_spots={
        "Delivery.run_due": "what was due before the window was another period's",
        "reconciliations": "those of other runs say nothing of this one; PRC-07 asks for that of each run",
    },
)
def test_results_reach_whom_they_are_for_whole_and_in_time(
    delivery: Delivery,
    jobs: Population[ProcessingJob],
    reconciliations: Population[Reconciliation],
    as_of: datetime,
) -> None:
    """Every result was there for a recipient of its specification, in its hours, with as many records as came out.

    One result may be for several recipients, each in hours of its own.

    PI1.4: a result is of use where whoever it is for has all of it when it is due, and nobody else has it.
    """
    specified = _specified(delivery, jobs)
    assert specified, f"no specification of {delivery.job} names the result {delivery.output}"
    output = next((output for output in specified if _is_for(output, delivery)), None)
    meant = " or ".join(output.recipient for output in specified)
    assert output is not None, f"went to {delivery.recipient}, and is for {meant}"
    at = delivery.delivered_at
    problem = disorder(as_of, ("due", delivery.run_due), ("delivered", at), slack=_MINUTES)
    problem = problem or late("delivered", at, delivery.run_due, timedelta(hours=output.due_hours), as_of)
    assert not problem, problem
    totals = reconciliations.all("job", delivery.job)
    same_run = [one for one in totals if one.output == output.name and minute(one.run_due) == minute(delivery.run_due)]
    assert same_run, f"no totals tell how many records {run_name(delivery.run_due)} brought out"
    counts = sorted({one.target_count for one in same_run})
    came_out = " or ".join(map(str, counts))
    assert counts == [delivery.count], f"{delivery.count} records were delivered of the {came_out} that came out"


def _specified(delivery: Delivery, jobs: Population[ProcessingJob]) -> list[JobOutput]:
    """Of one result one for each recipient."""
    found = jobs.all("id", delivery.job)
    named = _named(delivery, found.hits)
    return named or _named(delivery, found)  # whether there may be others matters where none is known


def _named(delivery: Delivery, jobs: Iterable[ProcessingJob]) -> list[JobOutput]:
    return [output for job in jobs for output in job.outputs if output.name == delivery.output]


def _is_for(output: JobOutput, delivery: Delivery) -> bool:
    return one_spelling(delivery.recipient, output.recipient)


@control(
    "PRC-12",
    criteria=["PI1.4"],
    nature="state",
    severity="high",
    operates="daily",
    limits={"settle_hours": 48, "since_days": 30},
    looser={"settle_hours": "higher", "since_days": "lower"},
    least={"since_days": 1},
    complete=jobs_told,
)
def test_every_run_is_delivered(
    job: ProcessingJob,
    batches: Population[InputBatch],
    reconciliations: Population[Reconciliation],
    deliveries: Population[Delivery],
    limits: Any,
    as_of: datetime,
) -> None:
    """Each result of every run that was due in the window was delivered, to each of its recipients.

    The window begins no earlier than the job is in use by its row; nothing is told of a run before that, or of one that
    was not due in the window.

    PI1.4: what was never delivered is in no list of deliveries, however right those are.
    """
    assert job.outputs, "its specification names no output to deliver"
    problem = untimely(job, Told(batches, reconciliations, deliveries), limits.since_days, as_of)
    assert not problem, problem
    runs = list(due_runs(job, timedelta(hours=limits.settle_hours), limits.since_days, as_of))
    own = deliveries.all("job", job.id)
    for output in job.outputs:

        def done(run: datetime, output: JobOutput = output) -> bool:
            return any_of(own, lambda one: _reached(one, output, run, as_of))

        problem = lacking(done, runs)
        assert not problem, f"{output.name} for {output.recipient} was not delivered: {problem}"


def _reached(one: Delivery, output: JobOutput, run: datetime, as_of: datetime) -> bool:
    if one.output != output.name or minute(one.run_due) != run or not _is_for(output, one):
        return False
    return one.delivered_at is not None and one.delivered_at <= as_of
