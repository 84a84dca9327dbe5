"""What is stored of results: kept from change, and held against what it was."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from soc2test import DataStore, IntegrityCheck, Person, Population, ProcessingJob, UnknownFact, control
from soc2test_policies._ages import day, disorder, late, overdue
from soc2test_policies._joins import problems
from soc2test_policies._named import signer_problem
from soc2test_policies._processing import jobs_told


@control(
    "PRC-13",
    criteria=["PI1.5"],
    nature="state",
    severity="high",
    operates="continuously",
    complete=jobs_told,
)
def test_stored_results_are_kept_from_change(job: ProcessingJob, data_stores: Population[DataStore]) -> None:
    """Every store of a processing job's results keeps former versions of what changes, and can't be deleted.

    PI1.5: a stored record that is overwritten or deleted can be told from the one that was stored, and put back.
    """
    assert job.stores, "its specification names no store that keeps its results"
    for id in job.stores:
        stores = data_stores.all("id", id).hits or tuple(data_stores.all("id", id))
        assert stores, f"no export tells of its store {id}"
        for store in stores:
            assert store.versioned, f"{id} keeps no former versions: what was overwritten is lost"
            assert store.deletion_protected, f"{id} is not protected from deletion"


@control(
    "PRC-14",
    criteria=["PI1.5"],
    nature="state",
    severity="medium",
    operates="monthly",
    limits={"check_days": 31, "resolve_days": 5, "fall_percent": 20},
    looser={"check_days": "higher", "resolve_days": "higher", "fall_percent": "higher"},
    complete=jobs_told,
    blind_spots={"checks": "one beside the newest can but add records that differed"},
)
def test_stored_results_are_checked(
    job: ProcessingJob,
    checks: Population[IntegrityCheck],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """All records of each store of results were compared with what was stored, and what differed was seen to in days.

    How many a store holds is the number of the check. Where that is more than `fall_percent` lower than by the check
    before, it is unknown whether the others were deleted as they should, lost, or not counted.

    PI1.5: that nothing was lost or changed is known where all of it is compared, not where a rule forbids it.
    """
    assert job.stores, "its specification names no store whose records could be checked"
    limit = timedelta(days=limits.resolve_days)
    for store in job.stores:
        own = list(checks.all("store", store))
        newest = max(own, key=lambda check: check.done_at, default=None)
        problem = overdue("last checked", None if newest is None else newest.done_at, limits.check_days, as_of)
        assert not problem, f"{store} was {problem}"
        assert newest is not None
        all_of_it = newest.checked >= newest.listed > 0
        assert all_of_it, f"{store}: {newest.checked} records were compared of the {newest.listed} that it held"
        problem = problems(lambda check: _mismatch(check, persons, limit, as_of), own)
        assert not problem, f"{store}: {problem}"
        _raise_where_records_are_gone(newest, own, limits.fall_percent)


def _raise_where_records_are_gone(newest: IntegrityCheck, checks: Sequence[IntegrityCheck], percent: int) -> None:
    earlier = [check for check in checks if check.done_at < newest.done_at]
    if not earlier:
        return
    last = max(earlier, key=lambda check: check.done_at)
    if newest.listed * 100 < last.listed * (100 - percent):
        now = f"{newest.store} holds {newest.listed} records on {day(newest.done_at)}"
        raise UnknownFact("listed", f"{now}, and held {last.listed} on {day(last.done_at)}: where are the others?")


def _mismatch(check: IntegrityCheck, persons: Population[Person], limit: timedelta, as_of: datetime) -> str:
    if not check.mismatched:
        return ""
    at = check.resolved_at
    if at is None:
        return f"{check.mismatched} records differed on {day(check.done_at)}, and nobody repaired or explained them"
    problem = disorder(as_of, ("checked", check.done_at), ("resolved", at))
    problem = problem or late("resolved", at, check.done_at, limit, as_of)
    return problem or signer_problem("resolver", check.resolved_by, at, persons)
