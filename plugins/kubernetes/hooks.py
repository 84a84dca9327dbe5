"""How the plugin enters: its sources, and files that lie elsewhere."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.kubernetes import constants  # noqa: F401  # it declares
from soc2test_plugins.kubernetes.reading import MANIFESTS, PLURALS
from soc2test_plugins.kubernetes.source import kubernetes, manifests

__all__ = ["soc2_claim", "soc2_sources"]

_YAML = (".yaml", ".yml")
_JSON = (".json", ".ndjson", ".jsonl")
_YAML_TOP = re.compile(rb"^apiVersion:\s*\S", re.MULTILINE)
_YAML_KIND = re.compile(rb"^kind:\s*([A-Za-z]+)", re.MULTILINE)
_JSON_TOP = re.compile(
    rb'\s*\{\s*(?:"apiVersion"\s*:\s*"[^"]*"\s*,\s*"(?:(items)"|kind"\s*:\s*"(\w+)")|"kind"\s*:\s*"(\w+)"\s*,\s*"apiVersion")'
)
"""kubectl sorts its keys, so a list's kind comes behind its items; the API writes the kind first."""


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The sources `kubernetes` and `kubernetes-manifests`."""
    return [kubernetes, manifests]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """A list that is named as kubectl names its objects ("pods.json"), and manifests, which say what they are.

    The folder that they lie in is taken for the cluster's name.
    """
    kind = _kind(export)
    if kind is None:
        return None
    at = {"cluster": _cluster(export.path)}
    if not kind.endswith("List"):
        return Claim("kubernetes-manifests", MANIFESTS, at)
    stem = export.path.name.partition(".")[0].lower()
    return Claim("kubernetes", f"get {stem}", at) if stem in PLURALS else None


def _kind(export: Export) -> str | None:
    """The kind of the first object in the file; None where it holds none."""
    suffix, head = export.path.suffix.lower(), export.head()
    if suffix in _JSON and (match := _JSON_TOP.match(head)):
        return "List" if match[1] else (match[2] or match[3]).decode()
    if suffix in _YAML and _YAML_TOP.search(head) and (match := _YAML_KIND.search(head)):
        return match[1].decode()
    return None


def _cluster(path: PurePosixPath) -> str:
    own = [each for each in path.parts[:-1] if each not in ("kubernetes", "kubernetes-manifests")]
    return "/".join(own) or "manifests"
