"""The source `entra`: its scope and its ids. What all sources of Microsoft Graph share stands in `plugins/graph.py`."""

from typing import Any

import msgspec

from soc2test import Source, Subject, by_token, id_text
from soc2test_plugins.entra.identity import IDENTITY
from soc2test_plugins.entra.rights import RIGHTS
from soc2test_plugins.graph import COLLECTING, COUNT, DENIED, GRAPH, as_graph, error_info

__all__ = ["COUNT", "GRAPH", "as_graph", "entra", "error_info", "uid"]

entra = Source(
    "entra",
    title="Microsoft Entra ID",
    hosted_by=["Entra", "Microsoft Entra", "Azure AD", "Azure Active Directory", "Microsoft 365", "Office 365", "M365"],
    sold_by=["Microsoft", "Azure", "Microsoft Azure"],
    scope=("tenant",),
    identity=IDENTITY,
    command=GRAPH + '{operation}"',
    paging=by_token("@odata.nextLink"),
    error=error_info,
    denied=DENIED,
    collecting=msgspec.structs.replace(COLLECTING, rights=RIGHTS),
    url="https://learn.microsoft.com/graph/api/overview",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the tenant: entra/acme.example/users/<id>. Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("entra", at["tenant"], *map(id_text, parts)))
