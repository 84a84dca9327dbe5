"""Stores that survive mistakes and the loss of a zone."""

from typing import Any

from soc2test import DataScan, DataStore, Population, ProcessingActivity, control
from soc2test_policies._joins import told
from soc2test_policies._labels import (
    LABEL_ALONE,
    LABELS_THAT_MATTER,
    has_label,
    is_processed,
    matters,
)


def _important(
    store: DataStore, scans: Population[DataScan], activities: Population[ProcessingActivity], limits: Any
) -> bool:
    return not store.copy and matters(store, limits.labels, scans, activities)


def _why(store: DataStore, limits: Any, activities: Population[ProcessingActivity]) -> str:
    """Why it is asked for, as messages say it."""
    label = told(lambda: store.classification, otherwise=None)
    if label is not None and has_label(store, limits.labels):
        return f"is labelled {label}"
    processed = told(lambda: is_processed(store, activities), otherwise=False)
    return "holds personal data by the record of processing" if processed else "holds sensitive data by a scanner"


@control(
    "BCK-03",
    criteria=["A1.2"],
    nature="state",
    severity="high",
    where=lambda store: not store.copy,
    limits={"backup_days": 7},
    looser={"backup_days": "lower"},
    least={"backup_days": 1},
)
def test_stores_are_backed_up(store: DataStore, limits: Any) -> None:
    """Automatic backups or versions are on for every data store that is no copy itself, and reach back far enough.

    A1.2: what was overwritten or deleted by mistake can be had again only where copies or versions are kept.
    """
    assert store.backed_up, "has no automatic backups and no versions"
    days = store.backup_days
    assert days is None or days >= limits.backup_days, f"its backups reach {days} days back, limit {limits.backup_days}"


@control(
    "BCK-04",
    criteria=["A1.2"],
    nature="state",
    severity="medium",
    where=_important,
    limits={"labels": LABELS_THAT_MATTER, "protected_days": 7},
    looser={"labels": "fewer", "protected_days": "lower"},
    least={"protected_days": 1},
    against=["scans"],
    beside=["activities"],
    blind_spots={"limits.labels": LABEL_ALONE},
)
def test_important_stores_are_protected_from_deletion(
    store: DataStore, scans: Population[DataScan], activities: Population[ProcessingActivity], limits: Any
) -> None:
    """No store with one of the labels that matter can be deleted by a slip, and a lock that ends lasts some days.

    Whatever its label, one in which a scanner found something sensitive counts, and one that the record of processing
    names; one without a label is unknown. Who processes no personal data keeps a record without entries.

    A1.2: what can't be deleted by a slip stays there without a recovery.
    """
    why = _why(store, limits, activities)
    assert store.deletion_protected, f"can be deleted by a slip, and {why}"
    days = store.protected_days
    lasts = days is None or days >= limits.protected_days
    assert lasts, f"what it holds is locked for {days} days, limit {limits.protected_days}, and {why}"


@control(
    "BCK-05",
    criteria=["A1.2"],
    nature="state",
    severity="medium",
    where=_important,
    limits={"labels": LABELS_THAT_MATTER},
    looser={"labels": "fewer"},
    against=["scans"],
    beside=["activities"],
    blind_spots={"limits.labels": LABEL_ALONE},
)
def test_important_stores_survive_a_zone(
    store: DataStore, scans: Population[DataScan], activities: Population[ProcessingActivity], limits: Any
) -> None:
    """Every store with one of the labels that matter survives the loss of a zone.

    Which stores count is told as for BCK-04.

    A1.2: a store in more than one zone goes on when a data centre floods, burns or loses its power.
    """
    assert store.multi_zone, f"lies in a single zone, and {_why(store, limits, activities)}"
