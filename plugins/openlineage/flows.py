"""Events of runs, read as flows: what each job moved from one data source to another.

A run that failed or was aborted, or whose end no event tells, is no proof that anything was moved, and none that
nothing was: part may have been written before it broke. Its flow is there, so that no test overlooks it, and
`last_ran_at` is of runs that ended well alone.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from soc2test import (
    DataStore,
    Facts,
    Item,
    Missed,
    Population,
    Said,
    Skip,
    Subject,
    Unknown,
    UnknownFact,
    facts,
    item_of,
    listed,
    missed,
    skip,
)
from soc2test_plugins.openlineage.kinds import LineageFlow
from soc2test_plugins.openlineage.places import place_of, store_at
from soc2test_plugins.openlineage.runs import Dataset, Run, RunEvent, event_of
from soc2test_plugins.openlineage.source import as_events, openlineage

__all__ = ["events"]

_UNTAGGED = Unknown("no event tells the tags of all that it reads", what="classes")
_UNOWNED = Unknown("no event tells who owns the job", what="owners")


class _Flow(msgspec.Struct, kw_only=True):
    """What all runs of one job tell of one flow."""

    job: str
    origin: str | None
    target: str | None
    seen_at: datetime
    ran_at: datetime | None = None
    read: set[str] = msgspec.field(default_factory=set)
    labels: dict[Dataset, tuple[str, ...] | None] = msgspec.field(default_factory=dict)
    """of each dataset that decides the class of what is moved; None where no tags are told"""
    owners: tuple[str, ...] | None = None


@openlineage.reads(
    "events",
    kind=LineageFlow,
    lists=True,
    prepare=as_events,
    tells=("reads_from", "writes_to", "job", "owners", "classes", "last_ran_at", "last_seen_at", "read"),
)
def events(body: Item, at: Subject) -> Iterator[Said]:
    """All events of one backend, or of a file that a client wrote them to."""
    told: list[RunEvent] = []
    for entry in listed(item_of(body)["events"]):
        event = _told(entry)
        if isinstance(event, RunEvent):
            told.append(event)
        else:
            yield event
    runs = _runs(told)
    for run in runs:
        if not run.inputs and not run.outputs:
            yield skip("a run that names no data")
    for flow in _flows(runs):
        yield _facts(flow, at)


def _told(entry: object) -> RunEvent | Skip | Missed:
    """One event. The specification has three sorts, which differ in what they hold."""
    try:
        event = item_of(entry)
        if "run" in event:
            return event_of(event)
    except UnknownFact as odd:
        return missed(f"an event that can't be read: {odd.reason}", LineageFlow)
    if "dataset" in event:
        return skip("a DatasetEvent: it describes data, and tells of no run that moved any")
    if "job" in event:
        return skip("a JobEvent: it describes a job, and tells of no run that moved anything")
    return missed("an event that is neither a RunEvent nor a JobEvent nor a DatasetEvent", LineageFlow)


def _runs(told: Iterable[RunEvent]) -> list[Run]:
    """The runs that the events tell of; they may come in any order."""
    runs: dict[tuple[str, str], Run] = {}
    for event in sorted(told, key=lambda event: event.at):
        runs.setdefault((event.run, event.job), Run(event.job)).take(event)
    return sorted(runs.values(), key=lambda run: run.seen[-1])


def _flows(runs: Iterable[Run]) -> Iterable[_Flow]:
    """One of each job, origin and target; what a later run tells of tags and owners takes the place of the earlier.

    A run may have moved data from each place that it read to each that it wrote, since no event says which went where.
    Lineage of columns takes no pair away: where it is told it need not be told of all columns.
    """
    flows: dict[tuple[str, str | None, str | None], _Flow] = {}
    for run in runs:
        inputs, outputs = _by_place(run.inputs), _by_place(run.outputs)
        for origin in inputs or [None]:
            for target in outputs or [None]:
                if origin is None and target is None:
                    continue
                flow = flows.setdefault((run.job, origin, target), _new(run, origin, target))
                _add(flow, run)
                # what is moved is what was read, where that is named
                _note(flow, run, outputs[target] if origin is None else inputs[origin])
    return flows.values()


def _by_place(datasets: Iterable[Dataset]) -> dict[str | None, list[Dataset]]:
    """Datasets by the data source in which they lie, in an order of their own."""
    places: dict[str | None, list[Dataset]] = {}
    for dataset in sorted(datasets):
        places.setdefault(place_of(dataset.namespace, dataset.name), []).append(dataset)
    return places


def _new(run: Run, origin: str | None, target: str | None) -> _Flow:
    return _Flow(job=run.job, origin=origin, target=target, seen_at=run.seen[-1])


def _add(flow: _Flow, run: Run) -> None:
    flow.seen_at = max(flow.seen_at, run.seen[-1])
    if run.completed_at is not None:
        flow.ran_at = run.completed_at if flow.ran_at is None else max(flow.ran_at, run.completed_at)
    if run.owners is not None:
        flow.owners = run.owners


def _note(flow: _Flow, run: Run, moved: Iterable[Dataset]) -> None:
    for dataset in moved:
        if flow.origin is not None:
            flow.read.add(dataset.name)
        flow.labels[dataset] = run.labels.get(dataset, flow.labels.get(dataset))


def _facts(flow: _Flow, at: Subject) -> Facts:
    return facts(
        f"{at['instance']}/{flow.job}/{flow.origin or '-'}>{flow.target or '-'}",
        reads_from=flow.origin,
        writes_to=flow.target,
        job=flow.job,
        owners=_UNOWNED if flow.owners is None else flow.owners,
        classes=_classes(flow),
        last_ran_at=flow.ran_at,
        last_seen_at=flow.seen_at,
        read=tuple(sorted(flow.read)),
    )


def _classes(flow: _Flow) -> tuple[str, ...] | Unknown:
    labels: set[str] = set()
    for told in flow.labels.values():
        if told is None:
            return _UNTAGGED
        labels |= {*told}
    return tuple(sorted(labels))


@openlineage.derives(LineageFlow, "comes_from", joins=DataStore)
def comes_from(flow: LineageFlow, stores: Population[DataStore]) -> str | None:
    """The store that it reads, where one of those that are known lies there."""
    return store_at(flow.reads_from, stores)


@openlineage.derives(LineageFlow, "goes_to", joins=DataStore)
def goes_to(flow: LineageFlow, stores: Population[DataStore]) -> str | None:
    """The store that it writes, likewise."""
    return store_at(flow.writes_to, stores)
