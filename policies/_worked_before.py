"""What shows that somebody worked here before the register of people says so: a first day that is typed excuses nobody.

An account is made ready some days before, and what was of an earlier time of work is that one's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from soc2test import (
    AccessDecision,
    AccessReview,
    AccountEvent,
    Change,
    Identity,
    Person,
    Population,
    Repository,
    Spell,
    UnknownFact,
    Writer,
    normal_email,
)
from soc2test_policies._ages import day
from soc2test_policies._committers import written_by
from soc2test_policies._joins import told
from soc2test_policies._people import breaks
from soc2test_policies._removals import of_identity
from soc2test_policies._reviews import systems_of

__all__ = [
    "AGAINST", "Shown", "Trace", "accounts_made", "events_of", "of_address", "raise_if_worked_before", "worked_before",
]  # fmt: skip

AGAINST = ("identities", "events", "reviews", "decisions", "changes", "repositories")
"""What a control joins for it: these can but contradict."""
_CLOCKS_DIFFER = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What tells of somebody's work beside the register of people."""

    identities: Population[Identity]
    events: Population[AccountEvent]
    reviews: Population[AccessReview]
    decisions: Population[AccessDecision]
    changes: Population[Change]
    repositories: Population[Repository]


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What was there or done, in words, and when."""

    text: str
    at: datetime
    ready: bool
    """may be done to make ready what somebody will work with"""
    begins: bool = True
    """where somebody had left before, it is none of what was left over from then"""


def raise_if_worked_before(person: Person, shown: Shown, ready_days: float) -> None:
    """Raises `UnknownFact` where something shows work before the first day by the register of people."""
    if text := worked_before(person, shown, ready_days):
        raise UnknownFact("started_at", text, code="conflict")


def worked_before(person: Person, shown: Shown, ready_days: float) -> str:
    """What shows that somebody worked here before the first day by the register, or between two times of work; ""
    where nothing does. An account may be there `ready_days` earlier.
    """
    if not told(lambda: person.email, otherwise=""):
        return ""
    ready = timedelta(days=ready_days)
    traces = _traces(person, shown)
    found = [(trace.at, trace.text, start) for trace in traces if (start := _day_of(trace, person, ready))]
    if not found:
        return ""
    at, text, start = min(found)
    return (
        f"came on {day(start)} by the register of people, and {text} on {day(at)}: correct the day (started_at), or "
        "write an earlier time of work as a row of its own"
    )


def _day_of(trace: Trace, person: Person, ready: timedelta) -> datetime | None:
    """The start of work that it contradicts, if any."""
    slack = ready if trace.ready else _CLOCKS_DIFFER
    spells: tuple[Spell, ...] = told(lambda: person.spells, otherwise=())
    first = min((spell.started_at for spell in spells), default=person.started_at)
    if trace.at < first - slack:
        return first
    away = breaks(person) if spells and trace.begins else ()
    return next((back for ended, back in away if ended + ready < trace.at < back - slack), None)


def _traces(person: Person, shown: Shown) -> Iterator[Trace]:
    own, written = list(of_address(person, shown.identities)), list(_written(person, shown.changes))
    yield from accounts_made(own)
    yield from _logged(person, own, shown.events)
    yield from _decided_on([*own, *_of_writer(written, shown.identities)], shown)
    yield from _merged((change for change, _ in written), shown.repositories)


def _logged(person: Person, own: list[Identity], events: Population[AccountEvent]) -> Iterator[Trace]:
    for text, event in events_of(person, own, events):
        at = told(lambda event=event: event.happened_at, otherwise=None)  # type: ignore[misc]
        let_in = told(lambda event=event: event.action == "enabled", otherwise=False)  # type: ignore[misc]
        if at is not None:
            yield Trace(text=text, at=at, ready=True, begins=let_in)


def of_address(person: Person, identities: Population[Identity]) -> Iterator[Identity]:
    """The accounts that bear somebody's address; one that the register gives may have been another's before."""
    by_address = [*identities.all("email", person.email).hits, *identities.all("name", person.email).hits]
    yield from {identity.id: identity for identity in by_address}.values()


def accounts_made(own: list[Identity]) -> Iterator[Trace]:
    """When each of the accounts was made."""
    for identity in own:
        made = told(lambda identity=identity: identity.created_at, otherwise=None)  # type: ignore[misc]
        if made is not None:
            yield Trace(text=f"{identity.source} made an account", at=made, ready=True)


def events_of(
    person: Person, own: list[Identity], events: Population[AccountEvent]
) -> Iterator[tuple[str, AccountEvent]]:
    """What logs tell of the accounts and of those with the person's address, whether they are listed or not."""
    listed: list[AccountEvent] = []
    for identity in own:
        nothing: list[AccountEvent] = []
        listed += told(lambda identity=identity: of_identity(identity, events), otherwise=nothing)  # type: ignore[misc]
    for event in (*listed, *events.all("account", person.email).hits):
        yield f"{event.source} tells of account {event.account}", event


def _written(person: Person, changes: Population[Change]) -> Iterator[tuple[Change, str]]:
    """The merged changes with commits of somebody's own, and the account that wrote them: the commits bear the address.

    That tells it from the work of a program that somebody answers for, and of who had the account before.
    """
    address = normal_email(person.email)
    listed: tuple[str, ...] = told(lambda: person.accounts, otherwise=())
    for source, _, login in (account.partition(":") for account in listed):
        for change in written_by(source, login, changes):
            nobody: tuple[Writer, ...] = ()
            for writer in told(lambda change=change: change.writers, otherwise=nobody):  # type: ignore[misc]
                if writer.human and writer.address is not None and normal_email(writer.address) == address:
                    yield change, writer.login


def _of_writer(written: list[tuple[Change, str]], identities: Population[Identity]) -> Iterator[Identity]:
    for source, login in sorted({(change.source, login) for change, login in written}):
        yield from (each for each in identities.all("name", login).hits if each.source == source)


def _decided_on(own: list[Identity], shown: Shown) -> Iterator[Trace]:
    """The reviews that left an account on. After somebody left they say nothing: IAM-07 asks whether it was off."""
    for identity in own:
        names = {identity.id, told(lambda identity=identity: identity.name, otherwise=identity.id)}  # type: ignore[misc]
        for decision in (each for name in sorted(names) for each in _decisions(name, shown.decisions)):
            for review in shown.reviews.all("id", decision.review).hits:
                done = told(lambda review=review: review.completed_at, otherwise=None)  # type: ignore[misc]
                if done is not None and _is_of(identity, review):
                    text = f"review {review.id} decided on {identity.source} account {decision.account}"
                    yield Trace(text=text, at=done, ready=True, begins=False)


def _is_of(identity: Identity, review: AccessReview) -> bool:
    return told(lambda: review.system in systems_of(identity), otherwise=False)


def _decisions(name: str, decisions: Population[AccessDecision]) -> list[AccessDecision]:
    found = (*decisions.all("account", name).hits, *decisions.alike("account", name))
    return [decision for decision in found if told(lambda decision=decision: _left_on(decision), otherwise=False)]  # type: ignore[misc]


def _left_on(decision: AccessDecision) -> bool:
    return bool(decision.review) and decision.decision in ("keep", "change")


def _merged(changes: Iterator[Change], repositories: Population[Repository]) -> Iterator[Trace]:
    """When the changes were merged; to a public repository anybody may have contributed."""
    for change in changes:
        at = told(lambda change=change: change.merged_at, otherwise=None)  # type: ignore[misc]
        of_name = repositories.all("name", change.repository).hits
        public = any(told(lambda each=each: each.public, False) for each in of_name if each.source == change.source)  # type: ignore[misc]
        if at is not None and not public:
            name = f"{change.source} change {change.repository}#{change.number}"
            yield Trace(text=f"{name} with commits of that address was merged", at=at, ready=False)
