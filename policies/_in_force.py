"""Which version of a policy is in force."""

from datetime import datetime

from soc2test import PolicyDocument, Population
from soc2test_policies._newest import newest

__all__ = ["in_force"]


def in_force(documents: Population[PolicyDocument], topic: str, as_of: datetime) -> list[PolicyDocument]:
    """The document of a topic that was approved last; several where they bear one day; none where none is."""
    approved = [(each, each.approved_at) for each in documents.all("topic", topic)]
    return newest([each for each, at in approved if at is not None and at <= as_of], lambda each: each.approved_at)
