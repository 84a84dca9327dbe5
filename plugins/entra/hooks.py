"""How the plugin enters: its source, and answers of Microsoft Graph that lie elsewhere, known by their context."""

import re
from collections.abc import Iterable

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.entra import (  # noqa: F401  # they declare
    access,
    applications,
    audit_log,
    constants,  # it declares
    domains,
    groups,
    roles,
    second_factor,
    users,
)
from soc2test_plugins.entra.source import entra

__all__ = ["soc2_claim", "soc2_sources"]

_CONTEXT = re.compile(
    rb'"@odata\.context"\s*:\s*"https://graph\.microsoft\.[a-z]+/(?:v1\.0|beta)/\$metadata#([\w/]+)(?:\([^"]*\))?"'
)
_SUBJECTLESS = {name.replace(" ", "/"): name for name, each in entra.operations.items() if not each.subject}


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `entra`."""
    return [entra]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """An answer whose `@odata.context` says what it lists; it names no tenant."""
    if export.path.suffix != ".json":
        return None
    context = _CONTEXT.search(export.head())
    operation = _SUBJECTLESS.get(context[1].decode()) if context else None
    return Claim("entra", operation) if operation else None
