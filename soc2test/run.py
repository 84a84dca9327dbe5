"""`Run`: everything that a report says, as one frozen record; and what a report writer is."""

from datetime import datetime
from typing import Protocol

import msgspec

from soc2test.verdicts import ControlResult

__all__ = [
    "DISCLAIMER",
    "AsOf",
    "CriterionRow",
    "EvidenceEntry",
    "Pack",
    "Programme",
    "Run",
    "Tool",
    "Unclaimed",
    "Writer",
]

DISCLAIMER = "Management's tests. Not a SOC 2® report, opinion or certification; not affiliated with the AICPA."
"""The last line of every artifact."""


class AsOf(msgspec.Struct, frozen=True):
    """The moment for which the controls were evaluated, and where it comes from: option, evidence or clock."""

    time: datetime
    source: str


class Pack(msgspec.Struct, frozen=True):
    """A plugin or a policy pack that took part, with the digest of its files."""

    name: str
    version: str | None
    digest: str


class Tool(msgspec.Struct, frozen=True):
    """soc2test's version, and the plugins and packs of the run."""

    version: str
    plugins: tuple[Pack, ...]
    packs: tuple[Pack, ...]


class Programme(msgspec.Struct, frozen=True):
    """The head of soc2.yaml and the SHA-256 of its bytes."""

    system: str
    categories: tuple[str, ...]
    digest: str


class EvidenceEntry(msgspec.Struct, frozen=True):
    """One export or record that was read. `path` is relative to the exports folder, `records` counts its items."""

    id: str
    path: str
    source: str
    operation: str
    sha256: str
    collected_at: datetime | None
    records: int
    complete: bool


class Unclaimed(msgspec.Struct, frozen=True):
    """A file that no source reads, or that was refused, and why."""

    path: str
    reason: str


class CriterionRow(msgspec.Struct, frozen=True):
    """One row of the matrix: the criterion, its status, and the ids of the controls that test or support it."""

    id: str
    category: str
    status: str
    controls: tuple[str, ...]
    supported_by: tuple[str, ...]


class Run(msgspec.Struct, frozen=True):
    """One run. Sorted: criteria by their order, controls by id, findings by severity, kind and resource,
    evidence by path and id, unclaimed by path."""

    complete: bool
    incomplete_because: str | None
    as_of: AsOf
    tool: Tool
    programme: Programme
    criteria: tuple[CriterionRow, ...]
    controls: tuple[ControlResult, ...]
    evidence: tuple[EvidenceEntry, ...]
    unclaimed: tuple[Unclaimed, ...]
    problems: tuple[str, ...] = ()
    """what went wrong beside the controls: a policy file or plugin that did not load"""
    pseudonymised: bool = False
    """tokens stand in the place of people's names, logins and e-mail addresses"""


class Writer(Protocol):
    """A report format: pure, a run in, bytes out."""

    filename: str
    """the artifact's name in the report folder"""

    def render(self, run: Run) -> bytes:
        """The whole artifact; the same run gives the same bytes."""
        ...
