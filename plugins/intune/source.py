"""The source `intune`: its scope and its ids. It is asked by Microsoft Graph (`plugins/graph.py`)."""

from typing import Any

import msgspec

from soc2test import Source, Subject, by_token, id_text
from soc2test_plugins.graph import COLLECTING, DENIED, GRAPH, error_info
from soc2test_plugins.intune.identity import IDENTITY
from soc2test_plugins.intune.rights import RIGHTS

__all__ = ["intune", "uid"]

intune = Source(
    "intune",
    title="Microsoft Intune",
    hosted_by=["Intune", "Microsoft Intune"],
    sold_by=["Microsoft", "Microsoft 365"],
    scope=("tenant",),
    identity=IDENTITY,
    command=GRAPH + '{operation}"',
    paging=by_token("@odata.nextLink"),
    error=error_info,
    denied=DENIED,
    collecting=msgspec.structs.replace(COLLECTING, rights=RIGHTS),
    url="https://learn.microsoft.com/graph/api/resources/intune-devices-manageddevice",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the tenant: intune/acme.example/devices/6e... Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("intune", at["tenant"], *map(id_text, parts)))
