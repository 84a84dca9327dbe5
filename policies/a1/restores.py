"""Restores: that what was backed up comes back, how long that takes, and what is done where it does not."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import DataScan, DataStore, Exercise, Person, Population, RestoreCheck, RestoreTest, any_of, control
from soc2test_policies._ages import day, disorder, late
from soc2test_policies._joins import known
from soc2test_policies._labels import LABELS_THAT_MATTER, has_label, matters
from soc2test_policies._restores import data_fault, failure, found_right

_TWO_STEPS = "who compared a repeat is asked where data were wrong and no program looked: two changes from what holds"


def _important(store: DataStore, scans: Population[DataScan], limits: Any) -> bool:
    return not store.copy and matters(store, limits.labels, scans)


@control(
    "RST-01",
    criteria=["A1.3"],
    nature="state",
    severity="high",
    operates="quarterly",
    where=_important,
    limits={"labels": LABELS_THAT_MATTER, "restore_days": 180, "rpo_hours": 24, "check_days": 7, "differ_percent": 0},
    looser={
        "labels": "fewer", "restore_days": "higher", "rpo_hours": "higher", "check_days": "higher",
        "differ_percent": "higher",
    },
    blind_spots={
        "restores": "one that brought the data back is enough; RST-03 asks for those that did not",
        "checks": "one comparison shows it; one that differs speaks against its restore",
        "persons": "whoever bears the address and worked here then",
    },
    against=["scans"],
)  # fmt: skip
def test_important_stores_were_restored(
    store: DataStore,
    scans: Population[DataScan],
    restores: Population[RestoreTest],
    checks: Population[RestoreCheck],
    exercises: Population[Exercise],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every store with one of the labels that matter was restored within the half year, and its data found right.

    One in which a scanner found something sensitive counts whatever its label, and one without a label is unknown.

    The system's own job tells of the restore, of a recovery point not older than `rpo_hours` when it began. That the
    data are right a program's validation shows, or a person who counted them within `check_days`, beside a file of that
    day alone: at most `differ_percent` may be missing or too many. A row without the system's job is no restore, and
    one after which the store came back with wrong data shows it no more.

    A1.3: whether a store can be brought back is known once it was brought back and looked at.
    """

    asked = (limits.check_days, limits.differ_percent)
    own = restores.all("stores", store.id)

    def shows(restore: RestoreTest) -> bool:
        lately = as_of - timedelta(days=limits.restore_days) <= restore.started_at <= as_of
        right = (
            lately
            and _fresh(restore, limits)
            and found_right(restore, store.id, checks, exercises, persons, asked, as_of)
        )
        return right and not any_of(own, lambda other: went_wrong_since(restore, other))

    def went_wrong_since(restore: RestoreTest, other: RestoreTest) -> bool:
        return other.started_at >= restore.started_at and bool(data_fault(other, checks, limits.differ_percent))

    assert any_of(own, shows), (
        f"no restore in the {limits.restore_days} days before {day(as_of)} brought it back from a recovery point of at "
        f"most {limits.rpo_hours} hours with its data found right{_last(own.hits)}"
    )


def _fresh(restore: RestoreTest, limits: Any) -> bool:
    age = restore.started_at - restore.point_made_at
    return timedelta(0) <= age <= timedelta(hours=limits.rpo_hours)


def _last(restores: Any) -> str:
    dated, _ = known(restores, lambda restore: restore.started_at is not None)
    if not dated:
        return "; no job names it"
    newest = max(dated, key=lambda restore: restore.started_at)
    return f"; its last one, {newest.id}, began on {day(newest.started_at)}"


@control(
    "RST-02",
    criteria=["A1.3"],
    nature="event",
    dated="started_at",
    severity="medium",
    operates="per event",
    where=lambda restore: restore.status != "failed",
    limits={"labels": LABELS_THAT_MATTER, "labelled_hours": 8, "other_hours": 24},
    looser={"labels": "fewer", "labelled_hours": "higher", "other_hours": "higher"},
    on_empty="fail",
)
def test_restores_end_in_time(
    restore: RestoreTest, stores: Population[DataStore], limits: Any, as_of: datetime
) -> None:
    """Every restore was complete within the hours that the label of its store allows, by the system's own times.

    What failed is left to RST-03, which asks whether it was repeated.

    A1.3: a recovery time objective is met where restores were measured, and none took longer.
    """
    start, end = restore.started_at, restore.completed_at
    order = disorder(
        as_of, ("made", restore.point_made_at), ("started", start), ("completed", end), slack=timedelta(minutes=5)
    )
    assert not order, order
    took = (end or as_of) - start
    hours = limits.labelled_hours
    if timedelta(hours=hours) < took <= timedelta(hours=limits.other_hours) and not _is_labelled(
        restore, stores, limits
    ):
        hours = limits.other_hours
    problem = late("completed", end, start, timedelta(hours=hours), as_of)
    assert not problem, problem


def _is_labelled(restore: RestoreTest, stores: Population[DataStore], limits: Any) -> bool:
    """One of its stores has a label that matters; of one that is there no more nobody knows it."""
    return any_of(
        restore.stores, lambda name: any_of(stores.all("id", name), lambda store: has_label(store, limits.labels))
    )


@control(
    "RST-03",
    criteria=["A1.3"],
    nature="event",
    dated="started_at",
    severity="high",
    operates="per event",
    limits={"repeat_days": 14, "check_days": 7, "differ_percent": 0},
    looser={"repeat_days": "higher", "check_days": "higher", "differ_percent": "higher"},
    on_empty="fail",
    blind_spots={
        "restores": "one that succeeded in time is what is asked for, whatever others there were",
        "checks": "where no data were wrong the repeat is as the system says; RST-01 asks that somebody compared",
        "Person.active": _TWO_STEPS,
        "Person.spells": _TWO_STEPS,
    },
)
def test_failed_restores_are_repeated(
    restore: RestoreTest,
    restores: Population[RestoreTest],
    checks: Population[RestoreCheck],
    exercises: Population[Exercise],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every restore that failed, or whose data were not right, was repeated with success within the allowed days.

    After one that did not end well a restore that is complete and in which nothing wrong was found is success. After
    one whose data were wrong it is none until the data are shown to be right: by a program's validation, or by a person
    who counted them within `check_days`, beside a file.

    A1.3: a test of recovery that fails shows a fault, and one that succeeds after it shows that it was mended.
    """
    wrong = failure(restore, checks, limits.differ_percent)
    if not wrong:
        return
    start = restore.completed_at or restore.started_at
    asked, percent = (limits.check_days, limits.differ_percent), limits.differ_percent
    unshown: list[str] = []

    def succeeded(again: RestoreTest, store: str) -> bool:
        if again.started_at <= start or again.status != "completed" or failure(again, checks, percent):
            return False
        # a fault of the data is mended where they are seen to be right, any other where the restore is complete
        if not data_fault(restore, checks, percent):
            return True
        if found_right(again, store, checks, exercises, persons, asked, as_of):
            return True
        unshown.append(again.id)
        return False

    for store in restore.stores:
        done = [again.completed_at for again in restores.all("stores", store) if succeeded(again, store)]
        first = min((moment for moment in done if moment is not None), default=None)
        problem = late("repeated with success", first, start, timedelta(days=limits.repeat_days), as_of)
        because = f"; nothing shows that the data of {', '.join(unshown)} are right" if unshown else ""
        assert not problem, f"{wrong}; {problem}{because}"
