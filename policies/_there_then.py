"""Accounts that an access review decided on: whether its system had them then, by list, audit log and register.

A list that tells when an account was made, and a log that tells all that came after one of its events, know it for
certain. The register of people knows only who worked here: what it alone contradicts is unknown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from soc2test import AccessDecision, AccessReview, AccountEvent, Identity, Person, Spell, UnknownFact, normal_email
from soc2test_policies._ages import day
from soc2test_policies._gone import unlisted_by_place
from soc2test_policies._joins import allowed, told
from soc2test_policies._listed_then import holder_came_after, holders_of, log_of, on_by_log, reaches_back
from soc2test_policies._reviews import Reviewed, accounts_named, accounts_of, decided_at, misnamed

__all__ = ["explained"]

_DECISIONS = {word: word for word in ("keep", "change", "revoke")}
_ENDS = ("disabled", "removed")
_SAME_DAY = timedelta(days=1)
"""Rows tell days, and systems moments."""
_READY = timedelta(days=30)
"""Accounts are made ready before somebody's first day."""


@dataclass(frozen=True, kw_only=True)
class _Decided:
    """A decision, what it is held against, and when: between its list and it an account may have come and gone."""

    decision: AccessDecision
    review: AccessReview
    reviewed: Reviewed
    listed_at: datetime
    """the earliest moment at which the accounts of the review may have been listed"""

    @property
    def account(self) -> str:
        return self.decision.account

    @property
    def at(self) -> datetime:
        return decided_at(self.decision, self.review)


def explained(decision: AccessDecision, review: AccessReview, reviewed: Reviewed, listed_at: datetime) -> str:
    """What is wrong with the account that a decision names: it must be one that the system had then.

    Raises `UnknownFact` for one of which nothing tells that it was there, or only the register of people that it was
    not.
    """
    allowed("decision", decision.decision, _DECISIONS)
    decided = _Decided(decision=decision, review=review, reviewed=reviewed, listed_at=listed_at)
    sure, perhaps = accounts_named(decision.account, review.system, reviewed.identities)
    if perhaps:
        raise misnamed(decision.account, review.system)
    if sure:
        return _of_listed(sure[0], decided)
    list(accounts_of(review.system, reviewed.identities))  # raises where the list may not be whole
    return _of_unlisted(decided)


def _of_listed(identity: Identity, decided: _Decided) -> str:
    made = told(lambda: identity.created_at, None)
    if made is not None:
        anew = _made_anew(made, decided)
        return "" if anew else f"{decided.account} was made on {day(made)}, after it was decided on"
    own = log_of(identity, decided.reviewed)
    newcomer = told(lambda: holder_came_after(identity, decided.at + _SAME_DAY, decided.reviewed), otherwise=False)
    wrong = _gone_by_log(own, decided) or _came_by_log(own, newcomer, decided)
    # its list holds it: that its holder left since says nothing
    if not wrong and not _there_by_log(own, decided):
        _raise_if_holder_came_after(identity, decided)
    return wrong


def _made_anew(made: datetime, decided: _Decided) -> bool:
    """It was there, or one under its login that was gone before it was made."""
    if made <= decided.at + _SAME_DAY or _revoked_since(decided, before=made):
        return True
    places = unlisted_by_place(decided.account, decided.review.system, decided.reviewed.events)
    return any(_there_by_log(_in_order(own), decided) for own in places)


def _of_unlisted(decided: _Decided) -> str:
    reviewed, system = decided.reviewed, decided.review.system
    places = [_in_order(own) for own in unlisted_by_place(decided.account, system, reviewed.events)]
    if any(_there_by_log(own, decided) for own in places):
        return ""
    holders = _holders(decided)
    newcomer = bool(holders) and all(_not_begun(person, decided, decided.at) for person in holders)
    wrong = [_gone_by_log(own, decided) or _came_by_log(own, newcomer, decided) for own in places]
    if wrong and all(wrong):
        _raise_if_of_another_place(places, wrong[0], decided)
        return wrong[0]
    _raise_if_nobody_s(holders, decided)
    return ""


def _in_order(own: Iterable[AccountEvent]) -> list[AccountEvent]:
    of_life = [event for event in own if event.action in ("enabled", *_ENDS)]
    return sorted(of_life, key=lambda event: (event.happened_at, event.id))


def _there_by_log(own: Sequence[AccountEvent], decided: _Decided) -> bool:
    """It was let in before, or its end came after its accounts were listed."""
    told_of = _in_order(own)
    after = [event for event in told_of if event.happened_at >= decided.listed_at - _SAME_DAY]
    return on_by_log(told_of, decided.at + _SAME_DAY) or (bool(after) and after[0].action in _ENDS)


def _gone_by_log(own: Sequence[AccountEvent], decided: _Decided) -> str:
    """What is wrong where an account had ended before its accounts were listed, and was not let in until later.

    Raises `UnknownFact` where the log may lack that it was.
    """
    told_of = _in_order(own)
    until = [event for event in told_of if event.happened_at < decided.listed_at - _SAME_DAY]
    after = told_of[len(until) :]
    if not until or until[-1].action not in _ENDS or _comes_in_time(after, decided):
        return ""
    end = until[-1]
    told_by = f"{decided.account} was gone since {day(end.happened_at)}, as its audit log tells"
    text = f"{told_by}, before the accounts were listed on {day(decided.listed_at)}"
    if end.complete_after:
        return text
    if end.action == "removed":  # what was switched off alone is there still
        raise UnknownFact(
            "account",
            f"{text}; that it came back in between may be missing from the log: correct the decision, or export all "
            "of the log",
            code="conflict",
        )
    return ""


def _comes_in_time(after: Sequence[AccountEvent], decided: _Decided) -> bool:
    """What the log tells next shows that it was there: let in until the decision, or ended a second time."""
    return bool(after) and (after[0].action != "enabled" or after[0].happened_at <= decided.at + _SAME_DAY)


def _came_by_log(own: Sequence[AccountEvent], holder_came_after: bool, decided: _Decided) -> str:
    """What is wrong where the first that a log tells of an account is that it was let in after the decision.

    The log reaches back to when the accounts were listed, or the register of people says so too: what a cut log lacks
    may be an end of the account, which somebody had before.
    """
    told_of = _in_order(own)
    if not told_of or told_of[0].action != "enabled" or not told_of[0].complete_after:
        return ""
    came = told_of[0]
    if came.happened_at <= decided.at + _SAME_DAY or not (
        holder_came_after or reaches_back(came, decided.listed_at, decided.reviewed)
    ):
        return ""
    text = f"{decided.account} was let in on {day(came.happened_at)}, as its audit log tells"
    return f"{text}, after the decision of {day(decided.at)}"


def _raise_if_of_another_place(places: Sequence[Sequence[AccountEvent]], wrong: str, decided: _Decided) -> None:
    """A review of several organisations may have found the account in one whose log does not tell of it."""
    logged = {event.tenant for own in places for event in own}
    others = {identity.tenant for identity in accounts_of(decided.review.system, decided.reviewed.identities)} - logged
    if others:
        raise UnknownFact("account", f"{wrong}; no log tells whether {', '.join(sorted(others))} had it")


def _holders(decided: _Decided) -> list[Person]:
    persons, source = decided.reviewed.persons, decided.review.system.partition(":")[0]
    return [
        *persons.all("accounts", f"{source}:{decided.account}").hits,
        *persons.all("email", decided.account).hits,
    ]


def _raise_if_nobody_s(holders: Sequence[Person], decided: _Decided) -> None:
    """For an account that no list holds and no log tells of then: a person has it who worked here, or a review since
    revoked it."""
    if not holders and not _revoked_since(decided):
        raise UnknownFact(
            "account",
            f"no list of {decided.review.system} holds {decided.account}, no review revoked it since, and no person is "
            "named for it: nothing shows that it was there",
        )
    doubts = [_not_begun(person, decided, decided.at + _READY) or _left(person, decided) for person in holders]
    if doubts and all(doubts):
        raise _by_the_register(doubts[0], decided)


def _revoked_since(decided: _Decided, before: datetime | None = None) -> bool:
    """This review revoked the account, or a later one: it was there until then."""
    reviewed = decided.reviewed
    same = [
        *reviewed.decisions.all("account", decided.account).hits,
        *reviewed.decisions.alike("account", decided.account),
    ]
    for decision in same:
        if decision.decision == "revoke" and normal_email(decision.account) == normal_email(decided.account):
            for review in reviewed.reviews.all("id", decision.review).hits:
                done = _decided_at(decision, review)
                if done is not None and done >= decided.at and (before is None or done <= before):
                    return True
    return False


def _decided_at(decision: AccessDecision, review: AccessReview) -> datetime | None:
    """None for a review that is open."""
    return told(lambda: decided_at(decision, review), None)


def _spells(person: Person) -> tuple[Spell, ...]:
    nothing: tuple[Spell, ...] = ()
    return told(lambda: person.spells, nothing)


def _not_begun(person: Person, decided: _Decided, moment: datetime) -> str:
    """Says that somebody's work began after a moment; who has a second account there may have taken one over."""
    spells, there = _spells(person), f"{decided.review.system.partition(':')[0]}:"
    several = len([account for account in person.accounts if account.startswith(there)]) > 1
    if not spells or several or spells[0].started_at <= moment:
        return ""
    return f"{person.email}, who has it, came on {day(spells[0].started_at)}"


def _left(person: Person, decided: _Decided) -> str:
    """Says that somebody had left before the accounts were listed, and was not back at the decision.

    One that was left over from who had gone is what a review is to find and revoke.
    """
    begun = [spell for spell in _spells(person) if spell.started_at - _READY <= decided.at]
    ended = [spell.ended_at for spell in begun if spell.ended_at is not None]
    here = len(ended) < len(begun) or any(moment >= decided.listed_at - _SAME_DAY for moment in ended)
    if not begun or here or decided.decision.decision == "revoke":
        return ""
    return f"{person.email}, who has it, left on {day(max(ended))}"


def _raise_if_holder_came_after(identity: Identity, decided: _Decided) -> None:
    """Whose account it is may be unknown: then nothing contradicts the decision."""
    if told(lambda: holder_came_after(identity, decided.at + _READY, decided.reviewed), otherwise=False):
        person = holders_of(identity, decided.reviewed)[0]
        raise _by_the_register(f"{person.email}, who has it, came on {day(person.spells[0].started_at)}", decided)


def _by_the_register(why: str, decided: _Decided) -> UnknownFact:
    text = (
        f"{decided.account} had a decision on {day(decided.at)}; by the register of people {why}, and nothing tells "
        "that the account was there: correct the register or the decision, or export the audit log of that time"
    )
    return UnknownFact("account", text, code="conflict")
