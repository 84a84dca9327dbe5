"""How long personal data is kept, and whether it is gone everywhere once it has to be."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from soc2test import (
    DataStore,
    DataSubjectRequest,
    Disclosure,
    Person,
    Population,
    ProcessingActivity,
    RetentionCheck,
    UnknownFact,
    control,
    deviation,
)
from soc2test_policies._ages import day, disorder, late, overdue
from soc2test_policies._documents import of_another
from soc2test_policies._forwarded import is_wrongly_forwarded, wrongly_forwarded
from soc2test_policies._joins import known, problems
from soc2test_policies._newest import newest
from soc2test_policies._one_person import are_two
from soc2test_policies._open_events import of_the_year
from soc2test_policies._people import named_problem
from soc2test_policies._personal_data import went_on
from soc2test_policies._privacy_counts import requests_counted


@control(
    "PRV-16",
    criteria=["P4.2"],
    nature="state",
    severity="high",
    operates="quarterly",
    limits={"measure_days": 92, "grace_days": 31},
    looser={"measure_days": "higher", "grace_days": "higher"},
    blind_spots={
        "RetentionCheck.records": "a store without records has no oldest one, and any number of records has one",
        "checks": "of several answers of a store to one question the last counts",
    },
)
def test_nothing_is_older_than_its_purpose_needs(
    activity: ProcessingActivity,
    checks: Population[RetentionCheck],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every purpose says how long its data is kept, and each store was asked lately: its oldest record is within it.

    Of each question that a store was asked lately the last answer counts, and each of those that bear one moment: of a
    table and of its archive both are asked. Somebody who worked here asked, and the answer is kept as a document, which
    is that of no other day. `grace_days` is how long what is due may wait for the run that deletes it. Whoever gets
    data all the time is named with a store of theirs, so that what vendors keep is asked for too.

    P4.2: data is kept no longer than its purpose needs where the oldest record of each store shows it, not the rule.
    """
    assert activity.retention_days is not None, "nobody says how long its data is kept"
    assert activity.stores, "nobody says where its data lies"
    holders = {store.partition(":")[0] for store in activity.stores}
    left_out = sorted({*activity.recipients} - holders)
    assert not left_out, f"{', '.join(left_out)} gets data, and no store of theirs is named"
    allowed = timedelta(days=activity.retention_days + limits.grace_days)

    def problem_of(store: str) -> str:
        own = [check for check in checks.all("activity", activity.id) if check.store == store]
        last = newest(own, _measured)
        problem = overdue("last asked", last[0].measured_at if last else None, limits.measure_days, as_of)
        if problem:
            return f"{store} was {problem}"
        return problems(
            lambda check: _too_old(activity, check, allowed, limits) or _unshown(check, checks, persons),
            _last_of_each_question(own, limits.measure_days, as_of),
        )

    problem = problems(problem_of, activity.stores)
    assert not problem, problem


def _measured(check: RetentionCheck) -> datetime:
    return check.measured_at


def _last_of_each_question(checks: Sequence[RetentionCheck], days: int, as_of: datetime) -> list[RetentionCheck]:
    """Answers of the last `days`: one that was asked before is not a question of the store any more."""
    by_query: dict[str, list[RetentionCheck]] = {}
    for check in checks:
        if not overdue("", check.measured_at, days, as_of):
            by_query.setdefault(" ".join(check.query.split()).casefold(), []).append(check)
    return [check for asked in by_query.values() for check in newest(asked, _measured)]


def _unshown(check: RetentionCheck, checks: Population[RetentionCheck], persons: Population[Person]) -> str:
    """What is wrong with who asked a store, and with what is kept of its answer."""
    if check.document is None:
        return f"what {check.store} answered is not kept"
    problem = of_another(
        check,
        checks,
        document=lambda each: each.document,
        moment=lambda each: each.measured_at,
        subject=lambda each: each.store,
    )
    problem = problem or named_problem("asker", check.measured_by, check.measured_at, persons)
    return problem and f"{check.store}: {problem}"


def _too_old(activity: ProcessingActivity, last: RetentionCheck, allowed: timedelta, limits: Any) -> str:
    store = last.store
    if not last.query:
        return f"{store} was asked, and nobody says what"
    if (last.records == 0) != (last.oldest_at is None):
        return f"{store} holds {last.records} records, and {'one' if last.oldest_at else 'none'} is the oldest"
    if last.oldest_at is None:
        return ""
    if problem := disorder(last.measured_at, ("last used", last.oldest_at)):
        return f"the oldest record in {store} was {problem}"
    age = last.measured_at - last.oldest_at
    limit = f"limit {activity.retention_days} and {limits.grace_days}"
    return f"{store} holds a record of {age.days} days on {day(last.measured_at)}, {limit}" if age > allowed else ""


def named_stores_are_there(stores: Population[DataStore], activities: Population[ProcessingActivity]) -> None:
    """What the record of processing calls a store of a source is one by the lists of that source."""
    listed = {f"{store.source}:{store.name}" for store in stores.members}
    sources = {store.source for store in stores.members}
    for activity in activities.members:
        for name in activity.stores:
            if name.partition(":")[0] in sources and name not in listed:
                deviation(activity, f"{activity.id} names {name}, which is no store by the lists of its source")


@control(
    "PRV-17",
    criteria=["P4.3"],
    nature="state",
    severity="medium",
    where=lambda store, activities: bool(activities.all("stores", f"{store.source}:{store.name}")),
    limits={"backup_days": 92, "locked_days": 366},
    looser={"backup_days": "higher", "locked_days": "higher"},
    complete=named_stores_are_there,
)
def test_backups_of_personal_data_run_out(
    store: DataStore, activities: Population[ProcessingActivity], limits: Any
) -> None:
    """What is deleted from a store that the record of processing names is gone from its backups within a few months.

    How far backups reach is the store's own setting. `locked_days` is for how long a lock may keep what is stored from
    being deleted at all: of records of access, which are locked for a year.

    P4.3: data is destroyed where it is deleted once the last copy that a backup keeps of it has run out.
    """
    purposes = ", ".join(activity.id for activity in activities.all("stores", f"{store.source}:{store.name}").hits)
    days = store.backup_days
    if days is None and store.backed_up:
        raise UnknownFact("backup_days", "nothing tells after how many days its backups or versions run out")
    assert days is None or days <= limits.backup_days, (
        f"its backups or versions, of {purposes}, are kept {days} days, limit {limits.backup_days}"
    )
    locked = store.protected_days
    assert locked is None or locked <= limits.locked_days, (
        f"nobody can delete what it holds, of {purposes}, for {locked} days, limit {limits.locked_days}"
    )


def _deleted(request: DataSubjectRequest, activities: Population[ProcessingActivity], as_of: datetime) -> bool:
    if request.kind != "deletion":
        return False
    if request.outcome not in ("granted", "partly"):
        lately = of_the_year(request.received_at, request.answered_at, as_of=as_of)
        return lately and is_wrongly_forwarded(request, activities)
    return of_the_year(request.received_at, request.deleted_at, request.deletion_checked_at, as_of=as_of)


@control(
    "PRV-18",
    criteria=["P4.3"],
    nature="event",
    dated="received_at",
    severity="high",
    operates="per event",
    where=_deleted,
    limits={"delete_days": 92, "look_days": 31},
    looser={"delete_days": "higher", "look_days": "higher"},
    on_empty="no_occurrences",
    agrees=requests_counted,
    complete=requests_counted,
    blind_spots={
        "DataSubjectRequest.channel": "is asked where the register is held against the counts, which no row shows",
    },
)
def test_what_people_want_deleted_is_gone_everywhere(
    request: DataSubjectRequest,
    activities: Population[ProcessingActivity],
    disclosures: Population[Disclosure],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Each granted deletion of the year was carried out in every store of its purposes, and another person looked.

    The stores are those that the record of processing names, vendors' too, and one at each recipient of a disclosure
    that went on on the day of the deletion: the record is that of today. Who looked for what is left is not who
    answered the request, and looks within `look_days` of the deletion. One of our own data was not carried out by
    forwarding it. Of the year is what came in or was carried out in it, and what is not done or looked at yet,
    however old it is.

    P4.3: a request to delete is carried out where nothing is left in any store, which somebody else has seen.
    """
    problem = wrongly_forwarded(request, activities)
    assert not problem, problem
    wanted = _stores(request, activities)
    done, limit = request.deleted_at, timedelta(days=limits.delete_days)
    left = sorted(wanted - {*request.deleted_in})
    assert done is None or not left, f"was not deleted in {', '.join(left)}"
    problem = disorder(as_of, ("received", request.received_at), ("deleted", done))
    problem = problem or late("deleted", done, request.received_at, limit, as_of)
    assert not problem, problem
    assert done is not None
    looked = request.deletion_checked_at
    problem = disorder(as_of, ("deleted", done), ("looked for", looked))
    problem = problem or late("looked at again by another", looked, done, timedelta(days=limits.look_days), as_of)
    assert not problem, problem
    assert looked is not None
    checker = request.deletion_checked_by
    problem = named_problem("checker", checker, looked, persons)
    assert not problem, problem
    assert request.answered_by is not None, "was granted, and nobody is named who answered"
    assert checker is not None
    assert are_two(checker, request.answered_by, persons), f"{checker} answered it and looked alone"
    problem = problems(lambda id: _kept_by_others(request, done, disclosures, id), request.activities)
    assert not problem, problem


def _kept_by_others(
    request: DataSubjectRequest, done: datetime, disclosures: Population[Disclosure], activity: str
) -> str:
    """Who had the data of a purpose when it was deleted, and is not among the places in which it was.

    Raises `UnknownFact` where another may have had it.
    """
    flows, unknown = known(disclosures.all("activity", activity), lambda flow: went_on(flow, done))
    holders = {place.partition(":")[0] for place in request.deleted_in}
    left = sorted({flow.recipient for flow in flows} - holders)
    if unknown is not None and not left:
        raise unknown
    return f"was not deleted at {', '.join(left)}, which got data of {activity} then" if left else ""


def _stores(request: DataSubjectRequest, activities: Population[ProcessingActivity]) -> set[str]:
    assert request.activities, "was granted, and no entry of the record of processing is named for the data"
    found: set[str] = set()
    for id in request.activities:
        activity = activities.one("id", id)
        assert activity is not None, f"the record of processing has no {id}"
        found |= {*activity.stores}
    return found
