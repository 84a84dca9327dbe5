"""What every exception needs: a reason with content, an owner, another approver, and days that are in force."""

from datetime import date

from soc2test.errors import ProgrammeError
from soc2test.evidence.placeholders import is_placeholder
from soc2test.exceptions.named_people import People, same_person
from soc2test.exceptions.records import Approval, Place
from soc2test.exceptions.says_little import says_little

__all__ = ["a_year_after", "wrong_approval", "wrong_days", "wrong_people", "wrong_words"]

_LEAST_WORDS = 3


def wrong_approval(approval: Approval, people: People, today: date) -> ProgrammeError | None:
    """The first rule that an approval breaks, None where it is in force on `today`."""
    place = approval.place
    if (wrong := wrong_words(approval)) is not None or (wrong := _not_two(approval, people)) is not None:
        return wrong
    if (wrong := wrong_days(place, ("since", approval.since), ("review_by", approval.review_by), today)) is not None:
        return wrong
    return _not_here(approval, people)


def wrong_words(approval: Approval) -> ProgrammeError | None:
    """What is wrong with an approval by its own words, whoever works here."""
    place = approval.place
    if says_little(approval.reason, _LEAST_WORDS):
        return place.at("reason").refuse("says nothing: write in a sentence why this is an exception")
    for role, email in (("owner", approval.owner), ("approver", approval.approver)):
        if is_placeholder(email):
            return place.at(role).refuse("names nobody: write the e-mail address of somebody who works here")
    if same_person(approval.owner, approval.approver):
        return place.at("approver").refuse("the approver must be somebody else than the owner")
    return None


def wrong_people(approval: Approval, people: People) -> ProgrammeError | None:
    """Why owner and approver are not two people who work here and did on its first day."""
    return _not_two(approval, people) or _not_here(approval, people)


def _not_two(approval: Approval, people: People) -> ProgrammeError | None:
    if why := people.maybe_one(approval.owner, approval.approver):
        return approval.place.at("approver").refuse(f"{why}: the approver must be another person than the owner")
    return None


def _not_here(approval: Approval, people: People) -> ProgrammeError | None:
    for role, email in (("owner", approval.owner), ("approver", approval.approver)):
        if why := people.wrong(email, (approval.since,)):
            who = f"who owns or approves an exception works here, and did on {approval.since}"
            return approval.place.at(role).refuse(f"{why}; {who}")
    return None


def wrong_days(place: Place, first: tuple[str, date], last: tuple[str, date], today: date) -> ProgrammeError | None:
    """What is wrong with the first and the last day on which an entry is in force, each with its key."""
    if first[1] > today:
        return place.at(first[0]).refuse(f"{first[1]} lies after {today}: nothing is in force before its day")
    if last[1] < today:
        return place.at(last[0]).refuse(
            f"has passed on {last[1]}, so that it has no force on {today}: have it approved anew, or take it out"
        )
    if last[1] > a_year_after(first[1]):
        return place.at(last[0]).refuse(f"must be at most a year after {first[0]}, which is {a_year_after(first[1])}")
    return None


def a_year_after(day: date) -> date:
    """The same day of the next year, the first of March for the last of February of a leap year."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1) if day.year < date.max.year else date.max
