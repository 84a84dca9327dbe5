"""How long overwritten versions of objects are kept, by what the rules of several clouds say of them."""

from collections.abc import Iterable

from soc2test import UnknownFact

__all__ = ["DELETES", "days_kept"]

DELETES = {"Delete": True, "AbortIncompleteMultipartUpload": False, "SetStorageClass": False}
"""Actions of Cloud Storage's lifecycle rules: do they delete what is stored?"""
_SHORT = 7
"""Days below which a rule for some of the objects decides on whether they are backed up at all."""


def days_kept(of_all: Iterable[int], of_some: Iterable[int]) -> int | None:
    """Days after which a version is gone for good, by rules for all objects and for some of them; None: never.

    Raises `UnknownFact` where versions of some objects go within a week: which these are, nobody tells.
    """
    every, some = list(of_all), list(of_some)
    if some and min(some) < min([_SHORT, *every]):
        raise UnknownFact("version_days", "a lifecycle rule deletes versions of some of its objects within a week")
    return min([*every, *some], default=None)
