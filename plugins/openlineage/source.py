"""The source `openlineage`: its scope, the shapes in which events are exported, when a list of them is whole."""

from typing import Any

from soc2test import Collecting, Source, unpaged
from soc2test_plugins.openlineage.identity import IDENTITY

__all__ = ["as_events", "not_all", "openlineage"]

_LOGGED = "logged"


def as_events(body: Any) -> Any:
    """Events in the shape of Marquez' answer `{"events": [...], "totalCount": n}`.

    A client that writes to a file leaves an event a line, or one event a file: such a file counts nothing itself.
    """
    if isinstance(body, list):
        return {"events": body, _LOGGED: True}
    if isinstance(body, dict) and "events" not in body:
        return {"events": [body], _LOGGED: True}
    return body


def not_all(body: Any) -> str | None:
    """Marquez gives 100 events unless asked for more, and says how many it has."""
    if not isinstance(body, dict) or body.get(_LOGGED) is True:
        return unpaged(body)
    events, total = body.get("events"), body.get("totalCount")
    if not isinstance(events, list) or not isinstance(total, int):
        return "does not say how many events there are (totalCount)"
    return f"holds {len(events)} of {total} events" if len(events) < total else unpaged(body)


openlineage = Source(
    "openlineage",
    title="OpenLineage",
    scope=("instance",),
    identity=IDENTITY,
    command='curl --fail-with-body -sS "$MARQUEZ_URL/api/v1/events/lineage?limit=100000"',
    paging=not_all,
    collecting=Collecting(
        tools={"curl --version": "7.76.0"},  # --fail-with-body came with it
        variables={"MARQUEZ_URL": "where Marquez, or what else answers as it does, is reached"},
    ),
    url="https://openlineage.io/docs/spec/object-model",
)
