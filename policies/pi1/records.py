"""What is stored of results: kept from change, and held against what it was."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

from soc2test import DataStore, IntegrityCheck, Person, Population, ProcessingJob, UnknownFact, control
from soc2test_policies._ages import WINDOW, day, disorder, in_window, late, overdue
from soc2test_policies._documents import of_another
from soc2test_policies._joins import problems
from soc2test_policies._named import signer_problem
from soc2test_policies._newest import newest
from soc2test_policies._processing import jobs_told


@control(
    "PRC-13",
    criteria=["PI1.5"],
    nature="state",
    severity="high",
    operates="continuously",
    limits={"kept_days": 31},
    looser={"kept_days": "lower"},
    least={"kept_days": 1},
    complete=jobs_told,
)
def test_stored_results_are_kept_from_change(
    job: ProcessingJob, data_stores: Population[DataStore], limits: Any
) -> None:
    """Every store of a processing job's results keeps former versions of what changes, and can't be deleted.

    Former versions stay for `kept_days` at least, and so does a lock that ends by itself: PRC-14 asks for a check of
    each record once a month, and what it finds must be there to be put back.

    PI1.5: a stored record that is overwritten or deleted can be told from the one that was stored, and put back.
    """
    assert job.stores, "its specification names no store that keeps its results"
    for id in job.stores:
        stores = data_stores.all("id", id).hits or tuple(data_stores.all("id", id))
        assert stores, f"no export tells of its store {id}"
        for store in stores:
            assert store.versioned, f"{id} keeps no former versions: what was overwritten is lost"
            assert store.deletion_protected, f"{id} is not protected from deletion"
            spans = (
                ("protects what is stored", lambda store=store: store.protected_days),
                ("keeps former versions", lambda store=store: store.backup_days),
            )
            problem = problems(partial(_ends_early, limits.kept_days), spans)
            assert not problem, f"{id} {problem}"


def _ends_early(limit: int, span: tuple[str, Callable[[], int | None]]) -> str:
    what, ask = span
    days = ask()
    return f"{what} for {days} days, limit {limit}" if days is not None and days < limit else ""


@control(
    "PRC-14",
    criteria=["PI1.5"],
    nature="state",
    severity="medium",
    operates="monthly",
    limits={"check_days": 31, "resolve_days": 5, "fall_percent": 20},
    looser={"check_days": "higher", "resolve_days": "higher", "fall_percent": "higher"},
    complete=jobs_told,
    blind_spots={"checks": "one beside the newest can but add records that differed, or show that some are gone"},
)
def test_stored_results_are_checked(
    job: ProcessingJob,
    checks: Population[IntegrityCheck],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """All records of each store of results were compared with what was stored, and what differed was seen to in days.

    How many a store holds is the number of the check; of several checks of one moment each counts. Where that is more
    than `fall_percent` lower than by the check before, in any two checks that follow each other within the year, it is
    unknown whether the others were deleted as they should, lost, or not counted, unless a person explained it.
    The record of a check is that of no other day.

    PI1.5: that nothing was lost or changed is known where all of it is compared, not where a rule forbids it.
    """
    assert job.stores, "its specification names no store whose records could be checked"
    limit = timedelta(days=limits.resolve_days)
    for store in job.stores:
        own = list(checks.all("store", store))
        last = newest(own, lambda check: check.done_at)
        problem = overdue("last checked", last[0].done_at if last else None, limits.check_days, as_of)
        assert not problem, f"{store} was {problem}"
        problem = problems(lambda check: _shown_by_another(check, checks), own)
        assert not problem, f"{store}: {problem}"
        problem = problems(_not_all, last) or problems(lambda check: _mismatch(check, persons, limit, as_of), own)
        assert not problem, f"{store}: {problem}"
        problem = problems(lambda pair: _fall(*pair, limits.fall_percent, persons, as_of), _neighbours(own, as_of))
        assert not problem, f"{store}: {problem}"


def _shown_by_another(check: IntegrityCheck, checks: Population[IntegrityCheck]) -> str:
    return of_another(
        check,
        checks,
        document=lambda each: each.document,
        moment=lambda each: each.done_at,
        subject=lambda each: each.store,
    )


def _not_all(check: IntegrityCheck) -> str:
    if check.checked >= check.listed > 0:
        return ""
    return f"{check.checked} records were compared of the {check.listed} that it held"


def _neighbours(checks: Sequence[IntegrityCheck], as_of: datetime) -> list[tuple[IntegrityCheck, IntegrityCheck]]:
    """Each check of the year with the one before. Of two of one moment the one that held less comes last."""
    in_order = sorted(checks, key=lambda check: (check.done_at, -check.listed))
    return [(before, check) for before, check in pairwise(in_order) if in_window(check.done_at, WINDOW, as_of)]


def _fall(
    before: IntegrityCheck, check: IntegrityCheck, percent: int, persons: Population[Person], as_of: datetime
) -> str:
    """What is wrong with the explanation of a fall. Raises `UnknownFact` where nobody explained one."""
    if check.listed * 100 >= before.listed * (100 - percent):
        return ""
    then, now = day(before.done_at), day(check.done_at)
    fell = f"{check.store} held {before.listed} records on {then}, and {check.listed} on {now}"
    if check.fall_explanation is None or check.fall_explained_at is None:
        raise UnknownFact("listed", f"{fell}: where are the others?")
    problem = disorder(as_of, ("checked", check.done_at), ("explained", check.fall_explained_at))
    problem = problem or signer_problem("explainer", check.fall_explained_by, check.fall_explained_at, persons)
    return problem and f"{fell}: {problem}"


def _mismatch(check: IntegrityCheck, persons: Population[Person], limit: timedelta, as_of: datetime) -> str:
    if not check.mismatched:
        return ""
    if check.mismatched > check.checked:
        text = f"{check.mismatched} records differed of the {check.checked} that were compared"
        raise UnknownFact("mismatched", text)
    at = check.resolved_at
    if at is None:
        return f"{check.mismatched} records differed on {day(check.done_at)}, and nobody repaired or explained them"
    problem = disorder(as_of, ("checked", check.done_at), ("resolved", at))
    problem = problem or late("resolved", at, check.done_at, limit, as_of)
    return problem or signer_problem("resolver", check.resolved_by, at, persons)
