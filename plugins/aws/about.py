"""Which subject an answer of AWS is of: names, ids and ARNs, and the documents that name what they are attached to."""

from collections.abc import Iterator
from typing import Any

from soc2test import About, UnknownFact, as_list, embedded_json

__all__ = ["BUCKET_OF_POLICY", "LISTENER", "SECRET", "TABLE_OF_POLICY", "key", "last", "snapshot"]

_ARN = r"(?:arn:[\w-]*:[\w-]*:[\w-]*:\d*:"


def last(*at: str, exact: bool = False) -> About:
    """By a name or an id, or by an ARN that ends with it."""
    return About(at=at, form=_ARN + r"(?:.*[:/])?)?([^:/]+)", exact=exact)


def key(*at: str) -> About:
    """A key of KMS by its id or ARN; one that is asked for by an alias can't be compared."""
    return About(at=at, form=_ARN + r"key/)?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|mrk-[0-9a-fA-F]+)")


def snapshot(*at: str) -> About:
    """A snapshot of a database; the names of automated ones hold a colon (rds:acme-2026-11-20)."""
    return About(at=at, form=_ARN + r"(?:cluster-)?snapshot:)?((?!arn:).+)")


LISTENER = About(at=("Rules[].RuleArn",), form=_ARN + r"listener(?:-rule)?/)(\w+/[^/]+/[^/]+/[^/]+)(?:/[^/]+)?")
"""The ARN of a rule holds that of its listener."""


def _secret(body: Any) -> Iterator[Any]:
    """The name, and that in the ARN, which ends with six letters that AWS adds."""
    for value in (body.get("Name"), body.get("ARN")) if isinstance(body, dict) else ():
        if isinstance(value, str):
            yield value[:-7].rpartition(":secret:")[2] if value.startswith("arn:") else value


SECRET = About(of=_secret, form="((?!arn:).+)", exact=True)


def _resources(body: Any) -> Iterator[str]:
    """What the statements of a policy are about, without those that a pattern names."""
    policy = body.get("Policy") if isinstance(body, dict) else None
    try:
        document = embedded_json(policy)
    except UnknownFact:
        return
    statements = as_list(document.get("Statement")) if isinstance(document, dict) else []
    for statement in statements:
        for resource in as_list(statement.get("Resource")) if isinstance(statement, dict) else ():
            if isinstance(resource, str):
                yield resource


BUCKET_OF_POLICY = About(of=_resources, form=r"(?:arn:[\w-]*:s3:::)?([^:/*?$]+)(?:/.*)?", exact=True)
"""S3 takes no policy that names another bucket than the one that it is put on."""
TABLE_OF_POLICY = About(of=_resources, form=_ARN + r"table/)?([^:/*?$]+)(?:/.*)?", exact=True)
