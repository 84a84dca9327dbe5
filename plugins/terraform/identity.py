"""Whose a state is: its lineage, which Terraform makes once for each workspace."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["IDENTITY"]


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The lineage of a state; a plan or `terraform show` holds none."""
    if isinstance(item, dict) and isinstance(item.get("lineage"), str):
        yield Owner("workspace", item["lineage"])


_MADE = re.compile(
    r"(?:acl|dopt|eipalloc|eni|fs|i|igw|lt|nat|pl|rtb|sg|sgr|snap|subnet|tgw|vol|vpc|vpce)-[0-9a-f]+|/subscriptions/.+"
)
"""Ids that the provider's vendor gives once; others are names, which two accounts may both have."""
_SHARED = ("aws_default_", "aws_iam_service_linked_role")
"""What is there before Terraform is, so that more than one workspace may take it in."""


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The ARN, link or id of each resource that a workspace manages: no two manage one."""
    for document in item if isinstance(item, list) else [item]:
        prior = document.get("prior_state") if isinstance(document, dict) else None
        for holder in (document, prior):
            values = holder.get("values") if isinstance(holder, dict) else None
            yield from _of_module(values.get("root_module") if isinstance(values, dict) else None)


def _of_module(module: Any) -> Iterator[str]:
    if not isinstance(module, dict):
        return
    for resource in _list(module.get("resources")):
        type, values = (resource.get(key) for key in ("type", "values")) if isinstance(resource, dict) else (None, None)
        managed = isinstance(type, str) and resource.get("mode") == "managed" and not type.startswith(_SHARED)
        if managed and isinstance(values, dict):
            yield from (f"{type} {id}" for id in _ids(values))
    for below in _list(module.get("child_modules")):
        yield from _of_module(below)


def _ids(values: Mapping[str, Any]) -> Iterator[str]:
    for key in ("arn", "self_link"):
        if isinstance(values.get(key), str):
            yield values[key]
    if isinstance(values.get("id"), str) and _MADE.fullmatch(values["id"]):
        yield values["id"]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


IDENTITY = ScopeIdentity(of=owners, once=once)
