"""Whether somebody looked at the data itself, and whether labels say what was found."""

from datetime import datetime
from typing import Any

from soc2test import (
    DataScan,
    DataStore,
    IntegrityCheck,
    Population,
    RestoreCheck,
    RetentionCheck,
    UnknownFact,
    any_of,
    control,
)
from soc2test_policies._ages import day, overdue, recent
from soc2test_policies._joins import problems
from soc2test_policies._labels import has_label

_ONLY_CONTRADICT = "it can but contradict a scanner that met nothing"


def _no_copy(store: DataStore) -> bool:
    return not store.copy


@control(
    "DAT-08",
    criteria=["C1.1"],
    nature="state",
    supports={"CC6.1": "what has to be protected is looked for, not only labelled"},
    severity="medium",
    where=_no_copy,
    limits={"days": 90, "unread_percent": 20},
    looser={"days": "higher", "unread_percent": "higher"},
    against=["answers", "checks", "restored"],
    blind_spots={
        "scans": "one scanner that looked lately is enough, whatever another one did not do",
        **dict.fromkeys(("answers", "checks", "restored"), _ONLY_CONTRADICT),
    },
)
def test_stores_are_searched_for_sensitive_data(
    store: DataStore,
    scans: Population[DataScan],
    answers: Population[RetentionCheck],
    checks: Population[IntegrityCheck],
    restored: Population[RestoreCheck],
    limits: Any,
    as_of: datetime,
) -> None:
    """A scanner looked for sensitive data in every store that is no copy, lately and in nearly all of it.

    `unread_percent` is how much of what a store holds may be of types that the scanner can't read. That a store holds
    nothing is told by a look within the same `days`: it may have been filled since. It is unknown where a query for the
    age of its data, a check of its records or a restore counted some: then the scanner did not get at them.

    C1.1: what is confidential is found by looking at the data; a label is what somebody believed once.
    """
    looks = scans.all("store", store.id)

    def wrong(scan: DataScan) -> str:
        problem = overdue("last searched", scan.scanned_at, limits.days, as_of)
        if not problem and not scan.items and not scan.unread:
            _raise_where_it_holds_something(store, answers, checks, restored)
        if problem or scan.unread * 100 <= limits.unread_percent * max(scan.items, scan.unread):
            return problem
        return f"{scan.unread} of {scan.items} items can't be read by {scan.scanner}, limit {limits.unread_percent} %"

    if any_of(looks, lambda scan: not wrong(scan)):
        return
    assert looks.hits, f"no scanner had looked into it by {day(as_of)}"
    problem = problems(wrong, looks)
    assert not problem, problem


def _raise_where_it_holds_something(
    store: DataStore,
    answers: Population[RetentionCheck],
    checks: Population[IntegrityCheck],
    restored: Population[RestoreCheck],
) -> None:
    """Whatever its counts are of: a store of which anybody counted records is not empty."""
    counted = (
        *(answer.records for answer in answers.all("store", f"{store.source}:{store.name}").hits),
        *(check.listed for check in checks.all("store", store.id).hits),
        *(check.expected_count for check in restored.all("store", store.id).hits),
    )
    if any(counted):
        text = f"a scanner met nothing in it, and {max(counted)} records of it were counted elsewhere"
        raise UnknownFact("items", text)


@control(
    "DAT-09",
    criteria=["C1.1"],
    nature="state",
    severity="high",
    where=_no_copy,
    limits={"labels": ("confidential", "restricted"), "days": 90},
    looser={"labels": "more", "days": "higher"},
    against=["answers", "checks", "restored"],
    blind_spots=dict.fromkeys(("answers", "checks", "restored"), _ONLY_CONTRADICT),
)
def test_labels_agree_with_what_scanners_found(
    store: DataStore,
    scans: Population[DataScan],
    answers: Population[RetentionCheck],
    checks: Population[IntegrityCheck],
    restored: Population[RestoreCheck],
    limits: Any,
    as_of: datetime,
) -> None:
    """No store in which a scanner found sensitive data is labelled as one that holds none.

    `labels` are the classes that sensitive data may have. What a scanner found once contradicts a label for ever; that
    it found nothing bears one out for `days`. What nobody looked at since is unknown here, and so is a store in which a
    scanner met nothing at all, and others counted some, as for DAT-08.

    C1.1: controls over confidential data go by the label, so that a wrong one takes the store out of all of them.
    """
    if has_label(store, limits.labels):
        return
    looks = scans.all("store", store.id)
    found = any_of(looks, lambda scan: scan.sensitive)
    label = "not labelled" if store.classification is None else f"labelled {store.classification}"
    assert not found, f"is {label}, and a scanner found sensitive data in it"

    def bears_it_out(scan: DataScan) -> bool:
        if not recent(scan.scanned_at, limits.days, as_of):
            return False
        if not scan.items and not scan.unread:
            _raise_where_it_holds_something(store, answers, checks, restored)
        return True

    if not any_of(looks, bears_it_out):
        since = f"in the {limits.days} days before {day(as_of)}"
        raise UnknownFact("", f"no scanner looked into it {since}, so that nothing tells whether its label is right")
