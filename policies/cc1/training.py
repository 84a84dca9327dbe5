"""Security training, on hire and each year."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import (
    AccessDecision,
    AccessReview,
    AccountEvent,
    Change,
    Identity,
    Person,
    Population,
    Repository,
    TrainingRecord,
    UnknownFact,
    any_of,
    control,
)
from soc2test_policies._ages import day
from soc2test_policies._joiners import nobody_joined
from soc2test_policies._joins import known, told
from soc2test_policies._people import joined_at, left
from soc2test_policies._worked_before import AGAINST, Shown, raise_if_worked_before, worked_before

_RESULTS = ("passed", "attended")
_THESE_WEEKS = timedelta(days=31)
"""A course that asks for more from a day on does so for everybody who takes it then."""


def _joined_lately(
    person: Person,
    identities: Population[Identity],
    events: Population[AccountEvent],
    reviews: Population[AccessReview],
    decisions: Population[AccessDecision],
    changes: Population[Change],
    repositories: Population[Repository],
    limits: Any,
    as_of: datetime,
) -> bool:
    """Those whose training on hire fell due within the window; one who left before that owed none.

    Also those whose training is not due yet by a first day that something contradicts.
    """
    due = person.started_at + timedelta(days=limits.hire_days)
    stayed = person.ended_at is None or person.ended_at > due
    if due <= as_of or not stayed:
        return stayed and as_of - due <= timedelta(days=limits.window_days)
    shown = Shown(
        identities=identities,
        events=events,
        reviews=reviews,
        decisions=decisions,
        changes=changes,
        repositories=repositories,
    )
    return bool(worked_before(person, shown, limits.ready_days))


@control(
    "PPL-04",
    criteria=["CC1.4"],
    nature="event",
    dated="started_at",
    supports={"CC2.2": "people hear of their security duties when they start"},
    severity="medium",
    operates="per event",
    where=_joined_lately,
    limits={
        "course": "security-awareness",
        "hire_days": 30,
        "early_days": 30,
        "ready_days": 30,
        "window_days": 365,
        "result": "passed",
    },
    looser={
        "hire_days": "higher",
        "early_days": "higher",
        "ready_days": "higher",
        "window_days": "lower",
        "result": "higher",
    },
    least={"window_days": 1},
    words={"result": _RESULTS},
    on_empty="no_occurrences",
    agrees=nobody_joined,
    against=AGAINST,
    blind_spots={
        "Person.started_at": "who joined longer ago than the window is left to PPL-05, the yearly training",
        "TrainingRecord.score": "a certificate shows it as well; a score below the mark can but contradict it",
        "TrainingRecord.pass_mark": "a certificate shows it as well; a score below the mark can but contradict it",
    },
)
def test_people_are_trained_on_hire(
    person: Person,
    records: Population[TrainingRecord],
    identities: Population[Identity],
    events: Population[AccountEvent],
    reviews: Population[AccessReview],
    decisions: Population[AccessDecision],
    changes: Population[Change],
    repositories: Population[Repository],
    limits: Any,
    as_of: datetime,
) -> None:
    """Everybody who joined within the year, contractors and leavers too, passed the training within days of joining.

    A score that reaches the pass mark, or a certificate, shows that it was passed; `result: attended` asks for less. A
    score is unknown where others of the same course had to reach more in those weeks.
    Who took it again since is told by the first time (`first_completed_at`), with the result of the last. What was
    passed more than `early_days` before the start was for somebody else's work. The first day is unknown where an
    account was there more than `ready_days` before it.

    CC1.4: who is new learns the duties of security that come with the work before long.
    """
    due = person.started_at + timedelta(days=limits.hire_days)
    early = timedelta(days=limits.early_days)
    since = joined_at(person, early) - early
    own = records.all("person_email", person.email)
    assert due > as_of or any_of(own, lambda record: _done(record, records, limits, due, since)), (
        f"started on {day(person.started_at)} and did not {_what(limits)} by {day(due)}, limit {limits.hire_days}"
    )
    shown = Shown(
        identities=identities,
        events=events,
        reviews=reviews,
        decisions=decisions,
        changes=changes,
        repositories=repositories,
    )
    raise_if_worked_before(person, shown, limits.ready_days)


@control(
    "PPL-05",
    criteria=["CC1.4"],
    nature="state",
    supports={"CC2.2": "security awareness is kept up"},
    severity="medium",
    operates="yearly",
    where=lambda person, as_of: not left(person, as_of),
    limits={"course": "security-awareness", "hire_days": 30, "ready_days": 30, "yearly_days": 365, "result": "passed"},
    words={"result": _RESULTS},
    looser={"hire_days": "higher", "ready_days": "higher", "yearly_days": "higher", "result": "higher"},
    against=AGAINST,
    blind_spots={
        "limits.ready_days": "who joined lately and had an account long before is three changes away from what holds",
    },
)
def test_people_are_trained_each_year(
    person: Person,
    records: Population[TrainingRecord],
    identities: Population[Identity],
    events: Population[AccountEvent],
    reviews: Population[AccessReview],
    decisions: Population[AccessDecision],
    changes: Population[Change],
    repositories: Population[Repository],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every active person passed the security training within the year, or joined only lately.

    A score that reaches the pass mark, or a certificate, shows that it was passed; `result: attended` asks for less. A
    score is unknown where others of the same course had to reach more in those weeks.
    Whether who joined lately did is unknown where an account was there more than `ready_days` before.

    CC1.4: what people know of security fades, and threats change: training each year keeps it up.
    """
    if as_of - person.started_at <= timedelta(days=limits.hire_days):
        shown = Shown(
            identities=identities,
            events=events,
            reviews=reviews,
            decisions=decisions,
            changes=changes,
            repositories=repositories,
        )
        raise_if_worked_before(person, shown, limits.ready_days)
        return
    since = as_of - timedelta(days=limits.yearly_days + 1)
    own = records.all("person_email", person.email)
    assert any_of(own, lambda record: _done(record, records, limits, as_of, since)), (
        f"did not {_what(limits)} in the {limits.yearly_days} days before {day(as_of)}"
    )


def _what(limits: Any) -> str:
    if limits.result == "attended":
        return f"complete {limits.course}"
    return f"pass {limits.course}, by a score or a certificate,"


def _done(
    record: TrainingRecord,
    records: Population[TrainingRecord],
    limits: Any,
    until: datetime,
    since: datetime | None = None,
) -> bool:
    if record.course != limits.course or not _completed_within(record, until, since):
        return False
    if limits.result == "attended":
        return True
    if not _has_passed(record):
        return False
    _raise_if_marked_down(record, records)
    return True


def _raise_if_marked_down(record: TrainingRecord, records: Population[TrainingRecord]) -> None:
    """Raises `UnknownFact` where a score alone shows it, by a mark that is lower than others' of these weeks."""
    if record.certificate is not None:
        return
    score, at = record.score, record.completed_at
    if score is None or at is None:
        return

    def asked_more(other: TrainingRecord) -> bool:
        mark, moment = other.pass_mark, other.completed_at
        return mark is not None and moment is not None and mark > score and abs(moment - at) <= _THESE_WEEKS

    higher, _ = known(records.all("course", record.course).hits, asked_more)
    if higher:
        text = f"its mark is {record.pass_mark}, and {higher[0].pass_mark} for {higher[0].person_email} in those weeks"
        raise UnknownFact("pass_mark", text)


def _completed_within(record: TrainingRecord, until: datetime, since: datetime | None) -> bool:
    """Whether it was completed within that time: the last time, or the first one."""

    def fits(moment: datetime | None) -> bool:
        return moment is not None and moment <= until and (since is None or moment > since)

    return fits(record.completed_at) or (record.completed_at is not None and fits(record.first_completed_at))


def _has_passed(record: TrainingRecord) -> bool:
    """Attendance alone is no result. A score below the mark is one, whatever certificate there is beside it."""
    if record.certificate is not None:
        return not told(lambda: _reaches(record) is False, False)
    return _reaches(record) is True


def _reaches(record: TrainingRecord) -> bool | None:
    """Whether the score reaches the pass mark; None where there is no such two."""
    score, mark = record.score, record.pass_mark
    return None if score is None or mark is None else score >= mark
