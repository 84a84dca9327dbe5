"""Whose a state is: its lineage, which Terraform makes once for each workspace."""

from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["IDENTITY"]


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The lineage of a state; a plan or `terraform show` holds none."""
    if isinstance(item, dict) and isinstance(item.get("lineage"), str):
        yield Owner("workspace", item["lineage"])


IDENTITY = ScopeIdentity(of=owners)
