"""Ids of IAM's resources, the same whichever call names them."""

from datetime import datetime

from soc2test import Subject, UnknownFact, id_text
from soc2test_plugins.aws.source import home_arn

__all__ = ["certificate_id", "key_id", "role_id", "root_id", "user_id"]


def user_id(at: Subject, name: str) -> str:
    """A user's ARN without its path: names are unique in an account, and not every call tells the path."""
    return home_arn(at, "iam", f"user/{id_text(name)}")


def role_id(at: Subject, name: str) -> str:
    """A role's ARN without its path, as a user's."""
    return home_arn(at, "iam", f"role/{id_text(name)}")


def root_id(at: Subject) -> str:
    """The ARN of an account's root."""
    return home_arn(at, "iam", "root")


def key_id(holder: str, created: datetime | None) -> str:
    """An access key, by its holder and creation: the credential report shows no key id, and reports should not."""
    if created is None:
        raise UnknownFact("created_at", "an active access key has no time of creation")
    return f"{holder}/access-key/{created:%Y-%m-%dT%H:%M:%SZ}"


def certificate_id(holder: str, created: datetime | None) -> str:
    """A signing certificate, by its holder and upload, as an access key."""
    if created is None:
        raise UnknownFact("created_at", "an active certificate has no time of upload")
    return f"{holder}/certificate/{created:%Y-%m-%dT%H:%M:%SZ}"
