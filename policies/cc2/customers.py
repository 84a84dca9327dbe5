"""What customers signed, what they are given, and whether they were told of changes."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import (
    BodyMember,
    Commitment,
    Customer,
    CustomerDocument,
    CustomerNotice,
    Person,
    Population,
    any_of,
    control,
)
from soc2test_policies._ages import WINDOW, day, disorder, due_in_window, overdue
from soc2test_policies._approved import approval_problem
from soc2test_policies._customers import counts_then, customers_counted, is_customer, reach_problem
from soc2test_policies._documents import claimed_by, of_another
from soc2test_policies._joins import problems
from soc2test_policies._named import signer_problem
from soc2test_policies._people import owner_problem


def _in_force(customer: Customer, as_of: datetime) -> bool:
    return is_customer(customer, as_of)


def _counts(document: CustomerDocument, as_of: datetime) -> bool:
    return counts_then(document, as_of)


@control(
    "CUS-01",
    criteria=["CC2.3"],
    nature="state",
    supports={"CC3.1": "what customers were promised is what is to be kept"},
    severity="high",
    where=_in_force,
    complete=customers_counted,
    blind_spots={"Customer.since": "whose service has not begun is no customer yet; the billing system counts with"},
)
def test_customers_signed_terms_with_commitments(
    customer: Customer, documents: Population[CustomerDocument], commitments: Population[Commitment], as_of: datetime
) -> None:
    """Every customer signed terms by the first day of the service, and these hold commitments of the register.

    The terms counted on the day of the signature.

    CC2.3: customers can rely on what is promised about security where it stands in what both sides agreed to.
    """
    assert customer.terms is not None, "signed no terms"
    assert customer.signed_at is not None, f"did not sign {customer.terms}"
    problem = disorder(as_of, ("signed", customer.signed_at), ("served", customer.since))
    assert not problem, f"the terms were {problem}" if problem.startswith("signed") else f"was {problem}"
    assert customer.document is not None, f"no signed copy of {customer.terms} is kept"
    found = documents.all("id", customer.terms)
    assert found, f"{customer.terms} is not in the register of customer_documents"
    signed = customer.signed_at
    counted = any_of(found, lambda document: counts_then(document, signed))
    assert counted, f"{customer.terms} did not count on {day(signed)}"
    promised = any_of(commitments.all("made_in", customer.terms), lambda each: each.kind == "commitment")
    assert promised, f"{customer.terms} holds no commitment of the register"


@control(
    "CUS-02",
    criteria=["CC2.3"],
    nature="state",
    severity="medium",
    operates="yearly",
    where=_counts,
    limits={"review_days": 365},
    looser={"review_days": "higher"},
    on_empty="fail",
    blind_spots={"CustomerDocument.valid_from": "a version that does not count yet is asked for on its first day"},
)
def test_documents_for_customers_are_approved_and_reviewed(
    document: CustomerDocument,
    documents: Population[CustomerDocument],
    persons: Population[Person],
    members: Population[BodyMember],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every document that customers rely on is kept, owned, approved by another before it counted, reviewed yearly.

    Its text is that of no other version. Documents of several topics may be one file.

    CC2.3: a description or a promise that nobody looked at for more than a year tells customers of another system.
    """
    problem = owner_problem(document.owner_email, persons, as_of)
    assert not problem, problem
    assert document.document is not None, f"no text of version {document.version} is kept"
    problem = overdue("last reviewed", document.reviewed_at, limits.review_days, as_of)
    assert not problem, problem
    problem = disorder(as_of, ("approved", document.approved_at), ("put in force", document.valid_from))
    assert not problem, f"version {document.version} was {problem}"
    approved = document.approved_by, document.approved_at
    problem = approval_problem(document.owner_email, *approved, as_of, persons, members)
    assert not problem, f"version {document.version}: {problem}"
    others = claimed_by(document, documents, _text, lambda other: other.topic != document.topic)
    assert not others, f"the text of version {document.version} is that of {others}, another version, too"


def _text(document: CustomerDocument) -> str | None:
    return document.document


def _began_lately(document: CustomerDocument, limits: Any, as_of: datetime) -> bool:
    after = timedelta(days=limits.after_days)
    # one that begins later may have been told of already; it is asked for once it counts
    return document.valid_from <= as_of and due_in_window(document.valid_from, after, limits.since_days, as_of)


@control(
    "CUS-03",
    criteria=["CC2.3"],
    nature="event",
    dated="valid_from",
    severity="high",
    operates="per event",
    where=_began_lately,
    limits={"since_days": WINDOW, "agreements": ("terms", "service-levels", "data-processing"), "ahead_days": 30,
            "after_days": 30},
    looser={"since_days": "lower", "agreements": "fewer", "ahead_days": "lower", "after_days": "higher"},
    least={"since_days": 1},
    blind_spots={
        "CustomerDocument.valid_from": "what began before the window was told in another period; CUS-04 asks whether",
        "customers": "whom the register lacks CUS-01 looks for, by the billing system's own count",
    },
)  # fmt: skip
def test_customers_are_told_of_changes(
    document: CustomerDocument,
    notices: Population[CustomerNotice],
    customers: Population[Customer],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Of every new version of a document all customers were told in time, as the system counts that sent the notice.

    Of `agreements` they are told `ahead_days` before it counts, of others at most `after_days` after. A notice that was
    sent before the version was approved told of a draft, and one file shows one notice.

    CC2.3: a change of what customers rely on reaches them while they can still act on it.
    """
    agreed = document.topic in limits.agreements
    begins = document.valid_from
    due = begins - timedelta(days=limits.ahead_days) if agreed else begins + timedelta(days=limits.after_days)
    whys: list[str] = []

    def reached_all(notice: CustomerNotice) -> bool:
        if notice.sent_at > due:
            return False
        whys.append(_notice_problem(notice, document, notices, customers, persons, as_of))
        return not whys[-1]

    told = any_of(notices.all("about", document.id), reached_all)
    when = f"{limits.ahead_days} days before" if agreed else f"{limits.after_days} days after"
    nothing = f"no notice of it was sent by {day(due)}, {when} it counted on {day(begins)}"
    assert told, "; ".join(whys) or nothing


def _notice_problem(
    notice: CustomerNotice,
    about: CustomerDocument,
    notices: Population[CustomerNotice],
    customers: Population[Customer],
    persons: Population[Person],
    as_of: datetime,
) -> str:
    if problem := disorder(as_of, ("sent", notice.sent_at)):
        return f"{notice.id} was {problem}"
    if about.approved_at is None:
        return f"{notice.id} told of a version that nobody approved"
    if notice.sent_at < about.approved_at:
        approved = f"{about.id} was approved on {day(about.approved_at)}"
        return f"{notice.id} was sent on {day(notice.sent_at)}, before {approved}"
    if notice.document is None:
        return f"no copy of {notice.id} is kept"
    if problem := of_another(notice, notices, _file, _sent):
        return f"{notice.id}: {problem}"
    if problem := reach_problem(notice.recipients, customers, notice.sent_at):
        return f"{notice.id} {problem}"
    if problem := signer_problem("sender", notice.sent_by, notice.sent_at, persons):
        return f"{notice.id}: {problem}"
    return ""


def _file(notice: CustomerNotice) -> str | None:
    return notice.document


def _sent(notice: CustomerNotice) -> datetime:
    return notice.sent_at


@control(
    "CUS-04",
    criteria=["CC2.3"],
    nature="state",
    severity="medium",
    limits={"topics": ("system-description", "terms", "user-entity-controls")},
    looser={"topics": "fewer"},
    on_empty="fail",
    blind_spots={"customers": "whom the register lacks CUS-01 looks for, by the billing system's own count"},
)
def test_customers_have_what_they_need(
    documents: Population[CustomerDocument],
    notices: Population[CustomerNotice],
    customers: Population[Customer],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """A description of the system, terms, and what customers must do themselves count now, and all were told of each.

    `topics` are those that there have to be. Of every document that counts, whatever its topic, a notice told all who
    were customers then, after it was approved; in time or not is asked of those that began lately.

    CC2.3: part of what keeps data safe lies with customers, who can do it only where somebody told them.
    """

    def missing(topic: str) -> str:
        counts = any_of(documents.all("topic", topic), lambda document: counts_then(document, as_of))
        return "" if counts else f"no {topic} counts on {day(as_of)}"

    def untold(document: CustomerDocument) -> str:
        if not counts_then(document, as_of):
            return ""
        whys: list[str] = []

        def reached_all(notice: CustomerNotice) -> bool:
            whys.append(_notice_problem(notice, document, notices, customers, persons, as_of))
            return not whys[-1]

        if any_of(notices.all("about", document.id), reached_all):
            return ""
        return "; ".join([f"no notice told customers of {document.id}, which counts", *whys])

    def problem(each: str | CustomerDocument) -> str:
        return missing(each) if isinstance(each, str) else untold(each)

    wrong = problems(problem, limits.topics, documents)
    assert not wrong, wrong


@control(
    "CUS-05",
    criteria=["CC2.3"],
    nature="state",
    supports={"CC3.1": "commitments are those that customers have, and no others"},
    severity="high",
    where=lambda commitment: commitment.kind == "commitment",
    on_empty="fail",
)
def test_commitments_stand_in_what_customers_have(
    commitment: Commitment, documents: Population[CustomerDocument], as_of: datetime
) -> None:
    """Every commitment stands in a document for customers that counts now.

    CC2.3: a commitment that stands in no text that customers have was told to nobody.
    """
    assert commitment.made_in, "no document for customers is named that makes it"

    def holds(id: str) -> bool:
        return any_of(documents.all("id", id), lambda document: counts_then(document, as_of))

    named = ", ".join(commitment.made_in)
    assert any_of(commitment.made_in, holds), f"none of {named} counts on {day(as_of)} by customer_documents"
