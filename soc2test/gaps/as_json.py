"""A plan as JSON, by the schema that `soc2test schema gaps` prints."""

import msgspec

from soc2test.gaps.records import Plan
from soc2test.reports.text import json_dump

__all__ = ["SCHEMA", "as_json"]

SCHEMA = "gaps/1"


def as_json(plan: Plan) -> str:
    """The plan, indented."""
    return json_dump({"schema": SCHEMA, **msgspec.to_builtins(plan)}, indent=2)
