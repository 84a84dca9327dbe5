"""Which version of a policy is in force."""

from datetime import datetime

from soc2test import PolicyDocument, Population

__all__ = ["in_force"]


def in_force(documents: Population[PolicyDocument], topic: str, as_of: datetime) -> PolicyDocument | None:
    """The document of a topic that was approved last; None where none is."""
    approved = [(each.approved_at, each) for each in documents.all("topic", topic)]
    known = [(at, each) for at, each in approved if at is not None and at <= as_of]
    return max(known, key=lambda pair: pair[0])[1] if known else None
