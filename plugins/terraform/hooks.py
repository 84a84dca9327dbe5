"""How the plugin enters: its source, and plans and states that lie elsewhere, known by how they begin."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.terraform import show  # noqa: F401  # it declares the operation
from soc2test_plugins.terraform.source import SHOW, terraform

__all__ = ["soc2_claim", "soc2_sources"]

_SUFFIXES = (".json", ".ndjson", ".jsonl", ".tfstate", ".tfplan")
_BEGINS = re.compile(
    rb'\s*\{\s*"(?:format_version"\s*:\s*"[\d.]+"\s*,\s*"(?:terraform_version|provider_schemas)"'
    rb'|version"\s*:\s*\d+\s*,\s*"(?:terraform_version|serial)"'
    rb'|@level"\s*:\s*"\w+"\s*,\s*"@message"\s*:\s*"(?:Terraform|OpenTofu) )'
)
"""Plans, states and state files; a provider's schema and the log of `plan -json` too, to be refused by name."""
_FOLDER = 3
"""Parts of the path of a file in a workspace's own folder: terraform/<workspace>/<file>."""


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `terraform`."""
    return [terraform]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """A plan or a state; one that does not lie in a workspace's folder is a workspace of its own."""
    if not export.path.name.lower().endswith(_SUFFIXES) or not _BEGINS.match(export.head()):
        return None
    return Claim("terraform", SHOW, {"workspace": _workspace(export.path)})


def _workspace(path: PurePosixPath) -> str:
    if path.parts[0] == "terraform" and len(path.parts) == _FOLDER:
        return path.parts[1]
    name = path.name
    while name.lower().endswith(_SUFFIXES):
        name = name.rpartition(".")[0]
    return str(path.with_name(name or path.name))
