"""Written policies and procedures."""

from datetime import datetime
from typing import Any

from soc2test import BodyMember, Person, PolicyDocument, Population, UnknownFact, any_of, control, normal_email
from soc2test_policies._ages import day, disorder, overdue
from soc2test_policies._bodies import decided_problem
from soc2test_policies._documents import same_file
from soc2test_policies._one_person import must_be_two
from soc2test_policies._people import owner_problem

_TOPICS = (
    "acceptable-use",
    "access-control",
    "business-continuity",
    "change-management",
    "code-of-conduct",
    "data-classification",
    "incident-response",
    "information-security",
    "risk-management",
    "vendor-management",
)


@control(
    "POL-01",
    criteria=["CC5.3"],
    nature="state",
    severity="medium",
    operates="yearly",
    limits={"topics": _TOPICS, "shared_documents": False},
    looser={"topics": "fewer"},
    on_empty="fail",
)
def test_required_policies_exist(documents: Population[PolicyDocument], limits: Any) -> None:
    """There is a written policy for every topic that the company requires, with a document of its own.

    A row says of which topic it is, and its document is kept beside it. A copy of another topic's text by a name of its
    own is none. `shared_documents` is for companies whose policies are chapters of one handbook: then several topics
    may name one file.

    CC5.3: what is expected of people is laid down in writing, or there is nothing that they could follow.
    """
    missing = [topic for topic in limits.topics if not any_of(documents.all("topic", topic), _has_a_version)]
    assert not missing, f"no policy for {', '.join(missing)}"
    unwritten = [topic for topic in limits.topics if not any_of(documents.all("topic", topic), _is_written)]
    assert not unwritten, f"no document is kept of the policy for {', '.join(unwritten)}"
    if limits.shared_documents:
        return

    def has_a_file_of_its_own(document: PolicyDocument) -> bool:
        return _is_written(document) and not any_of(documents, lambda other: _is_of_another_topic(document, other))

    shared = [topic for topic in limits.topics if not any_of(documents.all("topic", topic), has_a_file_of_its_own)]
    assert not shared, f"the document of the policy for {', '.join(shared)} is that of another topic too"


def _has_a_version(document: PolicyDocument) -> bool:
    return bool(document.version)


def _is_written(document: PolicyDocument) -> bool:
    return _has_a_version(document) and document.document is not None


def _is_of_another_topic(document: PolicyDocument, other: PolicyDocument) -> bool:
    """Whether a row of another topic names the same file, or a copy of it. A newer row of the same topic may."""
    if other.topic == document.topic:
        return False
    if same_file(other.document, document.document):
        return True
    return document.document_digest is not None and other.document_digest == document.document_digest


@control(
    "POL-02",
    criteria=["CC5.3"],
    nature="state",
    severity="medium",
    operates="per event",
    limits={"owner_may_approve": False},
    beside=["members"],
)
def test_policies_are_approved(
    document: PolicyDocument,
    persons: Population[Person],
    members: Population[BodyMember],
    limits: Any,
    as_of: datetime,
) -> None:
    """The version in force of every policy was approved by a person who worked here then and does not own it.

    A member of a board may approve one too.

    `owner_may_approve` is for companies whose rules let the owner of a policy approve it.

    CC5.3: a policy is in force by the approval of somebody with the authority, not because a file exists.
    """
    approver, approved = document.approved_by, document.approved_at
    assert approver is not None, f"nobody approved version {document.version}"
    assert approved is not None, f"version {document.version} has no date of approval"
    assert approved <= as_of, (
        f"version {document.version} is approved on {day(approved)}, which lies after {day(as_of)}"
    )
    problem = decided_problem("approver", approver, approved, persons, members)
    assert not problem, f"version {document.version}: {problem}"
    assert limits.owner_may_approve or not _same_person(approver, document.owner_email), (
        f"version {document.version} was approved by its owner alone: somebody else has to"
    )
    if not limits.owner_may_approve and document.owner_email is not None:
        must_be_two(approver, document.owner_email, persons)


def _same_person(approver: str, owner: str | None) -> bool:
    return owner is not None and normal_email(approver) == normal_email(owner)


@control(
    "POL-03",
    criteria=["CC5.3"],
    nature="state",
    severity="medium",
    operates="yearly",
    limits={"review_days": 365},
    looser={"review_days": "higher"},
)
def test_policies_are_reviewed_each_year(document: PolicyDocument, limits: Any, as_of: datetime) -> None:
    """Every policy was reviewed within the year.

    CC5.3: a policy that nobody reads again describes a company as it was.
    """
    problem = overdue("last reviewed", document.reviewed_at, limits.review_days, as_of)
    assert not problem, problem


@control(
    "POL-04",
    criteria=["CC5.3"],
    nature="state",
    supports={"CC2.2": "people can read the rules that bind them"},
    severity="low",
    operates="per event",
)
def test_policies_are_published(document: PolicyDocument, as_of: datetime) -> None:
    """The version in force of every policy is published, at a place that is named.

    CC5.3: people can act only by a policy that they find, in the version that is in force.
    """
    published = document.published_at
    assert published is not None, f"version {document.version} is not published"
    assert document.published_where is not None, f"nobody says where version {document.version} is published"
    problem = disorder(as_of, ("published", published))
    assert not problem, f"version {document.version} was {problem}"
    # An earlier version may have been published then: the row does not say that it is this one.
    if document.approved_at is not None and published < document.approved_at:
        raise UnknownFact(
            "published_at", f"lies before the approval of version {document.version}: when was that published?"
        )


@control(
    "POL-05",
    criteria=["CC5.3"],
    nature="state",
    supports={"CC1.3": "somebody answers for each policy"},
    severity="low",
    operates="continuously",
)
def test_policies_have_an_active_owner(document: PolicyDocument, persons: Population[Person], as_of: datetime) -> None:
    """Every policy is owned by an active person.

    CC5.3: somebody who works here answers for carrying a policy out and keeping it up to date.
    """
    problem = owner_problem(document.owner_email, persons, as_of)
    assert not problem, problem
