"""Whose an export of OpenLineage is: events name no company, but runs that happened once.

Namespaces of jobs are names that people choose, and one backend holds those of many.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import ScopeIdentity

__all__ = ["IDENTITY"]


def once(at: Mapping[str, str], operation: str, body: Any) -> Iterator[str]:
    """The ids of the runs, which are unique wherever a run happens (UUIDs, by the specification)."""
    events = body.get("events") if isinstance(body, dict) else body
    for event in events if isinstance(events, list) else [events]:
        run = event.get("run") if isinstance(event, dict) else None
        id = run.get("runId") if isinstance(run, dict) else None
        if isinstance(id, str) and id:
            yield id


IDENTITY = ScopeIdentity(once=once)
