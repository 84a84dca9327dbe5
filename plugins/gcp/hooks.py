"""How the plugin enters: its source, and exports that lie elsewhere, known by what their first asset holds."""

import re
from collections.abc import Iterable

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.gcp import constants  # noqa: F401  # it declares
from soc2test_plugins.gcp.assets import IAM, RESOURCES
from soc2test_plugins.gcp.source import gcp

__all__ = ["soc2_claim", "soc2_sources"]

_ASSET = re.compile(rb'"asset_?[tT]ype"\s*:\s*"[a-z]+\.googleapis\.com/')
_HOLDS = {
    RESOURCES: re.compile(rb'"resource"\s*:\s*\{'),
    IAM: re.compile(rb'"iam(?:_p|P)olicy"\s*:\s*\{'),
}


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `gcp`."""
    return [gcp]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """An export of assets, which names no parent: of resources, or of IAM policies."""
    if export.path.suffix.lower() not in (".json", ".ndjson", ".jsonl", ""):
        return None
    head = export.head()
    found = [operation for operation, holds in _HOLDS.items() if holds.search(head)] if _ASSET.search(head) else []
    return Claim("gcp", found[0]) if len(found) == 1 else None
