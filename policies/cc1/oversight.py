"""Oversight of management by a body that is not management."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from soc2test import BodyMember, Meeting, Person, PolicyDocument, Population, any_of, control, normal_email
from soc2test_policies._ages import WINDOW, day, disorder, due_in_window, full_quarters, in_window, late
from soc2test_policies._bodies import Independence, seat_problem, sits_on
from soc2test_policies._documents import of_another, of_other_kind
from soc2test_policies._joins import known, problems
from soc2test_policies._named import signer_problem

_QUARTERS = WINDOW + 92
"""GOV-01 asks for the last four full quarters, of which the first may have begun a year and a quarter ago."""


def _shared_minutes(
    meeting: Meeting,
    meetings: Population[Meeting],
    members: Population[BodyMember],
    policies: Population[PolicyDocument],
) -> str:
    problem = of_other_kind(meeting.minutes, members.members, policies.members)
    return problem or of_another(meeting, meetings, lambda each: each.minutes, lambda each: each.held_at)


@control(
    "GOV-01",
    criteria=["CC1.2"],
    nature="occurrence",
    dated="held_at",
    severity="high",
    operates="quarterly",
    limits={"topic": "security", "quarters": 4, "gap_days": 184},
    looser={"quarters": "lower", "gap_days": "higher"},
    least={"quarters": 1},
    against=["members", "policies"],
    on_empty="fail",
    blind_spots={
        "members": "the determination of a member can only claim the minutes",
        "policies": "a policy can only claim the minutes",
    },
)
def test_a_board_meets_on_security_each_quarter(
    meetings: Population[Meeting],
    members: Population[BodyMember],
    policies: Population[PolicyDocument],
    limits: Any,
    as_of: datetime,
) -> None:
    """A body that oversees management dealt with security in each of the last full quarters, by its minutes.

    The register is of the board and of those to which it gave this task; in a company without a board they are the
    owners who do not manage. `gap_days` may lie between two such meetings that follow each other. Minutes that two rows
    of different days name show neither meeting, and the file of a policy or of a member's determination shows none.

    CC1.2: those who oversee management can do so only where they meet, and security comes before them.
    """
    quarters = full_quarters(as_of, limits.quarters)

    shared: dict[str, str] = {}

    def counts(meeting: Meeting) -> bool:
        if meeting.held_at > as_of or limits.topic not in meeting.topics or meeting.minutes is None:
            return False
        shared[meeting.id] = _shared_minutes(meeting, meetings, members, policies)
        return not shared[meeting.id]

    def met_between(start: datetime, end: datetime) -> bool:
        return any_of(meetings, lambda meeting: start <= meeting.held_at < end and counts(meeting))

    missing = [name for name, start, end in quarters if not met_between(start, end)]
    because = "".join(f"; {id}: {why}" for id, why in sorted(shared.items()) if why)
    assert not missing, f"no meeting with minutes dealt with {limits.topic} in {', '.join(missing)}{because}"
    held, unknown = known(meetings, lambda meeting: meeting.held_at >= quarters[-1][1] and counts(meeting))
    moments = sorted(meeting.held_at for meeting in held)
    gaps = [
        f"{(after - before).days} days from {day(before)} to {day(after)}"
        for before, after in pairwise(moments)
        if (after - before).days > limits.gap_days
    ]
    if gaps and unknown is not None:
        raise unknown
    assert not gaps, f"no meeting dealt with {limits.topic} for {', '.join(gaps)}, limit {limits.gap_days}"


def _lately(meeting: Meeting, limits: Any, as_of: datetime) -> bool:
    return in_window(meeting.held_at, limits.since_days, as_of)


def _to_be_signed(meeting: Meeting, limits: Any, as_of: datetime) -> bool:
    return due_in_window(meeting.held_at, timedelta(days=limits.signed_days), limits.since_days, as_of)


@control(
    "GOV-02",
    criteria=["CC1.2"],
    nature="event",
    dated="held_at",
    severity="medium",
    operates="quarterly",
    where=_to_be_signed,
    limits={"since_days": _QUARTERS, "signed_days": 60, "quorum_percent": 50},
    looser={"since_days": "lower", "signed_days": "higher", "quorum_percent": "lower"},
    least={"since_days": 1, "quorum_percent": 1},
    blind_spots={
        "Meeting.held_at": "a meeting before the window was another period's; GOV-01 asks for one in each quarter",
        "meetings": "another meeting can only claim the minutes of this one",
        "policies": "a policy can only claim the minutes",
    },
    against=["policies"],
)
def test_meetings_of_the_board_are_minuted(
    meeting: Meeting,
    meetings: Population[Meeting],
    members: Population[BodyMember],
    policies: Population[PolicyDocument],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every meeting of the board has signed minutes, and enough of its members took part.

    The minutes are those of no meeting of another day, and no policy or determination of a member. Those who took part
    sat on the body on that day by the register of its members. One of them signed, or somebody who worked here, within
    `signed_days`.

    CC1.2: minutes that somebody signed soon after show that the body met, and that it was the body.
    """
    assert meeting.minutes is not None, "there are no minutes"
    held, signed = meeting.held_at, meeting.signed_at
    problem = disorder(as_of, ("held", held), ("signed", signed))
    problem = problem or late("signed", signed, held, timedelta(days=limits.signed_days), as_of)
    assert not problem, f"the minutes were {problem}" if held <= as_of else problem
    assert signed is not None

    def seat(email: str) -> str:
        return seat_problem(email, meeting.body, held, members)

    there = {normal_email(email) for email in meeting.attendees}
    wrong = problems(seat, meeting.attendees)
    assert not wrong, wrong
    if meeting.signed_by is None or normal_email(meeting.signed_by) not in there:
        wrong = signer_problem("signer", meeting.signed_by, signed, persons)
        assert not wrong, wrong
    sitting = {normal_email(member.email) for member in members if sits_on(member, meeting.body, held)}
    quorum = bool(there) and len(there) * 100 >= limits.quorum_percent * len(sitting)
    assert quorum, f"{len(there)} of {len(sitting)} members took part, limit {limits.quorum_percent} percent"
    wrong = _shared_minutes(meeting, meetings, members, policies)
    assert not wrong, wrong


@control(
    "GOV-03",
    criteria=["CC1.2"],
    nature="occurrence",
    dated="held_at",
    severity="medium",
    operates="quarterly",
    where=_lately,
    limits={
        "since_days": _QUARTERS,
        "independent": 1,
        "allowed_ties": (),
        "determined_days": 365,
        "cooling_days": 1095,
    },
    looser={
        "since_days": "lower",
        "independent": "lower",
        "allowed_ties": "more",
        "determined_days": "higher",
        "cooling_days": "lower",
    },
    least={"since_days": 1, "independent": 1},
    blind_spots={
        "Meeting.held_at": "a meeting before the window was another period's; GOV-01 asks for one in each quarter",
        "limits.cooling_days": "a member who once worked here is several changes away from what holds",
        "members": "one independent member is enough, and a further one can but turn out to be of management",
        "persons": "the register of people can but contradict; IAM-08 tests that it holds everybody",
    },
)
def test_somebody_independent_oversees(
    meeting: Meeting, members: Population[BodyMember], persons: Population[Person], limits: Any
) -> None:
    """At every meeting of the board an independent member took part.

    Independent is of whom the body determined within `determined_days` before, by the signature of somebody else who is
    no member of management, and in a document, that nothing but `allowed_ties` ties them to the company, and who did
    not work here in `cooling_days` by the register of people. Of several terms of a time the last determination counts,
    and where one tells of ties that another does not, it is unknown. Where all owners manage themselves nobody is: this
    deviates, and how such a company is overseen is for management to state.

    CC1.2: oversight is that of somebody whose own work and interest are not what is overseen.
    """
    independence = Independence(
        members=members,
        persons=persons,
        allowed_ties=limits.allowed_ties,
        determined_days=limits.determined_days,
        cooling=timedelta(days=limits.cooling_days),
    )
    whys: dict[str, str] = {}

    def independent(email: str) -> bool:
        problem = independence.of(email, meeting.body, meeting.held_at)
        if problem:
            whys[email] = problem
        return problem == ""

    found, unknown = known(sorted({normal_email(email) for email in meeting.attendees}), independent)
    if unknown is not None and len(found) < limits.independent:
        raise unknown
    because = "; ".join(whys.values()) or "nobody who took part sat on it"
    count = f"{len(found)} independent members took part, limit {limits.independent}"
    assert len(found) >= limits.independent, f"{count}: {because}"
