"""Policies that reached those who work by them."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Acknowledgement, Person, PolicyDocument, Population, UnknownFact, any_of, control
from soc2test_policies._ages import late
from soc2test_policies._in_force import in_force
from soc2test_policies._joins import known, problems
from soc2test_policies._people import SAME_WORK, joined_at, left


def _asked(person: Person, limits: Any, as_of: datetime) -> bool:
    """Who works here, and no longer has time to read what was published before joining."""
    return not left(person, as_of) and as_of - joined_at(person, SAME_WORK) > timedelta(days=limits.days)


@control(
    "COM-01",
    criteria=["CC2.2"],
    nature="state",
    supports={"CC5.3": "a policy that is to be carried out reached those who carry it out"},
    severity="medium",
    operates="per event",
    where=_asked,
    limits={"topics": ("information-security", "acceptable-use"), "days": 30, "early_days": 30},
    looser={"topics": "fewer", "days": "higher", "early_days": "higher"},
)
def test_policies_in_force_are_acknowledged(
    person: Person,
    documents: Population[PolicyDocument],
    acknowledgements: Population[Acknowledgement],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every active person confirmed the version in force of the policies for all, within days of it or of joining.

    `topics` are those policies; the code of conduct has a test of its own (PPL-01). What was confirmed more than
    `early_days` before joining was for other work, and before its publication it was another text. While a new version
    may still be confirmed, of whoever never confirmed an earlier one nothing is known.

    CC2.2: what is expected of people was communicated where each of them says to have received it.
    """
    own = acknowledgements.all("person_email", person.email)
    joined, limit = joined_at(person, SAME_WORK), timedelta(days=limits.days)
    earliest = joined - timedelta(days=limits.early_days)

    def check(topic: str) -> str:
        latest = in_force(documents, topic, as_of)
        return problems(acknowledged, latest) if latest else f"no approved policy of topic {topic} is in force"

    def acknowledged(document: PolicyDocument) -> str:
        if document.published_at is None:
            return f"version {document.version} of {document.id} is not published: nobody can have read it"
        since = max(document.published_at, joined)
        if as_of - since <= limit:
            # who joined shortly before it had no time to confirm an earlier one
            return "" if document.published_at - joined <= limit else confirmed_any(document)
        return confirmed(document, document.published_at, since)

    def confirmed_any(document: PolicyDocument) -> str:
        """Raises `UnknownFact` where a person who had time to confirm an earlier version of a policy never did."""
        ids = {document.id, *(each.id for each in documents.all("topic", document.topic))}

        def counts(one: Acknowledgement) -> bool:
            return one.policy in ids and one.acknowledged_at is not None and earliest <= one.acknowledged_at <= as_of

        if any_of(own, counts):
            return ""
        text = f"version {document.version} of {document.id} may still be confirmed, and no version of it ever was"
        raise UnknownFact("acknowledged_at", text)

    def confirmed(document: PolicyDocument, published: datetime, since: datetime) -> str:
        first = max(published, earliest)

        def counts(one: Acknowledgement) -> bool:
            of_version = (one.policy, one.version) == (document.id, document.version)
            return of_version and one.acknowledged_at is not None and first <= one.acknowledged_at <= as_of

        found, unknown = known(own, counts)
        at = min((one.acknowledged_at for one in found if one.acknowledged_at is not None), default=None)
        problem = late("confirmed", at, since, limit, as_of)
        if problem and unknown is not None:
            raise unknown
        return problem and f"version {document.version} of {document.id} was {problem}"

    problem = problems(check, limits.topics)
    assert not problem, problem
