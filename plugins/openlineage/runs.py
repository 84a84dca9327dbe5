"""Runs, put together from their events: what each read and wrote, and how it ended.

A run is told by several events, of which each may name some of its data: what all of them name together is the run's
(https://openlineage.io/docs/spec/run-cycle).
"""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from soc2test import Item, id_text, item_of, items_of, known, meaning, text

__all__ = ["Dataset", "Run", "RunEvent", "event_of"]

_ENDED_WELL = "ended well"
_ENDED_BADLY = "ended badly"
_GOES_ON = "goes on"
_STATES = {
    "START": _GOES_ON,
    "RUNNING": _GOES_ON,
    "OTHER": _GOES_ON,  # "additional metadata", which may come after the end too
    "COMPLETE": _ENDED_WELL,
    "FAIL": _ENDED_BADLY,
    "ABORT": _ENDED_BADLY,
}
"""All of `eventType` (spec 2-0-2). It may be left out; such an event ends nothing."""
_CLASSIFICATION = ("classification", "data-classification", "data_classification", "dataclassification")
"""Keys of tags that name a class of data, as those of buckets do."""


class Dataset(msgspec.Struct, frozen=True, order=True):
    """One table, path or topic, by its name in its data source."""

    namespace: str
    name: str


class RunEvent(msgspec.Struct, frozen=True, kw_only=True):
    """What one event tells of a run."""

    run: str
    job: str
    """namespace and name: a name is unique within its namespace alone"""
    at: datetime
    state: str
    inputs: frozenset[Dataset]
    outputs: frozenset[Dataset]
    labels: dict[Dataset, tuple[str, ...]]
    """the classes of data by which datasets are tagged; those without tags are not in it"""
    owners: tuple[str, ...] | None
    """None: this event names none"""


class Run:
    """What all events of one run tell together."""

    def __init__(self, job: str) -> None:
        self.job = job
        self.inputs: set[Dataset] = set()
        self.outputs: set[Dataset] = set()
        self.labels: dict[Dataset, tuple[str, ...]] = {}
        self.owners: tuple[str, ...] | None = None
        self.seen: list[datetime] = []
        self._completed: list[datetime] = []
        self._failed = False

    def take(self, event: RunEvent) -> None:
        """Add what one event tells; events are given in the order of their times."""
        self.inputs |= event.inputs
        self.outputs |= event.outputs
        self.labels |= event.labels
        self.owners = self.owners if event.owners is None else event.owners
        self.seen.append(event.at)
        self._failed = self._failed or event.state == _ENDED_BADLY
        if event.state == _ENDED_WELL:
            self._completed.append(event.at)

    @property
    def completed_at(self) -> datetime | None:
        """When it ended well; None also where another event says that it failed."""
        return None if self._failed else max(self._completed, default=None)


def event_of(event: Item) -> RunEvent:
    """What a RunEvent says. Raises `UnknownFact` where a part that has to be there is absent or odd."""
    job = item_of(event["job"])
    inputs, outputs = _datasets(event, "inputs"), _datasets(event, "outputs")
    named = [*inputs, *outputs]
    at: datetime = known(event.time("eventTime"))
    return RunEvent(
        run=id_text(item_of(event["run"])["runId"]),
        job=f"{id_text(job['namespace'])}/{id_text(job['name'])}",
        at=at,
        state=meaning(event["eventType"], _STATES) if "eventType" in event else _GOES_ON,
        inputs=frozenset([*map(_dataset, inputs), *(source for output in outputs for source in _sources(output))]),
        outputs=frozenset(map(_dataset, outputs)),
        labels={_dataset(one): labels for one in named if (labels := _labels(one)) is not None},
        owners=_owners(job),
    )


def _datasets(event: Item, key: str) -> list[Item]:
    """Both lists may be left out."""
    return items_of(event.or_else(key, []))


def _dataset(item: Item) -> Dataset:
    return Dataset(namespace=id_text(item["namespace"]), name=id_text(item["name"]))


def _facet(item: Item, name: str) -> Item | None:
    """A facet; None where it is not there, or was taken away by this event (`_deleted`)."""
    if "facets" not in item:
        return None
    facets = item_of(item["facets"])
    if name not in facets:
        return None
    facet = item_of(facets[name])
    return None if facet.or_else("_deleted", False) is True else facet


def _sources(output: Item) -> Iterator[Dataset]:
    """What columns of an output follow from, in case `inputs` forgets it; `dataset` holds what concerns all of it."""
    facet = _facet(output, "columnLineage")
    if facet is None:
        return
    fields = item_of(facet["fields"])
    sources = items_of(facet.or_else("dataset", []))
    for name in fields:
        sources += items_of(item_of(fields[name])["inputFields"])
    yield from map(_dataset, sources)


def _labels(dataset: Item) -> tuple[str, ...] | None:
    """The classes of its tags; () where none of them names a class, None where no tags are told."""
    facet = _facet(dataset, "tags")
    if facet is None:
        return None
    tags = items_of(facet.or_else("tags", []))
    labels = [text(tag["value"]) for tag in tags if text(tag["key"]).strip().casefold() in _CLASSIFICATION]
    return tuple(sorted(set(labels)))


def _owners(job: Item) -> tuple[str, ...] | None:
    facet = _facet(job, "ownership")
    if facet is None:
        return None
    return tuple(text(owner["name"]) for owner in items_of(facet.or_else("owners", [])))
